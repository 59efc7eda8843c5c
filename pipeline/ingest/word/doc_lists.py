"""The list definitions of Word 97-2003 files ([MS-DOC], LSTF and LVL): what makes automatic numbers.

Damaged definitions raise struct.error or IndexError.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from pipeline.ingest.word.numbering import Level

_FORMATS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "chineseCounting",
    11: "chineseCounting",
    14: "decimalFullWidth",
    16: "chineseLegalSimplified",
    17: "ideographDigital",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    255: "none",
}


@dataclass(slots=True)
class ListFormat:
    """What a paragraph's list index leads to: the key under which it counts and its levels."""

    key: str
    levels: dict[int, Level]
    restarted: set[int] = field(default_factory=set)


def list_formats(table: bytes, lists: tuple[int, int], overrides: tuple[int, int]) -> list[ListFormat]:
    """All lists, in the order in which paragraphs refer to them (from 1)."""
    levels = _lists(table, lists)
    found: list[ListFormat] = []
    if overrides[1] < 4:
        return found
    data = table[overrides[0] : overrides[0] + overrides[1]]
    (count,) = struct.unpack_from("<I", data, 0)
    count = min(count, (len(data) - 4) // 16)
    position = 4 + 16 * count
    for index in range(count):
        (key,) = struct.unpack_from("<i", data, 4 + 16 * index)
        changed = data[4 + 16 * index + 12]
        item = ListFormat(str(key), dict(levels.get(key, {})))
        position = _override(data, position + 4, changed, item)
        found.append(item)
    return found


def _override(data: bytes, position: int, count: int, item: ListFormat) -> int:
    for _ in range(count):
        if position + 8 > len(data):
            break
        start, flags = struct.unpack_from("<iI", data, position)
        depth = flags & 0xF
        position += 8
        if flags & 0x20:
            item.levels[depth], position = _level(data, position)
        elif flags & 0x10 and depth in item.levels:
            old = item.levels[depth]
            item.levels[depth] = Level(old.format, start, old.text, old.suffix, old.restart, old.legal)
        if flags & 0x30:
            item.restarted.add(depth)
    return position


def _lists(table: bytes, place: tuple[int, int]) -> dict[int, dict[int, Level]]:
    if place[1] < 2:
        return {}
    (count,) = struct.unpack_from("<H", table, place[0])
    position = place[0] + 2 + 28 * count  # the levels follow the list headers, and are not counted in the size
    found: dict[int, dict[int, Level]] = {}
    for index in range(count):
        start = place[0] + 2 + 28 * index
        (key,) = struct.unpack_from("<i", table, start)
        simple = table[start + 26] & 1
        found[key] = {}
        for depth in range(1 if simple else 9):
            found[key][depth], position = _level(table, position)
    return found


def _level(table: bytes, position: int) -> tuple[Level, int]:
    start, format_, flags = struct.unpack_from("<iBB", table, position)
    follow, runs, paragraph, limit = table[position + 15], table[position + 24], table[position + 25], table[position + 26]
    position += 28 + runs + paragraph
    (length,) = struct.unpack_from("<H", table, position)
    raw = table[position + 2 : position + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(each) + 1}" if ord(each) < 9 else each for each in raw)
    restart = limit if flags & 0x8 else None
    suffix = ("tab", "space", "nothing")[min(follow, 2)]
    return Level(_FORMATS.get(format_, "decimal"), start, text, suffix, restart, bool(flags & 0x4)), position + 2 + 2 * length
