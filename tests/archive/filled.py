"""A scan of invented documents with its draft ledger, and what people do to such a ledger before they hand it back."""

from __future__ import annotations

import csv
import datetime
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.archive import rewrite_outputs
from pipeline.archive.duplicates import signature
from pipeline.archive.store import FileRecord, Store
from pipeline.ledger.workbook.columns import form
from pipeline.ledger.workbook.sheet import FIRST_ROW, HEADER_ROW
from tests.ledger.ledger_samples import document, entries

WORDS = ("保留", "修订", "立法", "废止", "不列入")
COLUMNS = {column.key: position for position, column in enumerate(form(), 1)}


def scanned(out: Path, extra: int = 0) -> Path:
    """An output folder as a scan leaves it: the twelve documents of the ledger's tests, and ``extra`` more of one line."""
    out.mkdir(parents=True, exist_ok=True)
    screenings = [entry.screening for entry in entries()]
    for number in range(extra):
        matter = f"第{number + 1}类市场主体信用管理"
        judged = next(iter(screenings[0].findings))
        line = {0: (judged.function, judged.measure, judged.verdict, judged.disposition, (), "没有依据")}
        text = [f"第二条　{matter}中弄虚作假的，列入失信名单，第{number}号。"]
        screenings.append(document(f"关于{matter}的办法", text, flagged_lines=line, number=f"云住建〔2019〕{number + 1}号"))
    with Store(out / "scan.sqlite", writing=True) as store:
        for number, screening in enumerate(screenings):
            path = f"{number:03d}.{screening.document.format}"
            store.put_screening(screening, "v1@2021-01-25", signature(screening.document.text))
            store.put_file(FileRecord(path, 1, 1, screening.document.sha256), 1)
        store.put_leaders({record.path: record.path for record in store.files()})
        store.set_meta("version", "v1@2021-01-25")
    rewrite_outputs(out)
    return out


def lines(sheet: Worksheet) -> list[int]:
    """The numbers of the table's rows."""
    last = sheet.max_row
    return [row for row in range(FIRST_ROW, last + 1) if str(sheet.cell(row, COLUMNS["document_id"]).value or "").strip()]


def firsts(sheet: Worksheet) -> list[int]:
    """The first row of each document."""
    seen: set[str] = set()
    found = []
    for row in lines(sheet):
        id_ = sheet.cell(row, COLUMNS["document_id"]).value
        if id_ not in seen:
            seen.add(id_)
            found.append(row)
    return found


def fill(ledger: Path, filled: Path, rng: random.Random, part: float = 1.0) -> Path:
    """A decision for each document (or a part of them), as a person enters it."""
    book = load_workbook(ledger)
    sheet = book["台账"]
    for row in firsts(sheet):
        if rng.random() < part:
            sheet.cell(row, COLUMNS["decision"]).value = rng.choice(WORDS)
    book.save(filled)
    return filled


@dataclass
class Edited:
    """What an edit did: the file as handed back, titles that were rewritten (new -> old), whether it must be refused, what
    must be told (refused or not), titles that are no rows of their own, and what a person sees where that is not plain."""

    path: Path
    renamed: dict[str, str] = field(default_factory=dict)
    must_refuse: bool = False
    tells: tuple[str, ...] = ()
    no_rows: tuple[str, ...] = ()
    decided: dict[str, str] = field(default_factory=dict)


Edit = Callable[[Path, random.Random], Edited]
EDITS: dict[str, Edit] = {}


def edit(function: Callable) -> Callable:
    """Register an edit of the open workbook: ``function(book, sheet, rng)``; it may return True where it must be refused,
    titles that it rewrote, a text that must be told, or other fields of `Edited`."""

    def run(path: Path, rng: random.Random) -> Edited:
        book = load_workbook(path)
        said = function(book, book["台账"], rng)
        book.save(path)
        if isinstance(said, Edited):
            return replace(said, path=path)
        if isinstance(said, str):
            return Edited(path, tells=(said,))
        return Edited(path, said if isinstance(said, dict) else {}, said is True)

    EDITS[function.__name__] = run
    return function


