"""Which of a page's pictures its own text covers (文字层), by places on the page; boxes are (x0, top, x1, bottom) in points."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.ingest.readers import Line

Box = tuple[float, float, float, float]
_LEAST_WIDTH, _LEAST_HEIGHT = 60.0, 10.0  # less is an icon, a bullet, a check mark
_BARE = 0.2  # of a picture's height without a native line: there the picture may hold text of its own
_LEAST_BARE = 30.0  # points


def lies_in(line: Line, box: Box) -> bool:
    """Whether a line's middle stands in a box."""
    x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def is_bare(box: Box, inside: Iterable[Line]) -> bool:
    """Whether a picture is large enough for text, and a stretch of its height holds no native line: a searchable scan has
    them all over."""
    height, end, gap = box[3] - box[1], box[1], 0.0
    if box[2] - box[0] < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        return False
    for line in sorted(inside, key=lambda line: line.top):
        gap, end = max(gap, line.top - end), max(end, line.bottom)
    gap = max(gap, box[3] - end)
    return gap >= height or (gap > _BARE * height and gap > _LEAST_BARE)


def line_above(lines: list[Line], box: Box) -> Line | None:
    """The last line in reading order that stands above a picture's top; None where none does."""
    above = [line for line in lines if (line.top + line.bottom) / 2 <= box[1]]
    return above[-1] if above else None
