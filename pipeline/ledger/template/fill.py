"""A form filled (填样表) so that `confirm` reads it back as our own ledger.

Below the form's header stands a hidden row with our own headers, and to the right hidden columns with the ids: they move with
the cells when a person inserts rows or columns, and tell the reader which column is which, whatever the form calls it. One line a
measure where the form has a column for measures, the cells about the document merged over its lines; else one line a document.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.cell import put_text
from pipeline.ledger.returned import ticks
from pipeline.ledger.returned.files import open_file
from pipeline.ledger.row import LedgerRow, note_of
from pipeline.ledger.template import mapping
from pipeline.ledger.template.header import Header, Heading, find_form
from pipeline.ledger.workbook.columns import columns
from pipeline.ledger.workbook.heights import row_height
from pipeline.ledger.workbook.mark import END, FORM, mark, mark_book
from pipeline.ledger.workbook.read import SIGNATURE, LedgerError, as_text
from pipeline.ledger.workbook.reproducible import save
from pipeline.ledger.workbook.sheet import about, entered, measured

_POINTS, _DEFAULT_WIDTH = 9.0, 8.43
_NOTES = ("注", "说明", "备注：", "填表说明")
_SUMS = frozenset({"合计", "小计", "总计", "共计"})
_DETAILS = frozenset({"content", "functions", "measure", "bases", "verdict", "reason", "clause"})
_HIDDEN = ("document_id", "scope", "version")


@dataclass(frozen=True, slots=True)
class Filled:
    """``headings`` are the form's columns with what each takes; ``missing`` our columns that the form has no place for."""

    path: Path
    sheet: str
    headings: tuple[Heading, ...]
    missing: tuple[str, ...]


def fill_template(
    rows: Sequence[LedgerRow], template: str | Path, path: str | Path, *, draft: str = "", reporter: str = ""
) -> Filled:
    """Fill ``template`` with the unit's rows and save it as ``path``; 映射.toml beside it says which column takes what, and is
    followed where a person has changed it.

    The form's fonts, borders and all above and below its table stay. Raises FileNotFoundError, LedgerError where no header is
    known, where the mapping is wrong, or where ``path`` is the form itself.
    """
    template, path = Path(template), Path(path)
    if path.exists() and path.samefile(template):
        raise LedgerError(f"{path}：结果不能写回样表本身，请换一个文件名")
    try:
        opened = open_file(template)
    except LedgerError as error:
        raise LedgerError(f"{template}：{error}") from error
    book = opened.formulas or opened.book
    header = find_form(book)
    if header is None:
        raise LedgerError(f"{template}：没有找到表头（应有“文件名称”等列），不能按样表填写")
    beside = path.with_name(mapping.FILE)
    headings = mapping.corrected(beside, template.name, header.headings)
    if not any(heading.key == "title" for heading in headings):
        raise LedgerError(f"{beside}：没有一栏对应“文件名称”，不能按样表填写")
    mapping.write(beside, template.name, header.sheet, headings)
    sheet = book[header.sheet]
    own = [row for row in rows if row.belongs]
    places = {heading.key: heading.position for heading in headings if heading.key}
    _Form(sheet, header, places, {row.decision for row in own} - {""}).fill(own, draft, reporter)
    mark_book(book, draft)
    save(book, path)
    keys = {heading.key for heading in headings}
    placed = keys | {"index"} | ({"decision"} if _ticked(keys) else set())
    missing = [name for key, name in mapping.names().items() if key not in placed and "台账" in _sheets(key)]
    return Filled(path, header.sheet, tuple(headings), tuple(missing))


def _sheets(key: str) -> tuple[str, ...]:
    return next(column.sheets for column in columns() if column.key == key)


def _to_add(keys: Collection[str], decisions: set[str]) -> list[str]:
    """The columns added at the right: where the form has none for the decision, or none to tick one that was taken."""
    if {"decision", ticks.BOXES} & set(keys):
        return []
    lacking = [key for key, decision in ticks.COLUMNS.items() if decision in decisions and key not in keys]
    return lacking if _ticked(keys) else ["decision"]


def _ticked(keys: Collection[str]) -> bool:
    return bool({*ticks.COLUMNS, ticks.BOXES} & set(keys))


