"""The draft ledger as a workbook (ledger.xlsx): 台账, 不属本单位台账, 核对底稿, 说明."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.cell import put_text
from pipeline.ledger.row import LedgerRow, ScanFacts
from pipeline.ledger.unit import Unit
from pipeline.ledger.workbook.columns import form, working
from pipeline.ledger.workbook.explanation import write_explanation
from pipeline.ledger.workbook.mark import CORE, FOR_READING, mark, mark_book
from pipeline.ledger.workbook.paper import A4, Paper, plain_font
from pipeline.ledger.workbook.reproducible import save
from pipeline.ledger.workbook.sheet import (
    FIRST_ROW,
    OUTSIDE_SHEET,
    OWN_SHEET,
    TITLE,
    TITLE_ROW,
    UNIT_ROW,
    WORKING_SHEET,
    letter_of,
    write_sheet,
)
from pipeline.ledger.workbook.working import write_working

EXPLANATION_SHEET = "说明"


def write_ledger(
    rows: Sequence[LedgerRow],
    path: str | Path,
    unit: Unit | None,
    facts: ScanFacts,
    *,
    title: str = TITLE,
    draft: str = "",
    foot: str = "",
    core: str = "",
    paper: Paper = A4,
    reported: bool = False,
) -> None:
    """Write the draft ledger. The same rows, unit and facts (seconds apart) give the same bytes.

    ``draft`` names these rows in the hidden mark, by which the workbook is known when it comes back; ``foot`` is printed
    below the signatures; ``core`` is the digest of a seal's manifest. A ``reported`` one goes out of the house: without the
    machine's working and the places of the files (核对底稿).

    No rows give the empty form with its signature line, as the notice asks of a unit that has issued no such document.
    """
    own = [row for row in rows if row.belongs]
    outside = [row for row in rows if not row.belongs]
    book = Workbook()
    plain_font(book)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = OWN_SHEET
    lines, last = write_sheet(sheet, own, form(), title, unit, facts.version, foot, paper)
    apart, elsewhere = book.create_sheet(OUTSIDE_SHEET), f"{title}（不属本单位的文件）"
    tables = [lines, write_sheet(apart, outside, form(), elsewhere, unit, facts.version, foot, paper)[0]]
    if not reported:
        tables.append(write_working(book.create_sheet(WORKING_SHEET), own, outside, paper))
    letter = letter_of("decision", form())
    decisions = f"{OWN_SHEET}!${letter}${FIRST_ROW}:${letter}${last}" if own else ""
    write_explanation(book.create_sheet(EXPLANATION_SHEET), own, outside, unit, facts, decisions)
    for each in book.worksheets:
        kind, column = _place_of_mark(each.title)
        put_text(each[f"{column}{TITLE_ROW}"], mark(kind, draft))
        put_text(each[f"{column}{UNIT_ROW}"], f"{CORE}{core}" if core else "")
        each.column_dimensions[column].hidden = True
    mark_book(book, draft)
    save(book, Path(path), tables)


def _place_of_mark(sheet: str) -> tuple[str, str]:
    """The kind of a sheet, and the hidden column that holds its mark."""
    if sheet == EXPLANATION_SHEET:
        return FOR_READING, "Z"
    if sheet == WORKING_SHEET:
        return FOR_READING, letter_of("document_id", working())
    return sheet, letter_of("document_id", form())
