"""A user's own form, filled by the names of its columns."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from pipeline.ledger import LedgerError, build_rows, fill_template
from tests.ledger.ledger_samples import UNIT, entries

ROWS = build_rows(entries(), UNIT)
OWN = [row for row in ROWS if row.belongs]


@pytest.fixture
def template(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["北岭省失信约束措施清理台账"])
    sheet.append(["编号", "文件标题", "文号", "是否涉密", "主要内容", "处理意见"])
    sheet.append([None] * 6)
    sheet["B3"].font = Font(name="楷体", size=12)
    sheet.append(["主要负责人（签字）：", None, None, "填表人："])
    sheet.merge_cells("A4:C4")
    sheet.row_dimensions[4].height = 44
    book.save(tmp_path / "template.xlsx")
    return tmp_path / "template.xlsx"


def test_columns_are_filled_by_name_and_unknown_ones_left_alone(template, tmp_path):
    missing = fill_template(ROWS, template, tmp_path / "out.xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx").active
    lines = [[c.value for c in line] for line in sheet.iter_rows(min_row=3, max_row=2 + len(OWN))]
    assert [(line[0], line[1]) for line in lines] == [(str(i), row.title) for i, row in enumerate(OWN, 1)]
    assert all(line[3] is None and line[5] is None for line in lines)
    assert "备注" in missing and "文件名称" not in missing


def test_what_stands_below_the_table_is_moved_down_whole(template, tmp_path):
    fill_template(ROWS, template, tmp_path / "out.xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx").active
    foot = 3 + len(OWN)
    assert sheet.cell(foot, 1).value == "主要负责人（签字）：" and sheet.cell(foot, 4).value == "填表人："
    assert [str(area) for area in sheet.merged_cells.ranges] == [f"A{foot}:C{foot}"]
    assert sheet.row_dimensions[foot].height == 44 and sheet["B9"].font.name == "楷体"


def test_a_form_without_a_known_header_and_the_template_itself_are_refused(template, tmp_path):
    Workbook().save(tmp_path / "blank.xlsx")
    with pytest.raises(LedgerError, match="表头"):
        fill_template(ROWS, tmp_path / "blank.xlsx", tmp_path / "out.xlsx")
    with pytest.raises(LedgerError, match="模板本身"):
        fill_template(ROWS, template, template)


def test_a_filled_form_has_no_formula(template, tmp_path):
    rows = build_rows(entries(), None)
    fill_template(rows, template, tmp_path / "out.xlsx")
    cells = [c for line in load_workbook(tmp_path / "out.xlsx").active.iter_rows() for c in line]
    assert any(str(c.value).startswith("=HYPERLINK") for c in cells)
    assert not [c for c in cells if c.data_type == "f"]
