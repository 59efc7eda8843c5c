"""A linear judge over hashed n-grams (线性判): what the far judge and the material judge are made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.classify.ngrams import sums


class LinearJudge(NamedTuple):
    """``weights`` (2**18) and ``intercept``; what a value that reaches ``bound`` means is each judge's own."""

    weights: np.ndarray
    intercept: float
    bound: float

    def values(self, leads: Sequence[str], texts: Sequence[str]) -> np.ndarray:
        """One decision value a text, from its n-grams and those of what it stands under."""
        own, count = sums(texts, self.weights)
        different = list(dict.fromkeys(leads))
        above, above_count = sums(different, self.weights)
        place = {lead: index for index, lead in enumerate(different)}
        at = [place[lead] for lead in leads]
        total, n = own + above[at], count + above_count[at]
        return total / np.sqrt(np.maximum(n, 1)) + self.intercept


def load_linear(file: Path) -> LinearJudge:
    """The judge in a file. Raises FileNotFoundError."""
    with np.load(file, allow_pickle=False) as held:
        return LinearJudge(held["weights"].astype(np.float64), float(held["intercept"]), float(held["bound"]))


def save_linear(judge: LinearJudge, file: Path) -> None:
    """Write a judge; weights in single precision."""
    np.savez_compressed(
        file, weights=judge.weights.astype(np.float32), intercept=np.float64(judge.intercept), bound=np.float64(judge.bound)
    )
