"""Automatic numbering (自动编号) as word processors count and print it: the 第一条 that is not in the text.

The same for DOCX, DOC and ODT: a list has nine levels, each with a number format, a first value and a text pattern.
"""

from __future__ import annotations

from dataclasses import dataclass

_CHINESE = "〇一二三四五六七八九"
_HEAVENLY = "甲乙丙丁戊己庚辛壬癸"
_EARTHLY = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


@dataclass(slots=True)
class Level:
    """One level of a list: its number format, first value, text pattern and what follows the number."""

    format: str = "decimal"
    start: int = 1
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False


class Counters:
    """The counts of all lists of one document, while its paragraphs go by in order."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, key: str, levels: dict[int, Level], depth: int, *, anew: bool = False) -> str:
        """The number that the next paragraph at ``depth`` of the list ``key`` bears; empty where the level is unknown.

        ``anew`` begins the level at its first value, whatever was counted before.
        """
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(key, {})
        if anew:
            counts.pop(depth, None)
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or depth < restart:
                del counts[deeper]
        return show(level, levels, counts)


def show(level: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
    """The number of a paragraph as printed, with what parts it from the text; empty for a bullet."""
    if level.format in {"bullet", "none"} and "%" not in level.text:
        return ""
    shown = level.text
    for depth in range(9):
        if f"%{depth + 1}" in shown:
            part = levels.get(depth, Level())
            format_ = "decimal" if level.legal else part.format
            shown = shown.replace(f"%{depth + 1}", format_number(counters.get(depth, part.start), format_))
    return shown + ("" if level.suffix == "nothing" or shown.endswith(("、", "．", "）", ")")) else " ")


def format_number(value: int, format_: str) -> str:
    """A number in one of the formats of ECMA-376 17.18.59 that Chinese documents use; decimal for the others."""
    if value < 0:
        return str(value)
    match format_:
        case "none":
            return ""
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCountingThousand":
            return _chinese(value)
        case "taiwaneseCounting" | "koreanCounting":
            return _chinese(value)
        case "ideographDigital" | "taiwaneseDigital" | "koreanDigital" | "japaneseDigitalTenThousand":
            return "".join(_CHINESE[int(digit)] for digit in str(value))
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return _chinese(value, _LEGAL, "拾佰仟")
        case "ideographTraditional":
            return _HEAVENLY[(value - 1) % 10]
        case "ideographZodiac":
            return _EARTHLY[(value - 1) % 12]
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
        case "decimalZero":
            return f"{value:02d}"
        case "upperLetter" | "lowerLetter":
            letters = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else ""
            return letters if format_ == "upperLetter" else letters.lower()
        case "upperRoman" | "lowerRoman":
            return _roman(value) if format_ == "upperRoman" else _roman(value).lower()
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return chr(0x2460 + value - 1) if 1 <= value <= 20 else str(value)
        case "decimalEnclosedParen":
            return f"({value})"
        case "ideographEnclosedCircle":
            return chr(0x3280 + value - 1) if 1 <= value <= 10 else _chinese(value)
    return str(value)


def _chinese(value: int, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    if value == 0:
        return digits[0]
    text, zero = "", False
    for power, digit in zip(range(len(str(value)) - 1, -1, -1), map(int, str(value)), strict=True):
        if power > 3:
            return "".join(digits[int(each)] for each in str(value))
        if digit == 0:
            zero = bool(text)
            continue
        text += (digits[0] if zero else "") + digits[digit] + (units[power - 1] if power else "")
        zero = False
    return text[1:] if 10 <= value < 20 and units[0] == "十" else text


def _roman(value: int) -> str:
    numerals = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")]
    numerals += [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    text = ""
    for size, numeral in numerals:
        count, value = divmod(value, size)
        text += numeral * count
    return text
