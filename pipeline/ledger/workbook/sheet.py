"""One sheet of the ledger (台账表): head, one block a document with one line a measure, signatures.

The cells about the document stand on every line of its block, since merged cells can't be sorted or filtered in Excel and WPS;
on a line that follows one of the same document they are not shown, so that a block reads as one. Hidden ids on every line let
the ledger be read back however it was sorted. A person's cells are filled once a document, on the block's first line; the
others hold a ditto mark (〃).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.cell import put_text
from pipeline.ledger.choices import DECISIONS, NOT_LISTED
from pipeline.ledger.row import LedgerRow
from pipeline.ledger.unit import Unit
from pipeline.ledger.workbook.columns import Column
from pipeline.ledger.workbook.heights import fitting_size, row_height
from pipeline.ledger.workbook.lines import Lines
from pipeline.ledger.workbook.paper import A4, Height, Paper, break_between, set_up_page, set_width
from pipeline.ledger.workbook.styles import aligned, font, style_head

OWN_SHEET, OUTSIDE_SHEET, WORKING_SHEET = "台账", "不属本单位台账", "核对底稿"
TITLE = "信用相关制度文件清理规范台账"
DITTO = "〃"
TITLE_ROW, UNIT_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4
EMPTY_LINES = 8
SMALLEST = 6.0  # points: only where a text would not fit Excel's highest row otherwise


def letter_of(key: str, columns: Sequence[Column]) -> str:
    """The letter of the column with this key."""
    return get_column_letter(1 + next(i for i, column in enumerate(columns) if column.key == key))


def about(row: LedgerRow) -> dict[str, str]:
    """The cells about the document, the program's ids among them, by column key."""
    names = ("reporter", "title", "number", "issuers", "date", "drafter", "in_name_of", "suggestion", "document_id", "version")
    return {name: getattr(row, name) for name in names} | {"scope": row.scope.value}


def entered(row: LedgerRow) -> dict[str, str]:
    """The cells that a person fills, by column key."""
    return {name: getattr(row, name) for name in ("decision", "deadline", "progress", "contact", "remark")}


def measured(row: LedgerRow) -> Iterator[dict[str, str]]:
    """The cells of each measure, by column key."""
    for line in row.details:
        names = ("content", "functions", "measure", "bases", "verdict", "reason", "row_id")
        yield {name: getattr(line, name) for name in names}


def cells_of(row: LedgerRow, index: int) -> Iterator[dict[str, str]]:
    """The text of every cell of a row's block, line by line, by column key."""
    document, person = {"index": str(index), **about(row)}, entered(row)
    for position, line in enumerate(measured(row)):
        yield {**document, **(person if position == 0 else dict.fromkeys(person, DITTO)), **line}


def write_sheet(
    sheet: Worksheet,
    rows: Sequence[LedgerRow],
    columns: Sequence[Column],
    title: str,
    unit: Unit | None,
    version: str = "",
    foot: str = "",
    paper: Paper = A4,
) -> tuple[Lines, int]:
    """Write one sheet of the form; its lines, and the number of the last."""
    columns = [replace(column, width=round(column.width * paper.wider, 2)) for column in columns]
    visible = [column for column in columns if column.kind != "hidden"]
    for position, column in enumerate(columns, 1):
        set_width(sheet, position, column.width, hidden=column.kind == "hidden")
    _write_head(sheet, columns, title, unit, paper)
    lines = Lines(sheet, HEADER_ROW)
    line = FIRST_ROW
    blocks: list[list[Height]] = []
    for index, row in enumerate(rows, 1):
        blocks.append([])
        for cells in cells_of(replace(row, version=row.version or version), index):
            blocks[-1].append(_write_line(lines, line, cells, columns, paper, first=not blocks[-1]))
            line += 1
    if not rows:
        for line in range(FIRST_ROW, FIRST_ROW + EMPTY_LINES):
            _write_line(lines, line, {}, columns, paper, first=True)
        line += 1
    last = line - 1
    _write_signatures(sheet, line + 1, len(visible), unit)
    _add_choices(sheet, columns, last)
    if foot:
        cell = sheet.cell(line + 2, 1)
        put_text(cell, foot)
        cell.font = font(paper.points, "仿宋")
    set_up_page(sheet, paper, HEADER_ROW, len(visible), line + 1 + bool(foot))
    _show_once(sheet, columns, last, break_between(sheet, paper, HEADER_ROW, filter(None, blocks)))
    sheet.freeze_panes = f"C{FIRST_ROW}"
    # hidden columns are sorted with the others: a filter that leaves them out would part a row from its id
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(columns))}{last}"
    return lines, last


