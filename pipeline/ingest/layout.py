"""Lines -> text: paragraphs rebuilt across line and page breaks, page numbers and running heads dropped.

A citation that the page breaks in two must come out as one string, and a heading must stay a line of its own. Where a
format knows its paragraphs they are kept; physical lines are joined by what shows that a line was cut and not ended.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby, pairwise
from statistics import median

from pipeline.document import Span
from pipeline.ingest.registry import Line, Reading

_CJK = r"\u3400-\u9fff\uf900-\ufaff〇"
_BARE_NUMBER = re.compile(r"^\d{1,4}$")
_MARKED_NUMBER = re.compile(
    r"^(?:[-—–－―]+\s*\d{1,4}\s*[-—–－―]+|·\s*\d{1,4}\s*·|第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?|"
    r"\d{1,4}\s*/\s*\d{1,4}|Page\s*\d+(?:\s*of\s*\d+)?)$",
    re.I,
)
_SENTENCE_END = tuple("。！？；：…!?;:”’』」")
_CUT = tuple("，、（《〈“‘和与或及的")
# What opens a paragraph of its own, whatever stands before it.
_OPENING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百千零〇○\d]+[编章节条](?:\s|　|[^规的款项第、，和至以之所])|"
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|[（(]?\d{1,2}[、）)．.](?![\d项目款])|[①-⑳]|[-•●·■◆]\s|"
    r"附[件录表]\s*\d*\s*[:：\s]|附[件录表]\s*\d*$|抄送[:：]|主送[:：]|联系人[:：]|目\s*录$)"
)
_LABEL = re.compile(r"^\s*\S{2,30}[:：]$")
# What a line break can't part: a Latin word or a Chinese character, with the marks that hang on it.
_UNBROKEN = re.compile(r"[（《〈〔“‘]*(?:[A-Za-z0-9][\w.:/%-]*|.)[，。、；：！？）》〉〕”’…％]*")
_NARROWEST_WRAP, _WIDEST_WRAP = 12.0, 60.0  # full-width characters
_ENOUGH = 4  # lines from which a habit can be told
_ENOUGH_LINES = 8  # lines that show the margins of a page
_ALIGNED = 4.0  # points or pixels within which lines stand at one edge
_FULL_LINES = 0.25
_SENTENCE = 20
_SLACK = 1.1  # characters: punctuation may hang over the right edge


def assemble(reading: Reading) -> tuple[str, tuple[Span, ...]]:
    """The text, one paragraph or table row a line, and the range of each page (no gaps, at least one)."""
    lines = _with_cut_rows_joined(_without_page_furniture([_tidied(line) for line in reading.lines]))
    return _laid_out(_paragraphs(lines), max(reading.pages, 1))


# White space put there by extraction or by letterspacing


def _tidied(line: Line) -> Line:
    line.text = tidy(line.text) if line.kind != "row" else "\t".join(map(tidy, line.text.split("\t")))
    return line


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ue000-\uf8ff]")
_UNITS = "年月日号条款项章节页届次个位名天万亿元％%"
_DIGIT_SPACES = re.compile(rf"(?<=[{_CJK}〔\[（(])[ ]+(?=\d+\s*[{_UNITS}〕\]）)])|(?<=\d)[ ]+(?=[{_CJK}〕\]）)．.，、。])")
_LETTERSPACED = re.compile(rf"(?<![{_CJK}])[{_CJK}](?:[ 　]+[{_CJK}](?![{_CJK}]))+")
_BEFORE_PUNCTUATION = re.compile(r"[ 　]+(?=[，。；：、）》〉〕！？])|(?<=[，。；、（《〈〔！？])[ 　]+(?=\S)")
_AFTER_DE = re.compile(rf"(?<=的)[ 　]+(?=[{_CJK}])")


def tidy(text: str) -> str:
    """White space as a person would type it: "17 号" and "通 知" closed up, "第一条 为了" and "中共中央 国务院" kept."""
    if not text:
        return text
    text = _CONTROL.sub("", text.replace("\xa0", " ").replace("\t", " ").replace("\n", " "))
    if " " in text or "　" in text:
        text = _LETTERSPACED.sub(lambda match: re.sub(r"[ 　]+", "", match[0]), text)
        text = _DIGIT_SPACES.sub("", text)
        text = _BEFORE_PUNCTUATION.sub("", text)
        text = _AFTER_DE.sub("", text)
    return text.rstrip()


# Page numbers and running heads


def _without_page_furniture(lines: list[Line]) -> list[Line]:
    physical = [line for line in lines if line.kind == "line"]
    if not physical:
        return lines
    if physical[-1].page == physical[0].page:
        return [line for line in lines if line.kind != "line" or not _MARKED_NUMBER.match(line.text.strip())]
    pages = _by_page(physical)
    edges = {id(line): line for page in pages for line in (*page[:2], *page[-2:])}
    heads, numbers = _running_heads(pages), _counted(edges.values())
    dropped = {
        key
        for key, line in edges.items()
        if key in numbers or _MARKED_NUMBER.match(line.text.strip()) or _bare(line.text) in heads
    }
    return [line for line in lines if id(line) not in dropped]


def _counted(lines: Iterable[Line]) -> set[int]:
    """Which of the bare numbers at the edges of pages count the pages: they keep one distance from the page's own number."""
    bare = [(line, int(line.text) - line.page) for line in lines if _BARE_NUMBER.match(line.text.strip())]
    distance, times = Counter(distance for _, distance in bare).most_common(1)[0] if bare else (0, 0)
    return {id(line) for line, own in bare if own == distance and times > 1}


