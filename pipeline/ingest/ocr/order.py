"""The order in which a person reads what was recognised (阅读顺序): lines from pieces, columns, rows of tables."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.ingest.ocr.tables import Box, Table
from pipeline.ingest.readers import Kind, Line

_CELL_GAP = 2.5  # in line heights: a gap that wide in a row parts two cells
_SPACE_GAP = 0.6
_FEW_LINES, _MANY_LINES = 3, 6  # of a column: a few have to run on to be one
_RAGGED = 3.0  # line heights by which lines that run on end before the edge at most
_SIZE_SPREAD = 0.25  # sizes within this share of the usual one are that one: they are measured on boxes with margins


@dataclass(slots=True)
class Text:
    """A recognised stretch of text and how sure the recogniser is."""

    box: Box
    text: str
    score: float


def in_order(texts: list[Text], tables: list[Table], page: int, width: int) -> list[Line]:
    """The lines of a page ``width`` pixels wide, in reading order; those in tables as rows."""
    rows: list[tuple[Box, list[Line]]] = []
    for table in tables:
        inside = [text for text in texts if table.box.holds(text.box)]
        texts = [text for text in texts if not table.box.holds(text.box)]
        rows.append((table.box, _table_lines(table, inside, page)))
    lines: list[Line] = []
    for region, within in _regions(texts, width):
        placed = [(line.top, [line]) for line in _rows(within, page)]
        placed += [(box.top, group) for box, group in rows if region.holds(box)]
        rows = [(box, group) for box, group in rows if not region.holds(box)]
        lines.extend(line for _, group in sorted(placed, key=lambda each: each[0]) for line in group)
    return lines


def _regions(texts: list[Text], width: int) -> list[tuple[Box, list[Text]]]:
    """The parts of a page in reading order: one, or what stands over two columns, the left one, the right one, the foot."""
    whole = Box(-math.inf, -math.inf, math.inf, math.inf)
    gutter = _gutter([text.box for text in texts], width)
    if gutter is None:
        return [(whole, texts)]
    top, bottom, middle = gutter.top, gutter.bottom, (gutter.left + gutter.right) / 2
    regions = [replace(whole, bottom=top), Box(-math.inf, top, middle, bottom), Box(middle, top, math.inf, bottom), whole]
    found = []
    for region in regions:
        found.append((region, [text for text in texts if region.holds(text.box)]))
        texts = [text for text in texts if not region.holds(text.box)]
    return found


def _gutter(boxes: list[Box], width: int) -> Box | None:
    """The white strip between two columns of running text, as high as they are; None where there is none."""
    left = [box for box in boxes if 0.25 * width < box.width and box.right < 0.6 * width]
    right = [box for box in boxes if 0.25 * width < box.width and box.left > 0.4 * width]
    fewest = min(len(left), len(right))
    if fewest < _FEW_LINES or (fewest < _MANY_LINES and not (_runs_on(left) and _runs_on(right))):
        return None
    strip = Box(
        max(box.right for box in left),
        min(box.top for box in (*left, *right)),
        min(box.left for box in right),
        max(box.bottom for box in (*left, *right)),
    )
    crossed = any(box.left < strip.left and box.right > strip.right and strip.top < box.middle < strip.bottom for box in boxes)
    return strip if strip.left < strip.right and not crossed else None


def _runs_on(column: list[Box]) -> bool:
    """Whether all lines but the last reach the right edge: so does running text, and the cells of a table don't."""
    *full, _ = sorted(column, key=lambda box: box.middle)
    return max(box.right for box in column) - min(box.right for box in full) < _RAGGED * median(box.height for box in column)


def _rows(texts: list[Text], page: int) -> list[Line]:
    usual = _usual_size(texts)
    lines = []
    for row in _by_height(texts):
        pieces = [row[0].text]
        kind: Kind = "line"
        for last, text in pairwise(row):
            gap = (text.box.left - last.box.right) / max(min(last.box.height, text.box.height), 1)
            if gap > _CELL_GAP:
                kind = "row"
            pieces.append(("\t" if gap > _CELL_GAP else " " if gap > _SPACE_GAP else "") + text.text)
        size = max(map(_size, row))
        if abs(size - usual) <= _SIZE_SPREAD * usual:
            size = usual
        left, right = row[0].box.left, row[-1].box.right
        top, bottom = min(text.box.top for text in row), max(text.box.bottom for text in row)
        lines.append(Line("".join(pieces), page, kind, left, right, top, bottom, size))
    return lines


def _usual_size(texts: list[Text]) -> float:
    sizes = [_size(text) for text in texts]
    long = [size for size, text in zip(sizes, texts, strict=True) if len(text.text) >= 8]
    return median(long or sizes) if sizes else 0.0


def _size(text: Text) -> float:
    """The height of a full-width character: boxes have a margin, which makes those of short lines too high."""
    ems = sum(1.0 if ord(character) > 0x2E7F else 0.55 for character in text.text)
    return min(text.box.height, text.box.width / max(ems, 1.0))


def _by_height(texts: list[Text]) -> list[list[Text]]:
    """Texts beside each other, top to bottom, each group from left to right."""
    rows: list[list[Text]] = []
    for text in sorted(texts, key=lambda text: text.box.middle):
        last = rows[-1][-1].box if rows else None
        if last is not None and text.box.middle - last.middle < 0.5 * min(text.box.height, last.height):
            rows[-1].append(text)
        else:
            rows.append([text])
    return [sorted(row, key=lambda text: text.box.left) for row in rows]


def _table_lines(table: Table, texts: list[Text], page: int) -> list[Line]:
    """A table's rows with their cells by tabs; a merged cell stands where it begins; a row of one cell is a paragraph."""
    written: dict[int, list[Text]] = {}
    for text in texts:
        written.setdefault(table.cell_at(text.box), []).append(text)
    lines = []
    for number in range(table.rows):
        cells = [(index, cell) for index, cell in enumerate(table.cells) if cell.row == number]
        shown = ["".join(text.text for row in _by_height(written.get(index, [])) for text in row) for index, _ in cells]
        if any(shown):
            kind: Kind = "row" if len(shown) > 1 else "paragraph"
            lines.append(Line("\t".join(shown), page, kind, table.box.left, table.box.right, top=cells[0][1].box.top))
    return lines
