"""The draft workbook: what stands in it, that it is safe, that it prints, that it is always the same."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipeline.ledger import DetailLine, LedgerRow, Scope, build_rows, read_ledger, write_ledger
from pipeline.ledger.cell import CUT, LONGEST, cell_text, read_text
from pipeline.ledger.workbook.columns import form
from pipeline.ledger.workbook.heights import row_height, text_lines
from pipeline.ledger.workbook.paper import A4, PAPERS
from pipeline.ledger.workbook.sheet import FIRST_ROW, HEADER_ROW, letter_of
from tests.ledger.ledger_samples import FACTS, UNIT, entries

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "\t=1", "\r=1", "#N/A", '=cmd|"/c calc"!A1', "_x003D_1"]


@pytest.fixture
def rows() -> list[LedgerRow]:
    return build_rows(entries(), UNIT)


@pytest.fixture
def book(rows, tmp_path):
    write_ledger(rows, tmp_path / "ledger.xlsx", UNIT, FACTS)
    return load_workbook(tmp_path / "ledger.xlsx")


def test_four_sheets_with_the_form_of_the_notice(book):
    assert book.sheetnames == ["台账", "不属本单位台账", "核对底稿", "说明"]
    sheet = book["台账"]
    assert sheet["A1"].value == "信用相关制度文件清理规范台账"
    assert sheet["A2"].value == "填报单位（盖章）：云河市住房和城乡建设局"
    headers = [sheet.cell(HEADER_ROW, i + 1).value for i in range(len(form()))]
    assert headers == [column.header for column in form()]
    texts = [cell.value for line in sheet.iter_rows() for cell in line if cell.value]
    assert {"主要负责人（签字）：", "填表人：", "联系电话："} <= set(texts)
    assert any(str(text).startswith("填报日期：") and not any(c.isdigit() for c in text) for text in texts)


def test_prints_on_a4_across_one_page_wide_with_the_header_on_every_page(book):
    sheet = book["台账"]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
    assert sheet.freeze_panes == f"C{FIRST_ROW}"
    assert "&P" in sheet.oddFooter.center.text


def test_ids_are_hidden_and_stand_on_every_line(book):
    sheet = book["台账"]
    for key in ("document_id", "row_id", "scope", "version"):
        letter = letter_of(key, form())
        assert sheet.column_dimensions[letter].hidden
        assert sheet[f"{letter}{FIRST_ROW}"].value


def test_decision_is_blank_with_a_list_to_choose_from(book, rows):
    sheet, letter = book["台账"], letter_of("decision", form())
    choices = [v for v in sheet.data_validations.dataValidation if v.formula1 == '"保留,修订,立法,废止"']
    assert len(choices) == 1 and str(choices[0].sqref).startswith(f"{letter}{FIRST_ROW}")
    own = sum(row.belongs for row in rows)
    lines = sum(len(row.details) for row in rows if row.belongs)
    column = [sheet[f"{letter}{FIRST_ROW + i}"].value for i in range(lines)]
    assert column.count(None) == own and set(column) == {None, "〃"}


def test_nothing_is_merged_inside_the_table_so_that_it_sorts_and_filters(book):
    for name in ("台账", "不属本单位台账"):
        table = range(FIRST_ROW, book[name].max_row - 1)
        assert not [area for area in book[name].merged_cells.ranges if area.min_row in table]


def test_no_document_gives_the_empty_form_with_its_signature_line(tmp_path):
    write_ledger([], tmp_path / "empty.xlsx", None, FACTS)
    sheet = load_workbook(tmp_path / "empty.xlsx")["台账"]
    values = [cell.value for line in sheet.iter_rows(min_row=FIRST_ROW) for cell in line if cell.value]
    assert values == ["主要负责人（签字）：", "填表人：", "联系电话："]
    assert sheet.cell(FIRST_ROW, 1).border.left.style
    assert read_ledger(tmp_path / "empty.xlsx").rows == ()


def test_same_rows_give_the_same_bytes_however_long_the_scan_took(rows, tmp_path):
    write_ledger(rows, tmp_path / "a.xlsx", UNIT, FACTS)
    write_ledger(build_rows(reversed(entries()), UNIT), tmp_path / "b.xlsx", UNIT, replace(FACTS, seconds=99.0))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    dates = {item.date_time for item in zipfile.ZipFile(tmp_path / "a.xlsx").infolist()}
    assert len(dates) == 1


def test_nothing_is_left_beside_the_ledger(rows, tmp_path):
    write_ledger(rows, tmp_path / "ledger.xlsx", UNIT, FACTS)
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.xlsx"]


# Hostile content


def _row_of(text: str) -> LedgerRow:
    """A row with ``text`` in every field that takes text."""
    kept = {"document_id": "0123456789abcdef", "scope": Scope.OWN}
    line = {f.name: text for f in fields(DetailLine) if f.name != "evidence"}
    plain = {f.name: text for f in fields(LedgerRow) if f.type == "str" and f.name not in kept}
    return LedgerRow(**{**plain, **kept, "details": (DetailLine(**line),)})


def _formulas(path: Path) -> list[str]:
    book = load_workbook(path)
    return [str(c.value) for sheet in book for line in sheet.iter_rows() for c in line if c.data_type in "fe"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_of_any_row_can_become_a_formula(text, tmp_path):
    unit = replace(UNIT, name=text, phone=text, contact=text)
    write_ledger([_row_of(text)], tmp_path / "x.xlsx", unit, replace(FACTS, version=text, as_of=text))
    assert all(formula.startswith(("=COUNT", "=SUM(C")) for formula in _formulas(tmp_path / "x.xlsx"))
    cell = load_workbook(tmp_path / "x.xlsx")["台账"][f"{letter_of('title', form())}{FIRST_ROW}"]
    assert cell.data_type == "s" and read_text(cell.value) == text.strip()
    assert cell.quotePrefix or not text.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_formulas_are_only_our_own_counts_on_the_explanation_sheet(book):
    for sheet in book:
        found = [c.value for line in sheet.iter_rows() for c in line if c.data_type == "f"]
        assert bool(found) == (sheet.title == "说明")


def test_longer_texts_than_a_cell_holds_are_cut_with_a_mark():
    cut = cell_text("长" * 40_000)
    assert len(cut) <= LONGEST and cut.endswith(CUT)
    assert len(cell_text("𠮷" * 20_000).encode("utf-16-le")) // 2 <= LONGEST


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60).filter(lambda text: text.strip() not in ("〃", "同上")))
def test_any_text_is_read_back_as_the_cell_shows_it(text, tmp_path):
    shown = cell_text(text)
    row = replace(_row_of("甲"), title=shown or "甲", remark=shown, details=(DetailLine("0123456789abcdef-1", shown or "乙"),))
    row = replace(row, decision="保留", in_name_of="是", reporter="", number="号")
    write_ledger([row], tmp_path / "x.xlsx", UNIT, FACTS)
    assert read_ledger(tmp_path / "x.xlsx").rows == (row,)


# Sums


def _sheet_values(book) -> dict[str, list]:
    return {line[0].value: [cell.value for cell in line[1:]] for line in book["说明"].iter_rows() if line[0].value}


def test_counts_on_the_explanation_sheet_add_up(book, rows):
    values = _sheet_values(book)
    names = ["保留", "修订", "立法", "废止", "需人工判断／尚未填写", "不列入"]
    own = [row for row in rows if row.belongs]
    assert sum(values[name][0] for name in names) == values["合计"][0] == len(own)
    assert values["两表合计"][0] == len(rows) == FACTS.flagged
    assert values["发现文件"][0] == values["已筛查"][0] + values["重复"][0] + values["问题"][0]


def test_explanation_says_when_no_unit_was_set_and_that_numbers_are_masked(rows, tmp_path):
    write_ledger(build_rows(entries(), None), tmp_path / "x.xlsx", None, FACTS)
    book = load_workbook(tmp_path / "x.xlsx")
    text = "\n".join(str(c.value) for line in book["说明"].iter_rows() for c in line if c.value)
    assert "未设置 unit.toml" in text and "隐去" in text and FACTS.version in text and "国办发〔2020〕49号（九）" in text
    assert book["不属本单位台账"].cell(FIRST_ROW, 2).value is None


def test_height_grows_with_text_and_stays_within_excels_limit():
    short, long = row_height([("字" * 5, 10)], 9), row_height([("字" * 200, 10)], 9)
    assert short < long <= 409 and row_height([("字" * 9999, 10)], 9) == 409


# What is reported, and what is only for checking


def test_the_reported_table_has_neither_advice_nor_paths(book, rows):
    said = " ".join(str(c.value) for line in book["台账"].iter_rows() for c in line if c.value)
    paths = [place for row in rows for place in row.places]
    assert paths and not any(place in said for place in paths)
    assert not {"机器建议", "理由", "文件位置", "得分"} & set(said.split())


def test_the_working_sheet_holds_what_the_machine_offers_with_the_ids_of_the_ledger(book, rows):
    own, working_sheet = book["台账"], book["核对底稿"]
    ids = [working_sheet.cell(n, 10).value for n in range(FIRST_ROW, working_sheet.max_row + 1)]
    assert ids == [line.row_id for row in sorted(rows, key=lambda row: not row.belongs) for line in row.details]
    assert [own[f"{letter_of('row_id', form())}{n}"].value for n in range(FIRST_ROW, own.max_row - 1)] == ids[: own.max_row - 5]
    said = " ".join(str(c.value) for line in working_sheet.iter_rows() for c in line if c.value)
    assert all(place in said for row in rows for place in row.places)
    assert all(row.suggestion in said and row.details[0].reason in said for row in rows)
    assert working_sheet.protection.sheet


def test_a_sealed_or_reported_copy_leaves_the_working_sheet_out(rows, tmp_path):
    write_ledger(rows, tmp_path / "r.xlsx", UNIT, FACTS, reported=True)
    assert "核对底稿" not in load_workbook(tmp_path / "r.xlsx").sheetnames


def test_type_is_nine_points_or_more_and_larger_on_a3(rows, tmp_path):
    for name, least in (("A4", 9.0), ("A3", 10.5)):
        write_ledger(rows, tmp_path / f"{name}.xlsx", UNIT, FACTS, paper=PAPERS[name])
        sheet = load_workbook(tmp_path / f"{name}.xlsx")["台账"]
        table = sheet.iter_rows(min_row=HEADER_ROW, max_row=sheet.max_row - 1)
        assert min(c.font.size for line in table for c in line if c.value) == least
        assert sheet.page_setup.paperSize in (str(PAPERS[name].code), PAPERS[name].code)


def test_a_page_ends_between_documents_and_a_parted_one_shows_its_name_again(rows, tmp_path):
    many = [replace(row, document_id=f"{n:016x}") for n, row in enumerate(rows * 5)]
    write_ledger(many, tmp_path / "many.xlsx", UNIT, FACTS)
    sheet = load_workbook(tmp_path / "many.xlsx")["台账"]
    letter = letter_of("document_id", form())
    rules = [area for rule in sheet.conditional_formatting for area in rule.sqref.ranges]
    heights = {}
    for line in range(FIRST_ROW, sheet.max_row - 1):
        heights.setdefault(sheet[f"{letter}{line}"].value, []).append(sheet.row_dimensions[line].height)
    assert len(sheet.row_breaks.brk) > 5
    for line in (brk.id + 1 for brk in sheet.row_breaks.brk):
        id_ = sheet[f"{letter}{line}"].value
        if id_ == sheet[f"{letter}{line - 1}"].value:
            assert sum(heights[id_]) > A4.room / 2
            assert not any(area.min_row <= line <= area.max_row for area in rules)


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("字" * 10, 5, 2),
        ("字" * 11, 5, 3),
        ("云住建发〔2018〕27号", 4.5, 3),
        ("2018-06-04", 3.2, 2),
        ("a" * 40, 5, 5),
        ("甲\n乙\n丙", 9, 3),
    ],
)
def test_lines_are_counted_with_chinese_widths(text, ems, lines):
    assert text_lines(text, (ems * 9 * 96 / 72 + 5) / 7, 9) == lines


# As LibreOffice shows it


def printed(folder: Path, **options) -> Path:
    """The twelve documents as one unit's ledger, printed by LibreOffice."""
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        pytest.skip("没有 soffice 或 pdftotext")
    write_ledger(build_rows(entries(), None), folder / "ledger.xlsx", UNIT, FACTS, **options)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "ledger.xlsx")]
    subprocess.run(command, check=True, timeout=300, capture_output=True)
    return folder / "ledger.pdf"