def _by_page(lines: list[Line]) -> list[list[Line]]:
    return [[line for line in page if line.text.strip()] for _, page in groupby(lines, key=lambda line: line.page)]


def _running_heads(pages: list[list[Line]]) -> set[str]:
    """Texts (digits apart) that stand first or last on many pages, left and right ones apart; 附件1, 附件2 are none."""
    if len(pages) < 3:
        return set()
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_bare(line.text) for line in (*page[:1], *page[-1:]) if not _OPENING.match(line.text)})
    return {text for text, count in counts.items() if text and count >= max(3, 0.4 * len(pages))}


def _bare(text: str) -> str:
    return re.sub(r"[\d\s]", "", text)


# Table rows


def _with_cut_rows_joined(lines: list[Line]) -> list[Line]:
    """Rows that a page break cuts made whole: the rest at the top of the page has an empty first cell, and few others."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and last.kind == line.kind == "row" and line.page == last.page + 1 and _is_rest(last, line):
            cells = zip(last.text.split("\t"), line.text.split("\t"), strict=True)
            last.text = "\t".join(above + below for above, below in cells)
        else:
            joined.append(line)
    return joined


def _is_rest(row: Line, rest: Line) -> bool:
    above, below = row.text.split("\t"), rest.text.split("\t")
    cut = [cell for cell, more in zip(above, below, strict=False) if more]
    few = len(above) == len(below) > 1 and not below[0] and above[0] and 0 < 2 * len(cut) <= len(below)
    return bool(few) and all(cell and not cell.endswith(_SENTENCE_END) for cell in cut)


# Paragraphs

Part = tuple[int, str]


def _paragraphs(lines: list[Line]) -> list[list[Part]]:
    """Each paragraph as the parts that it has on each page."""
    wrap = _Wrap(lines)
    paragraphs: list[list[Part]] = []
    last: Line | None = None
    for line in lines:
        if not line.text.strip():
            continue
        if last is not None and wrap.continues(last, line):
            paragraphs[-1].append((line.page, line.text.strip(" 　")))
        else:
            paragraphs.append([(line.page, line.text.strip(" 　"))])
        last = line
    return paragraphs


class _Wrap:
    """How a text's lines were broken, learned from all of them: by position where there is one, else by length."""

    def __init__(self, lines: list[Line]):
        physical = [line for line in lines if line.kind == "line" and line.text.strip()]
        self._placed = any(line.x1 for line in physical)
        self._left, self._right = _margins(physical) if self._placed else ({}, {})
        self._width = 0.0 if self._placed else _wrap_width([line.text for line in physical])
        self._leading = _leading(physical)
        openings = [line for line in physical if _OPENING.match(line.text)] if self._placed else []
        indented = sum(not self._is_flush(line) for line in openings)
        # Where numbered paragraphs are indented, a flush line that begins like one (科目|二、科目三) is none.
        self._indents = indented >= _ENOUGH and indented >= 0.8 * len(openings)

    def continues(self, last: Line, line: Line) -> bool:
        """Whether ``line`` goes on where ``last`` was cut."""
        if last.kind != "line" or line.kind != "line" or (_OPENING.match(line.text) and not self._indents):
            return False
        if self._placed:
            return self._continues_by_position(last, line)
        if self._width and _is_full(self._width - _width(last.text), last, line):
            return not line.text.startswith(("　", "  "))
        if _LABEL.match(line.text) or line.text.startswith(("　　", "    ")):
            return False
        return _is_cut(last.text, line.text)

    def _continues_by_position(self, last: Line, line: Line) -> bool:
        size = max(last.size, line.size, 1.0)
        if abs(last.size - line.size) > 0.2 * size:
            return False
        near = last.page != line.page or line.top - last.bottom < min(self._leading + 0.4, 2.0) * size
        return near and self._is_flush(line) and _is_full((self._right[last.page] - last.x1) / size, last, line)

    def _is_flush(self, line: Line) -> bool:
        return line.x0 <= self._left[line.page] + 0.9 * max(line.size, 1.0)


