"""Forms in which the decision is ticked: in columns of its own, or in boxes printed in a cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger import LedgerError, build_rows, draft_id, fill_template, read_returned
from pipeline.ledger.template.mapping import FILE
from tests.ledger.ledger_samples import UNIT, entries

OWN = [row for row in build_rows(entries(), UNIT) if row.belongs]
WORDS = ("保留", "修订", "废止")
DECIDED = [replace(row, decision=WORDS[number % 3]) for number, row in enumerate(OWN)]


def two_levels(sheet: Worksheet) -> None:
    sheet.append(["序号", "文件名称", "文号", "措施内容", "处置意见", None, None, None, "备注"])
    sheet.append([None, None, None, None, "保留", "修订", "立法", "废止"])
    for area in ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:H1", "I1:I2"):
        sheet.merge_cells(area)


def side_by_side(sheet: Worksheet) -> None:
    sheet.append(["序号", "制度名称", "发文字号", "保留", "修改", "废止（打√）", "备注"])


def printed_box_in_each_column(sheet: Worksheet) -> None:
    sheet.append(["序号", "文件名称", "文号", "建议保留", "建议修订", "建议废止"])
    sheet.append([None, None, None, "□", "□", "□"])


def boxes_in_a_cell(sheet: Worksheet) -> None:
    sheet.append(["序号", "文件名称", "文号", "主要内容", "处置意见", "备注"])
    sheet.append([None, None, None, None, "□保留 □修订 □废止"])


FORMS: list[Callable[[Worksheet], None]] = [two_levels, side_by_side, printed_box_in_each_column, boxes_in_a_cell]
IN_COLUMNS = FORMS[:3]


def fill(form: Callable[[Worksheet], None], folder: Path, rows=DECIDED) -> Path:
    book = Workbook()
    form(book.active)
    book.save(folder / "样表.xlsx")
    fill_template(rows, folder / "样表.xlsx", folder / "填好.xlsx", draft=draft_id(rows))
    return folder / "填好.xlsx"


def read(path: Path, rows=DECIDED):
    return read_returned(path, lambda id_: rows if id_ in ("", draft_id(rows)) else None)


def cells(path: Path) -> tuple[Workbook, Worksheet, dict[str, int], list[int]]:
    """The filled sheet, where its columns stand, and the first row of each document."""
    book = load_workbook(path)
    sheet = book.active
    keys = next(row for row in sheet.iter_rows() if any(cell.value == "文件标识" for cell in row))
    places = {cell.value: cell.column for cell in keys if cell.value}
    first: dict[str, int] = {}
    for line in range(keys[0].row + 1, sheet.max_row + 1):
        if id_ := sheet.cell(line, places["文件标识"]).value:
            first.setdefault(id_, line)
    return book, sheet, places, list(first.values())


@pytest.mark.parametrize("form", FORMS)
def test_what_was_decided_is_ticked_and_comes_back(form: Callable[[Worksheet], None], tmp_path: Path) -> None:
    path = fill(form, tmp_path)
    _, sheet, places, lines = cells(path)
    for line, row in zip(lines, DECIDED, strict=True):
        if form is boxes_in_a_cell:
            shown = sheet.cell(line, places["勾选处置意见"]).value
            assert shown == " ".join(("☑" if word == row.decision else "□") + word for word in WORDS)
        else:
            ticked = [
                name for name, at in places.items() if name.startswith("勾选") and sheet.cell(line, at).value in ("√", "☑")
            ]
            assert ticked == [f"勾选{row.decision}"]
    assert "处置意见" not in places  # no column is added for it
    returned = read(path)
    assert (returned.problems, returned.missing, returned.cleared) == ([], [], [])
    assert {row.document: row.row.decision for row in returned.rows} == {row.document_id: row.decision for row in DECIDED}
    assert not any(row.edits for row in returned.rows)


@pytest.mark.parametrize("sign", ["√", "✓", "☑", "✔", "是", "1", "v", "Y", "ｙ", 1])
@pytest.mark.parametrize("form", IN_COLUMNS)
def test_ticks_of_a_person_are_read(form: Callable[[Worksheet], None], sign: str, tmp_path: Path) -> None:
    path = fill(form, tmp_path, OWN)
    book, sheet, places, lines = cells(path)
    for number, line in enumerate(lines):
        sheet.cell(line, places[f"勾选{WORDS[number % 3]}"]).value = sign
    book.save(path)
    returned = read(path, OWN)
    assert not returned.problems
    assert [row.row.decision for row in returned.rows] == [row.decision for row in DECIDED]
    assert all(set(row.edits) == {"decision"} for row in returned.rows)


@pytest.mark.parametrize("form", IN_COLUMNS)
def test_two_ticks_and_unclear_ones_are_refused_with_their_cells(form: Callable[[Worksheet], None], tmp_path: Path) -> None:
    path = fill(form, tmp_path, OWN)
    book, sheet, places, lines = cells(path)
    both = [sheet.cell(lines[0], places[f"勾选{word}"]) for word in ("保留", "废止")]
    unclear = sheet.cell(lines[1], places["勾选修订"])
    both[0].value = both[1].value = "√"
    unclear.value = "×"
    book.save(path)
    returned = read(path, OWN)
    addresses = "、".join(f"Sheet!{cell.coordinate}" for cell in both)
    said = {problem.cell: problem.reason for problem in returned.problems}
    assert "保留、废止" in said[addresses] and "×" in said[f"Sheet!{unclear.coordinate}"]
    assert {OWN[0].document_id, OWN[1].document_id} == set(returned.refused)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("□保留 ☑修订 □废止", "修订"),
        ("□保留□√修订□废止", "修订"),
        ("保留√ 修订□ 废止□", "保留"),
        ("废止", "废止"),
        ("□保留 □修订 □废止", ""),
        ("☑保留 □修订 ☑废止", None),
        ("□保留√□修订□废止", None),
    ],
)
def test_boxes_in_a_cell_are_read(written: str, meant: str | None, tmp_path: Path) -> None:
    path = fill(boxes_in_a_cell, tmp_path, OWN)
    book, sheet, places, lines = cells(path)
    cell = sheet.cell(lines[0], places["勾选处置意见"])
    cell.value = written
    book.save(path)
    returned = read(path, OWN)
    if meant is None:
        assert [problem.cell for problem in returned.problems] == [f"Sheet!{cell.coordinate}"]
    else:
        assert not returned.problems and returned.rows[0].row.decision == meant


@pytest.mark.parametrize("form", [side_by_side, boxes_in_a_cell])
def test_a_decision_that_the_form_does_not_offer_is_not_lost(form: Callable[[Worksheet], None], tmp_path: Path) -> None:
    rows = [replace(row, decision="立法") for row in OWN]
    returned = read(fill(form, tmp_path, rows), rows)
    assert not returned.problems and {row.row.decision for row in returned.rows} == {"立法"}


def test_the_mapping_shows_the_ticks_and_follows_a_correction(tmp_path: Path) -> None:
    fill(two_levels, tmp_path)
    mapping = tmp_path / FILE
    text = mapping.read_text(encoding="utf-8")
    assert '"处置意见／保留" = "勾选保留"' in text and '"处置意见／废止" = "勾选废止"' in text
    swapped = text.replace('"处置意见／立法" = "勾选立法"', '"处置意见／立法" = ""')
    mapping.write_text(swapped.replace('"备注" = "备注"', '"备注" = "勾选立法"'), encoding="utf-8")
    rows = [replace(row, decision="立法") for row in OWN]
    path = fill(two_levels, tmp_path, rows)
    _, sheet, places, lines = cells(path)
    assert places["勾选立法"] == 9 and sheet.cell(lines[0], 9).value == "√"
    mapping.write_text(text.replace('"勾选废止"', '"勾选保留"'), encoding="utf-8")
    with pytest.raises(LedgerError, match="只能留一个"):
        fill(two_levels, tmp_path)


def test_columns_about_the_state_of_a_basis_are_no_ticks(tmp_path: Path) -> None:
    def bases_state(sheet: Worksheet) -> None:
        sheet.append(["序号", "文件名称", "文号", "依据效力", None, "处置意见"])
        sheet.append([None, None, None, "已修订", "已废止", None])
        for area in ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"):
            sheet.merge_cells(area)

    _, _, places, _ = cells(fill(bases_state, tmp_path))
    assert places["处置意见"] == 6 and not any(name.startswith("勾选") for name in places)
