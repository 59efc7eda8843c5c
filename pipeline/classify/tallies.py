"""Counts of what a clause speaks of (骨架计数): how often each mark stands in it, and which marks meet in one sentence.

A linear machine adds up what it sees; the boosting that follows it asks in turn ("is something published, and is a list or
a cheat in the same sentence?"), and needs these answers as plain numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from pipeline.classify.features import SEPARATOR, skeletons
from pipeline.classify.skeleton import SENTENCE_END, concepts

_MOST = 6  # more of one mark says no more
_LETTERS = 100  # length is counted in hundreds of characters


def tallies(texts: Iterable[str]) -> np.ndarray:
    """Clauses x columns: each mark in the clause, each in its lead-in, the clause's length, marks and sentences; then, for
    each pair of what a measure is about and what is done, its sentences with both, and whether the lead-in has the one and
    the clause the other."""
    return np.array([_row(text) for text in texts], dtype=np.float64)


def _row(joined_text: str) -> list[float]:
    lead, _, text = skeletons(joined_text).partition(SEPARATOR)
    sentences = [frozenset(sentence) for sentence in text.split(SENTENCE_END)]
    marks = concepts().marks
    counts = [min(part.count(mark), _MOST) for part in (text, lead) for mark in marks]
    size = [len(joined_text) / _LETTERS, min(len(text) / 10, _MOST), min(len(sentences), _MOST)]
    return [*counts, *size, *_meetings(sentences, frozenset(lead), frozenset(text))]


def _meetings(sentences: Sequence[frozenset[str]], lead: frozenset[str], text: frozenset[str]) -> list[float]:
    pairs = concepts().pairs
    within = [float(sum(about in marks and done in marks for marks in sentences)) for about, done in pairs]
    return within + [float(about in lead and done in text) for about, done in pairs]
