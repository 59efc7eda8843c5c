"""Decisions of review: kept at once, last word counts, taken over by a confirmed ledger, never past a seal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

import pipeline
from pipeline.archive import CHOICES, confirm, decide, decided, rewrite_outputs, seal_out, take_reviews
from pipeline.ledger import LedgerError, read_ledger
from tests.e2e.conftest import MEASURES, NOTICE
from tests.e2e.test_decisions import decide as fill_in


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A scan of one hit and one ordinary notice."""
    archive = tmp_path / "档案"
    archive.mkdir()
    (archive / "办法.txt").write_text(MEASURES, encoding="utf-8")
    (archive / "通知.txt").write_text(NOTICE, encoding="utf-8")
    pipeline.scan(archive, tmp_path / "out", workers=1, as_of="2021-01-25")
    return tmp_path / "out"


def ids(out: Path) -> list[str]:
    """The hit, then the notice."""
    table = pipeline.ScanResult(2, 2, 0, 0, 1, 0.0, out).documents
    return [sha256[:16] for sha256 in table.sort_values("得分", ascending=False)["sha256"]]


def saved(path: Path, *decisions: dict) -> Path:
    path.write_text(json.dumps({"decisions": decisions}), encoding="utf-8")
    return path


def test_a_review_outlives_a_rescan(out: Path) -> None:
    decide(out, ids(out)[0], "废止", "无依据")
    pipeline.scan(out.parent / "档案", out, workers=1, as_of="2020-01-01")
    assert [row.decision for row in read_ledger(out / "ledger.xlsx").rows] == ["废止"]


def test_a_later_review_overrides_the_confirmed_ledger_until_the_next_one(out: Path, tmp_path: Path) -> None:
    hit = ids(out)[0]
    confirm(out, fill_in(out / "ledger.xlsx", tmp_path / "一.xlsx", "修订"))
    decide(out, hit, "废止")
    assert decided(out)[hit].decision == "废止"
    rewrite_outputs(out)
    confirm(out, fill_in(out / "ledger.xlsx", tmp_path / "二.xlsx", "立法"))
    assert decided(out)[hit].decision == "立法"


def test_a_note_is_not_doubled_in_the_remark(out: Path, tmp_path: Path) -> None:
    hit = ids(out)[0]
    decide(out, hit, "废止", "第一次")
    rewrite_outputs(out)
    confirm(out, out / "ledger.xlsx")
    decide(out, hit, "修订", "第二次")
    rewrite_outputs(out)
    (row,) = read_ledger(out / "ledger.xlsx").rows
    assert row.remark.count("复核意见") == 1
    assert "第二次" in row.remark


def test_a_seal_waits_for_what_review_decided(out: Path, tmp_path: Path) -> None:
    confirm(out, fill_in(out / "ledger.xlsx", tmp_path / "一.xlsx", "修订"))
    hit, notice = ids(out)
    decide(out, notice, "不列入")  # an unflagged document that stays out has no row to wait for
    decide(out, hit, "废止")
    with pytest.raises(LedgerError, match="1 个决定还没有经台账确认"):
        seal_out(out)
    rewrite_outputs(out)
    confirm(out, out / "ledger.xlsx")
    assert seal_out(out, without_audit="局长甲").counts["废止"] == 1
    with pytest.raises(LedgerError, match="封存"):
        decide(out, hit, "保留")


def test_the_file_of_the_page_is_taken_in(out: Path, tmp_path: Path) -> None:
    hit = ids(out)[0]
    file = saved(
        tmp_path / "复核决定.json", {"document_id": hit, "decision": "立法", "note": "待\n立法", "decided_at": "2021-02-01"}
    )
    assert take_reviews(out, file).decided == 1
    assert (decided(out)[hit].decision, decided(out)[hit].note) == ("立法", "待 立法")


def test_an_older_decision_does_not_replace_a_later_one(out: Path, tmp_path: Path) -> None:
    hit = ids(out)[0]
    decide(out, hit, "废止")
    take_reviews(out, saved(tmp_path / "旧.json", {"document_id": hit, "decision": "保留", "decided_at": "2020-01-01"}))
    assert decided(out)[hit].decision == "废止"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "不是复核页面"),
        ('{"decisions": [{"document_id": 1}]}', "不是复核页面"),
        ('{"decisions": [{"document_id": "a", "decision": "再议"}]}', "再议"),
        ('{"decisions": [{"document_id": "别处", "decision": "保留"}]}', "没有一个文件"),
    ],
)
def test_a_file_that_can_not_be_taken_in_is_refused_in_words(out: Path, tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "坏.json").write_text(content, encoding="utf-8")
    with pytest.raises(LedgerError, match=told):
        take_reviews(out, tmp_path / "坏.json")
    assert decided(out) == {}


def test_a_note_is_never_a_formula(out: Path) -> None:
    hit = ids(out)[0]
    decide(out, hit, "保留", "=HYPERLINK(1)")
    assert decided(out)[hit].note == "=HYPERLINK(1)"
    rewrite_outputs(out)
    sheet = load_workbook(out / "ledger.xlsx")["台账"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_unknown_words_and_documents_are_refused(out: Path) -> None:
    with pytest.raises(ValueError, match="再议"):
        decide(out, ids(out)[0], "再议")
    with pytest.raises(KeyError):
        decide(out, "0" * 16, CHOICES[0])
