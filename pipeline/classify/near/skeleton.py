"""The skeleton (骨架) of a clause: its words of art in their order, one mark each, all else left out.

"将骗保人员汇到市诚信平台，并登报" and "失信单位报送省信用库，同时上墙" share hardly a character, yet both say that somebody's
dishonest conduct is collected on a platform and made public. Their skeletons say so with the same marks, and the model
learns from the order of marks what it has seen too few times in words. The marks are data (``concepts.csv``); each may play a
role: what a measure is about (对象), or what is done (措施).
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.classify.lexicon import ENDS
from pipeline.classify.needs import alternatives, first_characters, looks_past, one_of, second_characters

TABLE = Path(__file__).parents[1] / "tables" / "concepts.csv"
SENTENCE_END = "。"
_NOTHING = "(?!)"


class Concepts(NamedTuple):
    """For each character that a mark's words may begin with, a pattern of just those words, a group a mark, and the marks of its
    groups; ``begins`` finds such characters, where the next one may follow them; ``across`` what of the words may reach over the end of
    a sentence. ``marks`` are all, the last for the end of a sentence; ``pairs`` may make a measure together: what it is about, then
    what is done."""

    begins: re.Pattern[str]
    by_first: dict[str, tuple[str, str]]
    across: re.Pattern[str]
    marks: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def concepts() -> Concepts:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    objects, measures = (tuple(row["mark"] for row in rows if role in row["role"]) for role in ("对象", "措施"))
    pairs = tuple((about, done) for about in objects for done in measures if about != done)
    words: dict[str, dict[str, list[str]]] = {}
    alone: set[str] = set()  # after which any character may follow, or none
    second: set[str] = set()
    across: list[str] = []
    for mark, pattern in [*((row["mark"], row["pattern"]) for row in rows), (SENTENCE_END, f"[{ENDS}]")]:
        for alternative in alternatives(pattern):
            firsts, follow = first_characters(alternative) or _refuse(mark, alternative), second_characters(alternative)
            (alone if follow is None else second).update(firsts if follow is None else follow)
            across += [alternative] if mark != SENTENCE_END and looks_past(alternative, ENDS) else []
            for first in firsts:
                words.setdefault(first, {}).setdefault(mark, []).append(alternative)
    by_first = {
        first: ("|".join(f"({'|'.join(held)})" for held in marks.values()), "".join(marks)) for first, marks in words.items()
    }
    begins = re.compile(f"{one_of(alone)}|{one_of(set(by_first) - alone)}(?={one_of(second)})")
    return Concepts(
        begins, by_first, re.compile("|".join(across) or _NOTHING), (*(row["mark"] for row in rows), SENTENCE_END), pairs
    )


def _refuse(mark: str, alternative: str) -> frozenset[str]:
    raise ValueError(f"concepts.csv：“{mark}”的“{alternative}”可以从任何字开始，不能用")


@cache
def _beginning(first: str) -> tuple[re.Pattern[str], str]:
    """What begins with a character, compiled when a text first holds it."""
    pattern, marks = concepts().by_first[first]
    return re.compile(pattern), marks


def skeleton(masked: str) -> str:
    """The marks of a masked text (decoys blanked), a full stop between sentences: at each place the first mark of the table."""
    found, at, marks = concepts(), 0, []
    for begin in found.begins.finditer(masked):
        place = begin.start()
        if place >= at:
            pattern, held = _beginning(masked[place])
            if match := pattern.match(masked, place):
                marks.append(held[(match.lastindex or 1) - 1])
                at = match.end()
    return "".join(marks)
