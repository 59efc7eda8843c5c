"""Boosted trees (提升树) that judge with NumPy alone: five arrays over the nodes of all trees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

DEPTH = 3
_ROWS = 64  # at a time: their answers stay in the processor's cache


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

    def places(self, depth: int) -> list[np.ndarray]:
        """The nodes of all trees at each place of a level, left to right."""
        if not depth:
            return [self.roots]
        return [side[nodes] for nodes in self.places(depth - 1) for side in (self.left, self.right)]


class Forest:
    """The trees of several labels, asked together.

    Every node's question is asked of every row, a column at a time and without a look-up for each row: which answers count is
    settled bit by bit afterwards.
    """

    def __init__(self, labels: Sequence[Trees]) -> None:
        counts = [len(trees.roots) for trees in labels]
        self._firsts = np.cumsum([0, *counts[:-1]])
        self._start = np.array([float(trees.start) for trees in labels])
        self._leaves = np.concatenate([_by_tree(trees, trees.value, DEPTH) for trees in labels]).ravel()
        self._tree = np.arange(sum(counts))[:, None] << DEPTH
        columns, limits = (
            [
                np.concatenate([_by_tree(trees, values[label], depth) for label, trees in enumerate(labels)]).T
                for depth in range(DEPTH)
            ]
            for values in ([trees.column for trees in labels], [_rounded(trees.limit) for trees in labels])
        )
        self._levels = [
            list(zip(column, limit[:, :, None], strict=True)) for column, limit in zip(columns, limits, strict=True)
        ]

    def decision_function(self, columns: np.ndarray) -> np.ndarray:
        """Rows x labels."""
        values = np.empty((len(columns), len(self._start)))
        for row in range(0, len(columns), _ROWS):
            values[row : row + _ROWS] = self._of(columns[row : row + _ROWS])
        return values

    def _of(self, columns: np.ndarray) -> np.ndarray:
        by_column = np.ascontiguousarray(columns.T, dtype=np.float32)  # as scikit-learn compares them
        leaf = np.zeros((len(self._tree), len(columns)), dtype=np.int64)
        taken: list[np.ndarray] = []
        for level in self._levels:
            answers = [by_column.take(column, axis=0) <= limit for column, limit in level]
            for was_left in taken:  # from the root down: of two halves, the one that lies where the answer led
                half = len(answers) // 2
                answers = [
                    right ^ ((left ^ right) & was_left) for left, right in zip(answers[:half], answers[half:], strict=True)
                ]
            taken.append(answers[0])
            leaf = leaf << 1 | ~answers[0]
        return (np.add.reduceat(self._leaves.take(leaf + self._tree), self._firsts, axis=0) + self._start[:, None]).T


def _by_tree(trees: Trees, values: np.ndarray, depth: int) -> np.ndarray:
    """What is said of the nodes of a level, trees x places."""
    return np.column_stack([values[nodes] for nodes in trees.places(depth)])


def _rounded(limit: np.ndarray) -> np.ndarray:
    """Limits rounded down to single precision: just the numbers up to a limit are not above it."""
    rounded = limit.astype(np.float32)
    return np.where(rounded > limit, np.nextafter(rounded, np.float32(-np.inf)), rounded).astype(np.float32)
