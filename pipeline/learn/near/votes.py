"""Learning the first reading: two kinds of machine (`RatioSVM`, and one on plain features) a label, over one set of features."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

from pipeline.classify.near.features import PARTS, PATTERNS
from pipeline.classify.near.tfidf import Terms
from pipeline.classify.near.votes import Votes
from pipeline.learn.near.features import clause_features
from pipeline.learn.near.ratio_svm import RatioSVM


def learn_votes(texts: Sequence[str], labels: np.ndarray, share: float = 1.0) -> Votes:
    """Machines fitted on clauses and their labels (clauses x labels); ``share`` as in `clause_features`."""
    features = clause_features(share)
    values = features.fit_transform(texts).tocsr()
    columns, starts = [], []
    for column in labels.T:
        scaled = RatioSVM().fit(values, column)
        plain = LinearSVC(C=0.1, class_weight="balanced").fit(values, column)
        columns += [scaled.coef_, plain.coef_[0]]
        starts += [scaled.intercept_, plain.intercept_[0]]
    return as_votes(features, np.column_stack(columns), np.array(starts))


def as_votes(features: FeatureUnion, coef: np.ndarray, intercept: np.ndarray) -> Votes:
    """The arrays of machines (``coef``: columns of the fitted features x machines)."""
    terms = {
        name: Terms(sorted(step.vocabulary_, key=step.vocabulary_.__getitem__), step.idf_)
        for name, step in features.transformer_list
        if name in PARTS
    }
    ends = np.cumsum([len(terms[name].listed) for name in PARTS])
    return Votes(terms, dict(zip((*PARTS, PATTERNS), np.split(coef, ends), strict=True)), intercept)
