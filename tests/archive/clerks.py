"""More of what a clerk does to a ledger: decisions in the wrong place, signs instead of words, copies, forms of cells, files."""

from __future__ import annotations

import datetime
import random
import shutil
import zipfile
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ingest.containers.compound import ole_file
from pipeline.ledger.workbook.columns import form
from pipeline.ledger.workbook.sheet import HEADER_ROW
from tests.archive.filled import (
    COLUMNS,
    WORDS,
    Edited,
    delete,
    edit,
    file_edit,
    firsts,
    insert,
    lines,
    put,
    resaved,
    row_values,
)

#: Edits that LibreOffice makes, or that must be read by way of it.
BY_LIBREOFFICE = frozenset({
    "saves_it_in_libreoffice", "saves_it_as_xls", "saves_it_back_and_forth", "saves_it_as_ods", "saves_it_as_et", "saves_it_in_strict_form",
    "exports_csv_from_libreoffice", "saves_it_as_a_web_page",
})  # fmt: skip
_HERE = Path("here")  # `edit` puts the real path in
_OTHER = {"保留": "废止", "修订": "废止", "立法": "保留", "废止": "保留", "不列入": "保留"}


def _cell(sheet: Worksheet, row: int, key: str):
    return sheet.cell(row, COLUMNS[key])


def _title(sheet: Worksheet, row: int) -> str:
    return str(_cell(sheet, row, "title").value).strip()


def _blank(sheet: Worksheet, rng: random.Random, key: str = "decision") -> int:
    """A document's first row, its decision taken out."""
    row = rng.choice(firsts(sheet))
    _cell(sheet, row, key).value = None
    return row


def _block(sheet: Worksheet, row: int) -> list[int]:
    id_ = _cell(sheet, row, "document_id").value
    return [each for each in lines(sheet) if _cell(sheet, each, "document_id").value == id_]


# The decision stands in the wrong place


@edit
def decides_in_the_remark(book, sheet, rng):
    cell = _cell(sheet, _blank(sheet, rng), "remark")
    cell.value = rng.choice(["废止", "建议保留", "拟修订"])
    return cell.coordinate


@edit
def decides_in_a_neighbours_column(book, sheet, rng):
    cell = _cell(sheet, _blank(sheet, rng), rng.choice(["progress", "deadline", "contact", "verdict", "reason"]))
    cell.value = rng.choice(["废止", "保留"])
    return cell.coordinate


@edit
def decides_beside_the_table(book, sheet, rng):
    cell = sheet.cell(_blank(sheet, rng), len(COLUMNS) + rng.choice([1, 2, 5]))
    cell.value = rng.choice(WORDS)
    return cell.coordinate


@edit
def decides_in_a_column_of_their_own(book, sheet, rng):
    column = len(COLUMNS) + 1
    sheet.cell(HEADER_ROW, column).value = "科室意见"
    cell = sheet.cell(_blank(sheet, rng), column)
    cell.value = rng.choice(WORDS)
    return cell.coordinate


@edit
def ticks_columns_of_their_own(book, sheet, rng):
    first = len(COLUMNS) + 1
    for position, word in enumerate(WORDS[:4]):
        sheet.cell(HEADER_ROW, first + position).value = word
    for row in firsts(sheet):
        _cell(sheet, row, "decision").value = None
        sheet.cell(row, first + rng.randrange(4)).value = "√"
    return "不是台账的列"


@edit
def decides_in_the_title(book, sheet, rng):
    row = _blank(sheet, rng)
    cell = _cell(sheet, row, "title")
    old = str(cell.value)
    cell.value = rng.choice(["【废止】{}", "{}（废止）", "{}（建议保留）"]).format(old)
    return Edited(_HERE, renamed={cell.value: old}, tells=(cell.coordinate,))


@edit
def writes_more_than_the_decision(book, sheet, rng):
    cell = _cell(sheet, rng.choice(firsts(sheet)), "decision")
    cell.value = rng.choice(["废止，无上位依据", "保留\n（理由见备注）", "拟于6月修订", "同意", "按机器建议", "同上一件"])
    return True


