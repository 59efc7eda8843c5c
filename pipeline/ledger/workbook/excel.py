"""The draft ledger as a workbook (ledger.xlsx): 台账, 不属本单位台账, 说明.

One block a document, one line a measure. The cells about the document are repeated in grey on the block's further lines
rather than merged: merged cells can't be sorted or filtered in Excel and WPS, and lose their text where a block runs over
a page; hidden ids on every line let the ledger be read back however it was sorted. A person's cells are filled once a
document, on the block's first line; the others hold a ditto mark (〃).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.cell import put_text
from pipeline.ledger.choices import DECISIONS, NOT_LISTED
from pipeline.ledger.row import LedgerRow, ScanFacts
from pipeline.ledger.unit import Unit
from pipeline.ledger.workbook.columns import Column, form
from pipeline.ledger.workbook.explanation import write_explanation
from pipeline.ledger.workbook.heights import fitting_size, row_height
from pipeline.ledger.workbook.mark import CORE, mark, mark_book
from pipeline.ledger.workbook.reproducible import save

OWN_SHEET, OUTSIDE_SHEET, EXPLANATION_SHEET = "台账", "不属本单位台账", "说明"
TITLE = "信用相关制度文件清理规范台账"
DITTO = "〃"
TITLE_ROW, UNIT_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4
EMPTY_LINES = 8
POINTS, SMALLEST = 9.0, 6.0
_VERTICAL_MARGIN, _SIDE_MARGIN = 0.55, 0.4  # inches


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
) -> None:
    """Write the draft ledger. The same rows, unit and facts (seconds apart) give the same bytes.

    ``draft`` names these rows in the hidden mark, by which the workbook is known when it comes back; ``foot`` is printed
    below the signatures; ``core`` is the digest of a seal's manifest.

    No rows give the empty form with its signature line, as the notice asks of a unit that has issued no such document.
    """
    own = [row for row in rows if row.belongs]
    outside = [row for row in rows if not row.belongs]
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = OWN_SHEET
    last = write_sheet(sheet, own, form(), title, unit, facts.version, foot)
    write_sheet(book.create_sheet(OUTSIDE_SHEET), outside, form(), f"{title}（不属本单位的文件）", unit, facts.version, foot)
    letter = letter_of("decision", form())
    decisions = f"{OWN_SHEET}!${letter}${FIRST_ROW}:${letter}${last}" if own else ""
    write_explanation(book.create_sheet(EXPLANATION_SHEET), own, outside, unit, facts, decisions)
    for each in book.worksheets:
        column = "Z" if each.title == EXPLANATION_SHEET else letter_of("document_id", form())
        put_text(each[f"{column}{TITLE_ROW}"], mark(each.title, draft))
        put_text(each[f"{column}{UNIT_ROW}"], f"{CORE}{core}" if core else "")
        each.column_dimensions[column].hidden = True
    mark_book(book, draft)
    save(book, Path(path))


def letter_of(key: str, columns: Sequence[Column]) -> str:
    """The letter of the column with this key."""
    return get_column_letter(1 + next(i for i, column in enumerate(columns) if column.key == key))


def cells_of(row: LedgerRow, index: int) -> Iterator[dict[str, str]]:
    """The text of every cell of a row's block, line by line, by column key."""
    about = {
        "index": str(index),
        "reporter": row.reporter,
        "title": row.title,
        "number": row.number,
        "issuers": row.issuers,
        "date": row.date,
        "drafter": row.drafter,
        "in_name_of": row.in_name_of,
        "suggestion": row.suggestion,
        "document_id": row.document_id,
        "scope": row.scope.value,
        "version": row.version,
    }
    entered = {
        "decision": row.decision,
        "deadline": row.deadline,
        "progress": row.progress,
        "contact": row.contact,
        "remark": row.remark,
    }
    for position, line in enumerate(row.details):
        yield {
            **about,
            **(entered if position == 0 else dict.fromkeys(entered, DITTO)),
            "content": line.content,
            "functions": line.functions,
            "measure": line.measure,
            "bases": line.bases,
            "verdict": line.verdict,
            "reason": line.reason,
            "row_id": line.row_id,
        }


