"""What a PDF page draws beside its text: the rules of tables, and pictures; both in points from the page's top left.

pdfium's objects are asked by its C functions: a Python object for each piece of text would cost more than all reading.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_MAX_DEPTH = 4
_MAX_PATHS = 4_000  # more are a map or a drawing
_WHITE = 250
_STRAIGHT = 1.0  # points by which a rule may slant
_MOVE, _LINE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO

Point = tuple[float, float]
Box = tuple[float, float, float, float]


class Frame(NamedTuple):
    """Places a page's own coordinates (y upwards, before rotation) on the page as seen (y downwards)."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> Frame:
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation())

    @property
    def area(self) -> float:
        return max((self.right - self.left) * (self.top - self.bottom), 1.0)

    def seen(self, x: float, y: float) -> Point:
        match self.rotation:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def own(self, x: float, top: float) -> Point:
        match self.rotation:
            case 90:
                return top + self.left, x + self.bottom
            case 180:
                return self.right - x, top + self.bottom
            case 270:
                return self.right - top, self.top - x
        return x + self.left, self.top - top

    def seen_box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """As (x0, top, x1, bottom)."""
        if not self.rotation:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        return _sorted_box(self.seen(left, bottom), self.seen(right, top))

    def own_box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """As (left, bottom, right, top)."""
        return _sorted_box(self.own(x0, top), self.own(x1, bottom))


def _sorted_box(one: Point, other: Point) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


@dataclass(slots=True)
class Drawing:
    """The rules (x0, top, x1, bottom; one of the two extents nearly nil), the boxes of pictures as seen with pdfium's handles of
    them, good as long as the page is open, the share that the largest picture covers, and the boxes of white text."""

    rules: list[Box]
    picture_share: float
    pictures: list[tuple[Box, object]]
    white: list[Box]


def drawing(page: pdfium.PdfPage, frame: Frame) -> Drawing:
    """One pass over the objects of a page and of the forms in it."""
    found = Drawing([], 0.0, [], [])
    paths = 0
    for kind, thing, matrix in _objects(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, pdfium.PdfMatrix(), 0):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = matrix.on_rect(*_bounds(thing))
            found.picture_share = max(found.picture_share, (right - left) * (top - bottom) / frame.area)
            found.pictures.append((frame.seen_box(left, bottom, right, top), thing))
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            found.white.append(frame.seen_box(*matrix.on_rect(*_bounds(thing))))
        elif (paths := paths + 1) <= _MAX_PATHS and _shows(thing):
            found.rules.extend(frame.seen_box(*rule) for rule in _straight(thing, matrix))
    return found if paths <= _MAX_PATHS else replace(found, rules=[])


def _objects(holder, count, get, matrix: pdfium.PdfMatrix, depth: int) -> Iterator[tuple[int, object, pdfium.PdfMatrix]]:
    """Paths, pictures and white text as (kind, handle, matrix of the forms that hold it)."""
    for index in range(count(holder)):
        thing = get(holder, index)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield kind, thing, matrix
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            if _is_white(thing):
                yield kind, thing, matrix
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = _matrix(thing).multiply(matrix)
            yield from _objects(thing, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)


def _is_white(text) -> bool:
    red, green, blue, opaque = colours = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(text, *colours)
    return (red.value > _WHITE and green.value > _WHITE and blue.value > _WHITE) or not opaque.value


def _bounds(thing) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _matrix(thing) -> pdfium.PdfMatrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, matrix)
    return pdfium.PdfMatrix.from_raw(matrix)


def _shows(path) -> bool:
    """Whether a path leaves a mark: it is stroked, or filled in another colour than white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    if stroke.value or not fill.value:
        return bool(stroke.value)
    colours = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(path, *colours)
    return any(colour.value < _WHITE for colour in colours[:3])


def _straight(path, forms: pdfium.PdfMatrix) -> Iterator[Box]:
    """The upright and level segments of a path; a thin filled box, as Word draws rules, gives its two long sides."""
    matrix = _matrix(path).multiply(forms)
    start = last = (0.0, 0.0)
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == _MOVE:
            start = point
        elif kind == _LINE and _is_straight(last, point):
            yield _sorted_box(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            if _is_straight(last, start):
                yield _sorted_box(last, start)
            last = start


def _is_straight(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) <= _STRAIGHT or abs(one[1] - other[1]) <= _STRAIGHT
