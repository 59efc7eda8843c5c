"""Text of a PDF page that nobody sees on it (隐藏文字): tiny, beside the page, white on white, or in a layer
that is switched off. It is read, and said to be hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.ingest.ocr.coverage import lies_in
from pipeline.ingest.pdf.drawing import Box, Frame
from pipeline.ingest.pdf.pictures import GLANCE, Draw, part_of
from pipeline.ingest.readers import Line

_TINY = 2.5  # points; print for lawyers has 5
_ALIKE = 12  # grey levels: a place with less between its darkest and lightest shows nothing
_MARGIN = 1.0  # points


def unseen(lines: Sequence[Line], white: Sequence[Box], frame: Frame, number: int, draw: Draw) -> Iterator[Line]:
    """The lines of page ``number`` that are not seen; ``white`` is where text may stand that is
    white, or switched off."""
    x0, top, x1, bottom = frame.seen_box(frame.left, frame.bottom, frame.right, frame.top)
    for line in lines:
        outside = line.x1 < x0 or line.x0 > x1 or line.bottom < top or line.top > bottom
        if 0 < line.size < _TINY or outside or (white and _is_blank(line, white, number, draw)):
            yield line


def _is_blank(line: Line, white: Sequence[Box], number: int, draw: Draw) -> bool:
    """Whether a line of text that may not be seen is not: the page drawn shows nothing there."""
    if not any(lies_in(line, (x0 - _MARGIN, top - _MARGIN, x1 + _MARGIN, bottom + _MARGIN)) for x0, top, x1, bottom in white):
        return False
    pixels = draw(number, GLANCE)
    place = pixels[part_of((line.x0, line.top, line.x1, line.bottom), GLANCE, *pixels.shape[:2])]
    return bool(place.size) and int(np.ptp(place)) < _ALIKE
