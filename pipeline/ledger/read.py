"""A ledger that people filled in -> their decisions; tolerant of what Excel and WPS users do to a table."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.document import Disposition
from pipeline.ledger.columns import COLUMNS, DECISION, HIDDEN, OTHER_SHEET, OWN_SHEET

_DECISIONS = {str(each) for each in Disposition if each is not Disposition.PERSON}
_SCANNED_ROWS = 20  # a user may have put lines of his own above the heading


class LedgerError(Exception):
    """A ledger that can't be taken over; the message names file, sheet and cell in Chinese."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person entered in one line of a ledger."""

    document_id: str
    row_id: str
    title: str
    number: str
    decision: str
    reason: str
    deadline: str
    progress: str
    contact: str
    remark: str
    sheet: str


def read_ledger(path: str | Path) -> list[Decision]:
    """Every line of a ledger's sheets, in order. Columns are found by their headings. Raises LedgerError."""
    path = Path(path)
    try:
        book = load_workbook(path, data_only=True)
    except FileNotFoundError as error:
        raise LedgerError(f"找不到台账文件：{path}") from error
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise LedgerError(f"{path} 打不开：不是 .xlsx 文件，或文件已损坏。请在 Excel 或 WPS 中另存为 .xlsx。") from error
    sheets = [book[name] for name in (OWN_SHEET, OTHER_SHEET) if name in book.sheetnames]
    if not sheets:
        raise LedgerError(f"{path} 中没有名为“{OWN_SHEET}”的工作表。")
    return [decision for sheet in sheets for decision in _read_sheet(sheet, path)]


def _read_sheet(sheet: Worksheet, path: Path) -> list[Decision]:
    found = _headings(sheet)
    if found is None:
        raise LedgerError(f"{path} 的工作表“{sheet.title}”中找不到表头（应有“文件名称”和“{DECISION}”等列）。")
    heading_row, places = found
    decisions = []
    for number in range(heading_row + 1, sheet.max_row + 1):
        cells = {name: _text(sheet.cell(number, column).value) for name, column in places.items()}
        if not cells.get("row_id"):
            continue
        if cells["decision"] and cells["decision"] not in _DECISIONS:
            place = sheet.cell(number, places["decision"]).coordinate
            raise LedgerError(
                f"{path} 的工作表“{sheet.title}”单元格 {place} 的处置意见“{cells['decision']}”无效，应为 保留、修订、立法、废止 之一。"
            )
        decisions.append(_decision(cells, sheet.title))
    return decisions


def _headings(sheet: Worksheet) -> tuple[int, dict[str, int]] | None:
    """The heading row and the column of each field, however the columns were moved."""
    wanted = {column.heading: column.field for column in (*COLUMNS, *HIDDEN)}
    for number in range(1, min(sheet.max_row, _SCANNED_ROWS) + 1):
        places = {
            wanted[heading]: cell.column for cell in sheet[number] if (heading := "".join(_text(cell.value).split())) in wanted
        }
        if {"title", "decision", "row_id"} <= set(places):
            return number, places
    return None


def _decision(cells: dict[str, str], sheet: str) -> Decision:
    return Decision(
        document_id=cells.get("document_id", ""),
        row_id=cells["row_id"],
        title=cells.get("title", ""),
        number=cells.get("number", ""),
        decision=cells["decision"],
        reason=cells.get("decision_reason", ""),
        deadline=cells.get("deadline", ""),
        progress=cells.get("progress", ""),
        contact=cells.get("contact", ""),
        remark=cells.get("remark", ""),
        sheet=sheet,
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
