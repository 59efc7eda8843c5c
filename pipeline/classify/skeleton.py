"""The skeleton (骨架) of a clause: its words of art in their order, one mark each, all else left out.

"将骗保人员汇到市诚信平台，并登报" and "失信单位报送省信用库，同时上墙" share hardly a character, yet both say that somebody's
dishonest conduct is collected on a platform and made public. Their skeletons say so with the same marks, and the model
learns from the order of marks what it has seen too few times in words. The marks are data (``concepts.csv``).
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("concepts.csv")
SENTENCE_END = "。"


@lru_cache(maxsize=1)
def _concepts() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern with a group a concept, and the concepts' marks in the order of the groups."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    alternatives = "|".join(f"({row['pattern']})" for row in rows)
    return re.compile(f"{alternatives}|([。；])"), (*(row["mark"] for row in rows), SENTENCE_END)


def skeleton(masked: str) -> str:
    """The marks of a masked text (decoys blanked), a full stop between sentences."""
    pattern, marks = _concepts()
    return "".join(marks[match.lastindex - 1] for match in pattern.finditer(masked) if match.lastindex)
