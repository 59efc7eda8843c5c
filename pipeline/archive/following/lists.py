"""What a notice's lists say of a document (废止目录、清理结果): repealed, kept, or not clear; numbered, in tables, by number alone.

A list is under what was said last above it (下列文件予以废止：), or under the notice's title. A line names a document where it
holds its title or number and hardly anything else: prose that cites it is no list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.document import Citation, Screening
from pipeline.ledger import LedgerRow, bare

REPEALED, KEPT, UNCLEAR = "废止", "保留", "待核"
_ENDS = re.compile(r"(?<![不未])(?:废止|失效|停止执行|撤销)|不再(?:执行|施行|有效|保留)")
_STAYS = re.compile(r"(?<!不再)(?:继续有效|继续执行|保留|修改|修订)")
_OF_LIST = re.compile(r"下列|以下(?!简称)|如下|下述|目录|清单|名单|[：:]$|文件(?:[（(]?共?\d+[件个]|$)|附件")
_MARKER = re.compile(
    r"^\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十百]{1,4})[）).．、]|[①-⑳]|第[一二三四五六七八九十百\d]+项)\s*"
)
_BEHIND = re.compile(r"(?:[（(][^（()）]*[)）]|[，,；;。、\s])+$")
_NUMBER = re.compile(r"\d{4}\s*[〕\]】］)）]\s*(?:第\s*)?\d+\s*号")
_LEADS = re.compile("根据|按照|依据|依照|遵照|参照|落实|贯彻|执行|按")
_BASIS = re.compile(rf"(?:{_LEADS.pattern})[^，。；]*$")
_ENDED_BEFORE = re.compile(r"(?<![不未])(?:废止|停止执行)[^，。；：]*$")
_ENDED_AFTER = re.compile(
    r"^[、和及与\s]*(?:等?[\d一二三四五六七八九十]*[件个]?)(?:规范性)?(?:文件)?[^，。；]{0,6}?(?<![不未])(?:废止|停止执行|失效)"
)
_LEAST_TITLE, _MOST_BESIDE, _LONGEST_LEAD, _LONGEST_CELL = 6, 12, 200, 12


class _Line(NamedTuple):
    text: str
    start: int
    citations: tuple[Citation, ...]


class Lists:
    """A document's lines, each with what was said last above it. Made once a document, asked row by row."""

    def __init__(self, screening: Screening):
        text = screening.document.text
        self._lines: list[tuple[_Line, str]] = []
        self._text = bare(text) if _ENDS.search(text) else ""
        if self._text:
            state = _said(screening.metadata.title)
            for line in _lines(screening):
                self._lines.append((line, state))
                if len(line.text) <= _LONGEST_LEAD and _OF_LIST.search(line.text.strip()):
                    state = _said(line.text) or state

    def say(self, row: LedgerRow, names: Callable[[Citation, LedgerRow], bool]) -> str:
        """REPEALED, KEPT or UNCLEAR of a row, empty where no list holds it; what repeals it counts most. ``names`` tells whether
        a citation is of the row."""
        known = {bare(row.number), *_titles(row)} - {""}
        if not any(each in self._text for each in known):
            return ""
        found = set()
        for line, state in self._lines:
            if _in_sentence(line, row, names):
                found.add(REPEALED)
            elif _is_entry(line, row, names):
                found.add(_of_cells(line) or state)
        return next((each for each in (REPEALED, UNCLEAR, KEPT) if each in found), "")


def _said(text: str) -> str:
    """What a title or a lead says becomes of the documents in its list."""
    ends, stays = bool(_ENDS.search(text)), bool(_STAYS.search(text))
    return UNCLEAR if ends and stays else REPEALED if ends else KEPT if stays else ""


def _lines(screening: Screening) -> Iterator[_Line]:
    at = 0
    for text in screening.document.text.split("\n"):
        end = at + len(text)
        yield _Line(text, at, tuple(each for each in screening.citations if at <= each.start < end))
        at = end + 1


def _is_entry(line: _Line, row: LedgerRow, names: Callable[[Citation, LedgerRow], bool]) -> bool:
    numbers = {bare(each.number) for each in line.citations if each.number}
    cells = [_MARKER.sub("", cell) for cell in line.text.split("\t")]
    own = bare(row.number)
    if own and (own in numbers or own in map(bare, cells)):
        named = True
    elif own and (numbers or _NUMBER.search(line.text)):
        return False  # another number is another document
    else:
        named = any(names(each, row) for each in line.citations) or any(_is_title(cell, row) for cell in cells)
    return named and (len(cells) > 1 or _hardly_more(line, row))


def _hardly_more(line: _Line, row: LedgerRow) -> bool:
    """Whether a line is the name of a document alone, and no sentence about it."""
    if bare(_MARKER.sub("", line.text)) == bare(row.number) or _is_title(_MARKER.sub("", line.text), row):
        return True
    beside = _MARKER.sub("", _without(line.text, line.citations, line.start))
    return len(bare(beside)) <= _MOST_BESIDE and not _ENDS.search(beside) and not _LEADS.search(beside)


def _without(text: str, citations: tuple[Citation, ...], start: int) -> str:
    """A text that begins at ``start`` without the citations in it."""
    kept, at = "", 0
    for each in sorted(citations, key=lambda each: each.start):
        first, last = each.start - start, min(each.end - start, len(text))
        if at <= first < len(text):
            kept, at = kept + text[at:first], last
    return kept + text[at:]


def _is_title(text: str, row: LedgerRow) -> bool:
    written = bare(_BEHIND.sub("", text))
    return any(len(each) >= _LEAST_TITLE for each in _titles(row) & {written, *map(written.removeprefix, _issuers(row))})


def _titles(row: LedgerRow) -> set[str]:
    """The whole title and the carried one, with the issuer and without it."""
    carried = re.search(r"[《〈](.+)[》〉]", row.title)
    titles = {bare(row.title), bare(carried.group(1) if carried else "")} - {""}
    return titles | {title.removeprefix(issuer) for title in titles for issuer in _issuers(row)}


def _issuers(row: LedgerRow) -> list[str]:
    return [bare(each) for each in row.issuers.split("、") if each]


def _of_cells(line: _Line) -> str:
    """What a row of a table says by itself (清理结果：废止)."""
    cells = [cell for cell in line.text.split("\t") if 0 < len(cell.strip()) <= _LONGEST_CELL]
    return next(filter(None, map(_said, cells)), "") if "\t" in line.text else ""


def _in_sentence(line: _Line, row: LedgerRow, names: Callable[[Citation, LedgerRow], bool]) -> bool:
    """Whether a sentence repeals several documents at once, this among them (废止甲〔2015〕1号、乙〔2016〕2号文件)."""
    for each in line.citations:
        if not names(each, row):
            continue
        at = each.start - line.start
        before = _without(line.text[:at], line.citations, line.start)
        after = _without(line.text[each.end - line.start :], line.citations, each.end)
        if _ENDED_BEFORE.search(before) and not _BASIS.search(re.split("废止|停止执行", before)[-1]):
            return True
        if _ENDED_AFTER.search(after) and not _BASIS.search(before):
            return True
    return False
