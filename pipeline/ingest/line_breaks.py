"""Where a physical line was cut and goes on in the next, and where a paragraph ended."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from itertools import groupby, pairwise
from statistics import median

from pipeline.ingest.readers import Line

SENTENCE_END = tuple("。！？；：…!?;:”’』」")
_CUT = tuple("，、（《〈“‘和与或及的")
# What opens a paragraph of its own, whatever stands before it.
OPENING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百千零〇○\d]+[编章节条](?:\s|　|[^规的款项第、，和至以之所])|"
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|[（(]?\d{1,2}[、）)．.](?![\d项目款])|[①-⑳]|[-•●·■◆]\s|"
    r"附[件录表]\s*\d*\s*[:：\s]|附[件录表]\s*\d*$|抄送[:：]|主送[:：]|联系人[:：]|目\s*录$)"
)
_LABEL = re.compile(r"^\s*\S{2,30}[:：]$")
# What a line break can't part: a Latin word or a Chinese character, with the marks that hang on it.
_UNBROKEN = re.compile(r"[（《〈〔“‘]*(?:[A-Za-z0-9][\w.:/%-]*|.)[，。、；：！？）》〉〕”’…％]*")
_NARROW = re.compile(r"[^\u2e80-\U0010ffff—…“”‘’]+")
_NARROWEST_WRAP, _WIDEST_WRAP = 12.0, 60.0  # full-width characters
_ENOUGH = 4  # lines from which a habit can be told
_ENOUGH_LINES = 8  # lines that show the margins of a page
_ALIGNED = 4.0  # points or pixels within which lines stand at one edge
_IN_COLUMNS = 0.85  # of the lines of a page: so many stand in one column or the other
_FULL_LINES = 0.25
_FEWEST_WRAPPED = 2  # full lines of a paragraph cut by hand
_RAGGED = 2.5  # characters by which lines of one width differ: what was not to be parted, and an indent
_SENTENCE = 20
_SLACK = 1.1  # characters: punctuation may hang over the right edge

Column = tuple[int, int]


class LineBreaks:
    """How a text's lines were broken, learned from all of them: by position where there is one, else by length."""

    def __init__(self, lines: list[Line]):
        physical = [line for line in lines if line.kind == "line" and line.text.strip()]
        self._placed = any(line.x1 for line in physical)
        self._gutters = _gutters(physical) if self._placed else {}
        self._left, self._right = _margins(physical, self._column) if self._placed else ({}, {})
        self._width = 0.0 if self._placed else _wrap_width([line.text for line in physical])
        self._leading = _leading(physical)
        self._wrapped = _wrapped(lines)
        openings = [line for line in physical if OPENING.match(line.text)] if self._placed else []
        indented = sum(not self._is_flush(line) for line in openings)
        # Where numbered paragraphs are indented, a flush line that begins like one (科目|二、科目三) is none.
        self._indents = indented >= _ENOUGH and indented >= 0.8 * len(openings)

    def continues(self, last: Line, line: Line) -> bool:
        """Whether ``line`` goes on where ``last`` was cut."""
        if line.kind == "rest":
            return True
        if id(last) in self._wrapped:
            return True
        if last.kind != "line" or line.kind != "line" or (OPENING.match(line.text) and not self._indents):
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
        return near and self._is_flush(line) and _is_full((self._right[self._column(last)] - last.x1) / size, last, line)

    def _column(self, line: Line) -> Column:
        """The page and the column (1 and 2; 0 for a page of one, and for a title over both) in which a line stands."""
        gutter = self._gutters.get(line.page, 0.0)
        return line.page, (line.x1 <= gutter) + 2 * (line.x0 >= gutter) if gutter else 0

    def _is_flush(self, line: Line) -> bool:
        return line.x0 <= self._left[self._column(line)] + 0.9 * max(line.size, 1.0)


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


