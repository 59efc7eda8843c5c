"""The cells of a sheet as a person sees them (表格所见): texts, comments and looks; only cells that exist, since a stray blank in
the last row of a sheet would make a full grid of thousands of millions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.detail import DetailLine
from pipeline.ledger.row import LedgerRow, ScanFacts
from pipeline.ledger.unit import Scope
from pipeline.ledger.workbook.excel import write_ledger
from pipeline.ledger.workbook.read import as_text

Row = dict[int, str]
_NEAR = 24  # of 255: colours that a program changed a little when it saved


class Look(NamedTuple):
    """How a cell is shown: colour of the ground and of the letters (RRGGBB, empty for none), struck through or not."""

    ground: str
    letters: str
    struck: bool


@dataclass(slots=True)
class Grid:
    """Texts by row and column (from 1); comments and looks by row and column, of the cells that have them."""

    name: str
    rows: dict[int, Row]
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    looks: dict[tuple[int, int], Look] = field(default_factory=dict)

    def address(self, row: int, column: int) -> str:
        return f"{self.name}!{get_column_letter(column)}{row}"

    def row(self, number: int) -> Row:
        return self.rows.get(number, {})


def grid(sheet: Worksheet) -> Grid:
    """Read a sheet. Rows without any text are left out."""
    found = Grid(sheet.title, {})
    for (row, column), cell in sorted(existing(sheet)):
        if text := shown(cell):
            found.rows.setdefault(row, {})[column] = text
        if cell.comment is not None and cell.comment.text and cell.comment.text.strip():
            found.comments[row, column] = " ".join(cell.comment.text.split())
        if cell.has_style:
            found.looks[row, column] = _look(cell)
    return found


def existing(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], Cell]]:
    """The cells that the file holds; openpyxl's public ways make all the others too."""
    return ((place, cell) for place, cell in sheet._cells.items() if isinstance(cell, Cell))


def shown(cell: Cell) -> str:
    """A cell's text as a person sees it: 80% where 0.8 is stored, TRUE, dates as ISO."""
    value = cell.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float) and "%" in (cell.number_format or ""):
        return f"{value * 100:g}%"
    return as_text(value)


def _look(cell: Cell) -> Look:
    ground = _colour(cell.fill.fgColor) if cell.fill is not None and cell.fill.fill_type == "solid" else ""
    letters = _colour(cell.font.color) if cell.font is not None else ""
    return Look(
        "" if ground == "FFFFFF" else ground, "" if letters == "000000" else letters, bool(cell.font and cell.font.strike)
    )


def _colour(color: Color | None) -> str:
    """RRGGBB; the name of a theme's or a palette's colour; empty for the ordinary one."""
    if color is None:
        return ""
    if color.type == "rgb" and isinstance(color.rgb, str):
        return color.rgb[-6:].upper()
    if color.type == "theme":
        return "" if color.theme in (0, 1) else f"theme{color.theme}"
    return "" if color.indexed in (64, 65, 8, 9, 0, 1) else f"indexed{color.indexed}"


@cache
def _palette() -> frozenset[tuple[str, str]]:
    """The looks that the program gives, taken from a ledger that it writes."""
    details = tuple(DetailLine(row_id=f"{number}", content="一") for number in "12")
    row = LedgerRow(document_id="0" * 16, scope=Scope.NO_UNIT, title="一", decision="保留", remark="一", details=details)
    with tempfile.TemporaryDirectory(prefix="shixin-") as folder:
        path = Path(folder) / "one.xlsx"
        write_ledger([row, row], path, None, ScanFacts())
        looks = [_look(cell) for sheet in load_workbook(path).worksheets for _, cell in existing(sheet)]
    return frozenset((look.ground, look.letters) for look in looks) | {("", "")}


def stands_out(look: Look) -> bool:
    """Whether a person coloured or struck out the cell."""
    return look.struck or not any(_like(look.ground, ground) and _like(look.letters, letters) for ground, letters in _palette())


def _like(first: str, second: str) -> bool:
    if first == second:
        return True
    try:
        pairs: Sequence[tuple[int, int]] = [(int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (0, 2, 4)]
    except ValueError:
        return False
    return all(abs(a - b) <= _NEAR for a, b in pairs)
