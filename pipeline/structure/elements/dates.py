"""Dates as documents print them (2021年1月19日, 二〇二一年一月十九日) and as ISO strings."""

from __future__ import annotations

import re
from datetime import date

from pipeline.structure.chinese_numerals import to_int

_DIGIT = r"[\d０-９〇○零一二三四五六七八九十ＯOo]"
DATE = re.compile(rf"({_DIGIT}{{4}})\s*年\s*({_DIGIT}{{1,3}})\s*月\s*({_DIGIT}{{1,3}})\s*日")
_NUMERIC = re.compile(r"(?<!\d)(\d{4})\s*[-./．—－]\s*(\d{1,2})\s*[-./．—－]\s*(\d{1,2})(?!\d)")
_LAST = ("日", "月", "份", "号")
_CLOSING = (  # forms that only a line's end shows to be dates: 2019年5月6号, 2019·5·6, 2019、5、6, 20190506, 19年5月6日
    re.compile(rf"({_DIGIT}{{4}})\s*年\s*({_DIGIT}{{1,3}})\s*月\s*({_DIGIT}{{1,3}})\s*[日号]"),
    re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[·•・、]\s*(\d{1,2})\s*[·•・、]\s*(\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d{2})([01]\d)([0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(\d{2})年(\d{1,2})月(\d{1,2})日"),
)
_THIS_CENTURY = 50  # 19年 is 2019, 98年 is 1998
_MONTH = re.compile(
    rf"({_DIGIT}{{4}})\s*年\s*({_DIGIT}{{1,3}})\s*月(?:份)?$|(?<![\d.])((?:19|20)\d{{2}})[-./．](0?[1-9]|1[0-2])$"
)
_LOOKALIKES = str.maketrans(
    {"○": "〇", "Ｏ": "〇", "O": "〇", "o": "〇", "零": "〇"} | {chr(0xFF10 + n): str(n) for n in range(10)}
)


def find_dates(text: str) -> list[str]:
    """Every date in a text, as ISO strings in text order; impossible ones are left out."""
    dates = [_iso(*match.groups()) for match in DATE.finditer(text)]
    return [found for found in dates if found] or [
        found for match in _NUMERIC.finditer(text) if (found := _iso(*match.groups()))
    ]


def closing_date(line: str) -> tuple[str, str] | None:
    """The words before the date with which a line ends, and the date: ISO, ``2019-05`` where only the month is printed.

    None where it ends otherwise. A date in figures (2019.5.6, 2019-05-06, 2019/5/6) counts like one in words.

    >>> closing_date("某局 2019.5.6"), closing_date("2019年5月"), closing_date("截至2019年5月6日止")
    (('某局', '2019-05-06'), ('', '2019-05'), None)
    """
    bare = line.rstrip("　 ）)").replace("公元", "")
    if not bare.endswith(_LAST) and not bare[-1:].isdecimal():
        return None
    for pattern in (DATE, _NUMERIC, *_CLOSING):
        for found in pattern.finditer(bare):
            if found.end() == len(bare) and (day := _iso(*found.groups())):
                return bare[: found.start()].strip(), day
    month = _MONTH.search(bare)
    day = _iso(month[1] or month[3], month[2] or month[4], "1") if month else ""
    return (bare[: month.start()].strip(), day[:7]) if month and day else None


def _iso(year: str, month: str, day: str) -> str:
    parts = [to_int(_numeral(part)) for part in (year, month, day)]
    if len(year) == len("19"):
        parts[0] += 2000 if parts[0] < _THIS_CENTURY else 1900
    try:
        return date(*parts).isoformat()
    except (ValueError, TypeError):
        return ""


def _numeral(part: str) -> str:
    """A numeral with one kind of zero: that of figures among figures (2O19)."""
    plain = part.translate(_LOOKALIKES)
    return plain.replace("〇", "0") if any(character.isdecimal() for character in plain) else plain


def add_years(day: str, years: int) -> str:
    """The same day so many years on; 28 February for a leap day. A month counts from its first day."""
    start = date.fromisoformat(day if len(day) > len("2019-05") else f"{day}-01")
    try:
        return start.replace(year=start.year + years).isoformat()
    except ValueError:
        return start.replace(year=start.year + years, day=28).isoformat()