def _write_head(sheet: Worksheet, columns: Sequence[Column], title: str, unit: Unit | None, paper: Paper) -> None:
    visible = [column for column in columns if column.kind != "hidden"]
    width = len(visible)
    sheet.merge_cells(start_row=TITLE_ROW, end_row=TITLE_ROW, start_column=1, end_column=width)
    heading = sheet.cell(TITLE_ROW, 1)
    put_text(heading, title)
    heading.font, heading.alignment = font(18, "黑体"), aligned("center", "center")
    sheet.row_dimensions[TITLE_ROW].height = 27
    middle = width // 2
    for first, end, text, side in (
        (1, middle, f"填报单位（盖章）：{unit.name if unit else ''}", "left"),
        (middle + 1, width, "填报日期：　　　　年　　月　　日", "right"),
    ):
        sheet.merge_cells(start_row=UNIT_ROW, end_row=UNIT_ROW, start_column=first, end_column=end)
        cell = sheet.cell(UNIT_ROW, first)
        put_text(cell, text)
        cell.font, cell.alignment = font(11, "仿宋"), aligned(side, "center")
    sheet.row_dimensions[UNIT_ROW].height = 22
    for position, column in enumerate(columns, 1):
        cell = sheet.cell(HEADER_ROW, position)
        put_text(cell, column.header)
        style_head(cell, paper.points)
    texts = [(column.header, column.width) for column in visible]
    sheet.row_dimensions[HEADER_ROW].height = row_height(texts, paper.points)


def _write_line(
    lines: Lines, line: int, cells: dict[str, str], columns: Sequence[Column], paper: Paper, *, first: bool
) -> Height:
    """Write a line; its height is that of what it shows."""
    visible = [column for column in columns if column.kind != "hidden"]
    every = [(cells.get(column.key, ""), column.width) for column in visible]
    shown = [text for text, column in zip(every, visible, strict=True) if first or column.kind == "detail"]
    size = fitting_size(shown, paper.points, SMALLEST)
    height = row_height(shown, size, least=26)
    lines.write(line, cells, columns, height, size, first=first)
    return Height(line, height, row_height(every, size, least=26))


def _show_once(sheet: Worksheet, columns: Sequence[Column], last: int, again: Sequence[int]) -> None:
    """White on white what a line repeats of the line above, as long as that is of the same document; a line that begins a page
    (``again``) shows it."""
    letter = letter_of("document_id", columns)
    repeated = [p for p, column in enumerate(columns, 1) if column.kind in ("document", "person")]
    ends = [*(row - 1 for row in again), last]
    letters = [get_column_letter(p) for p in repeated]
    runs = [
        f"{at}{first}:{at}{end}"
        for first, end in zip([FIRST_ROW, *(row + 1 for row in again)], ends, strict=True)
        if first <= end
        for at in letters
    ]
    areas = " ".join(runs)
    same = f'AND(${letter}{FIRST_ROW}<>"",${letter}{FIRST_ROW}=${letter}{HEADER_ROW})'
    sheet.conditional_formatting.add(areas, FormulaRule(formula=[same], font=Font(color="FFFFFF")))


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
        cell.font, cell.alignment = font(11, "仿宋"), aligned("left", "center")
    sheet.row_dimensions[line].height = 28


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
