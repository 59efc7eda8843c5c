"""Training of the far judge (远判的训练): relevant clauses on one side, the background and ordinary material on the other."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from pipeline.classify.far import PASSED_OVER
from pipeline.classify.linear import LinearJudge
from pipeline.classify.near.features import SEPARATOR
from pipeline.learn.annotations import Annotations
from pipeline.learn.linear.background import read_background, rows_of

_NEAR_NEGATIVE = 0.1  # what resembles a measure is the near judge's business; it must not push relevant clauses away
_STRENGTH = 30.0


def fit_far(data: Annotations, ordinary: np.ndarray, background: csr_matrix | None = None) -> LinearJudge:
    """Fit on all, with the bound settled on left-out writers.

    ``ordinary`` marks the rows of ``data`` that are ordinary material. The bound lies where `PASSED_OVER` of the relevant
    clauses of writers who were left out would be passed over: the lowest of these places over all writers.
    """
    background = read_background() if background is None else background
    rows = rows_of([text.replace(SEPARATOR, "") for text in data.texts])
    writers = np.array([group.partition("_")[0] for group in data.groups])
    relevant = data.labels[:, 0] == 1
    places = []
    for writer in np.unique(writers[relevant]):
        others = writers != writer
        if not (others & relevant).any():
            continue
        judge = _fitted(rows[others], relevant[others], ordinary[others], background)
        values = rows[~others & relevant] @ judge.weights + judge.intercept
        places.append(np.quantile(values, PASSED_OVER))
    whole = _fitted(rows, relevant, ordinary, background)
    return whole._replace(bound=float(min(places, default=-np.inf)))


def _fitted(rows: csr_matrix, relevant: np.ndarray, ordinary: np.ndarray, background: csr_matrix) -> LinearJudge:
    labels = np.concatenate([relevant, np.zeros(background.shape[0], dtype=bool)])
    weights = np.concatenate([np.where(relevant | ordinary, 1.0, _NEAR_NEGATIVE), np.ones(background.shape[0])])
    fitted = LogisticRegression(C=_STRENGTH, solver="liblinear", random_state=0).fit(
        vstack([rows, background]).tocsr(), labels, sample_weight=weights
    )
    return LinearJudge(fitted.coef_[0], float(fitted.intercept_[0]), -np.inf)
