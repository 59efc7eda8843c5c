"""Terms (字词) of texts and what they weigh: TF-IDF as scikit-learn reckons it, for all clauses of a document at once.

Runs of characters or marks are known by a hash of 64 bits, rolled over all texts in one go; words by a dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from pipeline.classify.ngrams import LONGEST, code_points, hashes

_SPACES = re.compile(r"\s\s+")


class Terms:
    """Known terms in order of their columns, and the inverse document frequency of each column.

    ``words`` finds a text's words where the terms are such; where it is None, the terms are runs of up to `LONGEST` characters.
    """

    def __init__(self, listed: Sequence[str], idf: np.ndarray, words: Callable[[str], list[str]] | None = None) -> None:
        self.listed = list(listed)
        self.idf = idf
        self.words = words

    def values(self, texts: Sequence[str], coef: np.ndarray) -> np.ndarray:
        """Texts x machines: each text's terms, weighed (1 + ln count) x idf and scaled to a length of 1, times ``coef``."""
        rows, columns = self._of_words(texts) if self.words else self._of_runs(texts)
        keys, counts = np.unique(rows * len(self.idf) + columns, return_counts=True)
        rows, columns = np.divmod(keys, len(self.idf))
        weights = (1 + np.log(counts)) * self.idf[columns]
        weights /= np.sqrt(np.bincount(rows, weights * weights, minlength=len(texts)))[rows]
        values = np.zeros((len(texts), coef.shape[1]))
        if len(rows):
            firsts = np.flatnonzero(np.diff(rows, prepend=-1))
            values[rows[firsts]] = np.add.reduceat(weights[:, None] * coef[columns], firsts)
        return values

    def _of_words(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The row and the column of each known word in the texts."""
        assert self.words is not None
        found = [[*map(self._column.get, self.words(text))] for text in texts]
        known = [[column for column in columns if column is not None] for columns in found]
        rows = np.repeat(np.arange(len(texts)), [len(columns) for columns in known])
        return rows, np.array([column for columns in known for column in columns], dtype=np.int64)

    def _of_runs(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The row and the column of each known run in the texts."""
        texts = [_SPACES.sub(" ", text) for text in texts]
        lengths = np.array([len(text) for text in texts], dtype=np.int64)
        owner = np.repeat(np.arange(len(texts)), lengths)
        codes = code_points("".join(texts))
        table, order = self._table
        rows, columns = [owner[:0]], [owner[:0]]
        for length in range(1, min(LONGEST, len(codes)) + 1):
            hashed, last = hashes(codes, length), len(codes) - length + 1
            place = np.minimum(np.searchsorted(table, hashed), max(len(table) - 1, 0))
            within = owner[:last] == owner[length - 1 :]
            known = np.flatnonzero((table[place] == hashed) & within) if len(table) else owner[:0]
            rows.append(owner[known])
            columns.append(order[place[known]])
        return np.concatenate(rows), np.concatenate(columns)

    @cached_property
    def _column(self) -> dict[str, int]:
        return {term: column for column, term in enumerate(self.listed)}

    @cached_property
    def _table(self) -> tuple[np.ndarray, np.ndarray]:
        """The terms' hashes in ascending order, and the column of each."""
        codes, lengths = code_points("".join(self.listed)), np.array([len(term) for term in self.listed], dtype=np.int64)
        starts = np.cumsum(lengths) - lengths
        hashed = np.zeros(len(lengths), dtype=np.uint64)
        for length in np.unique(lengths):
            alike = np.flatnonzero(lengths == length)
            hashed[alike] = hashes(codes, int(length))[starts[alike]]
        order = np.argsort(hashed)
        return hashed[order], order
