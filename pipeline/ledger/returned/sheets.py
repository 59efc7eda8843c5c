"""The sheets of a workbook that came back (交回的工作簿), as grids of text; other formats by way of LibreOffice.

Ours are known by a hidden mark, which names the draft they were made from, and by their header, never by their name.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.returned.convert import as_xlsx
from pipeline.ledger.workbook.columns import column_of
from pipeline.ledger.workbook.mark import MARK, marked_draft
from pipeline.ledger.workbook.read import LedgerError, as_text, find_header, open_ledger
from pipeline.ledger.workbook.sheet import OUTSIDE_SHEET, OWN_SHEET

_HEAD = 30  # rows in which the mark and the header must stand
_FORMULA = re.compile(rb"<f[ >/]")
#: What a spreadsheet program shows for a formula that can't be worked out.
_ERRORS = frozenset({"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!"})


@dataclass(slots=True)
class Table:
    """One sheet with a ledger's table. ``keys`` says which column stands where (from 1); ``unknown`` are the addresses of
    cells whose value nobody knows (a formula that was never worked out); ``wide`` those that lie in a range merged across."""

    name: str
    outside: bool
    header: int
    keys: dict[int, str]
    rows: list[list[str]]
    unit: str = ""
    unknown: set[str] = field(default_factory=set)
    wide: set[str] = field(default_factory=set)

    def address(self, row: int, column: int) -> str:
        return f"{self.name}!{get_column_letter(column)}{row}"

    def lines(self) -> Iterator[tuple[int, dict[str, tuple[str, str]]]]:
        """Below the header: the row's number, and its cells (text, address) by column."""
        for number, texts in enumerate(self.rows[self.header :], self.header + 1):
            cells = {}
            for position, key in self.keys.items():
                text = texts[position - 1] if position <= len(texts) else ""
                cells[key] = (text, self.address(number, position))
            yield number, cells


@dataclass(slots=True)
class Book:
    """A workbook that came back: its tables, and the draft it was made from (empty: the mark was lost)."""

    tables: list[Table]
    draft: str


def open_book(path: Path, known: frozenset[str] = frozenset()) -> Book:
    """Read the tables of a workbook. ``known`` are ids and titles by which a table without header betrays itself.

    Raises LedgerError where there is no table, or one can't be understood as a whole.
    """
    found, formulas = _as_workbook(path), None
    book = open_ledger(found, data_only=True) if isinstance(found, Path) else found
    if isinstance(found, Path) and _has_formulas(found):
        formulas = open_ledger(found)
    marks = {sheet.title: _mark(sheet) for sheet in book.worksheets}
    tables = []
    for sheet in book.worksheets:
        kind = marks[sheet.title][0]
        head = None if kind == "说明" else find_header(sheet)
        keys = set(head[1].values()) if head else set()
        if head and {"title", "decision"} <= keys:
            tables.append(_table(sheet, head, kind, formulas[sheet.title] if formulas else None))
        elif kind in (OWN_SHEET, OUTSIDE_SHEET):
            raise LedgerError(
                f"工作表“{sheet.title}”的表头找不到“文件名称”和“处置意见”两列；请恢复表头（第3行）后再试。没有读入任何内容。"
            )
        elif kind != "说明" and (where := _betrayed(sheet, known)):
            raise LedgerError(
                f"工作表“{sheet.title}”没有台账表头，但{where}像是台账内容；请补上表头或删去该工作表后再试。没有读入任何内容。"
            )
    if not tables:
        raise LedgerError("没有找到台账表头（应有“文件名称”“发文字号”“处置意见”等列）。没有读入任何内容。")
    drafts = {draft for _, draft in marks.values() if draft} or {marked_draft(book)} - {""}
    if len(drafts) > 1:
        raise LedgerError("这个工作簿由几份不同的台账草稿拼成；请分别读入各份台账。没有读入任何内容。")
    return Book(tables, next(iter(drafts), ""))


