"""Two readings, one after the other (叠加): linear machines read a clause; boosted trees weigh what they said with what they
can't add up, the sentence patterns and the tallies of marks.

The trees learn from what machines said of clauses that they had not seen (Wolpert 1992, stacked generalization), or they
would trust them too far.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.model_selection import KFold
from sklearn.multiclass import OneVsRestClassifier

from pipeline.classify.boosting import PackedBoosting
from pipeline.classify.features import PatternFeatures
from pipeline.classify.tallies import tallies
from pipeline.classify.votes import Votes

_PARTS = 5


class Stack(BaseEstimator):
    """Texts (clauses joined with their lead-ins) -> decision values, one column a label.

    The clauses of one batch follow one another: parts of consecutive clauses keep neighbours together.
    """

    def fit(self, texts: Sequence[str], labels: np.ndarray) -> Stack:
        texts = list(texts)
        self.trees_ = OneVsRestClassifier(PackedBoosting()).fit(_columns(_unseen(texts, labels), texts), labels)
        self.votes_ = Votes().fit(texts, labels)
        return self

    def decision_function(self, texts: Sequence[str]) -> np.ndarray:
        return self.trees_.decision_function(_columns(self.votes_.transform(texts), texts))


def _unseen(texts: list[str], labels: np.ndarray) -> np.ndarray:
    """What machines say of each clause that did not learn from its part."""
    parts = []  # consecutive ones: put under one another they are the clauses in their order
    for learnt, held_out in KFold(_PARTS).split(texts):
        votes = Votes().fit([texts[index] for index in learnt], labels[learnt])
        parts.append(votes.transform([texts[index] for index in held_out]))
    return np.vstack(parts)


def _columns(votes: np.ndarray, texts: Sequence[str]) -> np.ndarray:
    return np.hstack([votes, PatternFeatures().fit(texts).transform(texts).toarray(), tallies(texts)])
