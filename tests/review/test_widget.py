"""The review in a notebook, driven as a person drives it: what is clicked is kept, and shown again after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.archive import Store, decided, read_marks, rewrite_outputs
from pipeline.ledger import NOT_LISTED, read_ledger
from pipeline.review import Scan, open_scan
from pipeline.review.queue import Pick, State


def titles(review) -> list[str]:
    return [line for line, _ in review.list.options]


def test_the_list_shows_the_hits_and_opens_the_first(scan: Scan) -> None:
    review = scan.review()
    assert len(review.list.options) == 2
    assert review.item.title in review.view.value.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'")
    assert "已决定 0/2" in review.said.value


def test_a_decision_survives_a_restart(scan: Scan, out: Path) -> None:
    review = scan.review()
    hit = review.item
    review.note.value = "与上位法不一致"
    review.buttons["废止"].click()
    again = open_scan(out).review()
    assert "已决定 1/2" in again.said.value
    again.open(hit.document_id)
    assert (again.item.decision, again.note.value) == ("废止", "与上位法不一致")
    assert any("【废止】" in line for line in titles(again))


def test_after_a_decision_the_next_undecided_document_opens(scan: Scan) -> None:
    review = scan.review()
    first, second = (value for _, value in review.list.options)
    review.buttons["修订"].click()
    assert review.list.value == second
    review.buttons["保留"].click()
    assert "已决定 2/2" in review.said.value
    review.previous.click()
    assert review.list.value == first


def test_a_decision_is_in_the_draft_ledger(scan: Scan, out: Path) -> None:
    review = scan.review()
    hit = review.item.document_id
    review.note.value = "只剩一条有效"
    review.buttons["修订"].click()
    rewrite_outputs(out)
    rows = {row.document_id: row for row in read_ledger(out / "ledger.xlsx").rows}
    assert rows.pop(hit).decision == "修订"
    assert [row.decision for row in rows.values()] == [""]
    assert "复核意见：只剩一条有效" in next(row.remark for row in read_ledger(out / "ledger.xlsx").rows if row.decision)


def test_a_note_written_after_the_decision_is_kept(scan: Scan, out: Path) -> None:
    review = scan.review()
    hit = review.item.document_id
    review.buttons["立法"].click()
    review.open(hit)
    review.note.value = "后来补写的意见"
    assert decided(out)[hit].note == "后来补写的意见"
    assert decided(out)[hit].decision == "立法"


def test_a_note_waits_for_its_decision_while_other_documents_are_read(scan: Scan, out: Path) -> None:
    review = scan.review()
    review.note.value = "还要再看"
    review.next.click()
    assert review.note.value == ""
    review.previous.click()
    assert review.note.value == "还要再看"
    assert decided(out) == {}


def test_taking_back_leaves_the_document_undecided(scan: Scan, out: Path) -> None:
    review = scan.review()
    hit = review.item.document_id
    review.buttons["立法"].click()
    review.open(hit)
    review.undo.click()
    assert review.item.decision == ""
    assert decided(out) == {}


def test_filters_narrow_the_list(scan: Scan) -> None:
    review = scan.review()
    review.function.value = "修复"
    assert len(review.list.options) == 1
    review.function.value = "全部环节"
    review.buttons["保留"].click()
    review.state.value = State.DECIDED.value
    assert len(review.list.options) == 1
    review.state.value = State.ANY.value
    review.pick.value = Pick.ALL.value
    assert len(review.list.options) == 3


def test_documents_of_other_units_are_apart_and_not_waited_for(out: Path, tmp_path: Path) -> None:
    (tmp_path / "unit.toml").write_text('单位名称 = "云州市水务局"', encoding="utf-8")
    with Store(out / "scan.sqlite", writing=True) as store:
        store.set_meta("unit", str(tmp_path / "unit.toml"))
    review = open_scan(out).review()
    assert [review.item.path] == ["取水.txt"]
    assert "已决定 0/1（另有 1 个不属本单位）" in review.said.value
    review.pick.value = Pick.OUTSIDE.value
    assert [review.item.path] == ["用工.txt"]


def test_no_document_leaves_nothing_to_click(scan: Scan) -> None:
    review = scan.review()
    review.state.value = State.DECIDED.value
    assert review.item is None
    assert all(button.disabled for button in (*review.buttons.values(), review.undo, review.next))


def test_an_unflagged_document_that_is_kept_enters_the_ledger(scan: Scan, out: Path) -> None:
    review = scan.review()
    review.pick.value = Pick.NEAR.value
    review.buttons["修订"].click()
    rewrite_outputs(out)
    assert any("汛前检查" in row.title and row.decision == "修订" for row in read_ledger(out / "ledger.xlsx").rows)
    review.buttons[NOT_LISTED].click()
    rewrite_outputs(out)
    assert not any("汛前检查" in row.title for row in read_ledger(out / "ledger.xlsx").rows)
    assert [mark.says for mark in read_marks(out).values()] == ["否"]


def test_a_decision_made_while_a_scan_runs_is_said_not_to_be_saved(scan: Scan, out: Path) -> None:
    review = scan.review()
    with Store(out / "scan.sqlite", writing=True):
        review.buttons["保留"].click()
        assert "正在扫描" in review.said.value
        review.next.click()
        assert "正在扫描" in review.view.value
    assert decided(out) == {}


def test_what_could_not_be_saved_is_said_and_not_shown_as_decided(scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    review = scan.review()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "占用", "复核记录.csv")

    monkeypatch.setattr("pipeline.review.widget.decide", refuse)
    review.buttons["保留"].click()
    assert "没有保存" in review.said.value
    assert review.item.decision == ""
    assert "已决定 0/2" in review.said.value
