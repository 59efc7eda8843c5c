"""Terms (字词) of texts and what they weigh: TF-IDF as scikit-learn reckons it, for all clauses of a document at once.

Terms are known by hashes of 64 bits, looked up for all texts in one go: runs of characters or marks as they stand, words and
pairs of words as runs of the words written one after the other with spaces between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np

from pipeline.classify.ngrams import LONGEST, Runs, code_points

_SPACES = re.compile(r"\s\s+")
_BITS = 19  # of a hash, by which it is looked up


class Grams(NamedTuple):
    """What may be a term in each of some ``texts``: the hash of each, and the text that holds it. Read once for all judges."""

    hashed: np.ndarray
    rows: np.ndarray
    texts: int


def runs_of(texts: Sequence[str]) -> Grams:
    """Every run of up to `LONGEST` characters of each text, white space drawn together."""
    texts = [_SPACES.sub(" ", text) for text in texts]
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    owner, ends = np.repeat(np.arange(len(texts)), lengths), np.cumsum(lengths)
    runs = Runs(code_points("".join(texts)))
    hashed, rows = [], []
    for length in range(1, min(LONGEST, len(owner)) + 1):
        inside = np.ones(len(owner) - length + 1, dtype=bool)
        over = (ends[:, None] - np.arange(1, length)).ravel()  # where runs begin that end in the next text
        inside[over[(over >= 0) & (over < len(inside))]] = False
        hashed.append(runs.of_length(length)[inside])
        rows.append(owner[: len(inside)][inside])
    return _grams(hashed, rows, len(texts))


def words_of(texts: Sequence[Sequence[str]]) -> Grams:
    """Every word, and every pair of words that follow one another, of texts cut into words."""
    written = list(chain.from_iterable(texts))
    owner = np.repeat(np.arange(len(texts)), [len(words) for words in texts])
    ends = np.cumsum(np.fromiter(map(len, written), np.int64, len(written)) + 1) - 1
    starts = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else ends
    runs = Runs(code_points(" ".join(written)))
    paired = np.flatnonzero(owner[:-1] == owner[1:])
    hashed = [runs.of(starts, ends), runs.of(starts[paired], ends[paired + 1])]
    return _grams(hashed, [owner, owner[paired]], len(texts))


def _grams(hashed: Sequence[np.ndarray], rows: Sequence[np.ndarray], texts: int) -> Grams:
    nothing = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    return Grams(np.concatenate([nothing[0], *hashed]), np.concatenate([nothing[1], *rows]), texts)


class Terms:
    """Known terms in order of their columns, and the inverse document frequency of each column."""

    def __init__(self, listed: Sequence[str], idf: np.ndarray) -> None:
        self.listed = list(listed)
        self.idf = idf

    def values(self, grams: Grams, coef: np.ndarray) -> np.ndarray:
        """Texts x machines: each text's terms, weighed (1 + ln count) x idf and scaled to a length of 1, times ``coef``."""
        values = np.zeros((grams.texts, coef.shape[1]))
        places, columns = self._known.found(grams.hashed)
        if not len(places):
            return values
        bits = len(self.listed).bit_length()
        keys = np.sort(grams.rows[places] << bits | columns)
        firsts = np.flatnonzero(np.diff(keys, prepend=-1))
        rows, columns = keys[firsts] >> bits, keys[firsts] & ((1 << bits) - 1)
        weights = (1 + np.log(np.diff(firsts, append=len(keys)))) * self.idf[columns]
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        ends = [*starts[1:].tolist(), len(rows)]
        for row, start, end in zip(rows[starts].tolist(), starts.tolist(), ends, strict=True):  # all at once leave the cache
            np.dot(weights[start:end], coef.take(columns[start:end], axis=0), out=values[row])
        values[rows[starts]] /= np.sqrt(np.add.reduceat(weights * weights, starts))[:, None]
        return values

    @cached_property
    def _known(self) -> _Known:
        lengths = np.array([len(term) for term in self.listed], dtype=np.int64)
        ends = np.cumsum(lengths)
        return _Known.of(Runs(code_points("".join(self.listed))).of(ends - lengths, ends))


class _Known(NamedTuple):
    """Hashes in ascending order (``table``) and the column of each (``order``); for each value of a hash's first bits whether
    any begins so (``some``) and where (``first``), and how many at most do (``most``)."""

    table: np.ndarray
    order: np.ndarray
    some: np.ndarray
    first: np.ndarray
    most: int

    @classmethod
    def of(cls, hashed: np.ndarray) -> _Known:
        order = np.argsort(hashed)
        counts = np.bincount(_first_bits(hashed), minlength=2**_BITS)
        table = np.append(hashed[order], np.uint64(2**64 - 1))  # an end: the place after the last is asked for
        return cls(table, order, counts > 0, (np.cumsum(counts) - counts).astype(np.int32), int(counts.max()))

    def found(self, hashed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which of ``hashed`` are known, and their columns."""
        bits = _first_bits(hashed)
        places = np.flatnonzero(self.some[bits])
        wanted, at = hashed[places], self.first[bits[places]]
        for _ in range(self.most - 1):
            at += self.table[at] < wanted
        known = self.table[at] == wanted
        return places[known], self.order[at[known]]


def _first_bits(hashed: np.ndarray) -> np.ndarray:
    return (hashed >> np.uint64(64 - _BITS)).view(np.int64)
