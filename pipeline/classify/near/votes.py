"""The first reading (初判): what linear machines say of a clause as a whole, and of the sentence in it that says most.

In a long clause a half-sentence about credit drowns among the rest; read sentence by sentence, it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from pipeline.classify.near.features import PATTERNS, SEPARATOR, WEIGHTS, Read, grams, patterns, read
from pipeline.classify.near.tfidf import Grams, Terms

AT_ONCE = 30_000  # characters
_SENTENCES = re.compile(r"[^。；\n]*[。；\n]|[^。；\n]+")


class Reading(NamedTuple):
    """What judges read of some ``clauses``: terms and patterns of the clauses, then of the ``sentences`` of those that have several,
    each sentence's clause in ``owner``."""

    clauses: list[Read]
    sentences: list[Read]
    owner: np.ndarray
    grams: list[dict[str, Grams]]  # of some at a time, whose arrays stay in the processor's cache
    patterns: np.ndarray


def reading(texts: Sequence[str]) -> Reading:
    """One reading of clauses (joined with their lead-ins) for any number of judges."""
    parts = [split if len(split) > 1 else [] for split in map(sentences, texts)]
    owner = np.repeat(np.arange(len(texts)), [len(split) for split in parts])
    found = read([*texts, *chain.from_iterable(parts)])
    batches = [grams(found[begin:end]) for begin, end in in_batches([len(each.masked) for each in found])]
    return Reading(found[: len(texts)], found[len(texts) :], owner, batches, patterns(found))


def in_batches(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where batches of texts of these lengths begin and end, of `AT_ONCE` characters or one text."""
    begin = held = 0
    for end, length in enumerate(lengths):
        if held and held + length > AT_ONCE:
            yield begin, end
            begin, held = end, 0
        held += length
    if begin < len(lengths):
        yield begin, len(lengths)


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
            values += WEIGHTS[name] * np.vstack([terms.values(batch[name], self.coef[name]) for batch in given.grams])
        return values


def sentences(joined_text: str) -> list[str]:
    """The sentences of a clause, each joined with the clause's lead-in."""
    lead, _, text = joined_text.partition(SEPARATOR)
    return [f"{lead}{SEPARATOR}{sentence}" for sentence in _SENTENCES.findall(text) if not sentence.isspace()]
