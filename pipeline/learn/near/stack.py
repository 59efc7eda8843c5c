"""Learning the near judge (叠加).

The trees learn from what machines said of clauses that they had not seen (Wolpert 1992, stacked generalization), or they
would trust them too far.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.model_selection import KFold

from pipeline.classify.near.features import patterns, read
from pipeline.classify.near.stack import Stack, weighed
from pipeline.classify.near.votes import reading
from pipeline.learn.near.boosting import learn_trees
from pipeline.learn.near.votes import learn_votes


class StackLearner(BaseEstimator):
    """Texts (clauses joined with their lead-ins) and labels -> ``judge_``, a `Stack`.

    ``trees`` a label, ``share`` of the usual number of terms, ``parts`` into which clauses are dealt for votes on what was not
    seen. The clauses of one batch follow one another: parts of consecutive clauses keep neighbours together.
    """

    def __init__(self, trees: int = 150, share: float = 1.0, parts: int = 5) -> None:
        self.trees = trees
        self.share = share
        self.parts = parts

    def fit(self, texts: Sequence[str], labels: np.ndarray) -> StackLearner:
        texts = list(texts)
        found = read(texts)
        columns = weighed(self._unseen(texts, labels), patterns(found), found)
        trees = tuple(learn_trees(columns, label, self.trees) for label in labels.T)
        self.judge_ = Stack(learn_votes(texts, labels, self.share), trees)
        return self

    def decision_function(self, texts: Sequence[str]) -> np.ndarray:
        return self.judge_.decision_function(texts)

    def _unseen(self, texts: list[str], labels: np.ndarray) -> np.ndarray:
        """What machines say of each clause that did not learn from its part."""
        said = []  # of consecutive parts: put under one another they are the clauses in their order
        for learnt, held_out in KFold(self.parts).split(texts):
            votes = learn_votes([texts[index] for index in learnt], labels[learnt], self.share)
            said.append(votes.of(reading([texts[index] for index in held_out])).clauses)
        return np.vstack(said)
