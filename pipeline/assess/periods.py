"""Periods (期限) in years."""

from __future__ import annotations

import re

from pipeline.structure.chinese_numerals import to_int


def years(duration: str) -> float:
    """The longest period that the words give, in years; endless ones are infinite, unknown ones 0.

    >>> years("1至3年"), years("六个月"), years("终身"), years("")
    (3.0, 0.5, inf, 0.0)
    """
    if re.search("终身|永久|永远|无限期", duration):
        return float("inf")
    found = re.findall(r"([0-9一二三四五六七八九十两半百]+)(?:个)?(年|月)", duration)
    sizes = [(0.5 if number == "半" else to_int(number)) / (1 if unit == "年" else 12) for number, unit in found]
    return float(max(sizes, default=0))