def file_edit(function: Callable) -> Callable:
    EDITS[function.__name__] = function
    return function


def insert(sheet: Worksheet, row: int, count: int = 1) -> None:
    """Insert rows as a spreadsheet program does: merged cells move with them."""
    sheet.insert_rows(row, count)
    for area in list(sheet.merged_cells.ranges):
        if area.min_row >= row:
            area.shift(row_shift=count)


def delete(sheet: Worksheet, row: int, count: int = 1) -> None:
    sheet.delete_rows(row, count)
    for area in list(sheet.merged_cells.ranges):
        if area.min_row >= row + count:
            area.shift(row_shift=-count)


def row_values(sheet: Worksheet, row: int) -> list:
    return [sheet.cell(row, column).value for column in range(1, len(COLUMNS) + 1)]


def put(sheet: Worksheet, row: int, values: list) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        if type(cell).__name__ != "MergedCell":
            cell.value = value
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"  # a text of the program's, no formula


@edit
def renames_the_sheet(book: Workbook, sheet: Worksheet, rng: random.Random):
    sheet.title = rng.choice(["Sheet1", "住建局台账（定稿）", "2021", "说明2"])


@edit
def writes_a_telephone_number(book, sheet, rng):
    row = rng.choice(firsts(sheet))
    sheet.cell(row, COLUMNS[rng.choice(["contact", "remark", "progress"])]).value = "联系电话：0399-5551234"


@edit
def writes_a_signature_word_in_the_remark(book, sheet, rng):
    sheet.cell(rng.choice(firsts(sheet)), COLUMNS["remark"]).value = "填表人：王某，单位负责人已阅"


def _added(sheet: Worksheet, row: int, rng: random.Random) -> None:
    values: list = [None] * len(COLUMNS)
    values[COLUMNS["index"] - 1] = 99
    values[COLUMNS["title"] - 1] = f"局关于第{rng.randrange(1000)}号补报信用事项的通知"
    values[COLUMNS["number"] - 1] = f"云住建发〔2013〕{rng.randrange(1, 400)}号"
    values[COLUMNS["content"] - 1] = "第二条：列入失信名单"
    values[COLUMNS["decision"] - 1] = rng.choice(WORDS[:4])
    put(sheet, row, values)


@edit
def adds_a_row_below_the_signatures(book, sheet, rng):
    _added(sheet, sheet.max_row + rng.choice([1, 2, 4]), rng)


@edit
def inserts_a_row_for_a_new_document(book, sheet, rng):
    row = rng.choice(firsts(sheet))
    insert(sheet, row)
    _added(sheet, row, rng)


@edit
def copies_a_row(book, sheet, rng):
    row = rng.choice(lines(sheet))
    values = row_values(sheet, row)
    insert(sheet, row + 1)
    put(sheet, row + 1, values)


@edit
def copies_a_row_and_decides_otherwise(book, sheet, rng):
    row = rng.choice([row for row in firsts(sheet) if sheet.cell(row, COLUMNS["decision"]).value])
    values = row_values(sheet, row)
    insert(sheet, row + 1)
    values[COLUMNS["decision"] - 1] = rng.choice([word for word in WORDS if word != values[COLUMNS["decision"] - 1]])
    put(sheet, row + 1, values)
    return True


@edit
def copies_a_row_into_a_new_document(book, sheet, rng):
    row = rng.choice(firsts(sheet))
    values = row_values(sheet, row)
    insert(sheet, row + 1)
    values[COLUMNS["title"] - 1] = f"关于第{rng.randrange(999)}号另行补充的通知"
    values[COLUMNS["number"] - 1] = "云住建发〔2012〕9号"
    values[COLUMNS["decision"] - 1] = rng.choice(WORDS)
    put(sheet, row + 1, values)


@edit
def puts_a_formula_for_the_decision(book, sheet, rng):
    row = rng.choice(firsts(sheet))
    sheet.cell(row, COLUMNS["decision"]).value = '=IF(1=1,"废止","保留")'
    return True


