"""The workbook of a roll-up: 台账 with 填报单位, 分单位统计, 重复文件, 问题."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.cell import put_text
from pipeline.ledger.choices import NOT_LISTED
from pipeline.ledger.confirm import UNDECIDED, tally
from pipeline.ledger.merge import Duplicate, Merged
from pipeline.ledger.unit import Unit
from pipeline.ledger.workbook.columns import form
from pipeline.ledger.workbook.heights import row_height
from pipeline.ledger.workbook.paper import A4, plain_font
from pipeline.ledger.workbook.reproducible import save
from pipeline.ledger.workbook.sheet import OWN_SHEET, TITLE, write_sheet
from pipeline.ledger.workbook.working import WORKING_SHEET, write_working

COUNTS_SHEET, DUPLICATES_SHEET, PROBLEMS_SHEET = "分单位统计", "重复文件", "问题"


def write_merged(merged: Merged, path: str | Path, *, unit: str = "") -> None:
    """Write the roll-up: 台账 (with 填报单位), 核对底稿, 分单位统计, 重复文件, 问题. The same ledgers give the same bytes."""
    book = Workbook()
    plain_font(book)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = OWN_SHEET
    write_sheet(sheet, merged.rows, form(merged=True), f"{TITLE}（汇总）", Unit(unit) if unit else None)
    write_working(book.create_sheet(WORKING_SHEET), merged.rows, [], A4)
    _write_counts(book.create_sheet(COUNTS_SHEET), merged)
    _write_table(
        book.create_sheet(DUPLICATES_SHEET),
        [
            ("文件名称", 40),
            ("发文字号", 20),
            ("单位", 26),
            ("位置", 34),
            ("处置意见", 14),
            ("怎样认出", 14),
            ("意见不一致", 10),
        ],
        [_duplicate_cells(duplicate) for duplicate in merged.duplicates],
    )
    _write_table(
        book.create_sheet(PROBLEMS_SHEET),
        [("文件", 34), ("单元格", 18), ("问题", 80)],
        [list(problem) for problem in merged.problems],
    )
    save(book, Path(path))


def _duplicate_cells(duplicate: Duplicate) -> list[str | int]:
    decided = "\n".join(decision or UNDECIDED for decision in duplicate.decisions)
    units, cells = "\n".join(duplicate.units), "\n".join(duplicate.cells)
    return [duplicate.title, duplicate.number, units, cells, decided, duplicate.why, "是" if duplicate.conflict else ""]


def _write_counts(sheet: Worksheet, merged: Merged) -> None:
    names = list(tally([]))
    listed = [name for name in names if name != NOT_LISTED]
    head = [("填报单位", 32.0), ("文件", 34.0), *((name, 9.0) for name in listed), ("合计", 9.0), (NOT_LISTED, 9.0)]
    body: list[list[str | int]] = [
        [u.unit, u.file, *(u.counts[n] for n in listed), u.listed, u.counts[NOT_LISTED]] for u in merged.units
    ]
    total: Counter[str] = Counter()
    for each in merged.units:
        total.update(each.counts)
    sums = [total[name] for name in listed]
    body.append(["合计", f"{len(merged.units)}个单位", *sums, sum(sums), total[NOT_LISTED]])
    _write_table(sheet, head, body)


def _write_table(
    sheet: Worksheet, head: Sequence[tuple[str, float]], body: Sequence[Sequence[str | int]], points: float = 10.5
) -> None:
    """A plain table with a header that stays, made to print on A4 across."""
    side = Side("thin", "808080")
    for number, values in enumerate([[name for name, _ in head], *body], 1):
        for position, value in enumerate(values, 1):
            cell = sheet.cell(number, position)
            if isinstance(value, int):
                cell.value = value
            else:
                put_text(cell, value)
            cell.font = Font(name="黑体" if number == 1 else "宋体", size=points, charset=134)
            cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="left")
            cell.border = Border(left=side, right=side, top=side, bottom=side)
            if number == 1:
                cell.fill = PatternFill("solid", fgColor="E8EDF4")
        texts = [(str(value), width) for value, (_, width) in zip(values, head, strict=True)]
        sheet.row_dimensions[number].height = row_height(texts, points, least=20)
    for position, (_, width) in enumerate(head):
        sheet.column_dimensions[get_column_letter(position + 1)].width = width
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"  # type: ignore[union-attr]
