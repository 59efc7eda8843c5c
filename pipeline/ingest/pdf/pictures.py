"""Pictures on a PDF page that its text layer does not cover: where they stand, and how to get their pixels.

The page is rendered and cut, so that masks, turned pages and scans stored in strips come out as a person sees them; what
the text layer has is painted out, and what is left may be text that only the picture holds.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.ingest.ocr.coverage import is_bare, lies_in, line_above
from pipeline.ingest.ocr.image import opened
from pipeline.ingest.pdf.drawing import Box
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Look, Picture

_TOUCHING = 2.0
GLANCE, _READ = 110 / 72, 200 / 72  # pixels a point
_MOST_PIXELS = 5_000  # a page may call itself a hundred metres wide
_MOST = 400  # pictures a page; more are tiles of one
Draw = Callable[[int, float], np.ndarray]  # the number of a page (from 1), pixels a point


def drawer(document: pdfium.PdfDocument) -> Draw:
    """Draws the pages of a document; the last one is kept, for the next picture on it."""
    return lru_cache(maxsize=1)(partial(_page, document))


def pictures_beside(
    draw: Draw,
    drawn: list[tuple[Box, object]],
    lines: list[Line],
    number: int,
    before: Line | None,
    masks: Callable[[], bool],
) -> list[Picture]:
    """The pictures of page ``number`` (from 1) that are more than what ``lines`` say; ``before`` ends the page before.

    ``drawn`` are their boxes and pdfium's handles of them; ``masks`` says whether the file has masks, in which text may stand.
    """
    found = []
    for box in sorted(_joined([box for box, _ in drawn]), key=lambda box: (box[1], box[0])):
        inside = [line for line in lines if lies_in(line, box)]
        if not is_bare(box, inside):
            continue
        pixels = partial(_pixels, draw, number, box, [(line.x0, line.top, line.x1, line.bottom) for line in inside])
        here = [thing for other, thing in drawn if _touch(box, other)]
        camera = _jpeg(here[0]) if len(here) == 1 and not inside and not masks() else b""
        load = partial(_at_a_look, camera, pixels) if camera else pixels
        after = line_above(lines, box) or before
        found.append(Picture(load, f"第{number}页的图片", number, after, box, stored=camera))
    return found


def _jpeg(thing: object) -> bytes:
    """The bytes of a picture stored as a camera does, empty where it is stored otherwise."""
    name = ctypes.create_string_buffer(16)
    if raw.FPDFImageObj_GetImageFilterCount(thing) != 1:
        return b""
    raw.FPDFImageObj_GetImageFilter(thing, 0, name, len(name))
    if name.value != b"DCTDecode":
        return b""
    stored = ctypes.create_string_buffer(raw.FPDFImageObj_GetImageDataRaw(thing, None, 0))
    raw.FPDFImageObj_GetImageDataRaw(thing, stored, len(stored))
    return stored.raw


def _at_a_look(camera: bytes, pixels: Callable[[Look], np.ndarray], look: Look) -> np.ndarray:
    """For a look the stored picture serves: drawing the page takes four times as long. What is read is the page as seen."""
    if look != "whole":
        with contextlib.suppress(Unreadable):
            return opened(camera, look)
    return pixels(look)


def page_picture(draw: Draw, number: int, lines: list[Line], before: Line | None) -> Picture:
    """A page that has to be recognised as a whole, and its worthless lines."""
    after = lines[-1] if lines else before
    return Picture(lambda _: draw(number, _READ), f"第{number}页", number, after, None, lines, whole=True)


def _joined(boxes: list[Box]) -> list[Box]:
    """Pictures that touch each other are strips or tiles of one."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0]))[:_MOST]:
        while near := next((other for other in joined if _touch(box, other)), None):
            joined.remove(near)
            box = min(box[0], near[0]), min(box[1], near[1]), max(box[2], near[2]), max(box[3], near[3])
        joined.append(box)
    return joined


def _touch(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across >= -_TOUCHING and down >= -_TOUCHING


def _page(document: pdfium.PdfDocument, number: int, scale: float) -> np.ndarray:
    try:
        with contextlib.closing(document[number - 1]) as page:
            return page.render(scale=min(scale, _MOST_PIXELS / max(*page.get_size(), 1.0))).to_numpy()
    except pdfium.PdfiumError as error:
        raise Unreadable("文件损坏", "页面打不开") from error


def _pixels(draw: Draw, number: int, box: Box, covered: list[Box], look: Look) -> np.ndarray:
    scale = _READ if look == "whole" else GLANCE
    pixels = draw(number, scale).copy()
    height, width = pixels.shape[:2]
    for place in covered:
        pixels[part_of(place, scale, height, width)] = _paper(pixels)
    return np.ascontiguousarray(pixels[part_of(box, scale, height, width)])


def _paper(pixels: np.ndarray) -> np.ndarray:
    return np.median(pixels[::16, ::16].reshape(-1, pixels.shape[2]), axis=0).astype(np.uint8)


def part_of(box: Box, scale: float, height: int, width: int) -> tuple[slice, slice]:
    """The pixels of a box on a page that is drawn at a scale."""
    x0, top, x1, bottom = (round(scale * edge) for edge in box)
    return slice(max(top, 0), min(max(bottom, 1), height)), slice(max(x0, 0), min(max(x1, 1), width))
