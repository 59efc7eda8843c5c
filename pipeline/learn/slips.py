"""Slips of character recognition (识别错误): a text as a poor scan of it might be read.

``confusions.csv`` lists pairs of characters that look alike; a character without a pair is lost, doubled or read as one of
the marks that dirt on paper gives. Used to measure, and to teach, how slips are borne.
"""

from __future__ import annotations

import csv
import random
import zlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

_SUBSTITUTED, _DROPPED = 0.8, 0.9  # cumulative: the rest are insertions
_DIRT = "丶丨一、.·"


@cache
def confusions() -> dict[str, tuple[str, ...]]:
    """Each character of the table -> the characters that it may be read as, both ways round."""
    alike: dict[str, set[str]] = {}
    with Path(__file__).with_name("confusions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            alike.setdefault(row["character"], set()).add(row["read_as"])
            alike.setdefault(row["read_as"], set()).add(row["character"])
    return {character: tuple(sorted(others)) for character, others in alike.items()}


def with_slips(text: str, rate: float, rng: random.Random) -> str:
    """``text`` with a slip at about ``rate`` (0 to 1) of its Chinese characters; all others stay."""
    return "".join(_slip(character, rng) if _chinese(character) and rng.random() < rate else character for character in text)


def slipping(rate: float, salt: int = 0) -> Callable[[str], str]:
    """The same slips for the same text each time; another ``salt`` gives others."""
    return partial(_seeded, rate=rate, salt=salt)


def _seeded(text: str, rate: float, salt: int) -> str:
    return with_slips(text, rate, random.Random(zlib.crc32(text.encode(), salt)))


def _chinese(character: str) -> bool:
    return "一" <= character <= "鿿"


def _slip(character: str, rng: random.Random) -> str:
    kind = rng.random()
    if kind < _SUBSTITUTED:
        return rng.choice(confusions().get(character, tuple(_DIRT)))
    return "" if kind < _DROPPED else character + rng.choice(_DIRT)