@edit
def deletes_the_hidden_columns(book, sheet, rng):
    sheet.delete_cols(COLUMNS["document_id"], 4)


@edit
def deletes_the_hidden_columns_and_sorts(book, sheet, rng):
    _sorted(sheet, rng, len(COLUMNS))
    sheet.delete_cols(COLUMNS["document_id"], 4)


@edit
def shuffles_the_columns(book, sheet, rng):
    order = list(range(1, len(COLUMNS) + 1))
    rng.shuffle(order)
    for row in [HEADER_ROW, *lines(sheet)]:
        values = row_values(sheet, row)
        put(sheet, row, [values[place - 1] for place in order])


def _sorted(sheet: Worksheet, rng: random.Random, width: int) -> None:
    rows = lines(sheet)
    held = [row_values(sheet, row)[:width] for row in rows]
    key = rng.choice(["drafter", "issuers", "date", "number"])
    held.sort(key=lambda values: str(values[COLUMNS[key] - 1]), reverse=rng.random() < 0.5)
    for row, values in zip(rows, held, strict=True):
        put(sheet, row, values)


@edit
def sorts_the_rows(book, sheet, rng):
    _sorted(sheet, rng, len(COLUMNS))


@edit
def sorts_only_the_visible_columns(book, sheet, rng):
    before = [row_values(sheet, row) for row in lines(sheet)]
    _sorted(sheet, rng, COLUMNS["document_id"] - 1)
    return before != [row_values(sheet, row) for row in lines(sheet)]


@edit
def sorts_only_the_decisions(book, sheet, rng):
    rows = lines(sheet)
    values = [sheet.cell(row, COLUMNS["decision"]).value for row in rows]
    ordered = sorted(values, key=lambda value: str(value or "~"))
    for row, value in zip(rows, ordered, strict=True):
        sheet.cell(row, COLUMNS["decision"]).value = value
    return values != ordered


