"""Heights of rows that show all their text, in Excel, WPS and LibreOffice alike.

No program computes heights for a file that it has not opened, and fonts differ between machines, so the lines are laid
out here: wide characters break anywhere, words and numbers stay whole where they fit, and some room is left.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache

UNIT = 7.0  # pixels of a column's width unit: one digit of the default font, 11 pt
PADDING = 5.0  # pixels of a cell that hold no text
PIXELS_PER_POINT = 96 / 72
LINE = 1.44  # height of a line by font size: the tallest of the fonts that may stand in for 宋体
HIGHEST = 409.0  # points, the limit of Excel
_NARROW = 0.58  # of an em: digits and Latin letters, on average
_LONG, _TIGHT = (
    8.0,
    0.97,
)  # ems; how much of a long line is filled: punctuation that may not begin a line takes its neighbour along
#: Runs that break anywhere (wide characters), words (a hyphen or slash ends one), and white space.
_RUNS = re.compile(r"([·\u1100-\U0010ffff]+)|([^\s·\u1100-\U0010ffff/-]*[/-]|[^\s·\u1100-\U0010ffff/-]+)|(\s+)")


def text_lines(text: str, width: float, points: float) -> int:
    """How many lines ``text`` takes in a column ``width`` units wide at a font size of ``points``."""
    room = max((width * UNIT - PADDING) / (points * PIXELS_PER_POINT), 1.0)
    return sum(_lines(part, round(room, 2)) for part in text.split("\n")) if text else 0


@lru_cache(maxsize=4096)
def _lines(text: str, room: float) -> int:
    """The lines of one paragraph where a line holds ``room`` ems."""
    room *= _TIGHT if room > _LONG else 1.0
    lines, filled = 1, 0.0
    for wide, word, space in _RUNS.findall(text):
        if wide:
            size, line = float(len(wide) - max(0, min(len(wide), int(room - filled)))), float(int(room))
            filled = filled if size else filled + len(wide)
        else:
            size, line = (len(word) or len(space)) * _NARROW, room
            if filled + size <= room or space:
                filled, size = min(room, filled + size), 0.0
            elif not filled:
                lines -= 1
        if size:
            more = math.ceil(size / line)
            lines, filled = lines + more, size - (more - 1) * line
    return lines


def row_height(cells: Iterable[tuple[str, float]], points: float, *, least: float = 0.0) -> float:
    """The height in points of a row with these (text, column width), not above Excel's limit."""
    lines = max((text_lines(text, width, points) for text, width in cells), default=1)
    return min(HIGHEST, max(least, math.ceil(lines * points * LINE + 3)))


def fitting_size(cells: list[tuple[str, float]], points: float, smallest: float) -> float:
    """The largest font size not above ``points`` at which the row's text fits Excel's highest row."""
    while points > smallest and max((text_lines(t, w, points) for t, w in cells), default=1) * points * LINE + 3 > HIGHEST:
        points -= 0.5
    return points
