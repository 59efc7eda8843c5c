"""Gradient boosting (梯度提升): scikit-learn learns the trees, `pipeline.classify.near.boosting` keeps and walks them."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

from pipeline.classify.near.boosting import DEPTH, Trees

_RATE = 0.05


def learn_trees(columns: np.ndarray, labels: np.ndarray, trees: int) -> Trees:
    """``trees`` shallow trees for two classes, 0 and 1, each on a part of the rows and of the columns."""
    grown = [each.tree_ for each in learner(trees).fit(columns, labels).estimators_[:, 0]]
    starts = np.cumsum([0, *(tree.node_count for tree in grown)])
    nodes = np.arange(starts[-1])
    leaf = np.concatenate([tree.children_left < 0 for tree in grown])

    def children(side: str) -> np.ndarray:
        below = np.concatenate([getattr(tree, side) + start for tree, start in zip(grown, starts, strict=False)])
        return np.where(leaf, nodes, below).astype(np.int32)

    share = np.mean(labels)
    return Trees(
        roots=starts[:-1].astype(np.int32),
        column=np.concatenate([np.maximum(tree.feature, 0) for tree in grown]).astype(np.int32),
        limit=np.concatenate([tree.threshold for tree in grown]),
        left=children("children_left"),
        right=children("children_right"),
        value=np.concatenate([tree.value[:, 0, 0] for tree in grown]) * _RATE,
        start=np.asarray(np.log(share / (1 - share))),
    )


def learner(trees: int) -> GradientBoostingClassifier:
    """What learns the trees, unfitted."""
    return GradientBoostingClassifier(
        n_estimators=trees,
        learning_rate=_RATE,
        max_depth=DEPTH,
        min_samples_leaf=10,
        subsample=0.6,
        max_features=0.15,
        random_state=0,
    )