@edit
def decides_by_headings(book, sheet, rng):
    starts = firsts(sheet)
    for row in starts:
        _cell(sheet, row, "decision").value = None
    at = starts[rng.randrange(1, len(starts))]
    insert(sheet, at)
    sheet.cell(at, 1).value = "二、拟废止的文件"
    return "拟废止的文件"


@edit
def decides_by_sheets(book, sheet, rng):
    starts = firsts(sheet)
    rows = [row for row in lines(sheet) if row >= starts[len(starts) // 2]]
    for row in starts:
        _cell(sheet, row, "decision").value = None
    other = book.create_sheet("拟废止")
    for target, row in enumerate([HEADER_ROW, *rows], 1):
        put(other, target, row_values(sheet, row))
    delete(sheet, rows[0], len(rows))
    return "“拟废止”"


@edit
def writes_under_the_signatures(book, sheet, rng):
    row = sheet.max_row + rng.choice([1, 3])
    sheet.cell(row, rng.choice([1, 1, 3, 5])).value = "另：第3号文件经局长办公会研究改为废止"
    if rng.random() < 0.5:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=18)
        sheet.cell(row, 1).value = "另：第3号文件经局长办公会研究改为废止"
    return "第3号文件"


@edit
def writes_a_note_into_another_sheet(book, sheet, rng):
    book.create_sheet("Sheet1")["B2"] = "第2、5号文件废止，其余保留"
    return "Sheet1"


@edit
def writes_over_the_working_notes(book, sheet, rng):
    """Between header and first row: a line that says what to do with all."""
    row = firsts(sheet)[0]
    insert(sheet, row)
    sheet.cell(row, COLUMNS["title"]).value = "以下均按科室意见办理"
    return Edited(_HERE, tells=("以下均按",), no_rows=("以下均按科室意见办理",))


# Signs instead of words


@edit
def comments_on_the_decision(book, sheet, rng):
    cell = _cell(sheet, _blank(sheet, rng), "decision")
    cell.comment = Comment(rng.choice(["废止", "张科：应当废止"]), "张")
    return cell.coordinate


@edit
def comments_against_the_decision(book, sheet, rng):
    row = rng.choice([row for row in firsts(sheet) if _cell(sheet, row, "decision").value in _OTHER])
    cell = _cell(sheet, row, rng.choice(["decision", "title", "remark"]))
    cell.comment = Comment("局长：改为" + _OTHER[_cell(sheet, row, "decision").value], "张")
    return cell.coordinate


@edit
def colours_rows_instead_of_deciding(book, sheet, rng):
    row = _blank(sheet, rng)
    for column in range(1, 20):
        sheet.cell(row, column).fill = PatternFill("solid", fgColor=rng.choice(["FF0000", "FFFF00", "FFC7CE"]))
    return str(row)


@edit
def reddens_the_letters_instead_of_deciding(book, sheet, rng):
    row = _blank(sheet, rng)
    for column in range(1, 20):
        sheet.cell(row, column).font = Font(color="FF0000", size=9)
    return str(row)


@edit
def strikes_a_row_out(book, sheet, rng):
    row = _blank(sheet, rng)
    for column in range(1, 20):
        sheet.cell(row, column).font = Font(strike=True, size=9)
    return str(row)


@edit
def strikes_a_decision_out(book, sheet, rng):
    row = rng.choice([row for row in firsts(sheet) if _cell(sheet, row, "decision").value])
    _cell(sheet, row, "decision").font = Font(strike=True)
    return True


@edit
def strikes_out_half_of_a_decision(book, sheet, rng):
    cell = _cell(sheet, rng.choice(firsts(sheet)), "decision")
    cell.value = CellRichText(TextBlock(InlineFont(strike=True), "保留"), TextBlock(InlineFont(), "废止"))
    return True


# Copies and fillings


@edit
def fills_the_decision_down(book, sheet, rng):
    rows = lines(sheet)
    at = rng.randrange(len(rows) - 3)
    word = rng.choice(WORDS)
    for row in rows[at : at + rng.choice([3, len(rows)])]:
        _cell(sheet, row, "decision").value = word
    firsts_ = set(firsts(sheet))
    for row in rows[:at]:  # a document whose further lines alone were filled would say two things
        if row in firsts_ and rows[at] in _block(sheet, row):
            _cell(sheet, row, "decision").value = word


@edit
def fills_whole_rows_down(book, sheet, rng):
    starts = firsts(sheet)
    at = rng.randrange(len(starts) - 2)
    values = row_values(sheet, starts[at])
    gone = [_title(sheet, row) for row in starts[at + 1 : at + 3] if _title(sheet, row) != _title(sheet, starts[at])]
    for row in range(starts[at] + 1, starts[at + 2] + len(_block(sheet, starts[at + 2]))):
        put(sheet, row, values)
    return Edited(_HERE, tells=tuple(gone))


@edit
def fills_title_and_number_down(book, sheet, rng):
    starts = firsts(sheet)
    at = rng.randrange(len(starts) - 1)
    for key in ("title", "number"):
        _cell(sheet, starts[at + 1], key).value = _cell(sheet, starts[at], key).value
    return True


@edit
def drags_the_deadline_down_as_a_series(book, sheet, rng):
    day = datetime.datetime(2021, 6, 28)
    for offset, row in enumerate(firsts(sheet)):
        _cell(sheet, row, "deadline").value = day + datetime.timedelta(offset)
        _cell(sheet, row, "deadline").number_format = rng.choice(["yyyy/m/d", 'm"月"d"日"', "yyyy-mm-dd"])


@edit
def pastes_one_document_over_another(book, sheet, rng):
    one, other = rng.sample(firsts(sheet), 2)
    gone = _title(sheet, other)
    rows = _block(sheet, other)
    put(sheet, rows[0], row_values(sheet, one))
    for row in reversed(rows[1:]):
        delete(sheet, row)
    return gone


@edit
def pastes_the_visible_cells_over_another(book, sheet, rng):
    one, other = rng.sample(firsts(sheet), 2)
    visible = COLUMNS["document_id"] - 1
    put(sheet, other, row_values(sheet, one)[:visible])
    return True


@edit
def filters_and_deletes(book, sheet, rng):
    word = rng.choice(WORDS)
    gone = [row for row in firsts(sheet) if _cell(sheet, row, "decision").value == word][:6]
    titles = [_title(sheet, row) for row in gone]
    for row in reversed(gone):
        for each in reversed(_block(sheet, row)):
            delete(sheet, each)
    return Edited(_HERE, tells=tuple(titles))


def _new_book(sheet: Worksheet, keys: list[str], rows: list[int]) -> Workbook:
    book = Workbook()
    target = book.active
    assert isinstance(target, Worksheet)
    headers = {column.key: column.header for column in form()}
    for position, key in enumerate(keys, 1):
        target.cell(1, position).value = headers[key]
        for at, row in enumerate(rows, 2):
            cell = target.cell(at, position)
            cell.value = _cell(sheet, row, key).value
            if str(cell.value).startswith("="):
                cell.data_type = "s"
    return book


def _into_new_book(path: Path, keys: list[str], only_firsts: bool) -> Path:
    sheet = load_workbook(path)["台账"]
    rows = firsts(sheet) if only_firsts else lines(sheet)
    _new_book(sheet, keys, rows).save(path)
    return path


@file_edit
def copies_what_is_visible_into_a_new_workbook(path: Path, rng: random.Random) -> Edited:
    hidden = ("document_id", "row_id", "scope", "version")
    return Edited(_into_new_book(path, [key for key in COLUMNS if key not in hidden], only_firsts=False))


@file_edit
def copies_a_few_columns_into_a_new_workbook(path: Path, rng: random.Random) -> Edited:
    return Edited(_into_new_book(path, ["index", "title", "number", "decision", "remark"], only_firsts=True))


@file_edit
def retypes_titles_in_a_new_workbook(path: Path, rng: random.Random) -> Edited:
    """From the paper: titles shortened, numbers as printed."""
    sheet = load_workbook(path)["台账"]
    rows = [row for row in firsts(sheet) if _cell(sheet, row, "number").value]
    book = _new_book(sheet, ["title", "number", "decision"], firsts(sheet))
    target = book.worksheets[0]
    chosen = rng.choice(rows)
    title, word = _title(sheet, chosen), _cell(sheet, chosen, "decision").value
    short = title.removeprefix("云河市住房和城乡建设局").replace("关于印发", "").replace("的通知", "")[:-1]
    for row in range(2, target.max_row + 1):
        if str(target.cell(row, 1).value).strip() == title:
            target.cell(row, 1).value = short
    book.save(path)
    return Edited(path, no_rows=(short,), decided={title: word})


@edit
def takes_out_one_hidden_column(book, sheet, rng):
    sheet.delete_cols(COLUMNS[rng.choice(["document_id", "row_id", "scope", "version"])])


@edit
def takes_out_columns_that_are_not_needed(book, sheet, rng):
    for key in sorted(
        rng.sample(["remark", "contact", "measure", "deadline", "bases", "drafter"], 3), key=lambda key: -COLUMNS[key]
    ):
        sheet.delete_cols(COLUMNS[key])


# The table's shape


@edit
def repeats_the_header_on_each_page(book, sheet, rng):
    header = row_values(sheet, HEADER_ROW)
    for row in sorted(rng.sample(lines(sheet)[2:], 2), reverse=True):
        insert(sheet, row)
        put(sheet, row, header)


@edit
def sets_a_second_table_below(book, sheet, rng):
    """Their own, with other columns, of documents that they cut out above."""
    starts = firsts(sheet)
    rows = [row for row in lines(sheet) if row >= starts[-3]]
    moved = [
        (_title(sheet, row), _cell(sheet, row, "number").value, _cell(sheet, row, "decision").value) for row in starts[-3:]
    ]
    delete(sheet, rows[0], len(rows))
    at = sheet.max_row + 3
    for position, text in enumerate(["处置意见", "文号", "文件名称"], 2):
        sheet.cell(at, position).value = text
    for offset, (title, number, decision) in enumerate(moved, 1):
        for position, text in enumerate([decision, number, title], 2):
            sheet.cell(at + offset, position).value = text
    return Edited(_HERE, no_rows=WORDS, decided={title: decision for title, _, decision in moved})


@edit
def makes_the_header_two_levels(book, sheet, rng):
    insert(sheet, HEADER_ROW)
    for key in ("decision", "deadline", "progress"):
        sheet.cell(HEADER_ROW, COLUMNS[key]).value = None
    sheet.cell(HEADER_ROW, COLUMNS["decision"]).value = "处置情况"
    for key in ("index", "title", "number", "issuers"):
        sheet.cell(HEADER_ROW, COLUMNS[key]).value = sheet.cell(HEADER_ROW + 1, COLUMNS[key]).value
        sheet.cell(HEADER_ROW + 1, COLUMNS[key]).value = None
        letter = get_column_letter(COLUMNS[key])
        sheet.merge_cells(f"{letter}{HEADER_ROW}:{letter}{HEADER_ROW + 1}")


@edit
def numbers_the_headers(book, sheet, rng):
    for key in ("decision", "title", "number", "deadline"):
        cell = sheet.cell(HEADER_ROW, COLUMNS[key])
        cell.value = rng.choice(["{}\n（必填）", "*{}", "{}：", "（1）{}", " {} "]).format(str(cell.value).split("（")[0])


@edit
def renames_a_persons_column(book, sheet, rng):
    column = COLUMNS[rng.choice(["progress", "contact"])]
    sheet.cell(HEADER_ROW, column).value = "落实进度说明栏"
    sheet.cell(rng.choice(firsts(sheet)), column).value = "已完成起草"
    return "落实进度说明栏"


@edit
def writes_sums_below(book, sheet, rng):
    row = max(lines(sheet)) + 1
    insert(sheet, row)
    text = rng.choice(["合计：保留3件，废止9件", "总计12件", "合 计", "共12件，其中废止9件"])
    sheet.cell(row, rng.choice([1, COLUMNS["title"]])).value = text
    return Edited(_HERE, no_rows=(text.replace(" ", ""),))


@edit
def names_a_document_below_and_nothing_else(book, sheet, rng):
    row = sheet.max_row + 1
    sheet.cell(row, COLUMNS["title"]).value = "关于补报一个文件的通知"
    return Edited(_HERE, tells=("关于补报一个文件的通知",), no_rows=("关于补报一个文件的通知",))


@edit
def adds_a_row_with_a_telephone_number(book, sheet, rng):
    row = sheet.max_row + 1
    for key, text in {
        "title": "关于建立诚信档案的补充通知", "number": "云住建〔2011〕5号", "content": "第三条：记入诚信档案", "contact": "联系电话：0399-5551234",
    }.items():  # fmt: skip
        _cell(sheet, row, key).value = text


@edit
def merges_cells_across_a_row(book, sheet, rng):
    row = rng.choice(firsts(sheet))
    sheet.merge_cells(start_row=row, end_row=row, start_column=COLUMNS["deadline"], end_column=COLUMNS["remark"])
    _cell(sheet, row, "deadline").value = "已列入立法计划，年底前完成"
    return True


@edit
def moves_a_document_to_the_other_sheet(book, sheet, rng):
    other = book["不属本单位台账"]
    rows = _block(sheet, rng.choice(firsts(sheet)))
    target = max([HEADER_ROW, *lines(other)]) + 1
    insert(other, target, len(rows))
    for offset, row in enumerate(rows):
        put(other, target + offset, row_values(sheet, row))
    delete(sheet, rows[0], len(rows))


# The forms of cells


@edit
def writes_progress_in_percent(book, sheet, rng):
    cell = _cell(sheet, rng.choice(firsts(sheet)), "progress")
    cell.value, cell.number_format = rng.choice([0.8, 1, 0.35]), "0%"


@edit
def writes_numbers_and_marks_as_values(book, sheet, rng):
    row = rng.choice(firsts(sheet))
    _cell(sheet, row, "contact").value = rng.choice([13900001234, 3995551234.0])
    _cell(sheet, row, "progress").value = rng.choice([True, 3])


@edit
def writes_dates_in_full_width(book, sheet, rng):
    for row in firsts(sheet):
        _cell(sheet, row, "deadline").value = rng.choice(
            ["２０２１．０６．３０", "2021年 6月 30日", "2021/06/30前", "二〇二一年六月", "6.30", "2021-6-30", "20210630"]
        )


@edit
def writes_words_of_other_offices(book, sheet, rng):
    for row in firsts(sheet):
        cell = _cell(sheet, row, "decision")
        forms = {
            "保留": ["继续有效", "予以保留", "保\u00a0留", "保留。"], "修订": ["修訂", "修改", " 修订\n"], "废止": ["廢止", "宣布失效", "废　止"],
            "不列入": ["不属于"], "立法": ["上升为地方性法规", "立　法"],
        }  # fmt: skip
        cell.value = rng.choice(forms[cell.value]) if cell.value in forms else cell.value


@edit
def takes_the_verdict_by_formula(book, sheet, rng):
    row = rng.choice(firsts(sheet))
    _cell(sheet, row, "decision").value = f"={_cell(sheet, row, 'verdict').coordinate}"
    return True


@edit
def reckons_the_deadline(book, sheet, rng):
    cell = _cell(sheet, rng.choice(firsts(sheet)), "deadline")
    cell.value = "=DATE(2021,6,30)"
    return True


@edit
def empties_a_field_that_the_program_had_filled(book, sheet, rng):
    row = rng.choice([row for row in firsts(sheet) if _cell(sheet, row, "remark").value and _cell(sheet, row, "issuers").value])
    key = rng.choice(["remark", "issuers"])
    for each in _block(sheet, row):
        _cell(sheet, each, key).value = None
    return _cell(sheet, row, key).coordinate


# The file


@edit
def protects_the_sheet(book, sheet, rng):
    sheet.protection.set_password("123")
    book.security.lockStructure = True


@edit
def hides_an_old_copy(book, sheet, rng):
    twin = book.copy_worksheet(sheet)
    twin.title, twin.sheet_state = "旧", "hidden"
    row = rng.choice([row for row in firsts(twin) if _cell(twin, row, "decision").value in _OTHER])
    _cell(twin, row, "decision").value = _OTHER[_cell(twin, row, "decision").value]
    return True


@edit
def strays_into_the_last_row(book, sheet, rng):
    sheet["B1048576"] = " "
    sheet["XFD3"] = " "


@file_edit
def draws_a_text_box(path: Path, rng: random.Random) -> Edited:
    """A text box with a word, laid over the table."""
    box = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:absoluteAnchor><xdr:pos x="0" y="0"/>'
        '<xdr:ext cx="900000" cy="300000"/><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1"/>'
        '<xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>此件废止</a:t></a:r></a:p>'
        "</xdr:txBody></xdr:sp><xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>"
    )
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/drawings/drawing9.xml", box)
    return Edited(path, tells=("此件废止",))


