"""The Excel draft (台账草稿): A4 landscape, frozen heading, drop-down lists, one block a document.

Document cells are merged over the document's lines, as printed ledgers are; every line carries its hidden id, so that
reading does not depend on the merge. No cell of ours is a formula but the counts in 说明, and no text can become one.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.columns import COLUMNS, DECISION, HIDDEN, OTHER_SHEET, OWN_SHEET, TITLE, Column
from pipeline.ledger.facts import ScanFacts
from pipeline.ledger.notes import write_notes
from pipeline.ledger.rows import LedgerRow
from pipeline.ledger.unit import Unit

HEADING_ROW = 3
_LONGEST = 32_000  # Excel refuses cells over 32,767 characters
_TALLEST = 400.0  # points; Excel allows 409
_LINE = 13.5  # points a line of 9-point type
_BODY = Font(name="宋体", size=9)
_HEADING = Font(name="黑体", size=9)
_THIN = Side(style="thin", color="808080")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
_HEADING_FILL = PatternFill("solid", fgColor="E8EEF4")
_PERSON_FILL = PatternFill("solid", fgColor="FFFBE6")


def write_ledger(rows: Sequence[LedgerRow], path: Path, unit: Unit | None, facts: ScanFacts) -> None:
    """Write the draft. The same rows give the same bytes. Raises PermissionError where Excel holds the file open."""
    book = Workbook()
    own, other = book.active, book.create_sheet(OTHER_SHEET)
    assert isinstance(own, Worksheet)
    own.title = OWN_SHEET
    _write_sheet(own, [row for row in rows if row.own], unit.name if unit else "")
    _write_sheet(other, [row for row in rows if not row.own], unit.name if unit else "")
    write_notes(book, rows, unit, facts)
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(_without_times(buffer.getvalue()))


def _write_sheet(sheet: Worksheet, rows: Sequence[LedgerRow], unit: str) -> None:
    columns = (*COLUMNS, *HIDDEN)
    _set_up(sheet, columns)
    _head(sheet, columns, unit)
    first = HEADING_ROW + 1
    for offset, row in enumerate(rows):
        _write_row(sheet, first + offset, row, columns)
    last = first + len(rows) - 1
    _merge_documents(sheet, rows, first)
    if rows:
        _add_choices(sheet, first, last)
        sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(COLUMNS))}{last}"
    else:
        _write_empty_form(sheet, first)
        last = first + 2
    _sign(sheet, last + 2)
    sheet.print_area = f"A1:{get_column_letter(len(COLUMNS))}{last + 2}"


def _set_up(sheet: Worksheet, columns: Sequence[Column]) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, 3)
    for index, column in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = column.width
        dimension.hidden = column in HIDDEN


def _head(sheet: Worksheet, columns: Sequence[Column], unit: str) -> None:
    width = len(COLUMNS)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    title = put(sheet.cell(1, 1), TITLE)
    title.font, title.alignment = Font(name="方正小标宋简体", size=18), Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 32
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=10)
    sheet.merge_cells(start_row=2, start_column=11, end_row=2, end_column=width)
    put(sheet.cell(2, 1), f"填报单位（盖章）：{unit}").font = Font(name="仿宋", size=11)
    put(sheet.cell(2, 11), "填报日期：        年    月    日").font = Font(name="仿宋", size=11)
    sheet.row_dimensions[2].height = 22
    for index, column in enumerate(columns, start=1):
        cell = put(sheet.cell(HEADING_ROW, index), column.heading)
        cell.font, cell.alignment, cell.border, cell.fill = _HEADING, _CENTRED, _BORDER, _HEADING_FILL
    sheet.row_dimensions[HEADING_ROW].height = 58


def _write_row(sheet: Worksheet, number: int, row: LedgerRow, columns: Sequence[Column]) -> None:
    height = _LINE
    for index, column in enumerate(columns, start=1):
        text = getattr(row, column.field)
        cell = put(sheet.cell(number, index), text)
        cell.font, cell.border = _BODY, _BORDER
        cell.alignment = _CENTRED if column.width < 14 else _WRAPPED
        if column.field.startswith(("decision", "deadline", "progress", "contact")):
            cell.fill = _PERSON_FILL
        if column in COLUMNS and not column.whole:
            height = max(height, lines_of(text, column.width) * _LINE + 4)
    sheet.row_dimensions[number].height = min(height, _TALLEST)


def _merge_documents(sheet: Worksheet, rows: Sequence[LedgerRow], first: int) -> None:
    """Merge each document's own cells over its lines, and give its lines room for what stands in them."""
    start = 0
    while start < len(rows):
        end = start
        while end + 1 < len(rows) and rows[end + 1].document_id == rows[start].document_id:
            end += 1
        _make_room(sheet, rows[start], first + start, first + end)
        if end > start:
            for index, column in enumerate(COLUMNS, start=1):
                if column.whole:
                    sheet.merge_cells(start_row=first + start, end_row=first + end, start_column=index, end_column=index)
        start = end + 1


def _make_room(sheet: Worksheet, row: LedgerRow, first: int, last: int) -> None:
    needed = max(lines_of(getattr(row, column.field), column.width) for column in COLUMNS if column.whole) * _LINE + 4
    heights = [sheet.row_dimensions[number].height or _LINE for number in range(first, last + 1)]
    missing = (needed - sum(heights)) / len(heights)
    if missing > 0:
        for number, height in zip(range(first, last + 1), heights, strict=True):
            sheet.row_dimensions[number].height = min(height + missing, _TALLEST)


def _add_choices(sheet: Worksheet, first: int, last: int) -> None:
    choices = DataValidation(type="list", formula1='"保留,修订,立法,废止"', allow_blank=True)
    choices.error, choices.errorTitle = "请从 保留、修订、立法、废止 中选择。", "处置意见"
    choices.prompt, choices.promptTitle = "由人决定；“系统建议”仅供参考。", "处置意见"
    letter = get_column_letter([column.heading for column in COLUMNS].index(DECISION) + 1)
    choices.add(f"{letter}{first}:{letter}{last}")
    sheet.add_data_validation(choices)


def _write_empty_form(sheet: Worksheet, first: int) -> None:
    """The notice asks for the empty form, signed, where there is no such document (空表签字盖章上报)."""
    for number in range(first, first + 3):
        for index in range(1, len(COLUMNS) + 1):
            sheet.cell(number, index).border = _BORDER
        sheet.row_dimensions[number].height = 24


def _sign(sheet: Worksheet, number: int) -> None:
    for column, text in ((1, "主要负责人（签字）："), (8, "填表人："), (11, "联系电话：")):
        put(sheet.cell(number, column), text).font = Font(name="仿宋", size=11)
    sheet.row_dimensions[number].height = 28


def put(cell: Cell, text: str) -> Cell:
    """Put text into a cell as text, whatever it begins with: never a formula, number or date."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "……（过长，已截断，全文见 scan.sqlite）"
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@＝＋－＠\t\r'"
    return cell


def lines_of(text: str, width: float) -> int:
    """How many printed lines a text takes in a column so wide; a full-width character counts two."""
    usable = max(width - 1.5, 2)
    return sum(max(1, -(-_columns(line) // int(usable))) for line in text.split("\n")) if text else 1


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)


def _without_times(data: bytes) -> bytes:
    """The same package with fixed times, so that the same ledger is the same file."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for info in source.infolist():
            body = source.read(info)
            if info.filename == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2021-01-01T00:00:00Z", body)
            package.writestr(zipfile.ZipInfo(info.filename, (2021, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)
    return target.getvalue()
