"""Workbooks: rows as rows, values as their user sees them."""

import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from pipeline.document import UnreadableFile
from pipeline.ingest import read_document


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def test_each_sheet_is_a_page_under_its_name():
    document = read_document(workbook(("台账", [["序号", "文件"], [1, "办法"]]), ("说明", [["填表须知", "略"]])), "a.xlsx")
    assert document.text == "台账\n序号\t文件\n1\t办法\n说明\n填表须知\t略"
    assert [document.text[page.start : page.end].split("\n")[0] for page in document.pages] == ["台账", "说明"]


def test_empty_rows_cells_at_the_end_and_sheets_are_dropped():
    document = read_document(workbook(("一", [["甲", None, "乙", None], [None, None], ["丙", "丁"]]), ("二", [])), "a.xlsx")
    assert document.text == "一\n甲\t\t乙\n丙\t丁"


def test_values_read_as_shown():
    row = [2021.0, 0.5, True, datetime(2021, 1, 19), datetime(2021, 1, 19, 8, 30), "两行\n文字"]
    document = read_document(workbook(("值", [row])), "a.xlsx")
    assert document.text.split("\n")[1] == "2021\t0.5\t是\t2021-01-19\t2021-01-19 08:30:00\t两行 文字"


def test_formula_is_not_executed_nor_shown_as_code():
    assert "cmd" not in read_document(workbook(("表", [["=cmd|' /C calc'!A0", "文字"], ["甲", "乙"]])), "a.xlsx").text


def test_damaged_workbook_is_a_problem():
    data = workbook(("表", [["甲", "乙"]] * 50))
    with pytest.raises(UnreadableFile) as raised:
        read_document(data[: len(data) // 2], "a.xlsx")
    assert raised.value.kind == "文件损坏"
