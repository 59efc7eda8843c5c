"""People decide: a confirmed row outlives a rescan, a sealed ledger is not changed, later finds go to a supplement."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

import pipeline
from pipeline.archive import confirm, seal_out, take_problem_sheet
from pipeline.ledger import LedgerError, read_ledger
from pipeline.ledger.workbook.columns import column_of
from tests.e2e.conftest import MEASURES


def decide(ledger: Path, filled: Path, decision: str) -> Path:
    """Fill in the decision in every first line, as a person would."""
    book = load_workbook(ledger)
    sheet = book["台账"]
    heading = next(row for row in sheet.iter_rows() if any(column_of(str(cell.value or "")) == "decision" for cell in row))
    column = next(cell.column for cell in heading if column_of(str(cell.value or "")) == "decision")
    sheet.cell(heading[0].row + 1, column).value = decision
    book.save(filled)
    return filled


def settle(out: Path) -> None:
    """Say of every problem file that a person has looked at it."""
    path = out / "问题文件处理表.xlsx"
    book = load_workbook(path)
    for row in book.active.iter_rows(min_row=4):
        row[5].value = "已人工查看，不是失信约束文件"
    book.save(path)
    assert take_problem_sheet(out, path) == (3, 0)


def test_a_confirmed_decision_outlives_a_rescan(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pipeline.scan(archive, out, workers=1)
    assert confirm(out, decide(out / "ledger.xlsx", tmp_path / "填好.xlsx", "废止")).decided == 1
    pipeline.scan(archive, out, workers=1, as_of="2020-01-01")
    assert [row.decision for row in read_ledger(out / "ledger.xlsx").rows] == ["废止"]


def test_a_wrong_decision_is_refused_with_its_cell(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pipeline.scan(archive, out, workers=1)
    with pytest.raises(LedgerError, match="填好"):
        confirm(out, decide(out / "ledger.xlsx", tmp_path / "填好.xlsx", "再议"))


def test_after_the_seal_a_later_find_goes_to_the_supplement(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pipeline.scan(archive, out, workers=1)
    confirm(out, decide(out / "ledger.xlsx", tmp_path / "填好.xlsx", "修订"))
    settle(out)
    sealed = seal_out(out, without_audit="负责人甲")
    later = MEASURES.replace("取水", "节水").replace("31号", "45号").replace("计量数据", "节水报表")
    (archive / "后来找到的.txt").write_text(later, encoding="utf-8")
    result = pipeline.scan(archive, out, workers=1)
    assert result.flagged == 2
    assert any("增补台账" in note for note in result.notes)
    assert [row.number for row in read_ledger(out / "增补台账.xlsx").rows] == ["云水发〔2018〕45号"]
    with pytest.raises(LedgerError, match="封存"):
        confirm(out, tmp_path / "填好.xlsx")
    assert sealed.counts["修订"] == 1