@pytest.fixture(scope="module")
def pdf(tmp_path_factory) -> Path:
    return printed(tmp_path_factory.mktemp("pdf"))


def _pages(pdf: Path) -> list[str]:
    text = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return ["".join(page.split()) for page in text.split("\f")]


def test_twelve_documents_print_on_four_pages_of_a4(pdf):
    pages = _pages(pdf)
    last = next(n for n, page in enumerate(pages, 1) if "主要负责人（签字）" in page)
    assert last <= 4 and all(f"第{n}页" in pages[n - 1] for n in range(1, last + 1))


def test_the_print_is_not_made_smaller_to_fit_the_page(pdf):
    """Type of 9 points comes out as such: eight wide characters of the table are 72 points wide."""
    boxes = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    found = re.search(
        r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(建设局关于规范保|设局关于规范保障性|市住房和城乡建设局)<',
        boxes,
    )
    assert found and (float(found[2]) - float(found[1])) / len(found[3]) >= 8.9


def test_all_text_of_the_ledger_is_visible_when_printed(pdf):
    shown = "".join(_pages(pdf))
    sheet = load_workbook(pdf.with_suffix(".xlsx"))["台账"]
    for key in ("content", "bases", "issuers", "title"):
        for line in range(FIRST_ROW, sheet.max_row - 1):
            ends = str(sheet[f"{letter_of(key, form())}{line}"].value or "")[-4:]
            assert "".join(ends.split()) in shown
