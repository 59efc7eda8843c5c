"""Styles of the ledger's cells (样式): few, made once and shared, since a style made anew for each cell makes large workbooks slow."""

from __future__ import annotations

from copy import copy

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

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
    """The styles of the table's cells by column, line of the block and size, each registered once with the workbook."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, bool, float], object] = {}

    def apply(self, cell: Cell | MergedCell, column: Column, first: bool, points: float) -> None:
        """Style a cell; ``first`` is the first line of a document's block."""
        key = (column.key, first, points)
        if key not in self._made:
            cell.font = font(points, bold=column.key == "decision")
            cell.alignment = aligned("center" if column.key in _CENTRED else "left", "top")
            cell.border = Border(left=_THIN, right=_THIN, top=_MEDIUM if first else _HAIR, bottom=_THIN)
            if column.kind == "person" and column.key != "remark" and first:
                cell.fill = _ENTRY_FILL
            cell.number_format = "@"
            self._made[key] = copy(cell._style)  # type: ignore[union-attr]
        else:
            cell._style = copy(self._made[key])  # type: ignore[union-attr]
