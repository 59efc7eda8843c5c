"""What a confirmed ledger teaches: kept lines, deleted lines, rejected documents, and what it must not teach."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import pipeline
from pipeline.archive import Mark, add_marks, confirm
from pipeline.archive import decide as review
from pipeline.classify.lexicon import FUNCTIONS
from pipeline.learn import Annotations, lessons
from pipeline.ledger import LedgerError, read_ledger
from pipeline.ledger.workbook.columns import column_of
from tests.e2e.test_decisions import decide


def columns(sheet: Worksheet) -> dict[str, int]:
    return {
        key: cell.column
        for row in sheet.iter_rows(max_row=10)
        for cell in row
        if isinstance(cell.value, str) and (key := column_of(cell.value))
    }


def lines(sheet: Worksheet) -> list[int]:
    content = columns(sheet)["content"]
    return [row for row in range(1, sheet.max_row + 1) if "条（" in str(sheet.cell(row, content).value or "")]


def taught(data: Annotations) -> dict[str, list[str]]:
    """The clause's first words, its number left out -> its functions."""
    return {
        text.partition("‖")[2].strip()[:2]: [name for name, has in zip(FUNCTIONS, row[1:], strict=True) if has]
        for text, row in zip(data.texts, data.labels, strict=True)
    }


@pytest.fixture
def out(archive: Path, tmp_path: Path) -> Path:
    pipeline.scan(archive, tmp_path / "out", workers=1)
    return tmp_path / "out"


def test_kept_clauses_are_positives_with_the_functions_that_the_person_left(out: Path, tmp_path: Path) -> None:
    filled = decide(out / "ledger.xlsx", tmp_path / "填好.xlsx", "修订")
    book = load_workbook(filled)
    sheet = book["台账"]
    for line in lines(sheet):
        if "第四条" in sheet.cell(line, columns(sheet)["content"]).value:
            sheet.cell(line, columns(sheet)["functions"]).value = "修复、公开"
    book.save(filled)
    confirm(out, filled)
    learnt = lessons(out)
    assert taught(learnt)["企业"] == ["公开", "修复"]
    assert "惩戒" in taught(learnt)["列入"]
    assert learnt.decided.all() and len(set(learnt.groups)) == 1


def test_a_line_that_the_person_deleted_is_a_negative(out: Path, tmp_path: Path) -> None:
    filled = decide(out / "ledger.xlsx", tmp_path / "填好.xlsx", "废止")
    book = load_workbook(filled)
    sheet = book["台账"]
    content = columns(sheet)["content"]
    for line in reversed(lines(sheet)):
        if "第四条" in sheet.cell(line, content).value:
            for cell in sheet[line]:
                cell.value = None
    book.save(filled)
    confirm(out, filled)
    assert taught(lessons(out))["企业"] == []


def test_what_another_version_of_the_rules_adds_was_not_rejected(out: Path, tmp_path: Path) -> None:
    filled = decide(out / "ledger.xlsx", tmp_path / "填好.xlsx", "废止")
    book = load_workbook(filled)
    sheet = book["台账"]
    for line in lines(sheet):
        sheet.cell(line, columns(sheet)["version"]).value = "以前的规则"
        if "第四条" in sheet.cell(line, columns(sheet)["content"]).value:
            for cell in sheet[line]:
                cell.value = None
    book.save(filled)
    confirm(out, filled)
    assert "企业" not in taught(lessons(out))


def test_the_flagged_clauses_of_a_rejected_document_are_negatives(out: Path, tmp_path: Path) -> None:
    confirm(out, decide(out / "ledger.xlsx", tmp_path / "填好.xlsx", "不列入"))
    learnt = taught(lessons(out))
    assert learnt and not any(learnt.values())


def test_a_quotation_that_was_rewritten_teaches_nothing(out: Path, tmp_path: Path) -> None:
    filled = decide(out / "ledger.xlsx", tmp_path / "填好.xlsx", "保留")
    book = load_workbook(filled)
    sheet = book["台账"]
    for line in lines(sheet):
        sheet.cell(line, columns(sheet)["content"]).value = "第九条（第1页）\n“另写的一句话。”"
        sheet.cell(line, columns(sheet)["version"]).value = None
    book.save(filled)
    confirm(out, filled)
    assert len(lessons(out)) == 0


def test_a_document_rejected_in_review_teaches_over_what_the_ledger_said(out: Path, tmp_path: Path) -> None:
    confirm(out, decide(out / "ledger.xlsx", tmp_path / "填好.xlsx", "修订"))
    assert any(taught(lessons(out)).values())
    review(out, read_ledger(out / "ledger.xlsx").rows[0].document_id, "不列入")
    learnt = taught(lessons(out))
    assert learnt and not any(learnt.values())


def test_a_document_kept_in_review_waits_for_the_ledger_to_name_its_clauses(out: Path) -> None:
    review(out, read_ledger(out / "ledger.xlsx").rows[0].document_id, "保留")
    assert len(lessons(out)) == 0


def test_near_clauses_of_a_document_marked_innocent_in_an_audit_are_negatives(
    out: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive / "纪律.txt").write_text("第一条 加强诚信考试教育，学员应当遵守考场纪律。", encoding="utf-8")
    pipeline.scan(archive, out, workers=1)
    sha256 = hashlib.sha256((archive / "纪律.txt").read_bytes()).hexdigest()
    add_marks(out, [Mark(sha256, "否", "纪律.txt")])
    monkeypatch.setattr(sys.modules[lessons.__module__], "_NEAR", 0.0)
    learnt = lessons(out)
    assert learnt.groups == [sha256[:16]]
    assert not learnt.labels.any()


def test_without_any_decision_it_says_what_to_do(out: Path, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="shixin confirm"):
        lessons(out)
    with pytest.raises(FileNotFoundError):
        lessons(tmp_path / "别处")
