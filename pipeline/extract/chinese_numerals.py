"""Chinese numerals (十二, 一百零三, 二〇二一) and Arabic ones, both ways."""

from __future__ import annotations

DIGITS = {
    "〇": 0,
    "零": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
UNITS = {"十": 10, "百": 100, "千": 1000}


def to_int(numeral: str) -> int:
    """The number that ``numeral`` writes; 0 where it is none.

    >>> to_int("一百三十三"), to_int("十二"), to_int("二〇二一"), to_int("10")
    (133, 12, 2021, 10)
    """
    if numeral.isdecimal():
        return int(numeral)
    if not any(character in UNITS for character in numeral):
        digits = [DIGITS.get(character, -1) for character in numeral]
        return 0 if -1 in digits or not digits else int("".join(map(str, digits)))
    total = digit = 0
    for character in numeral:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        elif character in DIGITS:
            digit = DIGITS[character]
        else:
            return 0
    return total + digit


def to_chinese(number: int) -> str:
    """``number`` (1 to 9999) as statutes write it.

    >>> to_chinese(10), to_chinese(112), to_chinese(103), to_chinese(1260)
    ('十', '一百一十二', '一百零三', '一千二百六十')
    """
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if zero else "") + "〇一二三四五六七八九"[digit] + name
            zero = False
        elif text:
            zero = True
    return text.removeprefix("一") if text.startswith("一十") else text
