"""How many relevant documents can still be among the unflagged ones (查全上界): exact, from a random sample of them.

The bound inverts the exact test, as Clopper and Pearson (1934) do for a share, but for what an archive is: a finite number
of documents drawn from without replacement, so that the count found is hypergeometric. Reading everything bounds the
missed ones at none. The sample may be drawn from two strata; then a number of relevant documents is ruled out only if no
way of spreading them over the strata would make so few finds likely enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta, hypergeom


@dataclass(frozen=True, slots=True)
class Stratum:
    """``read`` of ``size`` unflagged documents were drawn at random and read, and ``found`` of them are relevant."""

    size: int
    read: int
    found: int

    def __post_init__(self) -> None:
        if not 0 <= self.found <= self.read <= self.size:
            raise ValueError(f"found <= read <= size does not hold: {self}")


def share_at_most(found: int, read: int, confidence: float = 0.95) -> float:
    """The one-sided upper bound of Clopper and Pearson on the share of relevant documents."""
    return float(beta.ppf(confidence, found + 1, read - found)) if found < read else 1.0


def relevant_at_most(strata: Sequence[Stratum], confidence: float = 0.95) -> int:
    """The largest number of relevant documents (those found among them) that the sample does not rule out.

    One or two strata. Right at least as often as ``confidence``, whatever the truth.
    """
    strata = [stratum for stratum in strata if stratum.size]
    low = sum(stratum.found for stratum in strata)
    high = sum(stratum.size - stratum.read + stratum.found for stratum in strata)
    while low < high:  # the chance of so few finds falls as the number of relevant documents rises
        middle = (low + high + 1) // 2
        if _likeliest(strata, middle) > 1 - confidence:
            low = middle
        else:
            high = middle - 1
    return low


def missed_at_most(strata: Sequence[Stratum], confidence: float = 0.95) -> int:
    """The same, without those that were found: what may still be missed."""
    return relevant_at_most(strata, confidence) - sum(stratum.found for stratum in strata)


def _likeliest(strata: Sequence[Stratum], relevant: int) -> float:
    """The chance of finding no more than were found, where ``relevant`` documents lie as unluckily as they can."""
    found = sum(stratum.found for stratum in strata)
    if len(strata) == 1:
        return float(hypergeom.cdf(found, strata[0].size, relevant, strata[0].read))
    first, second = strata
    spread = np.arange(max(0, relevant - second.size), min(first.size, relevant) + 1)
    chance = np.zeros(len(spread))
    for in_first in range(found + 1):
        here = hypergeom.pmf(in_first, first.size, spread, first.read)
        chance += here * hypergeom.cdf(found - in_first, second.size, relevant - spread, second.read)
    return float(chance.max(initial=0.0))


def more_to_read(
    strata: Sequence[Stratum], wanted: int, allocate: Callable[[int], Sequence[int]], confidence: float = 0.95
) -> int:
    """How many more documents must be read, if none of them is relevant, for at most ``wanted`` to be missed.

    ``allocate`` says how many of a sample of a given size are drawn from each stratum, and grows with it.
    """
    read, size = sum(stratum.read for stratum in strata), sum(stratum.size for stratum in strata)
    low, high = read, size
    while low < high:
        middle = (low + high) // 2
        drawn = [
            Stratum(stratum.size, max(stratum.read, share), stratum.found)
            for stratum, share in zip(strata, allocate(middle), strict=True)
        ]
        if missed_at_most(drawn, confidence) <= wanted:
            high = middle
        else:
            low = middle + 1
    return low - read
