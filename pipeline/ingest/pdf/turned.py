"""Text on turned pages that pdfium would drop: set upright before it is read.

Where neither the file nor the machine has a font, pdfium knows no height of its letters, and text that runs up or down the
page has no width: its text page leaves out what is narrower than 0.01 points. Turned objects are therefore turned back, so
that reading does not depend on the fonts of the machine.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.ingest.pdf.drawing import Frame

_NO_WIDTH = 0.01
_SAMPLES = 16  # text objects of an unturned page that are looked at


@contextmanager
def upright(page: pdfium.PdfPage) -> Iterator[Frame]:
    """The frame of a page, within the block that of its objects as they are seen where text would be lost otherwise."""
    frame = Frame.of(page)
    if frame.rotation not in (90, 270) or not loses_text(page, every=1):
        yield frame
        return
    width, height = frame.top - frame.bottom, frame.right - frame.left
    matrix = (0, -1, 1, 0, -frame.bottom, frame.right) if frame.rotation == 90 else (0, 1, -1, 0, frame.top, -frame.left)
    for index in range(raw.FPDFPage_CountObjects(page)):
        raw.FPDFPageObj_Transform(raw.FPDFPage_GetObject(page, index), *matrix)
    page.set_rotation(0)
    try:
        yield Frame(0.0, 0.0, width, height, 0)
    finally:
        page.set_rotation(frame.rotation)  # of the document's page, which may be drawn later


def loses_text(page: pdfium.PdfPage, *, every: int = 0) -> bool:
    """Whether text of a page has no width; ``every`` object is looked at, or a few by default."""
    count = raw.FPDFPage_CountObjects(page)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(0, count, every or max(count // _SAMPLES, 1)):
        thing = raw.FPDFPage_GetObject(page, index)
        if (
            raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_TEXT
            and raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
            and right.value - left.value < _NO_WIDTH < top.value - bottom.value
        ):
            return True
    return False
