"""Character n-grams by rolling hashes (字符片段), of a whole document at once.

For the far judge each run of one to four code points is hashed into one of 2**18 cells; what a linear judge makes of a text is the sum of its
cells' weights over the square root of how many there are. No dictionary, no Python loop over characters: code points in one
array, one look-up a length, one sum a text. `Runs` hashes runs of any length, for look-ups that must not err.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

BITS = 18
LONGEST = 4
_STEP = np.uint64(0x100000001B3)  # FNV-1a's prime
_MIX = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio: spreads what the prime leaves in the low bits
_INVERSE = np.uint64(pow(int(_STEP), -1, 2**64))


def code_points(text: str) -> np.ndarray:
    """The code points of a text; a lone surrogate stands for itself."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)


def cells(codes: np.ndarray, length: int) -> np.ndarray:
    """The cell (0 to 2**BITS - 1) of each run of ``length`` code points, in order of where it begins."""
    return (hashes(codes, length) >> np.uint64(64 - BITS)).astype(np.int64)


def hashes(codes: np.ndarray, length: int) -> np.ndarray:
    """A hash of 64 bits of each run of ``length`` code points, in order of where it begins."""
    count = max(len(codes) - length + 1, 0)
    hashed = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        hashed = (hashed * _STEP) ^ codes[offset : offset + count]
    return (hashed + np.uint64(length)) * _MIX


def grams(text: str) -> np.ndarray:
    """Every cell of a text, one an n-gram, lengths one after the other."""
    codes = code_points(text)
    return np.concatenate([cells(codes, length) for length in range(1, LONGEST + 1)])


class Runs:
    """Hashes of 64 bits of any runs of some code points, each in one step, however long the run: what is summed up before its
    end less what is summed up before its start (a polynomial in an odd base, which has an inverse among 64 bits)."""

    def __init__(self, codes: np.ndarray) -> None:
        weights = np.full(len(codes), _INVERSE, dtype=np.uint64)
        self._shift = np.full(len(codes) + 1, _STEP, dtype=np.uint64)
        self._sums = np.zeros(len(codes) + 1, dtype=np.uint64)
        self._shift[0] = _MIX
        np.cumprod(self._shift, out=self._shift)
        np.cumsum((codes + np.uint64(1)) * np.cumprod(weights), out=self._sums[1:])

    def of(self, starts: np.ndarray | slice, ends: np.ndarray | slice) -> np.ndarray:
        """The hashes of the runs from each of ``starts`` to before each of ``ends``."""
        return (self._sums[ends] - self._sums[starts]) * self._shift[starts]

    def of_length(self, length: int) -> np.ndarray:
        """The hash of every run of ``length``, in order of where it begins."""
        last = max(len(self._sums) - length, 0)
        return self.of(slice(0, last), slice(length, length + last))


def sums(texts: Sequence[str], weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each text the sum of its cells' weights, and how many n-grams it has. ``weights`` has 2**BITS entries."""
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(texts) else np.zeros(0, dtype=np.int64)
    codes = code_points("".join(texts))
    totals, counts = np.zeros(len(texts)), np.zeros(len(texts), dtype=np.int64)
    for length in range(1, LONGEST + 1):
        values = np.append(weights[cells(codes, length)], 0.0)  # a last zero: reduceat may ask for the end
        held = np.maximum(lengths - length + 1, 0)
        some = np.flatnonzero(held)
        edges = np.stack([starts[some], starts[some] + held[some]], axis=1).ravel()
        if len(some):
            totals[some] += np.add.reduceat(values, edges)[::2]
        counts += held
    return totals, counts
