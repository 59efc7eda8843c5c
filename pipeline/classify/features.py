"""What the model sees of a clause: its words, and which sentence patterns of the lexicon it matches.

A clause reaches the model as one string, its lead-in before a separator. What learns and what judges take a clause's terms from
the same functions, `PARTS`; judging needs NumPy alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise

import numpy as np
import rjieba

from pipeline.classify.lexicon import FUNCTIONS, load_lexicon
from pipeline.classify.skeleton import skeleton

SEPARATOR = "‖"
_A_DOCUMENT = 2048  # clauses; each is asked for by several of the features, one feature after the other
PATTERNS = "句式"
# Chosen in cross-validation: words say more than characters, of which there are more; patterns are few and strong already.
WEIGHTS = {"字": 1.0, "词": 1.5, "骨架": 0.7, PATTERNS: 0.5}
_LONGEST = 4  # characters or marks of a term
_SPACES = re.compile(r"\s\s+")


def joined(text: str, lead: str) -> str:
    """A clause and the words that lead in to it, as one string for the model."""
    return f"{lead}{SEPARATOR}{text}"


def words(text: str) -> list[str]:
    """jieba's words of a clause, decoys (信用卡, 诚实信用原则 ...) blanked."""
    return [word for word in rjieba.cut(masked_text(text)) if word.strip()]


@lru_cache(maxsize=_A_DOCUMENT)
def masked_text(text: str) -> str:
    """The clause with its decoys blanked."""
    return load_lexicon().mask(text)


@lru_cache(maxsize=_A_DOCUMENT)
def skeletons(joined_text: str) -> str:
    """The skeletons of a clause and of its lead-in."""
    lead, _, text = masked_text(joined_text).partition(SEPARATOR)
    return f"{skeleton(lead)}{SEPARATOR}{skeleton(text)}"


def characters(joined_text: str) -> list[str]:
    """Runs of one to four characters."""
    return _runs(masked_text(joined_text))


def tokens(joined_text: str) -> list[str]:
    """Words, and pairs of words that follow one another."""
    found = words(joined_text.lower())
    return found + [f"{first} {second}" for first, second in pairwise(found)]


def marks(joined_text: str) -> list[str]:
    """Runs of one to four marks of the skeleton."""
    return _runs(skeletons(joined_text))


#: The kinds of term by name, each with how a clause's are found, in the order of the model's columns; `PATTERNS` follow them.
PARTS: dict[str, Callable[[str], list[str]]] = {"字": characters, "词": tokens, "骨架": marks}


def patterns(texts: Iterable[str]) -> np.ndarray:
    """Clauses x (rules + functions + 1): each rule's weight where it matches, the strongest weight for each function, and
    whether a slogan matched."""
    return np.array([_patterns(text) for text in texts], dtype=np.float64)


def _runs(text: str) -> list[str]:
    text = _SPACES.sub(" ", text)
    return [
        text[start : start + length] for length in range(1, _LONGEST + 1) for start in range(len(text) - length + 1)
    ]


@lru_cache(maxsize=_A_DOCUMENT)
def _patterns(joined_text: str) -> tuple[float, ...]:
    lexicon = load_lexicon()
    lead, _, text = masked_text(joined_text).partition(SEPARATOR)
    row = [0.0] * (len(lexicon.rules) + len(FUNCTIONS) + 1)
    position = {rule.id: index for index, rule in enumerate(lexicon.rules)}
    for hit in lexicon.hits(text, lead):
        row[position[hit.rule.id]] = abs(hit.rule.weight)
        if hit.rule.slogan:
            row[-1] = 1.0
        for function in hit.rule.functions:
            column = len(lexicon.rules) + FUNCTIONS.index(function)
            row[column] = max(row[column], hit.rule.weight)
    return tuple(row)
