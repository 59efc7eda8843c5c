"""Lines of a table written beside openpyxl: what it reads back is what was written, and it holds no cell of them meanwhile."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.workbook.columns import form
from pipeline.ledger.workbook.lines import Lines
from pipeline.ledger.workbook.reproducible import save

TEXTS = ["=1+1", "甲<b>&\"乙'", "第一行\n第二行", "_x0041_", "\x00\x07𠮷", "", "@名", "1\t2"]


def test_lines_stand_between_head_and_foot_as_text(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"], sheet["A2"], sheet["A9"] = "题", "栏", "签字"
    columns = form()
    lines = Lines(sheet, 2)
    for number in range(3, 8):
        cells = {column.key: TEXTS[(number + place) % len(TEXTS)] for place, column in enumerate(columns)}
        lines.write(number, cells, columns, 30.5, 9.0, first=number == 3)
    assert sheet.max_row == 9 and len(sheet._cells) == 3  # type: ignore[attr-defined]
    save(book, tmp_path / "a.xlsx", [lines])
    read = load_workbook(tmp_path / "a.xlsx").active
    assert isinstance(read, Worksheet)
    assert [read["A1"].value, read["A2"].value, read["A9"].value] == ["题", "栏", "签字"]
    shown = {"_x0041_": "_x005F_x0041_", "\x00\x07𠮷": "𠮷", "": None, "1\t2": "1 2"}
    for number in range(3, 8):
        for place in range(len(columns)):
            text, cell = TEXTS[(number + place) % len(TEXTS)], read.cell(number, place + 1)
            assert cell.value == shown.get(text, text)
            assert cell.data_type in "sn" and bool(cell.quotePrefix) == text.startswith(("=", "@"))
        assert read.row_dimensions[number].height == 30.5


def test_the_size_of_a_sheet_counts_its_lines(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = "栏"
    lines = Lines(sheet, 1)
    lines.write(2, {}, form(), 20, 9.0, first=True)
    save(book, tmp_path / "a.xlsx", [lines])
    assert load_workbook(tmp_path / "a.xlsx", read_only=True).active.max_row == 2
