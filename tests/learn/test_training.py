"""A training run from end to end, on a part of the annotated data: what it writes, learns from people, and refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from pipeline.classify import load_model
from pipeline.classify.lexicon import FUNCTIONS
from pipeline.classify.model import FILES
from pipeline.classify.near.stack import NEAR_FILE
from pipeline.learn import Annotations, train, training
from pipeline.learn.annotations import as_annotations
from pipeline.learn.near import StackLearner
from pipeline.learn.training import TrainingReport
from pipeline.shipped import ANNOTATED

BATCHES = ("a_construction", "a_tax_wage", "a_neg", "a_food_drug")


def small_classifier() -> StackLearner:
    """Few trees over few terms: quick to fit."""
    return StackLearner(trees=30, share=0.05, parts=2)


def blind_classifier() -> StackLearner:
    """One tree, which hardly moves from the share of each label: as bad as a model can be."""
    return StackLearner(trees=1, share=0.001, parts=2)


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("标注")
    (folder / "clauses").mkdir()
    (folder / "documents").mkdir()
    for batch in BATCHES:
        shutil.copy(ANNOTATED / "clauses" / f"{batch}.jsonl", folder / "clauses")
    shutil.copy(ANNOTATED / "documents" / "a_1.jsonl", folder / "documents")
    return folder


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "new_classifier", small_classifier)


@pytest.fixture(scope="module")
def first(annotated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, TrainingReport]:
    folder = tmp_path_factory.mktemp("模型")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "new_classifier", small_classifier)
        return folder, train(folder, annotated_in=annotated)


@pytest.fixture
def trained(first: tuple[Path, TrainingReport], tmp_path: Path) -> tuple[Path, TrainingReport]:
    """A model folder to change, and the report of its training."""
    shutil.copytree(first[0], tmp_path / "models")
    return tmp_path / "models", first[1]


def decided(count: int, *, documents: int, functions: tuple[str, ...] = ("惩戒",)) -> Annotations:
    return as_annotations(
        [
            (f"d{row}", f"文件{row % documents}", f"‖第{row}号泵站的值守人员虚报水位的，{row}日内不得评优。", functions)
            for row in range(count)
        ],
        decided=True,
    )


def test_a_run_leaves_a_model_its_figures_a_plot_and_a_card(trained: tuple[Path, TrainingReport]) -> None:
    folder, report = trained
    assert {path.name for path in folder.iterdir()} == set(FILES)
    assert report.replaced and report.changes == []
    card = (folder / "README.md").read_text(encoding="utf-8")
    for said in (report.version, f"{report.recall:.3f}", "95% 区间", "reliability.svg", "3%", "--rollback", "局限"):
        assert said in card
    assert "可靠性图" in (folder / "reliability.svg").read_text(encoding="utf-8")
    assert json.loads((folder / "metrics.json").read_text(encoding="utf-8"))["version"] == report.version


def test_every_figure_lies_in_its_interval(trained: tuple[Path, TrainingReport]) -> None:
    _, report = trained
    figures = {
        "查全率": report.recall,
        "误报率": report.false_rate,
        "查准率": report.precision,
        "各环节平均": report.macro_f1,
    } | report.f1
    for name, value in figures.items():
        low, high = report.intervals[name]
        assert low <= value <= high
    assert set(report.slips) == {"1%", "3%"}
    assert report.documents["查全率"][1] > 0


def test_the_model_uses_the_thresholds_that_training_chose(trained: tuple[Path, TrainingReport]) -> None:
    folder, report = trained
    settings = load_model(folder).settings
    assert settings.functions == report.thresholds
    assert (settings.flag, settings.version) == (report.flag, report.version)


def test_a_worse_model_is_refused_and_the_old_one_left_alone(
    trained: tuple[Path, TrainingReport], annotated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = trained
    before = {name: (folder / name).read_bytes() for name in FILES}
    monkeypatch.setattr(training, "new_classifier", blind_classifier)
    monkeypatch.setattr(training, "_version", lambda data: "worse")
    report = train(folder, annotated_in=annotated)
    assert not report.replaced
    assert any(change.worse for change in report.changes)
    assert {name: (folder / name).read_bytes() for name in FILES} == before


def test_a_better_model_takes_the_place_and_the_old_one_is_kept(
    trained: tuple[Path, TrainingReport], annotated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "other"
    monkeypatch.setattr(training, "new_classifier", blind_classifier)
    poor = train(folder, annotated_in=annotated)
    monkeypatch.setattr(training, "new_classifier", small_classifier)
    monkeypatch.setattr(training, "_version", lambda data: "better")
    report = train(folder, annotated_in=annotated)
    assert report.replaced
    assert {change.part for change in report.changes} == {"随附标注"}
    assert report.macro_f1 > poor.macro_f1
    assert (folder / "versions" / poor.version / NEAR_FILE).is_file()


def test_decisions_are_learnt_and_shown_before_and_after(trained: tuple[Path, TrainingReport], annotated: Path) -> None:
    folder, before = trained
    report = train(folder, annotated_in=annotated, decisions=decided(40, documents=10))
    assert report.decided == 40 and report.clauses == before.clauses + 40
    assert {change.part for change in report.changes} == {"随附标注", "人工决定"}
    f1 = {change.part: change for change in report.changes if change.name == "查全率"}
    assert f1["人工决定"].after > f1["人工决定"].before
    assert report.replaced
    assert "人工决定" in (folder / "README.md").read_text(encoding="utf-8")
    assert train(folder, annotated_in=annotated).forgotten == 40


def test_one_office_cannot_drown_the_shipped_data(annotated: Path) -> None:
    shipped = training.read_annotations(annotated)
    learnt = training._learnt_from(shipped, decided(3000, documents=1000))
    assert learnt.decided.mean() == pytest.approx(0.25, abs=0.01)
    few = training._learnt_from(shipped, decided(300, documents=2))
    assert few.decided.sum() == 16


def test_what_is_already_known_is_not_learnt_twice(annotated: Path) -> None:
    shipped = training.read_annotations(annotated)
    same = as_annotations([("d1", "文件1", shipped.texts[0], ("惩戒",))], decided=True)
    assert len(training._learnt_from(shipped, same)) == len(shipped)


def test_labels_are_columns_in_the_order_of_the_notice() -> None:
    made = as_annotations([("1", "组", "甲", ["惩戒", "认定"]), ("2", "组", "乙", [])])
    assert made.labels.tolist() == [[1, *(int(name in ("惩戒", "认定")) for name in FUNCTIONS)], [0] * 8]
    assert np.array_equal(made.decided, [False, False])


def test_decisions_that_teach_nothing_change_nothing(annotated: Path) -> None:
    shipped = training.read_annotations(annotated)
    assert len(training._learnt_from(shipped, as_annotations([], decided=True))) == len(shipped)
