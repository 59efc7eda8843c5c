"""A unit's own form: filled by the names of its columns, and read back without loss, whatever its shape."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from pipeline.ledger import LedgerError, build_rows, draft_id, fill_template, read_returned
from pipeline.ledger.template.mapping import FILE
from tests.ledger.ledger_samples import UNIT, entries

ROWS = build_rows(entries(), UNIT)
OWN = [row for row in ROWS if row.belongs]
WORDS = ("保留", "修订", "立法", "废止")
FORMS: dict[str, Callable[[Path], str]] = {}


def form(function: Callable[[Path], str]) -> Callable[[Path], str]:
    """Register a maker of a form: it saves the form and names the heading under which a person decides."""
    FORMS[function.__name__] = function
    return function


def _saved(book: Workbook, path: Path, decision: str = "处置意见") -> str:
    book.save(path)
    return decision


@form
def one_row_with_other_names(path: Path) -> str:
    book = Workbook()
    sheet = book.active
    sheet.append(["北岭省失信约束措施清理台账"])
    sheet.append(["编号", "文件标题", "文号", "是否涉密", "主要内容", "处理意见"])
    sheet.append([None] * 6)
    sheet["B3"].font = Font(name="楷体", size=12)
    sheet.append(["主要负责人（签字）：", None, None, "填表人："])
    sheet.merge_cells("A4:C4")
    sheet.row_dimensions[4].height = 44
    return _saved(book, path, "处理意见")


@form
def two_levels_with_merged_heads(path: Path) -> str:
    book = Workbook()
    sheet = book.active
    sheet.title = "附件2"
    sheet.append(["信用相关制度文件清理规范台账"])
    sheet.merge_cells("A1:L1")
    sheet.append(["填报单位（盖章）：", None, None, None, None, None, None, "填报日期：  年  月  日"])
    sheet.append(["序号", "文件基本情况", None, None, None, "失信约束措施", None, "现有依据", None, "清理情况", None, "备注"])
    sheet.append(
        [None, "名称", "文号", "发文单位", "印发时间", "内容", "涉及环节", "名称", "效力级别", "处置意见", "完成时限", None]
    )
    for area in ("A3:A4", "B3:E3", "F3:G3", "H3:I3", "J3:K3", "L3:L4"):
        sheet.merge_cells(area)
    for _ in range(3):
        sheet.append([None] * 12)
    sheet.append(["单位负责人（签字）：", None, None, None, None, "填表人：", None, None, "联系电话："])
    return _saved(book, path)


@form
def low_header_with_sums_and_notes(path: Path) -> str:
    book = Workbook()
    sheet = book.active
    for line in (["附件3"], [], ["云州市清理规范失信约束措施情况表"], ["单位：", None, None, "日期："], []):
        sheet.append(line)
    sheet.append(
        [
            "序号",
            "制度文件名称",
            "发文文号",
            "出台单位",
            "失信惩戒措施具体内容",
            "法律法规政策依据",
            "是否符合要求",
            "处置方式（保留/修订/立法/废止）",
        ]
    )
    sheet.append([None] * 8)
    sheet.append(["合计", "=COUNTA(B7:B7)"])
    sheet.append(["注：1.本表一式两份。"])
    sheet.merge_cells("A9:H9")
    sheet.append(["填表说明：每个文件填一行。"])
    return _saved(book, path, "处置方式（保留/修订/立法/废止）")


@form
def several_sheets(path: Path) -> str:
    book = Workbook()
    book.active.title = "填表说明"
    book.active.append(["请于规定日期前填报，文件名称须写全称。"])
    contacts = book.create_sheet("联系人表")
    contacts.append(["单位", "姓名", "科室及职务", "办公电话", "手机", "邮箱"])
    table = book.create_sheet("清理表")
    table.append(["序号", "文件名称", "发文字号", "发文机关", "约束措施", "处置意见", "处置理由", "联系人"])
    totals = book.create_sheet("统计")
    totals.append(["保留", "修订", "立法", "废止"])
    return _saved(book, path)


@form
def printed_empty_rows(path: Path) -> str:
    book = Workbook()
    sheet = book.active
    sheet.append(["失信约束文件台账"])
    sheet.append(["序号", "文件名称", "文号", "成文日期", "失信约束措施内容", "依据", "意见", "责任单位", "完成时限", "备注"])
    for number in range(1, 31):
        sheet.append([number])
    for first in (3, 5, 7):
        sheet.merge_cells(f"B{first}:B{first + 1}")
    sheet.append(["审核人：", None, None, "填表人：", None, None, "联系电话："])
    return _saved(book, path, "意见")


@form
def tick_columns_and_no_measures(path: Path) -> str:
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "文件名称", "文号", "发文机关", "处置意见", None, None, None])
    sheet.append([None, None, None, None, "保留", "修订", "立法", "废止"])
    for area in ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:H1"):
        sheet.merge_cells(area)
    return _saved(book, path)


def converted(path: Path, ending: str) -> Path:
    if shutil.which("soffice") is None:
        pytest.skip("没有 soffice")
    command = ["soffice", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless", "--convert-to", ending]
    subprocess.run([*command, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=300)
    return path.with_suffix(f".{ending}")


def filled(kind: str, folder: Path, ending: str = "xlsx") -> tuple[Path, str]:
    """A form of this kind, filled; and the heading under which a person decides."""
    decision = FORMS[kind](folder / "样表.xlsx")
    template = folder / "样表.xlsx" if ending == "xlsx" else converted(folder / "样表.xlsx", ending)
    fill_template(ROWS, template, folder / "填好.xlsx", draft=draft_id(OWN))
    return folder / "填好.xlsx", decision


def read(path: Path):
    return read_returned(path, lambda id_: OWN if id_ in ("", draft_id(OWN)) else None)


def decide(path: Path, heading: str) -> dict[str, str]:
    """Decide every document where a person sees its cell, and say what was decided."""
    book = load_workbook(path)
    said: dict[str, str] = {}
    for sheet in book.worksheets:
        found = [c for line in sheet.iter_rows() for c in line if c.value == heading and not sheet.row_dimensions[c.row].hidden]
        if not found or not any(c.value == "文件标识" for line in sheet.iter_rows() for c in line):
            continue
        keys = next(line for line in sheet.iter_rows() if any(c.value == "文件标识" for c in line))
        ids, places = next(c for c in keys if c.value == "文件标识").column, {c.value: c.column for c in keys}
        for line in range(keys[0].row + 1, sheet.max_row + 1):
            id_ = sheet.cell(line, ids).value
            if id_ and id_ not in said:
                said[id_] = WORDS[len(said) % 4]
                ticked = places.get(f"勾选{said[id_]}")
                sheet.cell(line, ticked or places["处置意见"]).value = "√" if ticked else said[id_]
    book.save(path)
    return said


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_a_filled_form_comes_back_without_loss(kind: str, tmp_path: Path) -> None:
    path, _ = filled(kind, tmp_path)
    returned = read(path)
    assert (returned.refused, returned.problems, returned.missing, returned.cleared) == ([], [], [], [])
    assert {row.document for row in returned.rows} == {row.document_id for row in OWN}
    assert all(not row.edits and not row.added for row in returned.rows)
    assert [row.row.details for row in returned.rows] == [row.details for row in OWN]


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_what_a_person_decides_in_a_form_is_read(kind: str, tmp_path: Path) -> None:
    path, heading = filled(kind, tmp_path)
    said = decide(path, heading)
    assert set(said) == {row.document_id for row in OWN}
    returned = read(path)
    assert (returned.refused, returned.problems, returned.missing) == ([], [], [])
    assert {row.document: row.row.decision for row in returned.rows} == said
    assert all(set(row.edits) == {"decision"} for row in returned.rows)


def test_an_old_xls_form_is_filled_and_read_back(tmp_path: Path) -> None:
    path, heading = filled("two_levels_with_merged_heads", tmp_path, "xls")
    said = decide(path, heading)
    returned = read(path)
    assert {row.document: row.row.decision for row in returned.rows} == said and not returned.problems and not returned.missing


def test_columns_are_filled_by_name_and_unknown_ones_left_alone(tmp_path: Path) -> None:
    path, _ = filled("one_row_with_other_names", tmp_path)
    sheet = load_workbook(path).active
    lines = sum(len(row.details) for row in OWN)
    body = [[c.value for c in line] for line in sheet.iter_rows(min_row=4, max_row=3 + lines)]
    assert [line[1] for line in body if line[0]] == [row.title for row in OWN]
    assert [line[0] for line in body if line[0]] == [str(n) for n in range(1, len(OWN) + 1)]
    assert all(line[3] is None for line in body) and sheet["B9"].font.name == "楷体"
    foot = 4 + lines
    assert sheet.cell(foot, 1).value == "主要负责人（签字）：" and sheet.cell(foot, 4).value == "填表人："
    assert f"A{foot}:C{foot}" in {str(area) for area in sheet.merged_cells.ranges} and sheet.row_dimensions[foot].height == 44


def test_two_levels_are_told_apart_and_a_part_of_the_basis_is_not_the_title(tmp_path: Path) -> None:
    two_levels_with_merged_heads(tmp_path / "样表.xlsx")
    done = fill_template(ROWS, tmp_path / "样表.xlsx", tmp_path / "填好.xlsx")
    keys = {heading.name: heading.key for heading in done.headings}
    assert keys["文件基本情况／名称"] == "title" and keys["现有依据／名称"] == "bases" and keys["现有依据／效力级别"] == ""
    assert keys["失信约束措施／内容"] == "content" and keys["清理情况／处置意见"] == "decision" and keys["备注"] == "remark"


def test_a_mapping_that_a_person_corrected_is_followed(tmp_path: Path) -> None:
    low_header_with_sums_and_notes(tmp_path / "样表.xlsx")
    fill_template(ROWS, tmp_path / "样表.xlsx", tmp_path / "填好.xlsx")
    mapping = tmp_path / FILE
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace('"出台单位" = "发文机关"', '"出台单位" = "责任单位"'), encoding="utf-8")
    done = fill_template(ROWS, tmp_path / "样表.xlsx", tmp_path / "填好.xlsx")
    assert {heading.name: heading.key for heading in done.headings}["出台单位"] == "drafter"
    assert any(heading.how == "人工指定" for heading in done.headings) and not read(tmp_path / "填好.xlsx").problems
    mapping.write_text(text.replace('"出台单位" = "发文机关"', '"出台单位" = "天气"'), encoding="utf-8")
    with pytest.raises(LedgerError, match=r"出台单位.*天气"):
        fill_template(ROWS, tmp_path / "样表.xlsx", tmp_path / "填好.xlsx")


def test_the_mapping_of_another_form_is_set_aside(tmp_path: Path) -> None:
    low_header_with_sums_and_notes(tmp_path / "甲.xlsx")
    printed_empty_rows(tmp_path / "乙.xlsx")
    fill_template(ROWS, tmp_path / "甲.xlsx", tmp_path / "填好.xlsx")
    fill_template(ROWS, tmp_path / "乙.xlsx", tmp_path / "填好.xlsx")
    assert (tmp_path / "映射（甲）.toml").is_file() and '"乙.xlsx"' in (tmp_path / FILE).read_text(encoding="utf-8")


def test_a_form_without_a_known_header_and_the_form_itself_are_refused(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "空.xlsx")
    with pytest.raises(LedgerError, match="表头"):
        fill_template(ROWS, tmp_path / "空.xlsx", tmp_path / "填好.xlsx")
    several_sheets(tmp_path / "样表.xlsx")
    with pytest.raises(LedgerError, match="样表本身"):
        fill_template(ROWS, tmp_path / "样表.xlsx", tmp_path / "样表.xlsx")


def test_no_text_of_a_document_becomes_a_formula(tmp_path: Path) -> None:
    several_sheets(tmp_path / "样表.xlsx")
    fill_template(build_rows(entries(), None), tmp_path / "样表.xlsx", tmp_path / "填好.xlsx")
    cells = [c for line in load_workbook(tmp_path / "填好.xlsx")["清理表"].iter_rows() for c in line]
    assert any(str(c.value).startswith("=HYPERLINK") for c in cells) and not [c for c in cells if c.data_type == "f"]
