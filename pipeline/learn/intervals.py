"""How sure a figure is (置信区间): exact for shares, by resampling whole groups for F1."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.stats import beta

_RESAMPLES = 2000
_SEED = 49


class Share(NamedTuple):
    """``hits`` out of ``total``, with its exact 95 % interval (Clopper and Pearson 1934); 0 to 1 where there is nothing to count."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None

    @property
    def low(self) -> float:
        return float(beta.ppf(0.025, self.hits, self.total - self.hits + 1)) if self.hits else 0.0

    @property
    def high(self) -> float:
        return float(beta.ppf(0.975, self.hits + 1, self.total - self.hits)) if self.hits < self.total else 1.0

    def __str__(self) -> str:
        if not self.total:
            return "—"
        return f"{self.hits}/{self.total} = {self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


class Outcome(NamedTuple):
    """True positives, false positives, false negatives and true negatives: arrays groups x labels."""

    tp: np.ndarray
    fp: np.ndarray
    fn: np.ndarray
    tn: np.ndarray


def outcome(truth: np.ndarray, said: np.ndarray, groups: list[str]) -> Outcome:
    """Count by group; ``truth`` and ``said`` are rows x labels, 0 or 1."""
    names, position = np.unique(groups, return_inverse=True)
    truth, said = truth.astype(bool), said.astype(bool)

    def by_group(cells: np.ndarray) -> np.ndarray:
        counts = np.zeros((len(names), truth.shape[1]))
        np.add.at(counts, position, cells)
        return counts

    return Outcome(by_group(truth & said), by_group(~truth & said), by_group(truth & ~said), by_group(~truth & ~said))


def resampled(counts: Outcome) -> Outcome:
    """The sums over whole groups drawn with replacement: arrays resamples x labels. The draws are the same for every
    `Outcome` with that many groups, so that two models judged on the same rows can be compared draw by draw."""
    groups = len(counts.tp)
    draws = np.random.default_rng(_SEED).multinomial(groups, np.full(groups, 1 / groups), size=_RESAMPLES).astype(float)
    return Outcome(*(draws @ each for each in counts))


def total(counts: Outcome) -> Outcome:
    """The sums over all groups: arrays 1 x labels."""
    return Outcome(*(each.sum(axis=0, keepdims=True) for each in counts))


def f1(counts: Outcome) -> np.ndarray:
    """F1 by row and label; 1 where there was nothing to find and nothing was found."""
    wanted = 2 * counts.tp + counts.fp + counts.fn
    return np.where(wanted > 0, 2 * counts.tp / np.maximum(wanted, 1), 1.0)


def bounds(draws: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """The interval that holds the middle ``level`` of resampled figures."""
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return round(float(low), 4), round(float(high), 4)
