"""Heights of rows that show all their text, in Excel, WPS and LibreOffice alike.

No program computes heights for a file that it has not opened, and fonts differ between machines, so the estimate counts
the widths of characters and leaves some room.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

UNIT = 7.0  # pixels of a column's width unit: one digit of the default font, 11 pt
PADDING = 5.0  # pixels of a cell that hold no text
PIXELS_PER_POINT = 96 / 72
LINE = 1.32  # height of a line by font size: the tallest of the fonts that may stand in for 宋体
HIGHEST = 409.0  # points, the limit of Excel
SLACK = 1.05  # a line can't always be filled: words and punctuation are kept together


def text_lines(text: str, width: float, points: float) -> int:
    """How many lines ``text`` takes in a column ``width`` units wide at a font size of ``points``."""
    em = points * PIXELS_PER_POINT
    room = max(width * UNIT - PADDING, em)
    return sum(max(1, math.ceil(_ems(part) * em * SLACK / room)) for part in text.split("\n")) if text else 0


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.58 for character in text)


def row_height(cells: Iterable[tuple[str, float]], points: float, *, least: float = 0.0) -> float:
    """The height in points of a row with these (text, column width), not above Excel's limit."""
    lines = max((text_lines(text, width, points) for text, width in cells), default=1)
    return min(HIGHEST, max(least, math.ceil(lines * points * LINE + 5)))


def fitting_size(cells: list[tuple[str, float]], points: float, smallest: float) -> float:
    """The largest font size not above ``points`` at which the row's text fits Excel's highest row."""
    while points > smallest and max((text_lines(t, w, points) for t, w in cells), default=1) * points * LINE + 5 > HIGHEST:
        points -= 0.5
    return points
