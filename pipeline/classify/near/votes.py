"""The first reading (初判): what linear machines say of a clause as a whole, and of the sentence in it that says most.

In a long clause a half-sentence about credit drowns among the rest; read sentence by sentence, it does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from pipeline.classify.near.features import PATTERNS, SEPARATOR, WEIGHTS, Read, grams, patterns, read
from pipeline.classify.near.tfidf import Grams, Terms

_SENTENCES = re.compile(r"[^。；\n]*[。；\n]|[^。；\n]+")


class Reading(NamedTuple):
    """What judges read of some ``clauses``: terms and patterns of the clauses, then of the ``sentences`` of those that have several,
    each sentence's clause in ``owner``."""

    clauses: list[Read]
    sentences: list[Read]
    owner: np.ndarray
    grams: dict[str, Grams]
    patterns: np.ndarray


def reading(texts: Sequence[str]) -> Reading:
    """One reading of clauses (joined with their lead-ins) for any number of judges."""
    parts = [split if len(split) > 1 else [] for split in map(sentences, texts)]
    owner = np.repeat(np.arange(len(texts)), [len(split) for split in parts])
    found = read([*texts, *chain.from_iterable(parts)])
    return Reading(found[: len(texts)], found[len(texts) :], owner, grams(found), patterns(found))


class Said(NamedTuple):
    """Votes of clauses (the decision values of the clause, then those of its highest sentence), and of each sentence as if it stood
    alone: both x (2 x machines)."""

    clauses: np.ndarray
    sentences: np.ndarray


class Votes(NamedTuple):
    """The machines, one a column: ``terms`` of each of `PARTS`; ``coef``, for each of them and for `PATTERNS`, columns x
    machines; ``intercept``."""

    terms: dict[str, Terms]
    coef: dict[str, np.ndarray]
    intercept: np.ndarray

    def of(self, given: Reading) -> Said:
        whole, of_sentences = np.split(self.values(given), [len(given.clauses)])
        best = whole.copy()
        best[given.owner] = -np.inf
        np.maximum.at(best, given.owner, of_sentences)
        return Said(np.hstack([whole, best]), np.hstack([of_sentences, of_sentences]))

    def values(self, given: Reading) -> np.ndarray:
        """Texts x machines: decision values."""
        values = given.patterns @ self.coef[PATTERNS] * WEIGHTS[PATTERNS] + self.intercept
        for name, terms in self.terms.items():
            values += WEIGHTS[name] * terms.values(given.grams[name], self.coef[name])
        return values


def sentences(joined_text: str) -> list[str]:
    """The sentences of a clause, each joined with the clause's lead-in."""
    lead, _, text = joined_text.partition(SEPARATOR)
    return [f"{lead}{SEPARATOR}{sentence}" for sentence in _SENTENCES.findall(text) if not sentence.isspace()]
