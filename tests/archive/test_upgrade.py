"""A new version of the program over an old output folder: told beforehand, judged anew, and no decision lost."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import pipeline
from pipeline.archive import decide, decided, outdated
from pipeline.archive.store import Store
from pipeline.archive.versions import result_versions
from tests.e2e.conftest import MEASURES

AS_OF = "2021-01-25"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "档案").mkdir()
    (tmp_path / "档案" / "取水信用办法.txt").write_text(MEASURES, encoding="utf-8")
    (tmp_path / "档案" / "坏.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<")
    pipeline.scan(tmp_path / "档案", tmp_path / "结果", workers=1, as_of=AS_OF)
    return tmp_path / "结果"


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version whose rules and readers are others."""
    monkeypatch.setattr(result_versions, "_rules_version", lambda: "f" * 16)
    for module in ("pipeline.archive.scan", "pipeline.archive.versions.upgrade"):
        monkeypatch.setattr(import_module(module), "reading_version", lambda: "e" * 16)


def test_the_same_version_has_nothing_to_say(out):
    assert outdated(out, AS_OF) is None
    assert outdated(out, "2022-06-01") is None
    assert outdated(out / "别处", AS_OF) is None


def test_a_new_version_says_what_it_will_judge_anew_and_keeps_the_decision(out, newer):
    with Store(out / "scan.sqlite") as store:
        (id_,) = [summary.sha256[:16] for summary in store.summaries()]
    decide(out, id_, "废止", "已商法规科")
    found = outdated(out, AS_OF)
    assert found is not None and (found.judged, found.read, found.decisions) == (1, 1, 1)
    assert "1 份文件按新的规则" in found.sentence() and "1 项人工决定全部保留" in found.sentence()
    result = pipeline.scan(out.parent / "档案", out, workers=1, as_of=AS_OF)
    with Store(out / "scan.sqlite") as store:
        assert set(store.versions()) == {f"{'f' * 16}@{AS_OF}"}
    assert (result.found, result.flagged) == (2, 1)
    assert [(each.decision, each.note) for each in decided(out).values()] == [("废止", "已商法规科")]
    assert outdated(out, AS_OF) is None
