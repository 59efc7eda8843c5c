"""Styles of the ledger's cells (样式): few, made once and shared, since a style made anew for each cell makes large workbooks slow."""

from __future__ import annotations

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.cell import FORMULA_STARTS
from pipeline.ledger.workbook.columns import Column

_THIN, _MEDIUM, _HAIR = Side("thin", "808080"), Side("medium", "404040"), Side("hair", "808080")
_ENTRY_FILL = PatternFill("solid", fgColor="FFFBE6")
_HEAD_FILL = PatternFill("solid", fgColor="E8EDF4")
_CENTRED = frozenset({"index", "date", "in_name_of", "functions", "verdict", "suggestion", "decision", "deadline", "contact"})


def font(points: float, name: str = "宋体", *, bold: bool = False) -> Font:
    """A Chinese font with its character set, so that a program without it takes another Chinese one."""
    return Font(name=name, size=points, charset=134, bold=bold)


def aligned(horizontal: str, vertical: str) -> Alignment:
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True)


def style_head(cell: Cell | MergedCell, points: float) -> None:
    """A cell of the header row."""
    cell.font, cell.alignment = font(points, "黑体"), aligned("center", "center")
    cell.border, cell.fill = Border(left=_THIN, right=_THIN, top=_MEDIUM, bottom=_THIN), _HEAD_FILL


class Styles:
    """The styles of a table's cells by column, line of the block, size and whether the text looks like a formula: the number under
    which each is registered with the workbook."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._made: dict[tuple[str, bool, float, bool], int] = {}

    def number(self, column: Column, first: bool, points: float, text: str) -> int:
        """The style of a cell that holds a text; ``first`` is the first line of a document's block."""
        key = (column.key, first, points, text.startswith(FORMULA_STARTS))
        if key not in self._made:
            cell = Cell(self._sheet, 1, 1)
            cell.font = font(points, bold=column.key == "decision")
            cell.alignment = aligned("center" if column.key in _CENTRED else "left", "top")
            cell.border = Border(left=_THIN, right=_THIN, top=_MEDIUM if first else _HAIR, bottom=_THIN)
            if column.kind == "person" and column.key != "remark" and first:
                cell.fill = _ENTRY_FILL
            cell.number_format = "@"
            cell.quotePrefix = key[-1]
            self._made[key] = cell.style_id
        return self._made[key]
