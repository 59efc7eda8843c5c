"""Text with its line breaks taken out, and the way back to the offsets of the original.

A citation (依据) may be cut anywhere by a line end; with the breaks gone, it is found in the same way wherever the lines
end. Spaces inside a line stay: some titles have them as printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

LINE_BREAK = re.compile(r"[\r\n\f\v\u2028\u2029][\s\u3000]*")
_BEFORE_BREAK = " \t\u3000"


@dataclass(frozen=True, slots=True)
class Flat:
    """``text`` without line breaks; ``breaks[i]`` is where, in ``text``, the i-th break was, ``gaps[i]`` the number of
    characters taken out before that point and there."""

    text: str
    breaks: list[int]
    gaps: list[int]

    def start(self, position: int) -> int:
        """Original offset of the flat character at ``position``."""
        index = bisect_right(self.breaks, position)
        return position + (self.gaps[index - 1] if index else 0)

    def end(self, position: int) -> int:
        """Original offset just after the flat character before ``position`` (a range's end)."""
        return self.start(position - 1) + 1

    def at_line_start(self, position: int) -> bool:
        """Whether a line began at ``position``."""
        index = bisect_left(self.breaks, position)
        return position == 0 or (index < len(self.breaks) and self.breaks[index] == position)


@lru_cache(maxsize=1)  # one text is asked for its citations, then for its vague bases
def flatten(text: str) -> Flat:
    """Take the line breaks out of ``text``, with the spaces around each."""
    parts: list[str] = []
    breaks: list[int] = []
    gaps: list[int] = []
    last = removed = 0
    for found in LINE_BREAK.finditer(text):
        end = found.end()
        parts.append(text[last : found.start()].rstrip(_BEFORE_BREAK))
        removed += end - last - len(parts[-1])
        breaks.append(end - removed)
        gaps.append(removed)
        last = end
    parts.append(text[last:])
    return Flat("".join(parts), breaks, gaps)