def _is_full(room: float, line: Line, following: Line) -> bool:
    """Whether a line ended because what follows did not fit into the ``room`` left, in full-width characters."""
    unbroken = _UNBROKEN.match(following.text.strip(" 　"))
    slack = 0.1 if line.text.endswith("。") else _SLACK
    return room < slack + (_width(unbroken[0]) if unbroken else 0)


def _leading(lines: list[Line]) -> float:
    """The usual space between lines, in characters; a wider one parts paragraphs that are not indented."""
    gaps = [
        (after.top - before.bottom) / max(after.size, 1.0)
        for before, after in pairwise(lines)
        if before.page == after.page and after.top > before.top
    ]
    return median(gaps) if gaps else 1.0


def _margins(lines: list[Line]) -> tuple[dict[int, float], dict[int, float]]:
    """The left and right edge of the text on each page; a page with little text borrows those of the whole."""
    left: dict[int, float] = {}
    right: dict[int, float] = {}
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    for page, on_page in pages.items():
        known = on_page if len(on_page) >= _ENOUGH_LINES else lines
        left[page] = _edge([line.x0 for line in known])
        right[page] = -_edge([-line.x1 for line in known])
    return left, right


def _edge(values: list[float]) -> float:
    """The least value that does not stand alone: a stamp or a stray mark in the margin is no edge of the text."""
    ordered = sorted(values)
    return next((value for value, after in pairwise(ordered) if after - value <= _ALIGNED), ordered[0])


def _wrap_width(texts: list[str]) -> float:
    """The width at which a text was hard-wrapped, 0 where it was not: many lines end in mid-sentence near one maximum."""
    if len(texts) < _ENOUGH:
        return 0.0
    widths = [_width(text) for text in texts]
    widest = sorted(widths)[int(0.98 * (len(widths) - 1))]
    full = [text for text, width in zip(texts, widths, strict=True) if abs(width - widest) <= 2]
    prose = sum("，" in text or "、" in text for text in full)
    ended = sum(text.rstrip().endswith(_SENTENCE_END) for text in full)
    wrapped = _NARROWEST_WRAP <= widest <= _WIDEST_WRAP and len(full) >= _FULL_LINES * len(texts)
    return widest if wrapped and 2 * ended < len(full) and 2 * prose > len(full) else 0.0


def _width(text: str) -> float:
    """In full-width characters."""
    return sum(1.0 if ord(character) > 0x2E7F or character in "—…“”‘’" else 0.5 for character in text)


def _is_cut(last: str, line: str) -> bool:
    """Whether a line of a text with whole paragraphs was cut, as by a page break in mid-sentence."""
    last, line = last.strip(), line.strip()
    if last.endswith(_SENTENCE_END) or not line.endswith(_SENTENCE_END):
        return False
    if last.endswith(_CUT):
        return True
    # A numbered heading may hold a comma; only a sentence that ended inside it shows that it is more than a heading.
    marks = "。" if _OPENING.match(last) else "，。；"
    return len(last) >= _SENTENCE and any(mark in last for mark in marks) and not _closes(last)


def _closes(text: str) -> bool:
    """A line that ends as a signature, a date or a title does."""
    return bool(re.search(r"(?:年\d{1,2}月\d{1,2}日|[）)》\d]|[号日])$", text))


# Text and page ranges


def _laid_out(paragraphs: list[list[Part]], pages: int) -> tuple[str, tuple[Span, ...]]:
    pieces: list[str] = []
    starts: dict[int, int] = {}
    offset = 0
    for parts in paragraphs:
        if pieces:
            pieces.append("\n")
            offset += 1
        for position, (page, text) in enumerate(parts):
            if position and _needs_space(pieces[-1], text):
                pieces.append(" ")
                offset += 1
            starts.setdefault(page, offset)
            pieces.append(text)
            offset += len(text)
    return "".join(pieces), _page_spans(starts, pages, offset)


def _needs_space(before: str, after: str) -> bool:
    return before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalnum()


def _page_spans(starts: dict[int, int], pages: int, length: int) -> tuple[Span, ...]:
    """Ranges that cover the text; a page without text is an empty range where it would stand."""
    bounds = [length] * (pages + 1)
    following = length
    for page in range(pages, 0, -1):
        following = min(starts.get(page, following), following)
        bounds[page - 1] = following
    bounds[0] = 0
    return tuple(Span(bounds[index], bounds[index + 1]) for index in range(pages))
