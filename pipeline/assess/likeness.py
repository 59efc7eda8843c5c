"""How far a clause speaks of what an article is about (相近程度): the pairs of characters that both hold, the rare ones for more."""

from __future__ import annotations

import math
import re
from collections import Counter
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
        self._held = [pairs(description) for description in descriptions]
        count = Counter(pair for held in self._held for pair in held)
        self._weight = {pair: math.log(len(self._held) / number) for pair, number in count.items()}
        self._whole = [sum(self._weight[pair] for pair in held) or 1.0 for held in self._held]

    def of(self, text: frozenset[str], number: int) -> float:
        """What the description of that number shares with a text (its `pairs`): the weight shared, damped by all that it holds, so
        that a long description is not like everything."""
        shared = sum(self._weight[pair] for pair in self._held[number] & text)
        return shared / math.sqrt(self._whole[number])
