"""A baseline for comparison: the order in which ASReview's default model (ELAS u4) would have a person read the documents.

Active learning from two marked documents on: TF-IDF of words and word pairs, a linear support vector machine refitted after
each mark, the likeliest document next. Built from the configuration in ASReview 3.0 (asreview/models/models.py, Apache-2.0):
n-grams of 1 and 2, sublinear counts, words in more than 95 % of the documents left out; squared hinge loss, C = 0.11;
irrelevant documents weigh together 1/9.8 of the relevant ones. The benchmark compares it with the package itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

_RATIO = 9.8
_C = 0.11


def elas_order(segmented: Sequence[str], relevant: np.ndarray, seed: int) -> np.ndarray:
    """Indices in the order of reading, the two documents known beforehand (one relevant, one not, drawn by ``seed``) first.

    ``segmented`` are texts with spaces between words. All documents are ordered; the model is no longer refitted once
    every relevant one was found.
    """
    features = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=1, max_df=0.95).fit_transform(segmented)
    draw = np.random.default_rng(seed)
    read = [int(draw.choice(np.flatnonzero(relevant))), int(draw.choice(np.flatnonzero(~relevant)))]
    left = np.setdiff1d(np.arange(len(relevant)), read)
    while relevant[left].any():
        marks = relevant[read]
        weights = np.where(marks, 1.0, marks.sum() / (_RATIO * (~marks).sum()))
        machine = LinearSVC(loss="squared_hinge", C=_C).fit(features[read], marks, weights * len(marks) / weights.sum())
        best = int(np.argmax(machine.decision_function(features[left])))
        read.append(int(left[best]))
        left = np.delete(left, best)
    return np.array([*read, *left])
