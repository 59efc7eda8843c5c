"""Ruled tables of a PDF page: the rules that pdfium sees, put together by pdfplumber's functions, text by pdfium.

The result is that of pdfplumber, some twenty times faster, because the page is not parsed a second time.
"""

from __future__ import annotations

import pypdfium2 as pdfium
from pdfplumber.table import Table, cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from pipeline.ingest.pdf_drawing import Box, Frame
from pipeline.ingest.registry import Line

_NEAR = 3.0  # points; pdfplumber's own default for snapping, joining and crossing
_LEAST_RULES = 4
_MOST_EDGES = 600  # after joining; a crossword of more is a drawing
_SHORTEST = 3.0
_KEPT = 0.98


def with_tables(lines: list[Line], rules: list[Box], textpage: pdfium.PdfTextPage, frame: Frame) -> list[Line]:
    """The page's lines, with those inside a ruled table replaced by its rows; a table that loses text is left alone."""
    if len(rules) < _LEAST_RULES:
        return lines
    kept = lines
    for table in _tables(rules):
        x0, top, x1, bottom = table.bbox
        inside = [line for line in kept if top - 1 <= (line.top + line.bottom) / 2 <= bottom + 1 and x0 - 2 <= line.x0 <= x1]
        rows = _rows(table, textpage, frame, inside[0].page) if inside else []
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


def _rows(table: Table, textpage: pdfium.PdfTextPage, frame: Frame, page: int) -> list[Line]:
    rows = []
    for row in table.rows:
        cells = ["" if cell is None else _text(textpage, frame.own_box(*cell)) for cell in row.cells]
        if any(cells):
            x0, top, x1, bottom = row.bbox
            rows.append(Line("\t".join(cells), page, "row", x0, x1, top, bottom))
    return rows


def _text(textpage: pdfium.PdfTextPage, box: Box) -> str:
    """A cell's text as one line; words of Latin script keep a space where a line ended."""
    text = ""
    for line in textpage.get_text_bounded(*box).replace("\ufffe", "").split("\n"):
        piece = line.strip().replace("\t", " ")
        text += (" " if text[-1:].isascii() and text[-1:].isalnum() and piece[:1].isascii() else "") + piece
    return text.strip()


def _characters(lines: list[Line]) -> int:
    return sum(len("".join(line.text.split())) for line in lines)
