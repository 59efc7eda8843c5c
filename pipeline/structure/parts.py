"""The parts of a file: the text proper (正文), the document that it carries (所印发文件), its annexes (附件N), and their closings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.structure.elements.dates import DATE
from pipeline.structure.elements.organs import is_organ
from pipeline.structure.elements.signature import date_of, signatures
from pipeline.structure.elements.titles import LONGEST_TITLE, TITLE_LINES, title_length
from pipeline.structure.lines import Line
from pipeline.structure.markers import read_marker

MAIN, CARRIED = "正文", "所印发文件"
_N = r"[一二三四五六七八九十\d０-９]{1,3}"
_ANNEX_ALONE = re.compile(rf"^[（(【]?(附[\s　]*(?:件|录|表|图)?)[\s　]*(?:之)?({_N}(?:[-—]\d+)?|[A-Z])?[)）】]?[\s　]*[：:]?$")
_ANNEX_TITLED = re.compile(rf"^(附[\s　]*(?:件|录|表))[\s　]*({_N}|[A-Z])?[\s　]*(?:[：:.．、]|[\s　])[\s　]*(?=\S)")
_ANNEX_LIST = re.compile(r"^[-*\s]*附[\s　]*件[\s　]*\d*[\s　]*(?:[：:.．、]|\s|$)")
_COLOPHON = re.compile(r"^(?:抄送|抄报|分送|主题词)[\s　]*[：:]|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*印[发制]?$")
_REMARK = re.compile(r"^[（(](?:此件|本文|联系人|共印|印发单位)[^（()）]{0,60}[)）]$")
_CARRIER = re.compile(r"印发|转发|批转|发布|公布|颁布|下发|令$")


@dataclass(frozen=True, slots=True)
class Part:
    """A part from line ``first`` on; its text proper begins with line ``body``, after its heading and title."""

    name: str
    first: int
    body: int

    @property
    def prefix(self) -> str:
        """What its clauses' labels begin with: an annex is named, the main text is not."""
        return "" if self.name in (MAIN, CARRIED) else self.name


def find_parts(lines: Sequence[Line], head: int, carrier: str, carried: str, skip: Collection[int] = ()) -> list[Part]:
    """The parts in text order.

    ``head`` is the number of lines of the document's head; ``carrier`` its title, ``carried`` the title of the document
    that it carries; ``skip`` are lines of no part (目录).
    """
    parts = [Part(MAIN, 0, head)]
    taken = Counter([MAIN])
    wanted = _bare(carried)
    signed = False
    index = 0
    while index < len(lines):
        name, body = ("", 0) if index in skip or lines[index].is_row else _annex(lines, index, signed)
        if not taken[CARRIED] and (name or index >= head):
            first = index + 1 if name else index
            length = _title_at(lines, first, wanted)
            if not name and not length and signed and _opens_second(lines, index, carrier, parts):
                length = title_length(lines, index)
            if length:
                name, body = CARRIED, first + length
        if name:
            body = max(body, head, index + 1)
            parts.append(Part(_unused(name, taken), index, body + _note_length(lines, body)))
            index, signed = parts[-1].body, False
        else:
            signed = signed or date_of(lines[index].text) is not None
            index += 1
    return parts


def _annex(lines: Sequence[Line], index: int, signed: bool) -> tuple[str, int]:
    """The name of the annex that begins at a line, and the line after its title; ("", 0) where none begins."""
    text = lines[index].text
    if len(text) > LONGEST_TITLE + 10:
        return "", 0
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    if found := _ANNEX_ALONE.match(text):
        marked = text.endswith(("：", ":"))
        listed = following.startswith(("1.", "1．", "1、", "１")) and marked and not signed
        loose = found[1] == "附" and not found[2] and not signed and not marked  # the word 附 alone says little
        return ("", 0) if listed or loose else (_name(found), index + 1 + title_length(lines, index + 1))
    found = _ANNEX_TITLED.match(text)
    if found is None or not signed or text.endswith(("。", "；", "，")) or _is_list(following):
        return "", 0
    return _name(found), index + 1


