"""Lines -> text: paragraphs rebuilt across line and page breaks, page numbers and running heads dropped.

A citation that the page breaks in two must come out as one string, and a heading must stay a line of its own. Where a
format knows its paragraphs they are kept; physical lines are joined by what shows that a line was cut and not ended.
"""

from __future__ import annotations

from pipeline.document import Span
from pipeline.ingest.line_breaks import SENTENCE_END, LineBreaks
from pipeline.ingest.page_furniture import without_page_furniture
from pipeline.ingest.readers import Line, Reading
from pipeline.ingest.spacing import tidy

Part = tuple[int, str]


def assemble(reading: Reading) -> tuple[str, tuple[Span, ...]]:
    """The text, one paragraph or table row a line, and the range of each page (no gaps, at least one)."""
    lines = _with_cut_rows_joined(without_page_furniture([_tidied(line) for line in reading.lines]))
    return _laid_out(_paragraphs(lines), max(reading.pages, 1))


def _tidied(line: Line) -> Line:
    line.text = tidy(line.text) if line.kind != "row" else "\t".join(map(tidy, line.text.split("\t")))
    return line


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
    return bool(few) and all(cell and not cell.endswith(SENTENCE_END) for cell in cut)


def _paragraphs(lines: list[Line]) -> list[list[Part]]:
    """Each paragraph as the parts that it has on each page."""
    breaks = LineBreaks(lines)
    paragraphs: list[list[Part]] = []
    last: Line | None = None
    for line in lines:
        if not line.text.strip():
            continue
        if last is not None and breaks.continues(last, line):
            paragraphs[-1].append((line.page, line.text.strip(" 　")))
        else:
            paragraphs.append([(line.page, line.text.strip(" 　"))])
        last = line
    return paragraphs


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