def _gutters(lines: list[Line]) -> dict[int, float]:
    """The middle of each page that is set in two columns, as gazettes (公报) are: hardly a line runs across it."""
    gutters = {}
    for page, group in groupby(sorted(lines, key=lambda line: line.page), key=lambda line: line.page):
        on_page = list(group)
        middle = (min(line.x0 for line in on_page) + max(line.x1 for line in on_page)) / 2
        left, right = sum(line.x1 <= middle for line in on_page), sum(line.x0 >= middle for line in on_page)
        if min(left, right) >= max(_ENOUGH_LINES, 0.25 * len(on_page)) and left + right >= _IN_COLUMNS * len(on_page):
            gutters[page] = middle
    return gutters


def _margins(lines: list[Line], column: Callable[[Line], Column]) -> tuple[dict[Column, float], dict[Column, float]]:
    """The left and right edge of each column of text; one with little text borrows those of its like on all pages."""
    left: dict[Column, float] = {}
    right: dict[Column, float] = {}
    columns: dict[Column, list[Line]] = defaultdict(list)
    alike: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        columns[column(line)].append(line)
        alike[column(line)[1]].append(line)
    for place, inside in columns.items():
        known = inside if len(inside) >= _ENOUGH_LINES else alike[place[1]]
        left[place] = _edge([line.x0 for line in known])
        right[place] = -_edge([-line.x1 for line in known])
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
    ended = sum(text.rstrip().endswith(SENTENCE_END) for text in full)
    wrapped = _NARROWEST_WRAP <= widest <= _WIDEST_WRAP and len(full) >= _FULL_LINES * len(texts)
    return widest if wrapped and 2 * ended < len(full) and 2 * prose > len(full) else 0.0


def _wrapped(lines: list[Line]) -> set[int]:
    """The paragraphs (by id) that a manual break (软回车) ended in mid-sentence, as in what was pasted from a mail or a page.

    Such lines are equally wide, at least two in a row, and running text; a verse, an address or a list of names is not.
    """
    found: set[int] = set()
    run: list[Line] = []
    for line in [*lines, Line("。")]:
        fits = run and line.kind == "paragraph" and not OPENING.match(line.text) and not line.text.startswith(("　", "  "))
        if not fits or not _is_full_like(run, line):
            full = run[:-1]
            prose = [each for each in full if "，" in each.text or "。" in each.text or "、" in each.text]
            if len(full) >= _FEWEST_WRAPPED and 2 * len(prose) >= len(full):
                found.update(map(id, full))
            run = [line] if line.kind == "paragraph" else []
        else:
            run.append(line)
    return found


def _is_full_like(run: list[Line], line: Line) -> bool:
    """Whether the last line of a run is as full as those before it and unfinished, so that ``line`` goes on with it."""
    width = _width(run[-1].text.strip())
    first = _width(run[0].text.strip())
    ended = run[-1].text.rstrip().endswith(SENTENCE_END) or _LABEL.match(line.text) is not None
    return (
        not ended
        and _NARROWEST_WRAP <= width <= _WIDEST_WRAP
        and (len(run) == 1 or abs(width - first) <= _RAGGED)
        and _width(line.text.strip()) <= width + _RAGGED
    )


def _width(text: str) -> float:
    """In full-width characters."""
    return len(text) - sum(map(len, _NARROW.findall(text))) / 2


def _is_cut(last: str, line: str) -> bool:
    """Whether a line of a text with whole paragraphs was cut, as by a page break in mid-sentence."""
    last, line = last.strip(), line.strip()
    if last.endswith(SENTENCE_END) or not line.endswith(SENTENCE_END):
        return False
    if last.endswith(_CUT):
        return True
    # A numbered heading may hold a comma; a sentence that ended inside it shows that it is more than a heading, and two commas
    # above a shorter line: a heading's text is longer.
    marks = "。" if OPENING.match(last) else "，。；"
    running = any(mark in last for mark in marks) or (last.count("，") > 1 and len(line) < len(last))
    return len(last) >= _SENTENCE and running and not _closes(last)


def _closes(text: str) -> bool:
    """A line that ends as a signature, a date or a title does."""
    return bool(re.search(r"(?:年\d{1,2}月\d{1,2}日|[）)》\d]|[号日])$", text))