# One sheet


def write_sheet(
    sheet: Worksheet,
    rows: Sequence[LedgerRow],
    columns: Sequence[Column],
    title: str,
    unit: Unit | None,
    version: str = "",
    foot: str = "",
) -> int:
    """Write one sheet of the form; the number of the table's last row."""
    visible = [column for column in columns if column.kind != "hidden"]
    for position, column in enumerate(columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width = column.width
        dimension.hidden = column.kind == "hidden"
    _write_head(sheet, columns, title, unit)
    styles = _Styles()
    line = FIRST_ROW
    for index, row in enumerate(rows, 1):
        for position, cells in enumerate(cells_of(replace(row, version=row.version or version), index)):
            _write_line(sheet, line, cells, columns, styles, first=position == 0)
            line += 1
    if not rows:
        for line in range(FIRST_ROW, FIRST_ROW + EMPTY_LINES):
            _write_line(sheet, line, {}, columns, styles, first=True)
        line += 1
    last = line - 1
    _write_signatures(sheet, line + 1, len(visible), unit)
    _add_choices(sheet, columns, last)
    _set_up_page(sheet, len(visible), last, line + 1 + bool(foot))
    # hidden columns are sorted with the others: a filter that leaves them out would part a row from its id
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(columns))}{last}"
    if foot:
        cell = sheet.cell(line + 2, 1)
        put_text(cell, foot)
        cell.font = _font(POINTS, "仿宋")
    return last


def _write_head(sheet: Worksheet, columns: Sequence[Column], title: str, unit: Unit | None) -> None:
    visible = [column for column in columns if column.kind != "hidden"]
    width = len(visible)
    sheet.merge_cells(start_row=TITLE_ROW, end_row=TITLE_ROW, start_column=1, end_column=width)
    heading = sheet.cell(TITLE_ROW, 1)
    put_text(heading, title)
    heading.font, heading.alignment = _font(18, "黑体"), _aligned("center", "center")
    sheet.row_dimensions[TITLE_ROW].height = 34
    middle = width // 2
    for first, end, text, side in (
        (1, middle, f"填报单位（盖章）：{unit.name if unit else ''}", "left"),
        (middle + 1, width, "填报日期：　　　　年　　月　　日", "right"),
    ):
        sheet.merge_cells(start_row=UNIT_ROW, end_row=UNIT_ROW, start_column=first, end_column=end)
        cell = sheet.cell(UNIT_ROW, first)
        put_text(cell, text)
        cell.font, cell.alignment = _font(11, "仿宋"), _aligned(side, "center")
    sheet.row_dimensions[UNIT_ROW].height = 24
    for position, column in enumerate(columns, 1):
        cell = sheet.cell(HEADER_ROW, position)
        put_text(cell, column.header)
        cell.font, cell.alignment = _font(POINTS, "黑体"), _aligned("center", "center")
        cell.border, cell.fill = _border(_MEDIUM, _THIN), PatternFill("solid", fgColor="E8EDF4")
    texts = [(column.header, column.width) for column in visible]
    sheet.row_dimensions[HEADER_ROW].height = row_height(texts, POINTS)


def _write_line(
    sheet: Worksheet, line: int, cells: dict[str, str], columns: Sequence[Column], styles: _Styles, *, first: bool
) -> None:
    texts = [(cells.get(column.key, ""), column.width) for column in columns if column.kind != "hidden"]
    size = fitting_size(texts, POINTS, SMALLEST)
    for position, column in enumerate(columns, 1):
        cell = sheet.cell(line, position)
        styles.apply(cell, column, first, size)
        put_text(cell, cells.get(column.key, ""))
    sheet.row_dimensions[line].height = row_height(texts, size, least=26)


