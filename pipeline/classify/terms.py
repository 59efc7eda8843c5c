"""Terms (字词) of a text and what they weigh: TF-IDF as scikit-learn reckons it, from a table of terms, without scikit-learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np


class Terms(NamedTuple):
    """The known terms, each with its column, and the inverse document frequency of each column."""

    columns: dict[str, int]
    idf: np.ndarray

    def weights(self, found: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
        """The columns of a text's known terms, and their weights: (1 + ln count) x idf, scaled to a length of 1."""
        counts = Counter(map(self.columns.get, found))
        counts.pop(None, None)
        columns = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))  # type: ignore[arg-type]
        weights = (1 + np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts)))) * self.idf[columns]
        return columns, weights / (np.sqrt(weights @ weights) or 1.0)
