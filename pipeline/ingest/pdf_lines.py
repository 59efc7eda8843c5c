"""The physical lines of a PDF page as pdfium gives them, with their place on the page as seen.

pdfium keeps the order in which a line was drawn. Programs that lack a glyph in the text's font (LibreOffice with Chinese
quotation marks) draw it after the rest: such lines are told by their spaces and put in order by place.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.ingest.pdf_drawing import Box, Frame
from pipeline.ingest.registry import Line

_HYPHEN = "\ufffe"  # pdfium's mark for a hyphen at a line's end
_OUT_OF_ORDER = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])|“\s*”|‘\s*’|《\s*》|（\s*）|[“‘《（]$|^[”’》）]")
_BACKWARD = 0.5  # of a character's width: how far a next character starts before the last one's end
_GAP = 0.3  # of the height: a space between Latin words


def text_lines(textpage: pdfium.PdfTextPage, text: str, frame: Frame, page: int) -> Iterator[Line]:
    """The lines of ``text``, which is all that `get_text_range` gave; each placed by its first and last character."""
    # pdfium leaves out of the text what has no Unicode value: where any is, places have to be looked up.
    skips = len(text) != textpage.count_chars()
    offset = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            first = offset + line.index(bare[0])
            indices = range(first, first + len(bare))
            if skips:
                found = (raw.FPDFText_GetCharIndexFromTextIndex(textpage, index) for index in (indices[0], indices[-1]))
                indices = range(next(found), next(found) + 1)
            yield _line(textpage, bare, indices, frame, page)
        offset += len(line) + 1


def _line(textpage: pdfium.PdfTextPage, text: str, indices: range, frame: Frame, page: int) -> Line:
    first, last = _box(textpage, indices[0], frame), _box(textpage, indices[-1], frame)
    x0, x1 = min(first[0], last[0]), max(first[2], last[2])
    if len(indices) == len(text) and _OUT_OF_ORDER.search(text):
        text, x0, x1 = _in_order(textpage, text, indices, frame) or (text, x0, x1)
    size = _size(textpage, indices[0]) or first[3] - first[1]
    return Line(text.replace(_HYPHEN, ""), page, "line", x0, x1, min(first[1], last[1]), max(first[3], last[3]), size)


def _box(textpage: pdfium.PdfTextPage, index: int, frame: Frame) -> Box:
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(textpage, index, box)
    return frame.seen_box(box.left, box.bottom, box.right, box.top)


def _size(textpage: pdfium.PdfTextPage, index: int) -> float:
    """The size of a character in points: that of its font as scaled on the page."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
    return raw.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)


def _in_order(textpage: pdfium.PdfTextPage, text: str, indices: range, frame: Frame) -> tuple[str, float, float] | None:
    """A line's text by place, with its left and right edge; None where it was in order."""
    glyphs = [(*_box(textpage, index, frame), sign) for index, sign in zip(indices, text, strict=True) if sign != " "]
    if all(after[0] >= before[2] - _BACKWARD * (before[2] - before[0]) for before, after in pairwise(glyphs)):
        return None
    glyphs.sort(key=lambda glyph: glyph[0])
    pieces = [glyphs[0][4]]
    for before, after in pairwise(glyphs):
        latin = before[4].isascii() and after[4].isascii()
        pieces.append(" " * (latin and after[0] - before[2] > _GAP * (after[3] - after[1])) + after[4])
    return "".join(pieces), glyphs[0][0], max(glyph[2] for glyph in glyphs)
