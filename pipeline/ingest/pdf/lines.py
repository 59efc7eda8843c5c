"""The physical lines of a PDF page as pdfium gives them, with their place on the page as seen.

pdfium keeps the order in which a line was drawn. Programs that lack a glyph in the text's font (LibreOffice with Chinese
quotation marks) draw it after the rest: such lines are told by their spaces and put in order by place.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.ingest.pdf.drawing import Box, Frame
from pipeline.ingest.readers import Line

_HYPHEN = "\ufffe"  # pdfium's mark for a hyphen at a line's end
_OUT_OF_ORDER = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])|“\s*”|‘\s*’|《\s*》|（\s*）|[“‘《（]$|^[”’》）]")
_SPACE = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
_BACKWARD = 0.5  # of a character's width: how far a next character starts before the last one's end
_GAP = 0.3  # of the height: a space between Latin words


class Glyph(NamedTuple):
    """A character and its place, in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str


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
            yield from _stretches(textpage, bare, indices, frame, page)
        offset += len(line) + 1


def _stretches(textpage: pdfium.PdfTextPage, text: str, indices: range, frame: Frame, page: int) -> Iterator[Line]:
    """A line; where text that runs up the page was drawn behind it, pdfium's space between them parts two."""
    if len(indices) == len(text) and _OUT_OF_ORDER.search(text):
        row = _box(textpage, indices[0], frame)
        for space in (match.start() for match in _SPACE.finditer(text)):
            if not _overlaps(_box(textpage, indices[space + 1], frame), row):
                yield _line(textpage, text[:space], indices[:space], frame, page)
                rest = _stretches(textpage, text[space + 1 :], indices[space + 1 :], frame, page)
                yield from (replace(line, kind="paragraph") for line in rest)
                return
    yield _line(textpage, text, indices, frame, page)


def _overlaps(one: Box, other: Box) -> bool:
    """Whether two boxes stand in one row."""
    return one[1] < other[3] and one[3] > other[1]


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
    """A line's text by place, with its left and right edge; None where it was in order, or is no row."""
    row = [Glyph(*_box(textpage, index, frame), sign) for index, sign in zip(indices, text, strict=True) if sign != " "]
    if all(after.x0 >= before.x1 - _BACKWARD * (before.x1 - before.x0) for before, after in pairwise(row)):
        return None
    if not all(_overlaps(glyph[:4], row[0][:4]) for glyph in row):
        return None
    return in_a_row(row), min(glyph.x0 for glyph in row), max(glyph.x1 for glyph in row)


def glyphs(textpage: pdfium.PdfTextPage, frame: Frame) -> list[Glyph]:
    """Every character of a page that is no white space, with its place."""
    found = []
    for index in range(textpage.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(textpage, index))
        if sign > " " and sign != _HYPHEN:
            found.append(Glyph(*_box(textpage, index, frame), sign))
    return found


def in_a_row(row: list[Glyph]) -> str:
    """The text of characters that stand beside each other, with spaces between Latin words."""
    ordered = sorted(row, key=lambda glyph: glyph.x0)
    text = ordered[0].text
    for before, after in pairwise(ordered):
        latin = before.text.isascii() and after.text.isascii()
        text += " " * (latin and after.x0 - before.x1 > _GAP * (after.bottom - after.top)) + after.text
    return text