def _as_workbook(path: Path) -> Path | Workbook:
    if not path.is_file():
        raise FileNotFoundError(2, "no ledger", str(path))
    if path.suffix.lower() == ".csv":
        return _from_csv(path)
    return path if path.suffix.lower() in (".xlsx", ".xlsm") else as_xlsx(path)


def _from_csv(path: Path) -> Workbook:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise LedgerError(f"{path}：文字编码认不出来；请用 Excel 或 WPS 打开后另存为 .xlsx")
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = OWN_SHEET
    csv.field_size_limit(2**24)
    first = next((line for line in text.splitlines() if line.strip()), "")
    for row, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ","), 1):
        for column, value in enumerate(values, 1):
            if value:
                cell = sheet.cell(row, column)
                cell.value, cell.data_type = value, "s"
    return book


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(package.read(name)) for name in sheets)


def _mark(sheet: Worksheet) -> tuple[str, str]:
    """The kind of sheet and the draft that the hidden mark names; empty where there is none."""
    for values in sheet.iter_rows(max_row=_HEAD, values_only=True):
        for value in values:
            if isinstance(value, str) and (found := MARK.fullmatch(value.strip())):
                return found["kind"], found["draft"]
    return "", ""


def _betrayed(sheet: Worksheet, known: frozenset[str]) -> str:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.strip() in known:
                return f"{cell.coordinate} "
    return ""


def _table(sheet: Worksheet, head: tuple[int, dict[int, str]], kind: str, formulas: Worksheet | None) -> Table:
    header, keys = head
    _refuse_twins(sheet, header, keys)
    rows = [[as_text(value) for value in values] for values in sheet.iter_rows(values_only=True)]
    outside = kind == OUTSIDE_SHEET if kind else "不属本单位" in sheet.title
    table = Table(sheet.title, outside, header, keys, rows, _unit(rows[:header]))
    _fill_merged(sheet, table)
    for number, texts in enumerate(rows[header:], header + 1):
        for position in keys:
            text = texts[position - 1] if position <= len(texts) else ""
            if text in _ERRORS or (not text and formulas is not None and _is_formula(formulas, number, position)):
                table.unknown.add(table.address(number, position))
    return table


def _is_formula(sheet: Worksheet, row: int, column: int) -> bool:
    return sheet.cell(row, column).data_type == "f"


def _refuse_twins(sheet: Worksheet, header: int, keys: dict[int, str]) -> None:
    """Two columns of one name: which of them counts can't be known, if both hold something."""
    for position, cell in enumerate(sheet[header], 1):
        key = column_of(cell.value) if isinstance(cell.value, str) else None
        if key is None or position in keys:
            continue
        first = next(place for place, known in keys.items() if known == key)
        if any(as_text(row[0]) for row in sheet.iter_rows(header + 1, None, position, position, values_only=True)):
            letters = get_column_letter(first), get_column_letter(position)
            raise LedgerError(
                f"工作表“{sheet.title}”的{letters[0]}列和{letters[1]}列都是“{cell.value}”，不知以哪一列为准；"
                "请删去一列或改名后再试。没有读入任何内容。"
            )


def _fill_merged(sheet: Worksheet, table: Table) -> None:
    """Cells merged down a column show one value for all; what is merged across columns hides others."""
    for area in sheet.merged_cells.ranges:
        if area.max_row <= table.header:
            continue
        for row in range(max(area.min_row, table.header + 1), area.max_row + 1):
            if area.max_col > area.min_col:
                table.wide |= {table.address(row, column) for column in range(area.min_col, area.max_col + 1)}
            elif area.max_row > area.min_row:
                texts = table.rows[row - 1]
                texts[area.min_col - 1] = table.rows[area.min_row - 1][area.min_col - 1]


def _unit(rows: Sequence[Sequence[str]]) -> str:
    for texts in rows:
        for text in texts:
            if found := re.match(r"\s*填报单位\s*(?:[（(]盖章[)）])?\s*[：:]\s*(.*)", text):
                return found.group(1).strip()
    return ""
