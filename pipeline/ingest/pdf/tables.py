"""Ruled tables of a PDF page: the rules that pdfium sees, put together by pdfplumber's functions, text by pdfium.

The result is that of pdfplumber, some twenty times faster, because the page is not parsed a second time.
"""

from __future__ import annotations

import re

import pypdfium2 as pdfium
from pdfplumber.table import Table, cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from pipeline.ingest.pdf.drawing import Box, Frame
from pipeline.ingest.pdf.lines import Glyph, glyphs, in_a_row
from pipeline.ingest.readers import Line

_NEAR = 3.0  # points; pdfplumber's own default for snapping, joining and crossing
_LEAST_RULES = 4
_MOST_EDGES = 600  # after joining; a crossword of more is a drawing
_SHORTEST = 3.0
_KEPT = 0.98
_SPACE = re.compile(r"\s|\ufffe")


def with_tables(lines: list[Line], rules: list[Box], textpage: pdfium.PdfTextPage, frame: Frame) -> list[Line]:
    """The page's lines, with those inside a ruled table replaced by its rows; a table that loses text is left alone."""
    if len(rules) < _LEAST_RULES:
        return lines
    kept, page_text = lines, _PageText(textpage, frame)
    for table in _tables(rules):
        x0, top, x1, bottom = table.bbox
        inside = [line for line in kept if top - 1 <= (line.top + line.bottom) / 2 <= bottom + 1 and x0 - 2 <= line.x0 <= x1]
        rows = _rows(table, page_text, inside[0].page) if inside else []
        if rows and _characters(rows) >= _KEPT * _characters(inside):
            position = kept.index(inside[0])
            taken = set(map(id, inside))
            kept = [*kept[:position], *rows, *(line for line in kept[position:] if id(line) not in taken)]
    return kept


def _tables(rules: list[Box]) -> list[Table]:
    """Tables of two rows and two columns at least; a frame round text is none."""
    edges = [_edge(rule) for rule in rules if max(rule[2] - rule[0], rule[3] - rule[1]) >= _SHORTEST]
    merged = merge_edges(edges, _NEAR, _NEAR, _NEAR, _NEAR)
    if len(merged) > _MOST_EDGES:
        return []
    cells = intersections_to_cells(edges_to_intersections(merged, _NEAR, _NEAR))
    tables = [Table(None, group) for group in cells_to_tables(cells)]  # type: ignore[arg-type]  # only its geometry is used
    return [table for table in tables if len(table.rows) > 1 and len(table.rows[0].cells) > 1]


def _edge(rule: Box) -> dict[str, object]:
    """A rule as pdfplumber describes an edge."""
    x0, top, x1, bottom = rule
    width, height = x1 - x0, bottom - top
    shape = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": width, "height": height}
    return {**shape, "orientation": "h" if width >= height else "v", "object_type": "line"}


def _rows(table: Table, page_text: _PageText, page: int) -> list[Line]:
    rows = []
    for row in table.rows:
        cells = ["" if cell is None else page_text.inside(cell) for cell in row.cells]
        if any(cells):
            x0, top, x1, bottom = row.bbox
            rows.append(Line("\t".join(cells), page, "row", x0, x1, top, bottom))
    return rows


class _PageText:
    """The text in a cell: as pdfium gives it where that is one line, else put together from characters by place."""

    def __init__(self, textpage: pdfium.PdfTextPage, frame: Frame):
        self._textpage = textpage
        self._frame = frame
        self._glyphs: list[Glyph] | None = None

    def inside(self, cell: Box) -> str:
        text = self._textpage.get_text_bounded(*self._frame.own_box(*cell)).strip()
        return self._by_place(cell) if _SPACE.search(text) else text

    def _by_place(self, cell: Box) -> str:
        if self._glyphs is None:
            self._glyphs = glyphs(self._textpage, self._frame)
        x0, top, x1, bottom = cell
        within = [
            glyph
            for glyph in self._glyphs
            if x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= (glyph.top + glyph.bottom) / 2 <= bottom
        ]
        text = ""
        for line in map(in_a_row, _as_lines(within)):
            text += (" " if text[-1:].isascii() and text[-1:].isalnum() and line[0].isascii() else "") + line
        return text


def _as_lines(within: list[Glyph]) -> list[list[Glyph]]:
    """The characters of a cell by printed lines, top to bottom."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(within, key=lambda glyph: glyph.top + glyph.bottom):
        if lines and glyph.top + glyph.bottom < 2 * lines[-1][0].bottom:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return lines


def _characters(lines: list[Line]) -> int:
    return sum(len("".join(line.text.split())) for line in lines)
