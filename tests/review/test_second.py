"""Two readers: the sample, a blind second reading, agreement with its interval, and what is left to settle."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score

import pipeline
from pipeline.archive import decide, decided
from pipeline.cli import main
from pipeline.decisions import FILE, SECOND, Batch, Change, Journal
from pipeline.review import agreement, disputes, served
from pipeline.review.second import NothingToReadAgain, draw
from tests.review.served import Client, make_archive


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("两人")
    pipeline.scan(make_archive(folder / "档案", 6), folder / "out", workers=1, as_of="2021-01-25")
    return folder / "out"


@pytest.fixture
def out(finished: Path, tmp_path: Path) -> Path:
    import shutil

    made = Path(shutil.copytree(finished, tmp_path / "out"))
    with served(made, name="甲").in_background() as page:
        client = Client(page)
        for number, id_ in enumerate(client.get("/api/order")["ids"][:5]):
            client.decide(id_, ("废止", "修订")[number % 2])
    return made


def test_a_sample_is_drawn_once_and_only_grows(out: Path) -> None:
    first = draw(out, "乙", 2)
    assert len(first) == 2 and draw(out, "乙", 2) == first
    assert draw(out, "乙", 4)[:2] == first
    assert len(draw(out, "乙", 99)) == 5
    with pytest.raises(NothingToReadAgain):
        draw(out, "甲", 2)  # nobody else has decided anything


def test_the_second_reader_sees_nothing_of_the_first_and_changes_nothing(out: Path) -> None:
    before = decided(out)
    with served(out, second="乙", sample=4).in_background() as page:
        client = Client(page)
        shown = client.get("/api/order")
        assert len(shown["ids"]) == 4 and shown["decided"] == []
        for id_ in shown["ids"]:
            view = client.get(f"/api/view/{id_}")
            assert (view["decision"], view["who"], view["note"], view["suggestion"], view["lines"]) == ("", "", "", "", [])
            assert "甲" not in json.dumps(view, ensure_ascii=False)
        one, two, three, _ = shown["ids"]
        client.decide(one, before[one].decision, who="乙")
        client.decide(two, "保留", who="乙")
        client.decide(three, "保留", who="乙")
        client.post("/api/undo", {"who": "乙"})
        assert client.get("/api/order")["progress"] == {"done": 2, "of": 4}
    assert decided(out) == before
    found = agreement(out)
    assert len(found.pairs) == 2 and found.share == 0.5
    assert [(pair.document_id, pair.second) for pair in disputes(out)] == [(two, "保留")]
    decide(out, two, "保留", who="丙")
    assert disputes(out) == [] and agreement(out).pairs[1].settled == "保留"


def test_kappa_is_as_by_hand_and_the_interval_holds_it(out: Path) -> None:
    # both say 废止 3 times, both 修订 1 time, once 废止 against 修订: observed 0.8, by chance 0.6*0.8 + 0.4*0.2 = 0.56
    words = {id_: each.decision for id_, each in decided(out).items()}
    second = dict(words)
    changed = next(id_ for id_, word in words.items() if word == "修订")
    second[changed] = "废止"
    with Journal(out / FILE) as journal:
        journal.append([Change(id_, SECOND, "", word) for id_, word in second.items()], Batch("复核", "", "乙"))
    found = agreement(out)
    assert found.kappa == pytest.approx((0.8 - 0.56) / (1 - 0.56))
    both = [[pair.first for pair in found.pairs], [pair.second for pair in found.pairs]]
    assert found.kappa == pytest.approx(cohen_kappa_score(*both))
    assert found.low is not None and found.high is not None and found.low <= found.kappa <= found.high
    assert "Kappa" in found.sentence


def test_one_word_throughout_gives_no_kappa(out: Path) -> None:
    with Journal(out / FILE) as journal:
        id_ = next(id_ for id_, each in decided(out).items() if each.decision == "废止")
        journal.append([Change(id_, SECOND, "", "废止")], Batch("复核", "", "乙"))
    assert agreement(out).kappa is None and "扩大样本" in agreement(out).sentence


def test_the_command_lists_the_disputes(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(out), "--agreement", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["read"] == 0
    with Journal(out / FILE) as journal:
        changes = [Change(id_, SECOND, "", "立法") for id_ in decided(out)]
        journal.append(changes, Batch("复核", "", "乙"))
    assert main(["review", str(out), "--agreement"]) == 0
    said = capsys.readouterr().out
    assert "分歧 5 份" in said and "甲：" in said and "乙：立法" in said
