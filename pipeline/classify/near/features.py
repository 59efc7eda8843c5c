"""What the model sees of a clause: its words, and which sentence patterns of the lexicon it matches.

A clause reaches the model as one string, its lead-in before a separator. What learns and what judges take a clause's terms from
the same places, `PARTS`; judging needs NumPy alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
import rjieba

from pipeline.classify.lexicon import FUNCTIONS, load_lexicon
from pipeline.classify.near.skeleton import skeleton

SEPARATOR = "‖"
_A_DOCUMENT = 2048  # clauses; each is asked for by several of the features, one feature after the other
PATTERNS = "句式"
# Chosen in cross-validation: words say more than characters, of which there are more; patterns are few and strong already.
WEIGHTS = {"字": 1.0, "词": 1.5, "骨架": 0.7, PATTERNS: 0.5}


def joined(text: str, lead: str) -> str:
    """A clause and the words that lead in to it, as one string for the model."""
    return f"{lead}{SEPARATOR}{text}"


def words(text: str) -> list[str]:
    """jieba's words of a clause, decoys (信用卡, 诚实信用原则 ...) blanked; of its lead-in first, which jieba parts from it."""
    lead, mark, own = masked_text(text).partition(SEPARATOR)
    return [*_cut_lead(lead), *([mark] if mark else []), *_cut(own)]


def _cut(masked: str) -> list[str]:
    return [word for word in rjieba.cut(masked) if not word.isspace()]


_cut_lead = lru_cache(maxsize=_A_DOCUMENT)(_cut)  # many clauses stand under one; what is held is never changed


@lru_cache(maxsize=_A_DOCUMENT)
def masked_text(text: str) -> str:
    """The clause with its decoys blanked."""
    return load_lexicon().mask(text)


@lru_cache(maxsize=_A_DOCUMENT)
def skeletons(joined_text: str) -> str:
    """The skeletons of a clause and of its lead-in."""
    lead, _, text = masked_text(joined_text).partition(SEPARATOR)
    return f"{_skeleton_of_lead(lead)}{SEPARATOR}{skeleton(text)}"


_skeleton_of_lead = lru_cache(maxsize=_A_DOCUMENT)(skeleton)


def tokens(text: str) -> list[str]:
    """Words, and pairs of words that follow one another."""
    found = words(text)
    return found + [f"{first} {second}" for first, second in pairwise(found)]


#: The kinds of term by name, in the order of the model's columns: what of a clause is read, and how it is cut into words, which
#: are terms with their pairs (None: into runs of one to four characters or marks). `PATTERNS` follow them.
PARTS: dict[str, tuple[Callable[[str], str], Callable[[str], list[str]] | None]] = {
    "字": (masked_text, None),
    "词": (str.lower, words),
    "骨架": (skeletons, None),
}


def patterns(texts: Iterable[str]) -> np.ndarray:
    """Clauses x (rules + functions + 1): each rule's weight where it matches, the strongest weight for each function, and
    whether a slogan matched."""
    held = [_patterns(text) for text in texts]
    columns = np.zeros((len(held), len(load_lexicon().rules) + len(FUNCTIONS) + 1))
    for row, found in enumerate(held):
        for column, weight in found:
            columns[row, column] = weight
    return columns


@cache
def _column(rule: str) -> int:
    return next(index for index, each in enumerate(load_lexicon().rules) if each.id == rule)


@lru_cache(maxsize=_A_DOCUMENT)
def _patterns(joined_text: str) -> tuple[tuple[int, float], ...]:
    """The columns that are not nil, and what they hold."""
    lexicon = load_lexicon()
    lead, _, text = masked_text(joined_text).partition(SEPARATOR)
    found: dict[int, float] = {}
    for hit in lexicon.hits(text, lead):
        found[_column(hit.rule.id)] = abs(hit.rule.weight)
        if hit.rule.slogan:
            found[len(lexicon.rules) + len(FUNCTIONS)] = 1.0
        for function in hit.rule.functions:
            column = len(lexicon.rules) + FUNCTIONS.index(function)
            found[column] = max(found.get(column, 0.0), hit.rule.weight)
    return tuple(found.items())