@file_edit
def gives_it_the_ending_of_an_old_workbook(path: Path, rng: random.Random) -> Edited:
    return Edited(Path(shutil.copy(path, path.with_suffix(rng.choice([".xls", ".et", ".XLSX"])))))


@file_edit
def saves_it_as_unicode_text(path: Path, rng: random.Random) -> Edited:
    """Excel's “Unicode 文本”: tabs, UTF-16."""
    target = path.with_suffix(".txt")
    rows = load_workbook(path)["台账"].iter_rows(values_only=True)
    quoted = [["" if value is None else '"' + str(value).replace('"', '""') + '"' for value in row] for row in rows]
    target.write_bytes("\r\n".join("\t".join(row) for row in quoted).encode("utf-16"))
    return Edited(target)


@file_edit
def saves_it_in_strict_form(path: Path, rng: random.Random) -> Edited:
    """Excel's “Strict Open XML 电子表格”: other names of the same parts."""
    names = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            for old, new in names.items():
                data = data.replace(old, new)
            package.writestr(name, data)
    return Edited(path)


@file_edit
def hands_back_something_else(path: Path, rng: random.Random) -> Edited:
    path.write_bytes(rng.choice([b"", b"PK\x03\x04", b"\x00" * 4096, "会议纪要".encode(), path.read_bytes()[:-3000]]))
    return Edited(path, must_refuse=True)


