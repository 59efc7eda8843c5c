"""Ledgers read fast (快速读取): the cells of a workbook as calamine streams them, for the reader of the workbook's room."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipeline.ledger.workbook.read import LedgerError, ReadLedger, read_sheets

LARGEST = 64 << 20  # bytes of a file; a ledger of 200 documents has some 60,000
_UNPACKED = 512 << 20
_MOST_ROWS = 100_000
#: A cell beyond column ZZ: a stray blank there makes a full grid of thousands of millions of cells.
_FAR_COLUMN = re.compile(rb'<c [^>]*?r="[A-Z]{3}\d')
_LAST_ROW = re.compile(rb'<row [^>]*?r="(\d+)"')
_TAIL = 1 << 20


class _Area(NamedTuple):
    min_row: int
    min_col: int
    max_row: int
    max_col: int


class _Merged(NamedTuple):
    ranges: list[_Area]


class _Value(NamedTuple):
    value: Any


class StreamedSheet:
    """A sheet's cells, numbered from 1, with as much of openpyxl's way of asking as the reader needs."""

    def __init__(self, sheet: CalamineSheet):
        self.title = sheet.name
        self._rows = [[None if cell == "" else cell for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        areas = sheet.merged_cell_ranges or []
        self.merged_cells = _Merged([_Area(top + 1, left + 1, low + 1, right + 1) for (top, left), (low, right) in areas])

    def iter_rows(self, min_row: int = 1, max_row: int | None = None, *, values_only: bool = True) -> Iterator[list[Any]]:
        return iter(self._rows[min_row - 1 : max_row])

    def cell(self, row: int, column: int) -> _Value:
        cells = self._rows[row - 1] if row <= len(self._rows) else []
        return _Value(cells[column - 1] if column <= len(cells) else None)


def read_fast(path: Path) -> tuple[ReadLedger, tuple[str, ...]]:
    """A ledger, and the units that it says (on the sheet of a roll-up) have reported none. Raises LedgerError."""
    try:
        data = _whole(path)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            StreamedSheet(book.get_sheet_by_name(each.name))
            for each in book.sheets_metadata
            if each.visible is SheetVisibleEnum.Visible and each.typ is SheetTypeEnum.WorkSheet
        ]
    except (LedgerError, OSError):
        raise
    except Exception as error:  # a damaged workbook raises whatever the XML under it makes fail
        raise LedgerError(f"{path}：不是 Excel 台账，或已损坏、加密；请用 Excel 或 WPS 打开后另存为 .xlsx") from error
    return read_sheets(sheets, path), tuple(_empty_units(sheets))


def _whole(path: Path) -> bytes:
    """The bytes of a workbook that can be unpacked safely. Raises LedgerError."""
    if path.stat().st_size > LARGEST:
        raise LedgerError(f"{path}：文件过大（超过 {LARGEST >> 20} MB），不像台账；请删除其中的图片后另存")
    data = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(item.file_size for item in package.infolist()) > _UNPACKED:
            raise LedgerError(f"{path}：解开后过大，不像台账；请核对来源后另存")
        for item in package.infolist():
            if item.filename.startswith("xl/worksheets/") and item.filename.endswith(".xml"):
                _refuse_far_cells(path, package.read(item))
    return data


def _refuse_far_cells(path: Path, sheet: bytes) -> None:
    rows = _LAST_ROW.findall(sheet[-_TAIL:])
    if _FAR_COLUMN.search(sheet) or (rows and int(rows[-1]) > _MOST_ROWS):
        raise LedgerError(f"{path}：表格最右列或最末行有零散内容，不能汇总；请删除台账以外的行和列后另存")


#: The sheet of a roll-up that says who reported; its columns and the word for an empty form.
REPORTING_SHEET, UNIT_COLUMN, STATE_COLUMN, EMPTY = "报送情况", "单位", "情况", "空表"


def _empty_units(sheets: list[StreamedSheet]) -> Iterator[str]:
    for sheet in sheets:
        if sheet.title != REPORTING_SHEET:
            continue
        head, *rows = list(sheet.iter_rows()) or [[]]
        if UNIT_COLUMN in head and STATE_COLUMN in head:
            unit, state = head.index(UNIT_COLUMN), head.index(STATE_COLUMN)
            yield from (str(row[unit]) for row in rows if row[unit] and str(row[state] or "").startswith(EMPTY))
