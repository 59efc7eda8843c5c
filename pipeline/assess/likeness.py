"""How far a clause speaks of what an article is about (相近程度): the pairs of characters that both hold, the rare ones for more."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

#: Words that every article and every clause holds, and what is not Chinese.
_COMMON = re.compile(
    r"应当|有关|规定|部门|依法|情节严重|情节|严重|以及|或者|一年|二年|两年|三年|五年|年内|不得|禁止|取消|资格|列入|纳入|名单|公示|公布|社会"
    r"|信用|记录|失信|[^\u4e00-\u9fff]+"
)


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text, without those of common words."""
    return frozenset(run[at : at + 2] for run in _COMMON.split(text) for at in range(len(run) - 1))


class Likeness:
    """Descriptions of articles, weighed once: a pair that few of them hold says more."""

    def __init__(self, descriptions: Iterable[str]):
        held = [pairs(description) for description in descriptions]
        self._in: dict[str, list[int]] = {}
        for number, found in enumerate(held):
            for pair in found:
                self._in.setdefault(pair, []).append(number)
        self._weight = {pair: math.log(len(held) / len(numbers)) for pair, numbers in self._in.items()}
        self._whole = [math.fsum(self._weight[pair] for pair in found) or 1.0 for found in held]

    def of(self, text: frozenset[str]) -> dict[int, float]:
        """What each description, by its number, shares with a text (its `pairs`): the weight shared, damped by all that it holds, so
        that a long description is not like everything. One that shares nothing is left out."""
        shared: dict[int, float] = {}
        for pair in sorted(text & self._in.keys()):
            for number in self._in[pair]:
                shared[number] = shared.get(number, 0.0) + self._weight[pair]
        return {number: weight / math.sqrt(self._whole[number]) for number, weight in shared.items()}
