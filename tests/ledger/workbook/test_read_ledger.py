"""A ledger read back after people worked on it."""

from __future__ import annotations

import random

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.ledger import LedgerError, Scope, build_rows, decisions, read_ledger, tally, undecided, write_ledger
from pipeline.ledger.workbook.columns import column_of, form
from pipeline.ledger.workbook.sheet import FIRST_ROW, HEADER_ROW, letter_of
from tests.ledger.ledger_samples import FACTS, UNIT, entries


@pytest.fixture
def ledger(tmp_path):
    write_ledger(build_rows(entries(), UNIT), tmp_path / "ledger.xlsx", UNIT, FACTS)
    return tmp_path / "ledger.xlsx"


def _edit(path, change):
    book = load_workbook(path)
    change(book["台账"])
    book.save(path)


def _letter(key):
    return letter_of(key, form())


def _first_lines(sheet):
    """The first line of each document's block."""
    return [n for n in range(FIRST_ROW, sheet.max_row - 1) if sheet[f"{_letter('decision')}{n}"].value != "〃"]


def _decide(word):
    def change(sheet):
        for number in _first_lines(sheet):
            sheet[f"{_letter('decision')}{number}"] = word

    return change


def test_what_was_written_is_read_back(ledger):
    rows = build_rows(entries(), UNIT)
    read = read_ledger(ledger)
    assert list(read.rows) == [r for r in rows if r.belongs] + [r for r in rows if not r.belongs]
    assert read.problems == () and read.unit == UNIT.name


def test_columns_are_found_wherever_they_were_moved(ledger):
    expected = read_ledger(ledger).rows
    order = list(range(1, len(form()) + 1))
    random.Random(7).shuffle(order)

    def shuffle(sheet):
        for number in range(HEADER_ROW, sheet.max_row - 1):
            values = [sheet.cell(number, i).value for i in range(1, len(order) + 1)]
            for position, old in enumerate(order, 1):
                sheet.cell(number, position).value = values[old - 1]

    _edit(ledger, shuffle)
    assert [row for row in read_ledger(ledger).rows if row.belongs] == [row for row in expected if row.belongs]


def test_lines_sorted_by_a_person_still_belong_to_their_documents(ledger):
    expected = {row.document_id: row for row in read_ledger(ledger).rows}

    def turn_round(sheet):
        lines = [[c.value for c in line] for line in sheet.iter_rows(min_row=FIRST_ROW, max_row=sheet.max_row - 2)]
        for number, values in enumerate(reversed(lines), FIRST_ROW):
            for position, value in enumerate(values, 1):
                sheet.cell(number, position).value = value

    _edit(ledger, turn_round)
    for row in read_ledger(ledger).rows:
        assert (row.title, row.remark) == (expected[row.document_id].title, expected[row.document_id].remark)
        assert sorted(d.row_id for d in row.details) == sorted(d.row_id for d in expected[row.document_id].details)


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("处 置 意 见", "decision"),
        ("处置意见(保留/修订/立法/废止)", "decision"),
        ("文号", "number"),
        ("备  注", "remark"),
        ("失信约束措施\n内容", "content"),
        ("是否以党委政府名义印发", "in_name_of"),
        ("天气", None),
    ],
)
def test_renamed_headers_are_known(header, key):
    assert column_of(header) == key


def test_no_name_means_two_columns():
    from pipeline.ledger.workbook.columns import bare, columns

    named: dict[str, str] = {}
    for column in columns():
        for name in (column.header, *column.aliases):
            assert named.setdefault(bare(name), column.key) == column.key, name


def test_a_wrong_decision_is_told_with_its_cell(ledger):
    _edit(ledger, lambda sheet: sheet.__setitem__(f"{_letter('decision')}{FIRST_ROW}", "再议"))
    problems = read_ledger(ledger).problems
    assert [problem.cell for problem in problems] == [f"台账!{_letter('decision')}{FIRST_ROW}"]
    assert "再议" in problems[0].reason and "保留" in problems[0].reason
    with pytest.raises(LedgerError, match=f"ledger.xlsx 台账!{_letter('decision')}{FIRST_ROW}"):
        decisions(read_ledger(ledger))