def _is_list(text: str) -> bool:
    marker = read_marker(text)
    return bool(_ANNEX_LIST.match(text)) or (marker is not None and marker.kind == "1." and marker.ordinal == 2)


def _name(found: re.Match[str]) -> str:
    kind = re.sub(r"\s", "", found[1])
    return ("附件" if kind == "附" else kind) + (found[2] or "").translate(str.maketrans("０１２３４５６７８９", "0123456789"))


def _unused(name: str, taken: Counter[str]) -> str:
    """The name, with a count where it comes again."""
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}（第{taken[name]}处）"


def _title_at(lines: Sequence[Line], index: int, wanted: str) -> int:
    """Of how many lines from here a title consists that equals the wanted one; 0 where it is another."""
    if not wanted:
        return 0
    joined = ""
    for count, line in enumerate(lines[index : index + TITLE_LINES], 1):
        joined += _bare(line.text)
        if joined == wanted:
            return count
        if not wanted.startswith(joined):
            return 0
    return 0


def _bare(title: str) -> str:
    return re.sub(r"[\s　《》〈〉“”\"#*]|^关于|[（(](?:试行|暂行|草案|征求意见稿|修订|节选|摘要)[)）]", "", title)


def _opens_second(lines: Sequence[Line], index: int, carrier: str, parts: list[Part]) -> bool:
    """Whether a document begins here whose title the carrier does not print: a title-like line after the signature."""
    if len(parts) > 1 or not _CARRIER.search(carrier) or _REMARK.match(lines[index].text):
        return False
    text = lines[index].text
    return len(text) <= LONGEST_TITLE and _closes(lines, index) and title_length(lines, index) > 0


def _closes(lines: Sequence[Line], index: int) -> bool:
    """Whether the signature's date stands right above, remarks (此件公开发布) apart."""
    above = index - 1
    while above > 0 and _REMARK.match(lines[above].text):
        above -= 1
    return date_of(lines[above].text) is not None or bool(_COLOPHON.search(lines[above].text))


def _note_length(lines: Sequence[Line], index: int) -> int:
    """How many lines the note in brackets under a part's title takes up (（某年某月某日某会议通过）)."""
    joined = ""
    for count, line in enumerate(lines[index : index + TITLE_LINES], 1):
        joined += line.text
        if not joined.startswith(("（", "(")) or "。" in joined or len(joined) > 400:
            return 0
        if joined.endswith(("）", ")")):
            return count if DATE.search(joined) else 0
    return 0


def closing_lines(lines: Sequence[Line], first: int) -> dict[int, str]:
    """The lines that close a text, from line ``first`` on, and what each is: 落款, 附注, 版记 or 附件说明."""
    found: dict[int, str] = {}
    texts = [line.text for line in lines]
    for signature in signatures(texts, first):
        found.update(dict.fromkeys(range(signature.first, signature.line + 1), "落款"))
    for index in range(first, len(lines)):
        text = texts[index]
        if len(text) < 200 and ("印" in text or text.startswith(("抄", "分", "主"))) and _COLOPHON.search(text):
            found[index] = "版记"
            if index > first and index - 1 not in found and is_organ(texts[index - 1]):
                found[index - 1] = "版记"
        elif _REMARK.match(text):
            found[index] = "附注"
        elif index not in found and _ANNEX_LIST.match(text) and len(text) < 120 and not text.endswith("。"):
            found[index] = "附件说明"
            _rest_of_list(texts, index, found)
    return found


def _rest_of_list(texts: Sequence[str], index: int, found: dict[int, str]) -> None:
    for after in range(index + 1, min(len(texts), index + 40)):
        marker = read_marker(texts[after])
        if not (marker and marker.kind == "1.") or texts[after].endswith(("。", "；")) or len(texts[after]) > 120:
            break
        found[after] = "附件说明"