def _write_signatures(sheet: Worksheet, line: int, width: int, unit: Unit | None) -> None:
    """主要负责人（签字）, 填表人, 联系电话 below the table; left for a person, whatever unit.toml says of names."""
    third = width // 3
    texts = ("主要负责人（签字）：", "填表人：", f"联系电话：{unit.phone if unit else ''}")
    for position, text in enumerate(texts):
        first = 1 + position * third
        end = width if position == len(texts) - 1 else first + third - 1
        sheet.merge_cells(start_row=line, end_row=line, start_column=first, end_column=end)
        cell = sheet.cell(line, first)
        put_text(cell, text)
        cell.font, cell.alignment = _font(11, "仿宋"), _aligned("left", "center")
    sheet.row_dimensions[line].height = 36


def _add_choices(sheet: Worksheet, columns: Sequence[Column], last: int) -> None:
    """The drop-down lists. 处置意见 warns and does not forbid, so that 不列入 can be typed."""
    decision = DataValidation(
        type="list", formula1=f'"{",".join(DECISIONS)}"', allow_blank=True, errorStyle="warning", showErrorMessage=True
    )
    decision.errorTitle, decision.error = "处置意见", f"应为{'、'.join(DECISIONS)}；经核对不是失信约束文件的填“{NOT_LISTED}”"
    decision.showInputMessage = True
    decision.promptTitle, decision.prompt = "处置意见", "每个文件填一次，填在该文件的第一行"
    yes_or_no = DataValidation(type="list", formula1='"是,否"', allow_blank=True, errorStyle="warning", showErrorMessage=True)
    yes_or_no.errorTitle, yes_or_no.error = "是否以党委、政府名义印发", "应为是或否"
    for validation, key in ((decision, "decision"), (yes_or_no, "in_name_of")):
        letter = letter_of(key, columns)
        validation.add(f"{letter}{FIRST_ROW}:{letter}{last}")
        sheet.add_data_validation(validation)


def _set_up_page(sheet: Worksheet, width: int, last: int, end: int) -> None:
    """A4 across, one page wide, the header on every page, page numbers below (纸面样式)."""
    sheet.freeze_panes = f"C{FIRST_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_area = f"A1:{get_column_letter(width)}{end}"
    margins = sheet.page_margins
    margins.left = margins.right = _SIDE_MARGIN
    margins.top = margins.bottom = _VERTICAL_MARGIN
    margins.header = margins.footer = 0.25
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"  # type: ignore[union-attr]
    sheet.sheet_view.zoomScale = 100
    sheet.sheet_view.showGridLines = False


# Styles: few, made once and shared, since a style made anew for each cell is what makes large workbooks slow

_THIN, _MEDIUM, _HAIR = Side("thin", "808080"), Side("medium", "404040"), Side("hair", "808080")
_GREY = "8C8C8C"
_ENTRY_FILL = PatternFill("solid", fgColor="FFFBE6")
_CENTRED = frozenset({"index", "date", "in_name_of", "functions", "verdict", "suggestion", "decision", "deadline", "contact"})


def _font(points: float, name: str = "宋体", color: str | None = None, *, bold: bool = False) -> Font:
    """A Chinese font with its character set, so that a program without it takes another Chinese one."""
    return Font(name=name, size=points, charset=134, color=color, bold=bold)


def _aligned(horizontal: str, vertical: str) -> Alignment:
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True)


def _border(top: Side, rest: Side) -> Border:
    return Border(left=rest, right=rest, top=top, bottom=rest)


class _Styles:
    """The styles of the table's cells by column, line of the block and size, each registered once with the workbook."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, bool, float], object] = {}

    def apply(self, cell: Cell | MergedCell, column: Column, first: bool, points: float) -> None:
        key = (column.key, first, points)
        if key not in self._made:
            grey = not first and column.kind in ("document", "person")
            cell.font = _font(points, color=_GREY if grey else None, bold=column.key == "decision")
            ditto = grey and column.kind == "person"
            cell.alignment = _aligned("center" if ditto or column.key in _CENTRED else "left", "top")
            cell.border = Border(left=_THIN, right=_THIN, top=_MEDIUM if first else _HAIR, bottom=_THIN)
            if column.kind == "person" and column.key != "remark" and first:
                cell.fill = _ENTRY_FILL
            cell.number_format = "@"
            self._made[key] = copy(cell._style)  # type: ignore[union-attr]
        else:
            cell._style = copy(self._made[key])  # type: ignore[union-attr]