@file_edit
def saves_it_back_and_forth(path: Path, rng: random.Random) -> Edited:
    ending, filter_ = rng.choice([("ods", "calc8"), ("xls", "MS Excel 97"), ("xlsx", "Calc MS Excel 2007 XML")])
    first = resaved(path, ending, filter_)
    again = first.rename(path.with_name(f"{path.stem}2.{ending}"))
    return Edited(resaved(again, "xlsx", "Calc MS Excel 2007 XML"))


@file_edit
def saves_it_as_ods(path: Path, rng: random.Random) -> Edited:
    return Edited(resaved(path, "ods", "calc8"))


@file_edit
def saves_it_as_et(path: Path, rng: random.Random) -> Edited:
    made = resaved(path, "xls", "MS Excel 97")
    return Edited(made.rename(made.with_suffix(".et")))


@file_edit
def saves_it_as_a_web_page(path: Path, rng: random.Random) -> Edited:
    """As an office system exports it: a table in HTML, named .xls."""
    made = resaved(path, "html", "HTML (StarCalc)")
    return Edited(made.rename(made.with_suffix(".xls")))


@file_edit
def exports_csv_from_libreoffice(path: Path, rng: random.Random) -> Edited:
    """Comma or semicolon, UTF-8 or GBK."""
    separator, charset = rng.choice([(44, 76), (59, 76), (44, 20)])
    return Edited(resaved(path, "csv", f"Text - txt - csv (StarCalc):{separator},34,{charset},1,,0,false,true"))


@file_edit
def locks_it_with_a_password(path: Path, rng: random.Random) -> Edited:
    """What Excel makes of a workbook with a password: a compound file that holds an encrypted package."""
    path.write_bytes(ole_file({"EncryptedPackage": path.read_bytes()[:5000], "EncryptionInfo": bytes(300)}))
    return Edited(path, must_refuse=True, tells=("密码",))
