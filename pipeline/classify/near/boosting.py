"""Boosted trees (提升树) that judge with NumPy alone: five arrays over the nodes of all trees."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

DEPTH = 3


class Trees(NamedTuple):
    """At each node a ``column`` goes ``left`` up to a ``limit``, else ``right``; a leaf is its own child, so that every way
    down has the same length, `DEPTH`. ``roots`` are the trees' first nodes; a leaf's ``value`` adds to ``start``."""

    roots: np.ndarray
    column: np.ndarray
    limit: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    start: np.ndarray

    def decision_function(self, columns: np.ndarray) -> np.ndarray:
        """One value a row."""
        width = columns.shape[1]
        flat = columns.astype(np.float32).ravel()  # as scikit-learn compares them
        first = (np.arange(len(columns)) * width)[:, None]
        node = np.broadcast_to(self.roots, (len(columns), len(self.roots)))
        for _ in range(DEPTH):
            goes_left = flat.take(first + self.column.take(node)) <= self.limit.take(node)
            node = np.where(goes_left, self.left.take(node), self.right.take(node))
        return self.start + self.value.take(node).sum(axis=1)
