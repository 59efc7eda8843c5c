"""Measuring honestly (检验): grouped cross-validation in which nothing that judges a clause has seen its neighbours.

The model of a fold learns on the other folds. The settings that turn its values into words (calibration, operating point,
the threshold of each function) are settled for a fold on the other folds' out-of-fold values as well, so that no figure is
flattered by a threshold that was chosen on the clauses that it is measured on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from joblib import Parallel, delayed
from sklearn.base import BaseEstimator, clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.classify.lexicon import FUNCTIONS
from pipeline.classify.model import LABELS, Settings, calibrated, present
from pipeline.learn.annotations import Annotations, ordinary_texts
from pipeline.learn.frames import with_frames
from pipeline.learn.intervals import Outcome, Share, bounds, f1, outcome, resampled, total

_FOLDS = 5
_RECALL = 0.97  # of relevant clauses in cross-validation at the operating point: a miss costs more than a false hit
_HIGHEST_FLAG = 0.4
_LISTED = 0.5
_THRESHOLDS = np.round(np.arange(0.15, 0.86, 0.01), 2)
_NEARLY_BEST = 0.002


class Judged(NamedTuple):
    """Clauses as cross-validation judged them: calibrated chances and what was said, both clauses x LABELS."""

    chances: np.ndarray
    said: np.ndarray


class Figures(NamedTuple):
    """Figures by name (查全率, 误报率, 查准率, 各环节, 各环节平均), each with its 95 % interval."""

    values: dict[str, float]
    intervals: dict[str, tuple[float, float]]


def folds(data: Annotations) -> np.ndarray:
    """The fold of each clause, whole groups together. Decided clauses are dealt out apart, so that the folds of the
    annotated ones are the same with and without them."""
    fold = np.zeros(len(data), dtype=int)
    for part in (np.flatnonzero(~data.decided), np.flatnonzero(data.decided)):
        groups = [data.groups[index] for index in part]
        if len(set(groups)) > 1:
            splitter = GroupKFold(min(_FOLDS, len(set(groups))))
            for number, (_, held_out) in enumerate(splitter.split(groups, groups=groups)):
                fold[part[held_out]] = number
    return fold


def out_of_fold(
    classifier: BaseEstimator,
    data: Annotations,
    fold: np.ndarray,
    *,
    known: np.ndarray | None = None,
    altered: Sequence[Callable[[str], str]] = (),
) -> list[np.ndarray]:
    """Decision values (clauses x LABELS) of clauses by a model that did not see their fold.

    ``known`` marks the clauses that may be learnt from (all, where not given).
    The first array is of the clauses as they stand, then there is one for each way of altering them.
    """
    known = np.ones(len(data), dtype=bool) if known is None else known
    values = [np.zeros((len(data), len(LABELS))) for _ in range(1 + len(altered))]
    numbers = np.unique(fold)
    judged = Parallel(n_jobs=-1)(delayed(_judge_fold)(classifier, data, fold == number, known, altered) for number in numbers)
    for number, of_fold in zip(numbers, judged, strict=True):
        for into, found in zip(values, of_fold, strict=True):
            into[fold == number] = found
    return values


def _judge_fold(
    classifier: BaseEstimator,
    data: Annotations,
    held_out: np.ndarray,
    known: np.ndarray,
    altered: Sequence[Callable[[str], str]],
) -> list[np.ndarray]:
    """What a classifier that did not see ``held_out`` says of it, as it stands and altered in each way."""
    fitted = taught(classifier, data.take(np.flatnonzero(~held_out & known)))
    texts = [data.texts[index] for index in np.flatnonzero(held_out)]
    ways: list[Callable[[str], str]] = [str, *altered]
    return [fitted.decision_function([alter(text) for text in texts]) for alter in ways]


def taught(classifier: BaseEstimator, learnt: Annotations) -> BaseEstimator:
    """A new classifier fitted on clauses and their frames."""
    framed = with_frames(learnt, ordinary_texts(learnt))
    return clone(classifier).fit(framed.texts, framed.labels)


def settle(values: np.ndarray, labels: np.ndarray, version: str = "") -> Settings:
    """Calibration, operating point and the functions' thresholds from values of models that had not seen these clauses."""
    calibration = {label: _platt(values[:, index], labels[:, index]) for index, label in enumerate(LABELS)}
    chances = calibrated(values, calibration)
    flag = _operating_point(chances[:, 0], labels[:, 0])
    flagged = chances[:, 0] >= flag
    functions = {
        name: _threshold(chances[:, index], labels[:, index], flagged) for index, name in enumerate(FUNCTIONS, start=1)
    }
    return Settings(calibration, flag, _LISTED, functions, version)


