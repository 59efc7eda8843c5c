"""Counts of what a clause speaks of (骨架计数): how often each mark stands in it, and which marks meet in one sentence.

A linear machine adds up what it sees; the boosting that follows it asks in turn ("is something published, and is a list or
a cheat in the same sentence?"), and needs these answers as plain numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from pipeline.classify.near.features import SEPARATOR, Read
from pipeline.classify.near.skeleton import SENTENCE_END, concepts
from pipeline.classify.ngrams import code_points

_MOST = 6  # more of one mark says no more
_LETTERS = 100  # length is counted in hundreds of characters


def tallies(clauses: Sequence[Read]) -> np.ndarray:
    """Clauses x columns: each mark in the clause, each in its lead-in, the clause's length, marks and sentences; then, for
    each pair of what a measure is about and what is done, its sentences with both, and whether the lead-in has the one and
    the clause the other."""
    parted = [clause.skeletons.partition(SEPARATOR) for clause in clauses]
    leads, own = [lead for lead, _, _ in parted], [text for _, _, text in parted]
    sentences = [sentence for text in own for sentence in text.split(SENTENCE_END)]
    held = np.array([text.count(SENTENCE_END) + 1 for text in own], dtype=np.int64)
    in_text, in_lead = _counts(own), _counts(leads)
    size = np.column_stack([[len(clause.masked) / _LETTERS for clause in clauses], [len(text) / 10 for text in own], held])
    size[:, 1:] = np.minimum(size[:, 1:], _MOST)
    about, done = _pairs()
    present = _counts(sentences) > 0
    within = np.zeros((len(clauses), len(about)))
    if clauses:
        within = np.add.reduceat((present[:, about] & present[:, done]).astype(np.float64), np.cumsum(held) - held)
    across = (in_lead[:, about] > 0) & (in_text[:, done] > 0)
    return np.hstack([np.minimum(in_text, _MOST), np.minimum(in_lead, _MOST), size, within, across])


def _counts(texts: Sequence[str]) -> np.ndarray:
    """Texts x marks: how often each mark stands in each skeleton."""
    marks = concepts().marks
    lengths = [len(text) for text in texts]
    cells = _places()[code_points("".join(texts))] + np.repeat(np.arange(len(texts)), lengths) * len(marks)
    return np.bincount(cells, minlength=len(texts) * len(marks)).reshape(len(texts), len(marks)).astype(np.float64)


@cache
def _places() -> np.ndarray:
    """The column of each mark, by its code point."""
    marks = concepts().marks
    places = np.zeros(max(map(ord, marks)) + 1, dtype=np.int64)
    places[[ord(mark) for mark in marks]] = range(len(marks))
    return places


@cache
def _pairs() -> tuple[list[int], list[int]]:
    marks, pairs = concepts().marks, concepts().pairs
    return [marks.index(about) for about, _ in pairs], [marks.index(done) for _, done in pairs]
