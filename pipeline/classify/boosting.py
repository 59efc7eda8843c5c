"""Gradient boosting (梯度提升) that is saved small and judges with NumPy alone.

scikit-learn learns the trees; what is kept of them are five arrays over the nodes of all trees. skops would save each tree
as an object of its own (a thousand of them take over a second to load), and threads of a library in forked workers may hang.
"""

from __future__ import annotations

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import GradientBoostingClassifier

_DEPTH = 3
_RATE = 0.05


class PackedBoosting(ClassifierMixin, BaseEstimator):
    """Two classes, 0 and 1: ``trees`` shallow trees, each on a part of the rows and of the columns."""

    def __init__(self, trees: int = 150) -> None:
        self.trees = trees

    def fit(self, columns: np.ndarray, labels: np.ndarray) -> PackedBoosting:
        grown = learner(self.trees).fit(columns, labels)
        trees = [each.tree_ for each in grown.estimators_[:, 0]]
        starts = np.cumsum([0, *(tree.node_count for tree in trees)])
        nodes = np.arange(starts[-1])
        leaf = np.concatenate([tree.children_left < 0 for tree in trees])

        def children(side: str) -> np.ndarray:
            """A leaf is its own child, so that every way down has the same length."""
            below = np.concatenate([getattr(tree, side) + start for tree, start in zip(trees, starts, strict=False)])
            return np.where(leaf, nodes, below).astype(np.int32)

        self.roots_ = starts[:-1].astype(np.int32)
        self.column_ = np.concatenate([np.maximum(tree.feature, 0) for tree in trees]).astype(np.int32)
        self.limit_ = np.concatenate([tree.threshold for tree in trees])
        self.left_, self.right_ = children("children_left"), children("children_right")
        self.value_ = np.concatenate([tree.value[:, 0, 0] for tree in trees]) * _RATE
        share = np.mean(labels)
        self.start_ = float(np.log(share / (1 - share)))
        self.classes_ = np.array([0, 1])
        return self

    def decision_function(self, columns: np.ndarray) -> np.ndarray:
        columns = columns.astype(np.float32)  # as scikit-learn compares them
        rows = np.arange(len(columns))[:, None]
        node = np.broadcast_to(self.roots_, (len(columns), len(self.roots_)))
        for _ in range(_DEPTH):
            goes_left = columns[rows, self.column_[node]] <= self.limit_[node]
            node = np.where(goes_left, self.left_[node], self.right_[node])
        return self.start_ + self.value_[node].sum(axis=1)


def learner(trees: int) -> GradientBoostingClassifier:
    """What learns the trees, unfitted."""
    return GradientBoostingClassifier(
        n_estimators=trees,
        learning_rate=_RATE,
        max_depth=_DEPTH,
        min_samples_leaf=10,
        subsample=0.6,
        max_features=0.15,
        random_state=0,
    )