def judge(values: np.ndarray, labels: np.ndarray, fold: np.ndarray, altered: np.ndarray | None = None) -> Judged:
    """What is said of each clause under settings made on the other folds; of ``altered`` values under the same settings."""
    chances, said = np.zeros(values.shape), np.zeros(values.shape, dtype=bool)
    for number in np.unique(fold):
        here = fold == number
        settings = settle(values[~here], labels[~here])
        chances[here] = calibrated((values if altered is None else altered)[here], settings.calibration)
        said[here, 0] = chances[here, 0] >= settings.flag
        said[here, 1:] = present(chances[here], settings.flag, settings)
    return Judged(chances, said)


def figures(data: Annotations, judged: Judged, chosen: np.ndarray | None = None) -> Figures:
    """The figures of all clauses, or of the chosen ones (a mask)."""
    rows = np.flatnonzero(np.ones(len(data), dtype=bool) if chosen is None else chosen)
    part = data.take(rows)
    counts = outcome(part.labels, judged.said[rows], part.groups)
    values = {name: round(float(column[0]), 4) for name, column in measured(total(counts)).items()}
    intervals = {name: bounds(column) for name, column in measured(resampled(counts)).items()}
    tp, fp, fn, tn = (int(each[:, 0].sum()) for each in counts)
    for name, share in (("查全率", Share(tp, tp + fn)), ("误报率", Share(fp, fp + tn)), ("查准率", Share(tp, tp + fp))):
        intervals[name] = round(share.low, 4), round(share.high, 4)
    return Figures(values, intervals)


def measured(counts: Outcome) -> dict[str, np.ndarray]:
    """Each figure from sums of counts (rows x LABELS), one value a row."""
    tp, fp, fn, tn = (each[:, 0] for each in counts)
    by_function = f1(counts)[:, 1:]
    return {
        "查全率": tp / np.maximum(tp + fn, 1),
        "误报率": fp / np.maximum(fp + tn, 1),
        "查准率": tp / np.maximum(tp + fp, 1),
        **dict(zip(FUNCTIONS, by_function.T, strict=True)),
        "各环节平均": by_function.mean(axis=1),
    }


def reliability(chances: np.ndarray, relevant: np.ndarray) -> list[tuple[float, Share]]:
    """For each tenth of the scale with a clause in it: the mean chance, and the share that was relevant."""
    tenths = np.minimum((chances * 10).astype(int), 9)
    return [
        (float(chances[tenths == tenth].mean()), Share(int(relevant[tenths == tenth].sum()), int((tenths == tenth).sum())))
        for tenth in range(10)
        if (tenths == tenth).any()
    ]


def _platt(values: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Slope and intercept of the logistic curve from decision value to probability (Platt 1999)."""
    curve = LogisticRegression(C=1e6).fit(values.reshape(-1, 1), labels)
    return float(curve.coef_[0, 0]), float(curve.intercept_[0])


def _operating_point(chances: np.ndarray, labels: np.ndarray) -> float:
    """The highest probability that still finds `_RECALL` of the relevant clauses, and never more than `_HIGHEST_FLAG`."""
    positive = np.sort(chances[labels == 1])
    return round(float(min(_HIGHEST_FLAG, positive[int((1 - _RECALL) * len(positive))])), 3)


def _threshold(chances: np.ndarray, labels: np.ndarray, flagged: np.ndarray) -> float:
    """The probability that gives a function its best F1 among flagged clauses; the middle one of those nearly as good."""
    said = (chances[:, None] >= _THRESHOLDS) & flagged[:, None]
    hits = (said & (labels[:, None] == 1)).sum(axis=0)
    scores = 2 * hits / np.maximum(said.sum(axis=0) + labels.sum(), 1)
    good = _THRESHOLDS[scores >= scores.max() - _NEARLY_BEST]
    return float(good[len(good) // 2])
