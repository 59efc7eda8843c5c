"""The marks by which web pages show their parts (marks.csv): names of containers, of menus and footers, words of tool bars."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path


@cache
def marks(use: str) -> re.Pattern[str]:
    """Every pattern of one use as one: ``container``, ``begin``, ``end``, ``chrome``, ``line``, ``tail``, ``field``."""
    with Path(__file__).with_name("marks.csv").open(encoding="utf-8", newline="") as file:
        patterns = [row["pattern"] for row in csv.DictReader(file) if row["use"] == use]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
