"""The sheet on which a person marks the sample (抽查表.xlsx): one document a line, 是 or 否 to choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.archive import NO, YES, Mark
from pipeline.audit.sample import STRATA, Unflagged
from pipeline.ledger import LedgerError, mask, open_ledger, put_text, read_text, row_height, save_book

SHEET = "抽查表"
_TITLE = "未命中文件抽查表"
_HOW = (
    "以下文件由程序随机抽取，均未被判为失信约束文件。请打开原文通读，在“是否失信约束文件”一栏选“是”或“否”"
    "（有一条以上对失信行为认定、记录、归集、共享、公开、惩戒、修复的措施即为“是”），自上而下逐份填写，保存后再次运行 shixin audit。"
)
_MARK, _NOTE, _ID, _WRITTEN = "是否失信约束文件", "备注", "文件校验值", "程序所填"
_COLUMNS = {
    "序号": 6,
    "文件位置": 30,
    "标题": 30,
    "发文字号": 17,
    "得分": 7,
    "分层": 8,
    "程序认为最可疑的条款": 46,
    _MARK: 11,
    _NOTE: 18,
    _ID: 0,
    _WRITTEN: 0,
}
_HEADER, _FIRST = 3, 4
_POINTS = 9.0
_LINE = Side("thin", "808080")
_CENTRED = frozenset({"序号", "得分", "分层", _MARK})


class Sampled(NamedTuple):
    """A line of the sheet: the document, its likeliest clause with label and page, and the mark it bears (None: not yet)."""

    document: Unflagged
    clause: str
    mark: Mark | None


def write_sheet(lines: Sequence[Sampled], path: Path) -> None:
    """Write the sheet in one step; raises PermissionError where it is open in another program."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    _write_head(sheet)
    for number, line in enumerate(lines, 1):
        _write_line(sheet, _FIRST + number - 1, number, line)
    _set_up(sheet, _FIRST + max(len(lines), 1) - 1)
    save_book(book, path)


def read_sheet(path: Path) -> tuple[list[str], list[Mark]]:
    """The SHA-256 of every document on the sheet, and what a person changed on it: marks made, altered or taken back, notes.

    Raises LedgerError, naming the cells, where the sheet has lost its columns or a mark is neither 是 nor 否.
    """
    sheet = open_ledger(path).worksheets[0]
    head = {read_text(str(cell.value or "")): position for position, cell in enumerate(sheet[_HEADER], 1)}
    if not {_MARK, _ID, _WRITTEN} <= set(head):
        raise LedgerError(f"{path}：第{_HEADER}行表头缺少“{_MARK}”或隐藏的列，不能读入。请勿删改表头。")
    listed, marks, wrong = [], [], []
    for row in sheet.iter_rows(min_row=_FIRST):
        cells = {name: read_text(str(row[column - 1].value or "")) for name, column in head.items() if name}
        if not cells[_ID]:
            continue
        listed.append(cells[_ID])
        if cells[_MARK] not in (YES, NO, ""):
            wrong.append(f"{get_column_letter(head[_MARK])}{row[0].row}：应填“{YES}”或“{NO}”，现为“{cells[_MARK]}”")
        elif _written(cells[_MARK], cells.get(_NOTE, "")) != cells[_WRITTEN]:
            marks.append(Mark(cells[_ID], cells[_MARK], cells.get("文件位置", ""), cells.get(_NOTE, "")))
    if wrong:
        raise LedgerError("\n".join([f"{path}：", *wrong, "请改正后再试。"]))
    return listed, marks


def _written(says: str, note: str) -> str:
    """What the program wrote into a line, kept in a hidden cell: what differs from it is a person's."""
    return f"{says}｜{note}"


def _write_head(sheet: Worksheet) -> None:
    shown = [name for name, width in _COLUMNS.items() if width]
    for row, text, size, name, height in ((1, _TITLE, 18, "黑体", 34), (2, _HOW, 10, "仿宋", 34)):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(shown))
        cell = sheet.cell(row, 1)
        put_text(cell, text)
        cell.font = Font(name=name, size=size, charset=134)
        cell.alignment = Alignment(horizontal="center" if row == 1 else "left", vertical="center", wrap_text=True)
        sheet.row_dimensions[row].height = height
    for position, (name, width) in enumerate(_COLUMNS.items(), 1):
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width, dimension.hidden = width or 10, not width
        cell = sheet.cell(_HEADER, position)
        put_text(cell, name)
        cell.font = Font(name="黑体", size=_POINTS, charset=134)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = Border(_LINE, _LINE, _LINE, _LINE)
        cell.fill = PatternFill("solid", fgColor="E8EDF4")
    sheet.row_dimensions[_HEADER].height = 28


def _write_line(sheet: Worksheet, row: int, number: int, line: Sampled) -> None:
    document, mark = line.document, line.mark
    texts = [
        str(number), document.path, mask(document.title), document.number, f"{document.score:.2f}", STRATA[document.stratum],
        line.clause, mark.says if mark else "", mark.note if mark else "", document.sha256,
        _written(mark.says if mark else "", mark.note if mark else ""),
    ]  # fmt: skip
    for position, (name, text) in enumerate(zip(_COLUMNS, texts, strict=True), 1):
        cell = sheet.cell(row, position)
        put_text(cell, text)
        cell.font = Font(name="宋体", size=_POINTS, charset=134)
        cell.alignment = Alignment(horizontal="center" if name in _CENTRED else "left", vertical="top", wrap_text=True)
        cell.border = Border(_LINE, _LINE, _LINE, _LINE)
        cell.number_format = "@"
        if name in (_MARK, _NOTE):
            cell.fill = PatternFill("solid", fgColor="FFFBE6")
    sheet.row_dimensions[row].height = row_height(_widths(texts), _POINTS, least=26)


def _widths(texts: Sequence[str]) -> Iterable[tuple[str, float]]:
    return [(text, width) for text, width in zip(texts, _COLUMNS.values(), strict=True) if width]


def _set_up(sheet: Worksheet, last: int) -> None:
    letter = get_column_letter(list(_COLUMNS).index(_MARK) + 1)
    choice = DataValidation(type="list", formula1=f'"{YES},{NO}"', allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = _MARK, f"请选“{YES}”或“{NO}”"
    choice.add(f"{letter}{_FIRST}:{letter}{last}")
    sheet.add_data_validation(choice)
    shown = get_column_letter(sum(bool(width) for width in _COLUMNS.values()))
    sheet.freeze_panes = f"A{_FIRST}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows, sheet.print_area = f"{_HEADER}:{_HEADER}", f"A1:{shown}{last}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"  # type: ignore[union-attr]
    sheet.sheet_view.showGridLines = False
