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
from scipy.stats import hypergeom


@dataclass(frozen=True, slots=True)
class Stratum:
    """``read`` of ``size`` unflagged documents were drawn at random and read, and ``found`` of them are relevant."""

    size: int
    read: int
    found: int

    def __post_init__(self) -> None:
        if not 0 <= self.found <= self.read <= self.size:
            raise ValueError(f"found <= read <= size does not hold: {self}")


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
    # What was read is known: no stratum holds fewer than were found in it, nor any of those read in vain.
    least, most = first.found, first.size - first.read + first.found
    spread = np.arange(
        max(least, relevant - (second.size - second.read + second.found)), min(most, relevant - second.found) + 1
    )
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
    low, high = 0, sum(stratum.size for stratum in strata)
    while low < high:
        middle = (low + high) // 2
        if missed_at_most(_enlarged(strata, allocate(middle)), confidence) <= wanted:
            high = middle
        else:
            low = middle + 1
    return sum(after.read - before.read for before, after in zip(strata, _enlarged(strata, allocate(low)), strict=True))


def _enlarged(strata: Sequence[Stratum], shares: Sequence[int]) -> list[Stratum]:
    """The strata once the sample has grown to these shares, and nothing more was found."""
    return [Stratum(each.size, max(each.read, share), each.found) for each, share in zip(strata, shares, strict=True)]
