"""Chinese numerals (十二, 一百零三, 廿一, 二〇二一) and Arabic ones, both ways."""

from __future__ import annotations

from functools import lru_cache

DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,  # the zeros that typists put for 〇: a circle, and the letter O, full-width and plain
    "Ｏ": 0,
    "O": 0,
    "两": 2,
}
_MOST_HELD = 4096
UNITS = {"十": 10, "百": 100, "千": 1000}
TENS = {"廿": 20, "卅": 30}
MYRIAD = "万"
NUMERAL = "".join([*DIGITS, *UNITS, *TENS, MYRIAD])
"""Every character of a Chinese numeral, for use in a character class."""


@lru_cache(maxsize=_MOST_HELD)  # a text counts with the same few
def to_int(numeral: str) -> int:
    """The number that ``numeral`` writes; 0 where it is none.

    >>> to_int("一百三十三"), to_int("十二"), to_int("廿一"), to_int("二〇二一"), to_int("１0")
    (133, 12, 21, 2021, 10)
    """
    if numeral.isdecimal():
        return int(numeral)
    if numeral.count(MYRIAD) == 1:
        high, low = numeral.split(MYRIAD)
        return to_int(high) * 10_000 + to_int(low.lstrip("零〇")) if to_int(high) else 0
    if all(character in DIGITS for character in numeral):
        return int("".join(str(DIGITS[character]) for character in numeral) or 0)
    total = digit = 0
    for character in numeral:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        elif character in TENS:
            total += TENS[character]
        elif character in DIGITS:
            digit = DIGITS[character]
        else:
            return 0
    return total + digit


def to_chinese(number: int) -> str:
    """``number`` (from 1, below a hundred million) as statutes write it.

    >>> to_chinese(10), to_chinese(112), to_chinese(103), to_chinese(1260)
    ('十', '一百一十二', '一百零三', '一千二百六十')
    """
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return to_chinese(high) + MYRIAD + ("零" if 0 < low < 1000 else "") + (_below_myriad(low) if low else "")
    text = _below_myriad(number)
    return text.removeprefix("一") if text.startswith("一十") else text


def _below_myriad(number: int) -> str:
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if zero else "") + "〇一二三四五六七八九"[digit] + name
            zero = False
        elif text:
            zero = True
    return text
