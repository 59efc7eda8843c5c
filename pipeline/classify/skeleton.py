"""The skeleton (骨架) of a clause: its words of art in their order, one mark each, all else left out.

"将骗保人员汇到市诚信平台，并登报" and "失信单位报送省信用库，同时上墙" share hardly a character, yet both say that somebody's
dishonest conduct is collected on a platform and made public. Their skeletons say so with the same marks, and the model
learns from the order of marks what it has seen too few times in words. The marks are data (``concepts.csv``); each may play a
role: what a measure is about (对象), or what is done (措施).
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("tables") / "concepts.csv"
SENTENCE_END = "。"


class Concepts(NamedTuple):
    """One pattern with a group a mark, the last for the end of a sentence; the marks in that order; and which may
    make a measure together: what it is about, then what is done."""

    pattern: re.Pattern[str]
    marks: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def concepts() -> Concepts:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    alternatives = "|".join(f"({row['pattern']})" for row in rows)
    objects, measures = (tuple(row["mark"] for row in rows if role in row["role"]) for role in ("对象", "措施"))
    pairs = tuple((about, done) for about in objects for done in measures if about != done)
    marks = (*(row["mark"] for row in rows), SENTENCE_END)
    return Concepts(re.compile(f"{alternatives}|([。；])"), marks, pairs)


def skeleton(masked: str) -> str:
    """The marks of a masked text (decoys blanked), a full stop between sentences."""
    found = concepts()
    return "".join(found.marks[match.lastindex - 1] for match in found.pattern.finditer(masked) if match.lastindex)
