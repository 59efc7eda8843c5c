"""The tables of a workbook that came back (交回的工作簿): where each begins and ends, and which column stands where.

Ours are known by a hidden mark, which names the draft they were made from, and by their header, never by their name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.returned import ticks
from pipeline.ledger.returned.files import open_file
from pipeline.ledger.returned.grid import Grid, Row, existing, grid
from pipeline.ledger.workbook.columns import column_of
from pipeline.ledger.workbook.mark import END, FORM, MARK, marked_draft
from pipeline.ledger.workbook.read import LedgerError
from pipeline.ledger.workbook.sheet import OUTSIDE_SHEET, OWN_SHEET

#: What a spreadsheet program shows for a formula that can't be worked out.
_ERRORS = frozenset({"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!"})
_NEEDED = frozenset({"title", "decision"})
_SHOWN = 40  # characters of a text that is told


@dataclass(slots=True)
class Table:
    """One ledger's table on a sheet: from the row below ``header`` to ``last``. ``keys`` says which column stands where (from
    1); ``unknown`` are the addresses of cells whose value nobody knows (a formula that was never worked out); ``wide`` those
    that lie in a range merged across."""

    grid: Grid
    outside: bool
    header: int
    keys: dict[int, str]
    last: int
    unit: str = ""
    unknown: set[str] = field(default_factory=set)
    wide: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return self.grid.name

    def lines(self) -> Iterator[tuple[int, dict[str, tuple[str, str]]]]:
        """Below the header: the row's number, and its cells (text, address) by column. Rows without any text are left out."""
        for number, row in self.grid.rows.items():
            if self.header < number <= self.last:
                cells = {key: (row.get(at, ""), self.grid.address(number, at)) for at, key in self.keys.items()}
                yield number, self._with_decision(cells)

    def _with_decision(self, cells: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
        """The cells with the decision that is ticked in columns of their own; one that nobody knows comes first."""
        ticked = [key for key in (*ticks.COLUMNS, ticks.BOXES) if key in cells]
        if not ticked:
            return cells
        every = [(key, *cells[key]) for key in ("decision", *ticked) if key in cells]
        unknown = next(((text, address) for _, text, address in every if address in self.unknown), None)
        rest = {key: cell for key, cell in cells.items() if key not in ticked}
        return rest | {"decision": unknown or ticks.said(every)}


@dataclass(slots=True)
class Book:
    """A workbook that came back: its tables, the draft it was made from (empty: the mark was lost), and in ``notes`` what it
    holds beside its tables, which is not read."""

    tables: list[Table]
    draft: str
    notes: list[str] = field(default_factory=list)
    working: list[Table] = field(default_factory=list)  # the program's own notes (核对底稿), which are not read back


def open_book(path: Path, known: frozenset[str] = frozenset()) -> Book:
    """Read the tables of a workbook. ``known`` are ids and titles by which a table without header betrays itself.

    Raises FileNotFoundError; LedgerError where there is no table, or one can't be understood as a whole.
    """
    opened = open_file(path)
    found = Book([], "", [f"文本框“{text[:_SHOWN]}”不是台账的格，没有读入" for text in opened.boxes])
    drafts: set[str] = set()
    for sheet in opened.book.worksheets:
        cells = grid(sheet)
        kind, draft = _mark(cells)
        drafts |= {draft} - {""}
        heads = [] if kind not in ("", OWN_SHEET, OUTSIDE_SHEET) else _heads(cells)
        if kind == FORM:
            heads, kind = _key_rows(cells), OWN_SHEET
        if kind not in ("", OWN_SHEET, OUTSIDE_SHEET):
            found.working += _working(cells)
        elif heads:
            found.tables += _tables(sheet, cells, heads, kind, opened.formulas[sheet.title] if opened.formulas else None)
        elif kind in (OWN_SHEET, OUTSIDE_SHEET):
            raise LedgerError(
                f"工作表“{sheet.title}”的表头找不到“文件名称”和“处置意见”两列；请恢复表头（第3行）后再试。没有读入任何内容。"
            )
        elif not kind and (where := _betrayed(cells, known)):
            raise LedgerError(
                f"工作表“{sheet.title}”没有台账表头，但{where}像是台账内容；请补上表头或删去该工作表后再试。没有读入任何内容。"
            )
        elif not kind and (first := next(iter(cells.rows), 0)):
            column, text = next(iter(cells.rows[first].items()))
            where = cells.address(first, column)
            found.notes.append(f"工作表“{sheet.title}”不是台账，没有读入（{where}“{text[:_SHOWN]}”）")
    if not found.tables:
        raise LedgerError("没有找到台账表头（应有“文件名称”“发文字号”“处置意见”等列）。没有读入任何内容。")
    drafts = drafts or ({marked_draft(opened.book)} - {""})
    if len(drafts) > 1:
        raise LedgerError("这个工作簿由几份不同的台账草稿拼成；请分别读入各份台账。没有读入任何内容。")
    found.draft = next(iter(drafts), "")
    return found


def _mark(cells: Grid) -> tuple[str, str]:
    """The kind of sheet and the draft that the hidden mark names; empty where there is none."""
    for row in cells.rows.values():
        for text in row.values():
            if text.startswith("shixin:") and (found := MARK.fullmatch(text.strip())):
                return found["kind"], found["draft"] or ""
    return "", ""


def _heads(cells: Grid) -> list[tuple[int, dict[int, str]]]:
    """Every header row of a sheet (the lower one, where a header has two levels), with the column that stands where."""
    found: list[tuple[int, dict[int, str]]] = []
    named = {number: keys for number, row in cells.rows.items() if "title" in (keys := _keys(row)).values()}
    for number, upper in named.items():
        if set(upper.values()) >= _NEEDED:
            found.append((number, upper))
        elif "decision" in (lower := _keys(cells.row(number + 1))).values() and "title" not in lower.values():
            rest = {at: key for at, key in upper.items() if key not in lower.values() and at not in lower}
            found.append((number + 1, rest | lower))
    return found


def _key_rows(cells: Grid) -> list[tuple[int, dict[int, str]]]:
    """The hidden row of a filled form that names its columns; what stands below the form's table is taken off."""
    end = next((number for number, row in cells.rows.items() if END in row.values()), None)
    if end is not None:
        cells.rows = {number: row for number, row in cells.rows.items() if number < end}
    rows = ((number, _keys(row)) for number, row in cells.rows.items())
    ticked = {*ticks.COLUMNS, ticks.BOXES, "decision"}
    return [
        (number, keys) for number, keys in rows if {"document_id", "title"} <= set(keys.values()) and ticked & {*keys.values()}
    ]


def _working(cells: Grid) -> Iterator[Table]:
    """The table of a sheet of the program's own, where it has one with its suggestions."""
    for number, row in cells.rows.items():
        keys = _keys(row)
        if {"document_id", "suggestion"} <= set(keys.values()):
            yield Table(cells, False, number, keys, max(cells.rows))
            return


def _keys(row: Row) -> dict[int, str]:
    """Our columns in a row, if it is a header; the first of two that have one name."""
    keys: dict[int, str] = {}
    for position, text in row.items():
        key = column_of(text) if len(text) <= 60 else None
        if key and key not in keys.values():
            keys[position] = key
    return keys


def _betrayed(cells: Grid, known: frozenset[str]) -> str:
    """The first cell that holds an id or a title of the draft."""
    for number, row in cells.rows.items():
        for column, text in row.items():
            if text.strip() in known:
                return f"{get_column_letter(column)}{number} "
    return ""


def _tables(
    sheet: Worksheet, cells: Grid, heads: list[tuple[int, dict[int, str]]], kind: str, formulas: Worksheet | None
) -> Iterator[Table]:
    """A sheet's tables, one a header; a header that is repeated, as for a new page, goes on with the table above."""
    outside = kind == OUTSIDE_SHEET if kind else "不属本单位" in sheet.title
    unit = _unit(cells, heads[0][0])
    _fill_merged(sheet, cells, heads[0][0])
    made: list[Table] = []
    last = max(cells.rows)
    for number, keys in heads:
        _refuse_twins(cells, number, keys, last)
        if made and made[-1].keys == keys:
            cells.rows.pop(number)
            continue
        if made:
            made[-1].last = number - 1
        made.append(Table(cells, outside, number, keys, last, unit))
    calculated = {place for place, cell in existing(formulas) if cell.data_type == "f"} if formulas is not None else set()
    for table in made:
        _find_unknown(table, calculated)
        table.wide = _wide(sheet, table)
    yield from made


def _find_unknown(table: Table, calculated: set[tuple[int, int]]) -> None:
    for number, row in table.grid.rows.items():
        if not table.header < number <= table.last:
            continue
        for position in table.keys:
            text = row.get(position, "")
            if text in _ERRORS or (not text and (number, position) in calculated):
                table.unknown.add(table.grid.address(number, position))


def _refuse_twins(cells: Grid, header: int, keys: dict[int, str], last: int) -> None:
    """Two columns of one name: which of them counts can't be known, if both hold something."""
    for position, text in cells.row(header).items():
        key = column_of(text)
        if key is None or position in keys or key not in keys.values():
            continue
        first = next(place for place, known in keys.items() if known == key)
        if any(row.get(position) for number, row in cells.rows.items() if header < number <= last):
            letters = get_column_letter(first), get_column_letter(position)
            raise LedgerError(
                f"工作表“{cells.name}”的{letters[0]}列和{letters[1]}列都是“{text}”，不知以哪一列为准；"
                "请删去一列或改名后再试。没有读入任何内容。"
            )


def _fill_merged(sheet: Worksheet, cells: Grid, header: int) -> None:
    """Cells merged down a column show one value for all."""
    for area in sheet.merged_cells.ranges:
        if area.min_row > header and area.min_col == area.max_col and (text := cells.row(area.min_row).get(area.min_col)):
            for row in range(area.min_row + 1, area.max_row + 1):
                cells.rows.setdefault(row, {})[area.min_col] = text
    cells.rows = dict(sorted(cells.rows.items()))


def _wide(sheet: Worksheet, table: Table) -> set[str]:
    """What is merged across columns hides others."""
    return {
        table.grid.address(row, column)
        for area in sheet.merged_cells.ranges
        if area.max_col > area.min_col and area.max_row > table.header
        for row in range(max(area.min_row, table.header + 1), min(area.max_row, table.last) + 1)
        for column in range(area.min_col, area.max_col + 1)
    }


def _unit(cells: Grid, header: int) -> str:
    for number, row in cells.rows.items():
        for text in row.values() if number < header else ():
            if found := re.match(r"\s*填报单位\s*(?:[（(]盖章[)）])?\s*[：:]\s*(.*)", text):
                return found.group(1).strip()
    return ""
