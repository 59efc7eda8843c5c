"""The far judge (远判): is a clause of this world at all, or a textbook, a chat, a court case, a law about something else?

The near judge (`Stack`) knows what offices write and parts a measure from what resembles one; of anything else it knows
nothing. This one is linear over hashed n-grams, learnt with tens of thousands of ordinary sentences, and reads every clause.
A clause below its bound is not shown to the near judge, and its score is the far judge's own. The bound is proved on writers
whose clauses were left out: at most `PASSED_OVER` of their relevant clauses lie below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.classify.ngrams import sums

FAR_FILE = "far.npz"
PASSED_OVER = 0.003


class FarJudge(NamedTuple):
    """``weights`` (2**18) and ``intercept`` of the linear judge; clauses whose value reaches ``bound`` go to the near judge."""

    weights: np.ndarray
    intercept: float
    bound: float

    def values(self, leads: Sequence[str], texts: Sequence[str]) -> np.ndarray:
        """One decision value a clause, from its n-grams and those of what it stands under."""
        own, count = sums(texts, self.weights)
        different = list(dict.fromkeys(leads))
        above, above_count = sums(different, self.weights)
        place = {lead: index for index, lead in enumerate(different)}
        at = [place[lead] for lead in leads]
        total, n = own + above[at], count + above_count[at]
        return total / np.sqrt(np.maximum(n, 1)) + self.intercept


def load_far(folder: Path) -> FarJudge:
    """The far judge in a model's folder. Raises FileNotFoundError."""
    with np.load(folder / FAR_FILE, allow_pickle=False) as file:
        return FarJudge(file["weights"].astype(np.float64), float(file["intercept"]), float(file["bound"]))


def save_far(judge: FarJudge, folder: Path) -> None:
    """Write the far judge; weights in single precision."""
    np.savez_compressed(
        folder / FAR_FILE,
        weights=judge.weights.astype(np.float32),
        intercept=np.float64(judge.intercept),
        bound=np.float64(judge.bound),
    )
