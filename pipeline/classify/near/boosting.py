"""Boosted trees (提升树) that judge with NumPy alone: five arrays over the nodes of all trees."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

DEPTH = 3


class _Nodes(NamedTuple):
    roots: np.ndarray
    column: np.ndarray
    limit: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    start: np.ndarray


class Trees(_Nodes):
    """At each node a ``column`` goes ``left`` up to a ``limit``, else ``right``; a leaf is its own child, so that every way
    down has the same length, `DEPTH`. ``roots`` are the trees' first nodes; a leaf's ``value`` adds to ``start``.

    Every node's question is asked of every row, a column at a time and without a look-up for each row: which answers count is
    settled bit by bit afterwards.
    """

    def decision_function(self, columns: np.ndarray) -> np.ndarray:
        """One value a row."""
        by_column = np.ascontiguousarray(columns.T, dtype=np.float32)  # as scikit-learn compares them
        leaf = np.zeros((len(self.roots), len(columns)), dtype=np.uint16)
        taken: list[np.ndarray] = []
        for level in self._levels:
            answers = [by_column[column] <= limit[:, None] for column, limit in level]  # of the level's places, left to right
            for was_left in taken:  # from the root down: of two halves, the one that lies where the answer led
                half = len(answers) // 2
                answers = [
                    right ^ ((left ^ right) & was_left) for left, right in zip(answers[:half], answers[half:], strict=True)
                ]
            taken.append(answers[0])
            leaf = leaf << 1 | ~answers[0]
        leaf += (np.arange(len(self.roots), dtype=np.uint16) << DEPTH)[:, None]
        return self.start + self._leaves.take(leaf).sum(axis=0)

    @cached_property
    def _levels(self) -> list[list[tuple[np.ndarray, np.ndarray]]]:
        """The columns and limits of all trees' nodes at each place of each level, left to right. A limit is rounded down to single
        precision: just the numbers up to it are not above it."""
        rounded = self.limit.astype(np.float32)
        lower = np.nextafter(rounded, np.float32(-np.inf))
        limit = np.where(rounded > self.limit, lower, rounded).astype(np.float32)
        return [[(self.column[nodes], limit[nodes]) for nodes in self._places(depth)] for depth in range(DEPTH)]

    @cached_property
    def _leaves(self) -> np.ndarray:
        """The values at the ends of all ways down, tree by tree, left to right."""
        return np.column_stack([self.value[nodes] for nodes in self._places(DEPTH)]).ravel()

    def _places(self, depth: int) -> list[np.ndarray]:
        if not depth:
            return [self.roots]
        return [side[nodes] for nodes in self._places(depth - 1) for side in (self.left, self.right)]
