"""The first reading (初判): what linear machines say of a clause as a whole, and of the sentence in it that says most.

In a long clause a half-sentence about credit drowns among the rest; read sentence by sentence, it does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.classify.near.features import PARTS, PATTERNS, SEPARATOR, WEIGHTS, patterns
from pipeline.classify.near.tfidf import Terms

_SENTENCES = re.compile(r"(?<=[。；\n])")


class Votes(NamedTuple):
    """The machines, one a column: ``terms`` of each of `PARTS`; ``coef``, for each of them and for `PATTERNS`, columns x
    machines; ``intercept``."""

    terms: dict[str, Terms]
    coef: dict[str, np.ndarray]
    intercept: np.ndarray

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """Clauses x (2 x machines): the decision values of the clause, then those of its highest sentence."""
        parts = [split if len(split) > 1 else [] for split in map(sentences, texts)]
        values = self.values([*texts, *(sentence for split in parts for sentence in split)])
        whole, of_sentences = np.split(values, [len(texts)])
        best = whole.copy()
        best[[bool(split) for split in parts]] = -np.inf
        np.maximum.at(best, np.repeat(range(len(texts)), [len(split) for split in parts]), of_sentences)
        return np.hstack([whole, best])

    def values(self, texts: Sequence[str]) -> np.ndarray:
        """Texts x machines: decision values."""
        values = patterns(texts) @ self.coef[PATTERNS] * WEIGHTS[PATTERNS] + self.intercept
        for name, (read, _) in PARTS.items():
            values += WEIGHTS[name] * self.terms[name].values([*map(read, texts)], self.coef[name])
        return values


def sentences(joined_text: str) -> list[str]:
    """The sentences of a clause, each joined with the clause's lead-in."""
    lead, _, text = joined_text.partition(SEPARATOR)
    return [f"{lead}{SEPARATOR}{sentence}" for sentence in _SENTENCES.split(text) if sentence.strip()]
