"""The lines of a text as the clause tree needs them: with offsets, articles on lines of their own, 目录 and quotations known."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from pipeline.structure.chinese_numerals import NUMERAL, to_int
from pipeline.structure.markers import read_marker
from pipeline.structure.run_on import beginnings, run_on

_INLINE_ARTICLE = re.compile(rf"(?<=[。；：])[\s　]*(?=第([{NUMERAL}]{{1,8}}|\d{{1,4}})条[\s　]+[^第\s])")
_DECORATION = re.compile(r"(?:\s|#{1,6}(?=\s)|\*{1,3}(?!\*)|[-•·▪●■◆>](?=\s))+")
_CONTENTS = re.compile(r"^目[\s　]*[录次]$")
_LEADERS = re.compile(r"(?<![.．…·—\s　-])[.．…·—\s　-]{2,}+[（(]?\d{1,4}[)）]?$")
_LONGEST_CONTENTS = 600
_LONGEST_QUOTATION = 80
_MARKS = re.compile("[“”]")


class Line(NamedTuple):
    """One line without the white space (and Markdown) round it: ``document.text[start:end] == text``."""

    text: str
    start: int
    end: int

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table, its cells parted by tabs (a tab after a number only sets it off)."""
        if "\t" not in self.text:
            return False
        marker = read_marker(self.text)
        return marker is None or "\t" in self.text[marker.end :].strip() or marker.kind not in ("条", "一、", "（一）")


def split_lines(text: str) -> list[Line]:
    """The non-blank lines; a line that holds several articles one after the other is cut before each, and one
    that holds the whole text where its lines would have begun."""
    lines: list[Line] = []
    last_article = 0
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if run_on(text, start, end):
            places = [start, *(start + place for place in beginnings(text[start:end])), end]
            lines += [_trimmed(text, first, last) for first, last in pairwise(places) if not text[first:last].isspace()]
        elif not text[start:end].isspace() and start < end:
            last_article = _append(lines, text, start, end, last_article)
        start = end + 1
    return lines


def _append(lines: list[Line], text: str, start: int, end: int, last_article: int) -> int:
    opening = read_marker(text[start:end].strip()[:24])
    if opening and opening.kind == "条":
        last_article = opening.ordinal
    for cut in _INLINE_ARTICLE.finditer(text, start, end) if text.find("第", start + 1, end) > 0 else ():
        if to_int(cut[1]) == last_article + 1:
            last_article += 1
            lines.append(_trimmed(text, start, cut.end()))
            start = cut.end()
    lines.append(_trimmed(text, start, end))
    return last_article


def _trimmed(text: str, start: int, end: int) -> Line:
    """A line without the white space and the bullets, hashes or stars of a web export round it; whole if it has no more."""
    first = _DECORATION.match(text, start, end)
    begin = first.end() if first else start
    words = text[begin:end].rstrip("* \t\r\u3000\xa0")
    if not words:
        words = text[start:end].strip()
        begin = text.index(words, start)
    return Line(words, begin, begin + len(words))


def contents_lines(lines: list[Line]) -> set[int]:
    """The indices of the lines of a table of contents (目录), its heading included."""
    found = {
        index
        for index, line in enumerate(lines)
        if len(line.text) < 80
        and (line.text.endswith(("）", ")")) or line.text[-1:].isdecimal())
        and _LEADERS.search(line.text)
        and read_marker(line.text)
    }
    for index, line in enumerate(lines):
        if _CONTENTS.match(line.text):
            found.add(index)
            found.update(_contents_after(lines, index + 1))
    return found


def _contents_after(lines: list[Line], first: int) -> range:
    """From the line after 目录 up to where its first entry comes again as a real heading."""
    if first >= len(lines):
        return range(0)
    entry = _bare(lines[first].text)
    for index in range(first + 1, min(len(lines), first + _LONGEST_CONTENTS)):
        if _bare(lines[index].text) == entry:
            return range(first, index)
        if len(lines[index].text) > 60 and "。" in lines[index].text:
            break
    return range(0)


def _bare(text: str) -> str:
    return re.sub(r"[\s　]+", "", _LEADERS.sub("", text))


def quoted_lines(lines: list[Line]) -> set[int]:
    """The lines inside a quotation that runs over several lines, as in a decision that amends another text.

    By custom each paragraph of such a quotation opens with “ and only the last closes with ”. A mark that nothing closes
    within reach is a slip, and opens nothing.
    """
    marks = [_MARKS.findall(line.text) for line in lines]
    inside: set[int] = set()
    index = 0
    while index < len(lines):
        last = _closing(lines, marks, index) if marks[index] and marks[index][-1] == "“" else index
        inside.update(range(index + 1, last + 1))
        index = max(last, index + 1) if last != index else index + 1
    return inside


def _closing(lines: list[Line], marks: list[list[str]], opening: int) -> int:
    for index in range(opening + 1, min(len(lines), opening + _LONGEST_QUOTATION)):
        if not marks[index]:
            continue
        if marks[index][0] == "“" and not lines[index].text.startswith("“"):
            return opening
        if marks[index][-1] == "”":
            return index
    return opening
