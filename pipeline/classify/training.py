"""Training (训练): the annotated clauses in, the shipped model, its settings and its card out.

Every figure comes from grouped cross-validation: clauses of one annotation batch and sector stay together, so that a
clause is never judged by a model that saw its neighbours.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline

from pipeline.classify.card import write_card
from pipeline.classify.features import clause_features, joined
from pipeline.classify.lexicon import FUNCTIONS
from pipeline.classify.model import LABELS, MODELS, Model, Settings, load_model, save_model
from pipeline.shipped import ANNOTATED

_FOLDS = 5
_RECALL = 0.97  # of relevant clauses in cross-validation at the operating point: a miss costs more than a false hit
_HIGHEST_FLAG = 0.4
_FUNCTION = 0.5


@dataclass(frozen=True, slots=True)
class Annotations:
    """Clauses joined with their context, their labels (clauses x LABELS, 0 or 1), and the group of each."""

    texts: list[str]
    labels: np.ndarray
    groups: list[str]


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What training measured, all in cross-validation, and whether the new model was put in place.

    ``recall`` and ``false_rate`` are of clauses at the operating point; ``f1`` of each function; ``brier`` the mean
    squared error of the calibrated relevance; ``reliability`` pairs of mean prediction and observed share.
    """

    clauses: int
    relevant: int
    flag: float
    recall: float
    false_rate: float
    f1: dict[str, float]
    macro_f1: float
    brier: float
    reliability: list[tuple[float, float, int]]
    version: str
    replaced: bool = True


def read_annotations(folder: Path = ANNOTATED) -> Annotations:
    """Every annotated clause in ``folder/clauses/*.jsonl``. Raises FileNotFoundError where there is none."""
    rows = [
        (path.stem, json.loads(line))
        for path in sorted((folder / "clauses").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    if not rows:
        raise FileNotFoundError(folder / "clauses")
    texts = [joined(row["text"], row["context"]) for _, row in rows]
    labels = np.array(
        [[int(bool(row["functions"])), *(int(name in row["functions"]) for name in FUNCTIONS)] for _, row in rows]
    )
    return Annotations(texts, labels, [f"{stem}/{row['sector']}" for stem, row in rows])


def new_pipeline() -> Pipeline:
    """The unfitted model: features and one logistic regression a label."""
    regression = LogisticRegression(C=10.0, class_weight="balanced", max_iter=3000)
    return Pipeline([("特征", clause_features()), ("判断", OneVsRestClassifier(regression))])


def train(folder: Path = MODELS, annotations: Annotations | None = None) -> TrainingReport:
    """Fit, calibrate, choose the operating point, and put the model in place unless it is worse than the one there."""
    data = annotations or read_annotations()
    values = cross_val_predict(
        new_pipeline(), data.texts, data.labels, groups=data.groups, cv=GroupKFold(_FOLDS), method="decision_function"
    )
    calibration = {label: _platt(values[:, index], data.labels[:, index]) for index, label in enumerate(LABELS)}
    version = _version(data)
    slopes, intercepts = np.array([calibration[label] for label in LABELS]).T
    chances = 1 / (1 + np.exp(-(values * slopes + intercepts)))
    flag = _operating_point(chances[:, 0], data.labels[:, 0])
    settings = Settings(calibration, flag, _FUNCTION, version)
    report = _report(chances, data, settings)
    if _is_worse(report, folder):
        return replace(report, replaced=False)
    save_model(Model(new_pipeline().fit(data.texts, data.labels), settings), folder)
    load_model.cache_clear()
    write_card(report, folder)
    return report


def _platt(values: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Slope and intercept of the logistic curve from decision value to probability (Platt 1999)."""
    curve = LogisticRegression(C=1e6).fit(values.reshape(-1, 1), labels)
    return float(curve.coef_[0, 0]), float(curve.intercept_[0])


def _operating_point(chances: np.ndarray, labels: np.ndarray) -> float:
    """The highest probability that still finds `_RECALL` of the relevant clauses, and never more than `_HIGHEST_FLAG`."""
    positive = np.sort(chances[labels == 1])
    return round(float(min(_HIGHEST_FLAG, positive[int((1 - _RECALL) * len(positive))])), 3)


def _report(chances: np.ndarray, data: Annotations, settings: Settings) -> TrainingReport:
    relevant = data.labels[:, 0] == 1
    flagged = chances[:, 0] >= settings.flag
    f1 = {
        function: round(float(f1_score(data.labels[:, index + 1], (chances[:, index + 1] >= settings.function) & flagged)), 3)
        for index, function in enumerate(FUNCTIONS)
    }
    return TrainingReport(
        clauses=len(data.texts),
        relevant=int(relevant.sum()),
        flag=settings.flag,
        recall=round(float(flagged[relevant].mean()), 4),
        false_rate=round(float(flagged[~relevant].mean()), 4),
        f1=f1,
        macro_f1=round(float(np.mean(list(f1.values()))), 4),
        brier=round(float(np.mean((chances[:, 0] - relevant) ** 2)), 4),
        reliability=_reliability(chances[:, 0], relevant),
        version=settings.version,
    )


def _reliability(chances: np.ndarray, relevant: np.ndarray) -> list[tuple[float, float, int]]:
    """For each tenth of the scale: mean prediction, observed share, number of clauses."""
    tenths = np.minimum((chances * 10).astype(int), 9)
    return [
        (
            round(float(chances[tenths == tenth].mean()), 3),
            round(float(relevant[tenths == tenth].mean()), 3),
            int((tenths == tenth).sum()),
        )
        for tenth in range(10)
        if (tenths == tenth).any()
    ]


def _is_worse(report: TrainingReport, folder: Path) -> bool:
    """Against the figures that the model in place was saved with: lower macro-F1 by more than noise."""
    path = folder / "metrics.json"
    if not path.exists():
        return False
    return report.macro_f1 < json.loads(path.read_text(encoding="utf-8"))["macro_f1"] - 0.02


def _version(data: Annotations) -> str:
    digest = hashlib.sha256("\n".join(data.texts).encode())
    digest.update(np.ascontiguousarray(data.labels).tobytes())
    return digest.hexdigest()[:12]
