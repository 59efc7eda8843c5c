"""Training (训练): annotated clauses, and what people decided, in; the shipped model, its settings and its card out.

Every figure comes from grouped cross-validation (see `cross_validation`): clauses of one annotation batch and sector stay
together, so that a clause is never judged by a model that saw its neighbours.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from pipeline import classify
from pipeline.classify.lexicon import FUNCTIONS
from pipeline.classify.model import MODELS, Model, save_model
from pipeline.learn import cross_validation
from pipeline.learn.annotations import Annotations, annotated, is_ordinary, read_annotations
from pipeline.learn.card import write_card
from pipeline.learn.comparison import Difference, compare
from pipeline.learn.cross_validation import Judged
from pipeline.learn.held_out import measure_documents
from pipeline.learn.linear import fit_far, fit_material
from pipeline.learn.near import StackLearner, load_recipe, save_recipe
from pipeline.learn.report import TrainingReport
from pipeline.learn.slips import slipping
from pipeline.learn.versions import put_in_place, read_metrics, require_writable
from pipeline.shipped import ANNOTATED

_PROGRAM = (Path(classify.__file__).parent, Path(__file__).parent)  # what judges, and what learns
_SLIPS = (0.01, 0.03)  # as good and as poor scans are read
_DECIDED_SHARE = 0.25  # of what is learnt at most comes from decisions: one office must not drown the shipped data
_DECIDED_PER_DOCUMENT = 8


def new_classifier() -> StackLearner:
    """The unfitted model; see `benchmarks.candidates` for what it was chosen from."""
    return StackLearner()


def train(
    folder: Path = MODELS,
    *,
    annotated_in: Path = ANNOTATED,
    decisions: Annotations | None = None,
    step: Callable[[str], None] = lambda _: None,
) -> TrainingReport:
    """Fit, calibrate, choose operating point and thresholds, and put the model in place unless it is worse than the one there.

    Worse means: any figure that `comparison.compare` calls worse, on the annotated clauses or on the decided ones. The model
    in place takes part as its recipe, fitted in each fold on those of its clauses that lie outside it; one that the present
    program can't load, or that does not say what it learnt from, is replaced without comparison. ``step`` is told, in
    Chinese, what is being done. Raises VersionError where the folder can't be written to.
    """
    require_writable(folder)
    data = _learnt_from(read_annotations(annotated_in), decisions)
    fold = cross_validation.folds(data)
    step("交叉验证新模型")
    values, *slipped = cross_validation.out_of_fold(new_classifier(), data, fold, altered=[slipping(rate) for rate in _SLIPS])
    judged = cross_validation.judge(values, data.labels, fold)
    report = _report(data, values, fold, judged, _counts(data, annotated_in))
    report = replace(report, slips=_borne(data, values, fold, slipped))
    step("在相同的折上验证现有模型")
    forgotten = read_metrics(folder).get("decided", 0) if decisions is None else 0
    report = replace(report, changes=_changes(folder, data, fold, judged, report.version), forgotten=forgotten)
    if any(change.worse for change in report.changes):
        return replace(report, replaced=False)
    step("用全部数据训练")
    settings = cross_validation.settle(values, data.labels, report.version)
    model = Model(
        cross_validation.taught(new_classifier(), data).judge_,
        settings,
        fit_far(data, is_ordinary(data)),
        fit_material(annotated_in),
    )
    documents = measure_documents([row for _, row in annotated("documents", annotated_in)], model)
    report = replace(report, documents={name: (share.hits, share.total) for name, share in documents.items()})
    with tempfile.TemporaryDirectory() as made:
        save_model(model, Path(made))
        save_recipe(new_classifier(), Path(made))
        write_card(report, Path(made), candidates=folder / "candidates.json")
        put_in_place(Path(made), folder)
    return report


def _learnt_from(shipped: Annotations, decisions: Annotations | None) -> Annotations:
    """The shipped clauses, then decided ones: new texts only, a few a document, no more in all than their share."""
    if decisions is None:
        return shipped
    room = int(len(shipped) * _DECIDED_SHARE / (1 - _DECIDED_SHARE))
    seen, of_document = set(shipped.texts), Counter[str]()
    chosen: list[int] = []
    for index in sorted(range(len(decisions)), key=lambda index: hashlib.sha256(decisions.ids[index].encode()).digest()):
        text, group = decisions.texts[index], decisions.groups[index]
        if text not in seen and of_document[group] < _DECIDED_PER_DOCUMENT and len(chosen) < room:
            seen.add(text)
            of_document[group] += 1
            chosen.append(index)
    return shipped.followed_by(decisions.take(np.array(sorted(chosen), dtype=int)))


def _report(
    data: Annotations, values: np.ndarray, fold: np.ndarray, judged: Judged, counts: dict[str, dict[str, int]]
) -> TrainingReport:
    relevant = data.labels[:, 0] == 1
    figures = cross_validation.figures(data, judged)
    settled = cross_validation.settle(values, data.labels)
    tenths = cross_validation.reliability(judged.chances[:, 0], relevant)
    return TrainingReport(
        version=_version(data),
        trained=date.today().isoformat(),
        clauses=len(data),
        relevant=int(relevant.sum()),
        decided=int(data.decided.sum()),
        flag=settled.flag,
        thresholds=settled.functions,
        recall=figures.values["查全率"],
        false_rate=figures.values["误报率"],
        precision=figures.values["查准率"],
        f1={name: figures.values[name] for name in FUNCTIONS},
        macro_f1=figures.values["各环节平均"],
        brier=round(float(np.mean((judged.chances[:, 0] - relevant) ** 2)), 4),
        intervals=figures.intervals,
        reliability=[(round(mean, 3), *share) for mean, share in tenths],
        slips={},
        counts=counts,
        learned=" ".join(data.ids),
    )


def _borne(data: Annotations, values: np.ndarray, fold: np.ndarray, slipped: list[np.ndarray]) -> dict[str, dict[str, float]]:
    """Recall and macro-F1 where the clauses are misread, by rate; everything else as it was settled on clean ones."""
    return {
        f"{rate:.0%}": cross_validation.figures(data, cross_validation.judge(values, data.labels, fold, misread)).values
        for rate, misread in zip(_SLIPS, slipped, strict=True)
    }


def _changes(folder: Path, data: Annotations, fold: np.ndarray, judged: Judged, version: str) -> list[Difference]:
    metrics = read_metrics(folder)
    known = set(metrics.get("learned", "").split())
    mask = np.array([id_ in known for id_ in data.ids])
    if not mask.any() or metrics["version"] == version:
        return []
    try:
        old = load_recipe(folder)
    except Exception:  # whatever skops makes of a model of another time: it can't be used, so it can't be better
        return []
    values = cross_validation.out_of_fold(old, data, fold, known=mask)[0]
    return compare(data, cross_validation.judge(values, data.labels, fold), judged)


def _counts(data: Annotations, annotated_in: Path) -> dict[str, dict[str, int]]:
    """What the data consist of: clauses by function, and annotated ones by sector and kind of text, most first."""
    rows = [row for _, row in annotated("clauses", annotated_in)]
    by_function = dict(zip(FUNCTIONS, map(int, data.labels[:, 1:].sum(axis=0)), strict=True))
    return {"环节": by_function} | {
        name: dict(Counter(row[key] for row in rows).most_common())
        for name, key in (("领域", "sector"), ("文种", "kind"), ("层级", "voice"))
    }


def _version(data: Annotations) -> str:
    """Changes with the data and with the program that learns from them."""
    digest = hashlib.sha256("\n".join(data.texts).encode())
    digest.update(np.ascontiguousarray(data.labels).tobytes())
    for path in sorted(path for room in _PROGRAM for path in room.rglob("*") if path.suffix in {".csv", ".py"}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
