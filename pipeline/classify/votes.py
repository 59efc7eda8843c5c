"""The first reading (初判): what linear machines say of a clause as a whole, and of the sentence in it that says most.

In a long clause a half-sentence about credit drowns among the rest; read sentence by sentence, it does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.svm import LinearSVC

from pipeline.classify.features import SEPARATOR, clause_features
from pipeline.classify.ratio_svm import RatioSVM

_SENTENCES = re.compile(r"(?<=[。；\n])")


class Votes(BaseEstimator):
    """Two kinds of machine (`RatioSVM`, and one on plain features) a label, over one set of features."""

    def fit(self, texts: Sequence[str], labels: np.ndarray) -> Votes:
        self.features_ = clause_features()
        values = self.features_.fit_transform(texts).tocsr()
        columns, starts = [], []
        for column in labels.T:
            scaled = RatioSVM().fit(values, column)
            plain = LinearSVC(C=0.1, class_weight="balanced").fit(values, column)
            columns += [scaled.coef_, plain.coef_[0]]
            starts += [scaled.intercept_, plain.intercept_[0]]
        self.coef_, self.intercept_ = np.column_stack(columns), np.array(starts)
        return self

    def transform(self, texts: Sequence[str]) -> np.ndarray:
        """Clauses x (4 x labels): both machines' decision values of the clause, then of its highest sentence, for each label."""
        parts = [split if len(split) > 1 else [] for split in map(sentences, texts)]
        values = self._values([*texts, *(sentence for split in parts for sentence in split)])
        whole, of_sentences = np.split(values, [len(texts)])
        best = whole.copy()
        best[[bool(split) for split in parts]] = -np.inf
        np.maximum.at(best, np.repeat(range(len(texts)), [len(split) for split in parts]), of_sentences)
        return np.hstack([whole, best])

    def _values(self, texts: Sequence[str]) -> np.ndarray:
        return self.features_.transform(texts) @ self.coef_ + self.intercept_


def sentences(joined_text: str) -> list[str]:
    """The sentences of a clause, each joined with the clause's lead-in."""
    lead, _, text = joined_text.partition(SEPARATOR)
    return [f"{lead}{SEPARATOR}{sentence}" for sentence in _SENTENCES.split(text) if sentence.strip()]
