"""Dates as documents print them (2021年1月19日, 二〇二一年一月十九日) and as ISO strings."""

from __future__ import annotations

import re
from datetime import date

from pipeline.structure.chinese_numerals import to_int

_DIGIT = r"[\d０-９〇○零一二三四五六七八九十ＯOo]"
DATE = re.compile(rf"({_DIGIT}{{4}})\s*年\s*({_DIGIT}{{1,3}})\s*月\s*({_DIGIT}{{1,3}})\s*日")
_NUMERIC = re.compile(r"(?<!\d)(\d{4})\s*[-./．]\s*(\d{1,2})\s*[-./．]\s*(\d{1,2})(?!\d)")
_LOOKALIKES = str.maketrans(
    {"○": "〇", "Ｏ": "〇", "O": "〇", "o": "〇", "零": "〇"} | {chr(0xFF10 + n): str(n) for n in range(10)}
)


def find_dates(text: str) -> list[str]:
    """Every date in a text, as ISO strings in text order; impossible ones are left out."""
    dates = [_iso(*match.groups()) for match in DATE.finditer(text)]
    return [found for found in dates if found] or [
        found for match in _NUMERIC.finditer(text) if (found := _iso(*match.groups()))
    ]


def _iso(year: str, month: str, day: str) -> str:
    parts = [to_int(part.translate(_LOOKALIKES)) for part in (year, month, day)]
    try:
        return date(*parts).isoformat()
    except (ValueError, TypeError):
        return ""


def add_years(day: str, years: int) -> str:
    """The same day so many years on; 28 February for a leap day."""
    start = date.fromisoformat(day)
    try:
        return start.replace(year=start.year + years).isoformat()
    except ValueError:
        return start.replace(year=start.year + years, day=28).isoformat()
