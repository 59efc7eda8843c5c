"""Terms (字词) of texts and what they weigh: TF-IDF as scikit-learn reckons it, for all clauses of a document at once.

Terms are known by hashes of 64 bits, looked up for all texts in one go: runs of characters or marks as they stand, words and
pairs of words as runs of the words written one after the other with spaces between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np

from pipeline.classify.ngrams import LONGEST, Runs, code_points

_SPACES = re.compile(r"\s\s+")
_BITS = 20  # of a hash, by which it is looked up


class Terms:
    """Known terms in order of their columns, and the inverse document frequency of each column.

    ``words`` finds a text's words where the terms are words and pairs of words; where it is None, the terms are runs of up to
    `LONGEST` characters.
    """

    def __init__(self, listed: Sequence[str], idf: np.ndarray, words: Callable[[str], list[str]] | None = None) -> None:
        self.listed = list(listed)
        self.idf = idf
        self.words = words

    def values(self, texts: Sequence[str], coef: np.ndarray) -> np.ndarray:
        """Texts x machines: each text's terms, weighed (1 + ln count) x idf and scaled to a length of 1, times ``coef``."""
        rows, columns = self._of_words(texts) if self.words else self._of_runs(texts)
        bits = len(self.listed).bit_length()
        keys, counts = np.unique(rows << bits | columns, return_counts=True)
        rows, columns = keys >> bits, keys & ((1 << bits) - 1)
        weights = (1 + np.log(counts)) * self.idf[columns]
        weights /= np.sqrt(np.bincount(rows, weights * weights, minlength=len(texts)))[rows]
        values = np.zeros((len(texts), coef.shape[1]))
        firsts = np.flatnonzero(np.diff(rows, prepend=-1))
        for machine, weighed in enumerate(coef.T if len(rows) else ()):  # one after the other: all at once leave the cache
            values[rows[firsts], machine] = np.add.reduceat(weights * np.ascontiguousarray(weighed).take(columns), firsts)
        return values

    def _of_words(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The row and the column of each known word, and of each known pair of words that follow one another."""
        assert self.words is not None
        found = [self.words(text) for text in texts]
        written = list(chain.from_iterable(found))
        owner = np.repeat(np.arange(len(texts)), [len(each) for each in found])
        ends = np.cumsum(np.fromiter(map(len, written), np.int64, len(written)) + 1) - 1
        starts = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else ends
        runs = Runs(code_points(" ".join(written)))
        paired = np.flatnonzero(owner[:-1] == owner[1:])
        of_words = self._known.found(runs.of(starts, ends))
        of_pairs = self._known.found(runs.of(starts[paired], ends[paired + 1]))
        rows = np.concatenate([owner[of_words[0]], owner[paired[of_pairs[0]]]])
        return rows, np.concatenate([of_words[1], of_pairs[1]])

    def _of_runs(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The row and the column of each known run in the texts."""
        texts = [_SPACES.sub(" ", text) for text in texts]
        owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
        runs = Runs(code_points("".join(texts)))
        rows, columns = [owner[:0]], [owner[:0]]
        for length in range(1, min(LONGEST, len(owner)) + 1):
            places, known = self._known.found(runs.of_length(length))
            within = owner[places] == owner[places + (length - 1)]
            rows.append(owner[places[within]])
            columns.append(known[within])
        return np.concatenate(rows), np.concatenate(columns)

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