@edit
def deletes_a_cell_so_that_the_decisions_move_up(book, sheet, rng):
    rows = lines(sheet)
    at = rng.randrange(len(rows) // 2)
    values = [sheet.cell(row, COLUMNS["decision"]).value for row in rows]
    del values[at]
    for row, value in zip(rows, [*values, None], strict=True):
        sheet.cell(row, COLUMNS["decision"]).value = value
    return True


@edit
def moves_the_cells_of_a_row_to_the_right(book, sheet, rng):
    row = rng.choice(firsts(sheet))
    values = row_values(sheet, row)
    at = rng.randrange(COLUMNS["content"], COLUMNS["decision"])
    put(sheet, row, [*values[:at], None, *values[at:-1]])
    return True


@edit
def writes_synonyms(book, sheet, rng):
    synonyms = {"保留": "建议保留", "修订": "拟修订。", "废止": "已废止", "不列入": "非失信约束文件", "立法": "立 法"}
    for row in firsts(sheet):
        cell = sheet.cell(row, COLUMNS["decision"])
        cell.value = synonyms.get(cell.value, cell.value)


@edit
def writes_what_nobody_can_be_sure_of(book, sheet, rng):
    row = rng.choice(firsts(sheet))
    sheet.cell(row, COLUMNS["decision"]).value = rng.choice(["保留或修订", "√", "废止（部分）", "请示领导", "不保留", "1"])
    return True


@edit
def merges_the_cells_of_a_document(book, sheet, rng):
    rows = lines(sheet)
    ids = [sheet.cell(row, COLUMNS["document_id"]).value for row in rows]
    starts = [at for at in range(len(rows) - 1) if ids[at] == ids[at + 1] and (at == 0 or ids[at - 1] != ids[at])]
    at = rng.choice(starts)
    last = max(other for other in range(len(rows)) if ids[other] == ids[at])
    for key in ("index", "title", "number", "decision", "remark"):
        letter = get_column_letter(COLUMNS[key])
        sheet.merge_cells(f"{letter}{rows[at]}:{letter}{rows[last]}")


@edit
def merges_one_decision_over_two_documents(book, sheet, rng):
    starts = firsts(sheet)
    at = rng.randrange(len(starts) - 1)
    letter = get_column_letter(COLUMNS["decision"])
    last = max(row for row in lines(sheet) if starts[at] <= row and (at + 2 >= len(starts) or row < starts[at + 2]))
    sheet.merge_cells(f"{letter}{starts[at]}:{letter}{last}")


@edit
def merges_the_decision_with_the_column_before(book, sheet, rng):
    row = rng.choice(firsts(sheet))
    sheet.merge_cells(start_row=row, end_row=row, start_column=COLUMNS["verdict"], end_column=COLUMNS["decision"])
    return True


@edit
def inserts_empty_rows(book, sheet, rng):
    for row in sorted(rng.sample(lines(sheet), 3), reverse=True):
        insert(sheet, row)


@edit
def inserts_a_heading_between(book, sheet, rng):
    row = rng.choice(firsts(sheet))
    insert(sheet, row)
    sheet.cell(row, COLUMNS["index"]).value = "二、已废止的文件"


@edit
def deletes_a_document(book, sheet, rng):
    id_ = sheet.cell(rng.choice(firsts(sheet)), COLUMNS["document_id"]).value
    for row in reversed([row for row in lines(sheet) if sheet.cell(row, COLUMNS["document_id"]).value == id_]):
        delete(sheet, row)


@edit
def empties_a_document(book, sheet, rng):
    row = rng.choice(firsts(sheet))
    id_ = sheet.cell(row, COLUMNS["document_id"]).value
    for each in lines(sheet):
        if sheet.cell(each, COLUMNS["document_id"]).value == id_:
            put(sheet, each, [None] * (COLUMNS["document_id"] - 1) + row_values(sheet, each)[COLUMNS["document_id"] - 1 :])


@edit
def deletes_the_line_with_the_decision(book, sheet, rng):
    rows = lines(sheet)
    ids = [sheet.cell(row, COLUMNS["document_id"]).value for row in rows]
    starts = [at for at in range(len(rows) - 1) if ids[at] == ids[at + 1] and (at == 0 or ids[at - 1] != ids[at])]
    delete(sheet, rows[rng.choice(starts)])
    return True


@edit
def inserts_rows_above_the_header(book, sheet, rng):
    insert(sheet, 1, rng.choice([1, 3]))
    sheet.cell(1, 1).value = "附件2"


@edit
def rewords_the_headers(book, sheet, rng):
    for key, word in (("decision", "处 置 意 见"), ("number", "文号"), ("remark", "备  注"), ("title", "文件标题")):
        sheet.cell(HEADER_ROW, COLUMNS[key]).value = word


@edit
def writes_over_the_decisions_header(book, sheet, rng):
    sheet.cell(HEADER_ROW, COLUMNS["decision"]).value = rng.choice(["保留", "情况", None])
    return True


@edit
def enters_dates_in_every_form(book, sheet, rng):
    for row in firsts(sheet):
        sheet.cell(row, COLUMNS["deadline"]).value = rng.choice(
            [datetime.datetime(2021, 6, 30), 44377, "2021年6月30日", "2021.6.30", "6月底前"]
        )


@edit
def copies_the_sheet(book, sheet, rng):
    book.copy_worksheet(sheet).title = "台账 (2)"


@edit
def copies_the_sheet_and_decides_there(book, sheet, rng):
    twin = book.copy_worksheet(sheet)
    row = rng.choice([row for row in firsts(twin) if twin.cell(row, COLUMNS["decision"]).value])
    cell = twin.cell(row, COLUMNS["decision"])
    cell.value = rng.choice([word for word in WORDS if word != cell.value])
    return True


@edit
def moves_half_of_the_rows_to_a_sheet_of_their_own(book, sheet, rng):
    other = book.create_sheet("后半部分")
    starts = firsts(sheet)
    rows = [row for row in lines(sheet) if row >= starts[len(starts) // 2]]
    for target, row in enumerate([HEADER_ROW, *rows], 1):
        put(other, target, row_values(sheet, row))
    delete(sheet, rows[0], len(rows))


@edit
def moves_rows_to_a_sheet_without_header(book, sheet, rng):
    other = book.create_sheet("另一张")
    rows = lines(sheet)[-4:]
    for target, row in enumerate(rows, 1):
        put(other, target, row_values(sheet, row))
    delete(sheet, rows[0], len(rows))
    return True


@edit
def adds_a_column(book, sheet, rng):
    at = rng.randrange(2, len(COLUMNS))
    width = len(COLUMNS)
    for row in [HEADER_ROW, *lines(sheet)]:
        values = [sheet.cell(row, column).value for column in range(1, width + 1)]
        for column, value in enumerate([*values[:at], "科室意见" if row == HEADER_ROW else "同意", *values[at:]], 1):
            sheet.cell(row, column).value = value
            if str(value).startswith("="):
                sheet.cell(row, column).data_type = "s"


@edit
def adds_a_second_decision_column(book, sheet, rng):
    last = len(COLUMNS) + 1
    sheet.cell(HEADER_ROW, last).value = "处置意见"
    sheet.cell(rng.choice(firsts(sheet)), last).value = rng.choice(WORDS)
    return True


@edit
def corrects_a_title(book, sheet, rng):
    numbered = [row for row in firsts(sheet) if sheet.cell(row, COLUMNS["number"]).value]
    cell = sheet.cell(rng.choice(numbered[1:]), COLUMNS["title"])
    old = str(cell.value)
    cell.value = old.replace("关于", "有关") if "关于" in old else f"{old}（修正）"
    return {cell.value: old}


@edit
def rewrites_title_and_number(book, sheet, rng):
    rows = lines(sheet)
    row = rng.choice(firsts(sheet))
    old, new = str(sheet.cell(row, COLUMNS["title"]).value), "全然不同的一个名称"
    id_ = sheet.cell(row, COLUMNS["document_id"]).value
    for each in rows:
        if sheet.cell(each, COLUMNS["document_id"]).value == id_:
            sheet.cell(each, COLUMNS["title"]).value = new
            sheet.cell(each, COLUMNS["number"]).value = "云住建〔1999〕77号"
    return {new: old}


@edit
def overwrites_a_title_with_anothers(book, sheet, rng):
    first, second = rng.sample(firsts(sheet), 2)
    for key in ("title", "number"):
        sheet.cell(first, COLUMNS[key]).value = sheet.cell(second, COLUMNS[key]).value
    return True


@edit
def hides_rows(book, sheet, rng):
    for row in rng.sample(lines(sheet), 4):
        sheet.row_dimensions[row].hidden = True


@edit
def decides_on_a_further_line(book, sheet, rng):
    rows = lines(sheet)
    dittos = [row for row in rows if sheet.cell(row, COLUMNS["decision"]).value == "〃"]
    row = rng.choice(dittos)
    start = max(first for first in firsts(sheet) if first < row)
    word = sheet.cell(start, COLUMNS["decision"]).value
    sheet.cell(start, COLUMNS["decision"]).value = None
    sheet.cell(row, COLUMNS["decision"]).value = word


def resaved(path: Path, ending: str, filter_: str) -> Path:
    folder = path.parent / "soffice"
    profile = (path.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", f"{ending}:{filter_}"]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{ending}"


def has_soffice() -> bool:
    return shutil.which("soffice") is not None


@file_edit
def saves_it_in_libreoffice(path: Path, rng: random.Random) -> Edited:
    return Edited(resaved(path, "xlsx", "Calc MS Excel 2007 XML"))


@file_edit
def saves_it_as_xls(path: Path, rng: random.Random) -> Edited:
    return Edited(resaved(path, "xls", "MS Excel 97"))


@file_edit
def saves_it_as_csv(path: Path, rng: random.Random) -> Edited:
    target = path.with_suffix(".csv")
    with target.open("w", encoding=rng.choice(["utf-8-sig", "gb18030"]), newline="", errors="replace") as file:
        writer = csv.writer(file)
        for values in load_workbook(path)["台账"].iter_rows(values_only=True):
            writer.writerow(["" if value is None else value for value in values])
    return Edited(target)
