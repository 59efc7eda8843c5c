"""The verbs of review: what they write, what they say to machines, and that a ledger in work is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.archive import Store, decide
from pipeline.cli import main
from pipeline.ledger import read_ledger
from pipeline.review import Scan, open_in_jupyter


def said(capsys: pytest.CaptureFixture[str]) -> dict:
    """Standard output, which must be one JSON object and nothing else."""
    return json.loads(capsys.readouterr().out)


def test_review_writes_page_and_notebook(scan: Scan, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(out, scan.items[0].document_id, "修订")
    assert main(["review", str(out), "--json"]) == 0
    told = said(capsys)
    assert (told["flagged"], told["decided"]) == (2, 1)
    assert Path(told["page"]).name == "复核.html" and Path(told["page"]).is_file()
    assert Path(told["notebook"]).name == "复核.ipynb" and Path(told["notebook"]).is_file()


def test_the_decisions_of_the_page_reach_the_draft(scan: Scan, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decided = {
        "document_id": scan.items[0].document_id,
        "decision": "立法",
        "note": "",
        "decided_at": "2021-02-01T00:00:00+00:00",
    }
    (out / "复核决定.json").write_text(json.dumps({"decisions": [decided]}), encoding="utf-8")
    assert main(["confirm", str(out), str(out / "复核决定.json"), "--json"]) == 0
    told = said(capsys)
    assert (told["read"], told["decided"], told["unchanged"], told["unknown"]) == (1, 1, 0, 0)
    assert sorted(row.decision for row in read_ledger(out / "ledger.xlsx").rows) == ["", "立法"]


def test_report_is_written_alone_with_the_decisions(scan: Scan, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(out, scan.items[0].document_id, "废止")
    (out / "ledger.xlsx").write_bytes(b"in work")
    assert main(["report", str(out), "--json"]) == 0
    told = said(capsys)
    assert told["found"] == told["screened"] + told["duplicates"] + told["problems"] == 5
    assert "人工决定：废止" in Path(told["report"]).read_text(encoding="utf-8")
    assert (out / "ledger.xlsx").read_bytes() == b"in work"


@pytest.mark.parametrize("verb", ["review", "report"])
def test_a_folder_without_a_scan_is_refused_in_words(verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, str(tmp_path)]) == 2
    assert "没有扫描结果" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("verb", ["review", "report", "ledger"])
def test_a_scan_that_was_stopped_half_way_is_no_ground_for_lists(
    verb: str, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store(out / "scan.sqlite", writing=True) as store:
        store.put_leaders({})  # as a kill before the last step leaves it
    assert main([verb, str(out)]) == 2
    assert "没有完成" in capsys.readouterr().err


def test_without_jupyter_nothing_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert open_in_jupyter(tmp_path / "复核.ipynb") is False