def test_two_decisions_on_one_document_that_differ_are_told(ledger):
    def change(sheet):
        first = next(n for n in _first_lines(sheet) if sheet[f"{_letter('decision')}{n + 1}"].value == "〃")
        sheet[f"{_letter('decision')}{first}"] = "保留"
        sheet[f"{_letter('decision')}{first + 1}"] = "废止"

    _edit(ledger, change)
    assert ["不一致" in problem.reason for problem in read_ledger(ledger).problems] == [True]


@pytest.mark.parametrize(
    ("written", "meant"), [("废 止", "废止"), ("予以保留。", "保留"), ("修改", "修订"), ("不列入", "不列入")]
)
def test_what_people_write_for_a_decision_is_understood(ledger, written, meant):
    _edit(ledger, _decide(written))
    read = read_ledger(ledger)
    assert {row.decision for row in read.rows if row.belongs} == {meant} and read.problems == ()


def test_decisions_come_with_document_and_row(ledger):
    _edit(ledger, _decide("修订"))
    read = read_ledger(ledger)
    table = decisions(read)
    own = [row for row in read.rows if row.belongs]
    assert list(table.columns[:3]) == ["document_id", "row_id", "decision"]
    assert sorted(table["row_id"]) == sorted(line.row_id for row in own for line in row.details)
    assert set(table["decision"]) == {"修订"} and not undecided(read)
    assert sum(tally(own).values()) == tally(own)["修订"] == len(own)


def test_blocks_merged_by_hand_are_read(ledger):
    expected = read_ledger(ledger).rows

    def merge(sheet):
        first = next(n for n in _first_lines(sheet) if sheet[f"{_letter('decision')}{n + 1}"].value == "〃")
        for key in ("title", "number", "decision"):
            sheet.merge_cells(f"{_letter(key)}{first}:{_letter(key)}{first + 1}")

    _edit(ledger, merge)
    assert read_ledger(ledger).rows == expected


def test_dates_and_numbers_that_excel_made_are_read_as_text(ledger):
    import datetime

    def change(sheet):
        sheet[f"{_letter('deadline')}{FIRST_ROW}"] = datetime.datetime(2021, 6, 30)
        sheet[f"{_letter('contact')}{FIRST_ROW}"] = 5.0

    _edit(ledger, change)
    row = read_ledger(ledger).rows[0]
    assert (row.deadline, row.contact) == ("2021-06-30", "5")


def test_a_ledger_kept_by_hand_without_ids_is_read_by_its_serial_numbers(tmp_path):
    book = Workbook()
    for line in (["某县某局台账"], ["序号", "文件名称", "文号", "处置意见"], [1, "甲办法", "甲〔2019〕1号", "废止"]):
        book.active.append(line)
    for line in (
        [2, "乙办法", "", "保留"],
        [2, "乙办法", "", None],
        ["主要负责人（签字）：", None, None, None],
        [3, "签字以下的办法", "", "修订"],
    ):
        book.active.append(line)
    book.save(tmp_path / "hand.xlsx")
    rows = read_ledger(tmp_path / "hand.xlsx").rows
    assert [(row.title, row.decision) for row in rows] == [("甲办法", "废止"), ("乙办法", "保留"), ("签字以下的办法", "修订")]
    assert all(row.scope is Scope.NO_UNIT for row in rows)


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_in_chinese(tmp_path, content):
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(LedgerError, match="另存为"):
        read_ledger(tmp_path / "x.xlsx")


def test_a_workbook_without_the_table_is_refused(tmp_path):
    Workbook().save(tmp_path / "x.xlsx")
    with pytest.raises(LedgerError, match="表头"):
        read_ledger(tmp_path / "x.xlsx")


def test_a_lone_quotation_mark_is_no_ditto_mark(ledger):
    _edit(ledger, lambda sheet: sheet.__setitem__(f"{_letter('title')}{FIRST_ROW}", '"'))
    assert read_ledger(ledger).rows[0].title == '"'
