"""The sheet on which a person says how each problem file was settled (问题文件处理表.xlsx): read, or why it need not be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.archive.people.records import open_journal
from pipeline.archive.people.reviewing import person
from pipeline.archive.people.views import Held
from pipeline.archive.store import FileRecord, Store
from pipeline.decisions import BY_REVIEW, SETTLED, Batch, Change, standing
from pipeline.ingest import problem
from pipeline.ledger import LedgerError, open_ledger, put_text, read_text, row_height, save_book

PROBLEM_SHEET = "问题文件处理表.xlsx"
_TITLE = "未能筛查或部分未读文件处理表"
_HOW = (
    "请逐个打开文件查看（部分未读的，看原因一栏所列各处），在“处理说明”中写明结果，如“已人工查看，不是失信约束文件”“已人工查看，已列入台账”“已换可读的副本重新扫描”；"
    "保存后运行：shixin confirm 输出目录 问题文件处理表.xlsx。全部写明后才能封存台账。"
)
_SAYS = "处理说明"
_COLUMNS = {"序号": 6, "文件位置": 44, "类别": 12, "原因": 34, "办法": 34, _SAYS: 36}
_HEADER = 3
PARTLY, _PLACES = "部分未读", 5


def to_settle(store: Store) -> list[FileRecord]:
    """What a person has to look at by himself: the problem files, then the screened files of which parts were not read (部分未读),
    one record a file."""
    problems = [record for record in store.files() if record.kind]
    unread: dict[str, list[str]] = {}
    for path, part in store.unread_parts():
        unread.setdefault(path, []).append(f"{part.place}：{part.detail}")
    sizes = {record.path: record for record in store.files()} if unread else {}
    for path, places in unread.items():
        told = problem(PARTLY, path, "；".join(places[:_PLACES]) + (f"等{len(places)}处" if len(places) > _PLACES else ""))
        problems.append(replace(sizes[path], kind=told.kind, reason=told.reason, remedy=told.remedy))
    return problems


def key(record: FileRecord) -> str:
    """What a problem file is kept under: its path and its state, so that a changed file is asked for again."""
    return json.dumps([record.path, record.size, record.kind], ensure_ascii=False)


def unsettled(records: Iterable[FileRecord], said: Held) -> list[FileRecord]:
    """The problem files of which nobody has said anything yet."""
    return [record for record in records if not _says(record, said)]


def _says(record: FileRecord, said: Held) -> str:
    each = said.standing.get(key(record))
    return each.says(SETTLED) if each else ""


def write_problem_sheet(records: Sequence[FileRecord], said: Held, out: Path) -> None:
    """Write the sheet with what was said so far; none where every file was read. One that a person changed is left alone."""
    path = out / PROBLEM_SHEET
    lines = [(record, _says(record, said)) for record in records]
    if path.is_file() and (not records or _entered(path) - {text for _, text in lines if text}):
        return
    if not records:
        return
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "问题文件"
    for row, text, height in ((1, _TITLE, 30), (2, _HOW, 46)):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_COLUMNS))
        put_text(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = Font(name="黑体" if row == 1 else "仿宋", size=16 if row == 1 else 10, charset=134)
        sheet.cell(row, 1).alignment = Alignment(horizontal="center" if row == 1 else "left", vertical="center", wrap_text=True)
        sheet.row_dimensions[row].height = height
    for position, (name, width) in enumerate(_COLUMNS.items(), 1):
        put_text(sheet.cell(_HEADER, position), name)
        sheet.cell(_HEADER, position).font = Font(name="黑体", size=10, charset=134)
        sheet.column_dimensions[get_column_letter(position)].width = width
    for number, (record, text) in enumerate(lines, 1):
        texts = (str(number), record.path, record.kind, record.reason, record.remedy, text)
        for position, value in enumerate(texts, 1):
            cell = sheet.cell(_HEADER + number, position)
            put_text(cell, value)
            cell.font, cell.alignment = Font(name="宋体", size=10, charset=134), Alignment(vertical="top", wrap_text=True)
        sheet.cell(_HEADER + number, len(_COLUMNS)).fill = PatternFill("solid", fgColor="FFFBE6")
        sheet.row_dimensions[_HEADER + number].height = row_height(
            list(zip(texts, _COLUMNS.values(), strict=True)), 10, least=26
        )
    sheet.freeze_panes = f"A{_HEADER + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    save_book(book, path)


def is_problem_sheet(path: Path) -> bool:
    """Whether a workbook is this sheet, whatever it is called now."""
    if path.suffix.lower() != ".xlsx" or not path.is_file():
        return False
    try:
        return _columns(open_ledger(path, data_only=True).worksheets[0]) is not None
    except LedgerError:
        return False


def take_problem_sheet(out: Path, path: Path, *, who: str = "") -> tuple[int, int]:
    """Take in what was said: how many files were settled, and how many still are not. Raises LedgerError."""
    sheet = open_ledger(path, data_only=True).worksheets[0]
    columns = _columns(sheet)
    if columns is None:
        raise LedgerError(f"{path}：不是问题文件处理表（缺少“文件位置”“处理说明”两列）。没有读入任何内容。")
    where, says = columns
    said = {str(row[where].value or ""): read_text(str(row[says].value or "")) for row in sheet.iter_rows(min_row=_HEADER + 1)}
    with Store(out / "scan.sqlite") as store, open_journal(out) as journal:
        records = {record.path: record for record in to_settle(store)}
        unknown = [place for place, text in said.items() if text and read_text(place) not in records]
        if unknown:
            raise LedgerError(f"{path}：{unknown[0]} 不在本次扫描的问题文件中。没有读入任何内容。")
        kept = standing(journal.events(fields=(SETTLED, "undo")))
        changes = []
        for place, text in said.items():
            if not text:
                continue
            id_ = key(records[read_text(place)])
            before = kept[id_].says(SETTLED) if id_ in kept else ""
            if text != before:
                changes.append(Change(id_, SETTLED, before, text))
        journal.append(changes, Batch(BY_REVIEW, path.name, person(who), store.get_meta("version")))
        settled = kept.keys() | {change.document for change in changes}
        return len(changes), sum(key(record) not in settled for record in records.values())


def _columns(sheet: Worksheet) -> tuple[int, int] | None:
    for row in sheet.iter_rows(max_row=10):
        names = [str(cell.value or "") for cell in row]
        if "文件位置" in names and _SAYS in names:
            return names.index("文件位置"), names.index(_SAYS)
    return None


def _entered(path: Path) -> set[str]:
    try:
        sheet = open_ledger(path, data_only=True).worksheets[0]
    except LedgerError:
        return {"?"}
    columns = _columns(sheet)
    if columns is None:
        return {"?"}
    return {text for row in sheet.iter_rows(min_row=_HEADER + 1) if (text := read_text(str(row[columns[1]].value or "")))}
