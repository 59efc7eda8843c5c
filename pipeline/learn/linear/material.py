"""Training of the material judge (材料判的训练): ordinary material by its kind, and whatever holds a measure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipeline.classify.linear import LinearJudge
from pipeline.classify.material import NO_OFFICE_PAPER, READ, TAKEN_APART
from pipeline.classify.ngrams import BITS
from pipeline.learn.annotations import ORDINARY, annotated
from pipeline.learn.linear.background import rows_of
from pipeline.shipped import ANNOTATED

_STRENGTH = 30.0
_OTHERS_COUNT = 3.0  # there are fewer of them


def fit_material(folder: Path = ANNOTATED) -> LinearJudge:
    """Fit on all, with the bound settled on left-out writers: where `TAKEN_APART` of what each wrote with a measure in it, all
    writers together, would be taken apart. Where there is no ordinary material nothing is."""
    if not (folder / ORDINARY).is_dir():
        return LinearJudge(np.zeros(2**BITS), 0.0, np.inf)
    papers = [row for kind in ("documents", "clauses") for _, row in annotated(kind, folder) if row["relevant"]]
    pieces = [row for _, row in annotated(ORDINARY, folder)]
    rows = rows_of([row["text"][:READ] for row in (*papers, *pieces)])
    other = np.array([False] * len(papers) + [row["material"] in NO_OFFICE_PAPER for row in pieces])
    writers = np.array([row["id"][0] for row in papers] + [""] * len(pieces))
    left_out = [
        _fitted(rows[writers != writer], other[writers != writer]).decision_function(rows[writers == writer])
        for writer in sorted(set(writers) - {""})
    ]
    whole = _fitted(rows, other)
    bound = float(np.quantile(np.concatenate(left_out), 1 - TAKEN_APART))
    return LinearJudge(whole.coef_[0], float(whole.intercept_[0]), bound)


def _fitted(rows: csr_matrix, other: np.ndarray) -> LogisticRegression:
    weight = np.where(other, _OTHERS_COUNT, 1.0)
    return LogisticRegression(C=_STRENGTH, solver="liblinear", random_state=0).fit(rows, other, sample_weight=weight)