class _Form:
    """The sheet of a form: ``places`` says where each of our columns stands, those that it lacks added at the right."""

    def __init__(self, sheet: Worksheet, header: Header, places: dict[str, int], decisions: set[str]):
        self._sheet, self._header = sheet, header
        self._visible = dict(places)
        self._measures = bool(_DETAILS & places.keys())
        self._width = max(sheet.max_column, *(heading.position for heading in header.headings))
        hidden = [*_HIDDEN, *(["row_id"] if self._measures else [])]
        added = _to_add(places.keys(), decisions)
        self._places = dict(places) | {key: self._width + number for number, key in enumerate([*added, *hidden], 1)}
        self._printed: dict[str, str] = {}
        self._added, self._hidden = added, hidden

    def fill(self, rows: Sequence[LedgerRow], draft: str, reporter: str) -> None:
        blocks = [self._lines(row, str(number), reporter) for number, row in enumerate(rows, 1)]
        key_row = self._header.last + 1
        end = self._make_room(key_row, 1 + sum(map(len, blocks)))
        style = {at: copy(self._sheet.cell(key_row, at)._style) for at in range(1, self._width + 1)}  # type: ignore[union-attr]
        self._unmerge(key_row, end)
        self._printed = {key: as_text(self._sheet.cell(key_row, at).value) for key, at in self._places.items()}
        self._write_keys(key_row, end, draft)
        line = key_row + 1
        for block in blocks:
            for cells in block:
                self._write_line(line, cells, style)
                line += 1
            self._merge(line - len(block), line - 1)

    def _lines(self, row: LedgerRow, index: str, reporter: str) -> list[dict[str, str]]:
        document = {**about(row), **entered(row), "index": index, "reporter": row.reporter or reporter}
        lines = [{**document, **line, "clause": line["content"].partition("\n")[0]} for line in measured(row)]
        shown = lines if self._measures and lines else [document]
        shown[0]["reason"] = "\n".join(filter(None, (note_of(row), shown[0].get("reason", ""))))  # the person's comes first
        return shown

    def _make_room(self, first: int, needed: int) -> int:
        """Move what stands below the table (sums, signatures, notes) down, so that the lines fit; the row where it begins."""
        sheet = self._sheet
        end = next((number for number in range(first, sheet.max_row + 1) if self._is_foot(number)), sheet.max_row + 1)
        missing = first + needed - end
        if missing <= 0:
            return end
        if end <= sheet.max_row:
            below = [area for area in sheet.merged_cells.ranges if area.min_row >= end]
            for area in below:
                sheet.unmerge_cells(area.coord)
            heights = {number: sheet.row_dimensions[number].height for number in range(end, sheet.max_row + 1)}
            sheet.move_range(f"A{end}:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}", rows=missing, translate=True)
            for area in below:
                area.shift(row_shift=missing)
                sheet.merge_cells(area.coord)
            for number, height in heights.items():
                sheet.row_dimensions[number + missing].height = height
        return end + missing

    def _is_foot(self, number: int) -> bool:
        texts = [text for cell in self._sheet[number] if (text := as_text(cell.value))]
        return bool(texts) and (
            any(SIGNATURE.match(text) for text in texts) or texts[0].startswith(_NOTES) or bool(set(texts[:2]) & _SUMS)
        )

    def _unmerge(self, first: int, end: int) -> None:
        """The empty lines of a form may be merged; ours are merged anew."""
        for area in [area for area in self._sheet.merged_cells.ranges if area.min_row >= first and area.max_row < end]:
            self._sheet.unmerge_cells(area.coord)

    def _write_keys(self, key_row: int, end: int, draft: str) -> None:
        sheet = self._sheet
        headers = {column.key: column.header for column in columns()}
        for key, at in self._places.items():
            put_text(sheet.cell(key_row, at), headers[key])
        last = self._width + len(self._added) + len(self._hidden)
        put_text(sheet.cell(key_row, last + 1), mark(FORM, draft))
        put_text(sheet.cell(end, last + 1), END)
        sheet.row_dimensions[key_row].hidden = True
        for key in self._hidden:
            sheet.column_dimensions[get_column_letter(self._places[key])].hidden = True
        sheet.column_dimensions[get_column_letter(last + 1)].hidden = True
        for key in self._added:
            cell = sheet.cell(self._header.last, self._places[key])
            cell._style = copy(sheet.cell(self._header.last, self._visible["title"])._style)  # type: ignore[union-attr]
            put_text(cell, headers[key])

    def _write_line(self, line: int, cells: dict[str, str], style: dict[int, Any]) -> None:
        sheet = self._sheet
        for at, proto in style.items():
            sheet.cell(line, at)._style = copy(proto)  # type: ignore[union-attr]
            sheet.cell(line, at).value = None
        texts = []
        for key, at in self._places.items():
            cell = sheet.cell(line, at)
            if key in self._added:
                cell._style = copy(style[self._visible["title"]])  # type: ignore[union-attr]
            text = self._text(key, cells)
            put_text(cell, text)
            if key not in self._hidden:
                shown = cell.alignment
                cell.alignment = Alignment(horizontal=shown.horizontal, vertical=shown.vertical or "top", wrap_text=True)
                points = max(_POINTS, float(cell.font.size or 0))
                width = sheet.column_dimensions[get_column_letter(at)].width or _DEFAULT_WIDTH
                texts.append(row_height([(text, width)], points, least=20))
        sheet.row_dimensions[line].height = max(texts, default=20.0)

    def _text(self, key: str, cells: dict[str, str]) -> str:
        if key in ticks.COLUMNS or key == ticks.BOXES:
            return ticks.shown(key, cells["decision"], self._printed[key])
        return cells.get(key, "")

    def _merge(self, first: int, last: int) -> None:
        """The cells about the document over all its lines."""
        for key, at in self._places.items():
            if last > first and key not in _DETAILS and key not in self._hidden:
                self._sheet.merge_cells(start_row=first, end_row=last, start_column=at, end_column=at)
