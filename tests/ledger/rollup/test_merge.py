"""Many units' ledgers in one: sums tie, duplicates and problems are named, nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from pipeline.ledger import build_rows, merge, read_ledger, write_ledger, write_merged
from tests.ledger.ledger_samples import FACTS, UNIT, entries

ROWS = [row for row in build_rows(entries(), UNIT) if row.belongs]


@pytest.fixture
def ledgers(tmp_path):
    """Three units: two share a document (same file), one shares a number only; one row is 不列入, one undecided."""
    a = [replace(row, decision="修订") for row in ROWS[:4]]
    b = [replace(ROWS[0], decision="废止"), replace(ROWS[5], decision="不列入"), replace(ROWS[6], decision="")]
    c = [replace(ROWS[1], document_id="c" * 16, decision="修订")]
    for name, rows in (("甲局", a), ("乙局", b), ("丙局", c), ("丁局", [])):
        write_ledger(rows, tmp_path / f"{name}.xlsx", replace(UNIT, name=name), FACTS)
    return sorted(tmp_path.glob("*.xlsx"))


def test_sums_tie_unit_by_unit_and_in_all(ledgers):
    merged = merge(ledgers)
    assert {unit.unit: unit.listed for unit in merged.units} == {"甲局": 4, "乙局": 2, "丙局": 1, "丁局": 0}
    assert len(merged.rows) == sum(unit.listed for unit in merged.units) == 7
    assert {row.reporter for row in merged.rows} == {"甲局", "乙局", "丙局"}


def test_a_document_of_two_units_is_kept_for_both_and_named(ledgers):
    duplicates = merge(ledgers).duplicates
    assert [(set(d.units), d.why, d.conflict) for d in duplicates] == [
        ({"甲局", "乙局"}, "文件内容相同", True),
        ({"甲局", "丙局"}, "发文字号相同", False),
    ]
    assert all("台账!" in cell for d in duplicates for cell in d.cells)


def test_problems_name_file_and_cell_and_the_rest_is_merged(ledgers, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK broken")
    merged = merge([*ledgers, tmp_path / "坏.xlsx", tmp_path / "没有.xlsx"])
    reasons = {(problem.file, problem.cell.partition("!")[0]): problem.reason for problem in merged.problems}
    assert "没有汇总" in reasons["坏.xlsx", "整个文件"] and "找不到文件" in reasons["没有.xlsx", "整个文件"]
    assert "尚未填写处置意见" in reasons["乙局.xlsx", "台账"]
    assert len(merged.rows) == 7


def test_order_of_the_files_changes_nothing(ledgers, tmp_path):
    write_merged(merge(ledgers), tmp_path / "一.xlsx")
    write_merged(merge(reversed(ledgers)), tmp_path / "二.xlsx")
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_one_unit_that_hands_in_two_ledgers_is_told(ledgers, tmp_path):
    write_ledger([], tmp_path / "甲局再报.xlsx", replace(UNIT, name="甲局"), FACTS)
    assert any("已在甲局.xlsx中报过" in problem.reason for problem in merge(tmp_path.glob("*.xlsx")).problems)


def test_a_roll_up_can_be_rolled_up_again(ledgers, tmp_path):
    merged = merge(ledgers)
    write_merged(merged, tmp_path / "县.xlsx", unit="某县")
    again = merge([tmp_path / "县.xlsx"])
    assert list(again.rows) == list(merged.rows)
    assert len(again.duplicates) == len(merged.duplicates)


def test_the_workbook_has_counts_that_add_up(ledgers, tmp_path):
    write_merged(merge(ledgers), tmp_path / "汇总.xlsx")
    sheet = load_workbook(tmp_path / "汇总.xlsx", data_only=True)["报送情况"]
    head, *body, total = [list(line) for line in sheet.iter_rows(values_only=True)]
    first, whole = head.index("文件") + 1, head.index("合计")
    assert total[first:] == [sum(column) for column in zip(*(line[first:] for line in body), strict=True)]
    assert all(sum(line[first:whole]) == line[whole] for line in (*body, total))
    assert len(read_ledger(tmp_path / "汇总.xlsx").rows) == total[whole]
