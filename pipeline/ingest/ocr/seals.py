"""Red seals (印章) taken off a page in colour, with the text under them and the red headline left standing."""

from __future__ import annotations

import numpy as np

from pipeline.ingest.ocr.installed import cv2

_RED = 2  # in BGR, the order in which pdfium and OpenCV give pixels
_WIDTH = 500  # pixels of the picture on which seals are looked for
_REDDER = 50  # grey levels by which red ink outshines green and blue
_INK = 150  # red channel: black text under a seal is darker, the seal alone is lighter
_LEAST, _MOST = 0.1, 0.36  # of the page's width: seals measure 30 to 60 mm


def without_seals(pixels: np.ndarray) -> np.ndarray:
    """A page (height x width x BGR) in grey: its seals white, its red headline dark, else the red channel.

    In the red channel red ink is pale and the text under a seal stands clear. What is as high as wide, as seals are, is
    wiped altogether, so that its own letters are not read; what runs across the upper half is the headline.
    """
    small, scale = _small(pixels)
    ink = (_redness(small) > _REDDER).astype(np.uint8)
    grey = pixels[:, :, _RED]
    seals, headlines = _seals(ink), _headlines(ink)
    if seals or headlines:
        grey = grey.copy()
    for place in headlines:
        part = _part(place, scale)
        grey[part] = np.minimum(grey[part], pixels[part][:, :, 1])
    for place in seals:
        part = _part(place, scale)
        pale = ((_redness(pixels[part]) > _REDDER // 2) & (pixels[part][:, :, _RED] > _INK)).astype(np.uint8)
        around = cv2.dilate(pale, np.ones((3, 3), np.uint8)).astype(bool)
        grey[part][around & (pixels[part][:, :, _RED] > _INK)] = 255
    return grey


def _redness(pixels: np.ndarray) -> np.ndarray:
    return pixels[:, :, _RED].astype(np.int16) - np.maximum(pixels[:, :, 0], pixels[:, :, 1])


def _small(pixels: np.ndarray) -> tuple[np.ndarray, float]:
    scale = min(1.0, _WIDTH / pixels.shape[1])
    return cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), scale


Place = tuple[int, int, int, int]  # left, top, width, height


def _figures(ink: np.ndarray, gap: tuple[int, int]) -> list[tuple[Place, int]]:
    """Connected figures of red ink, gaps up to so many pixels (across, down) closed, with their areas."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, gap))
    _, _, places, _ = cv2.connectedComponentsWithStats(joined)
    return [((int(left), int(top), int(wide), int(high)), int(area)) for left, top, wide, high, area in places[1:]]


def _seals(ink: np.ndarray) -> list[Place]:
    """Figures about as high as wide and of a seal's size."""
    width = ink.shape[1]
    found = []
    for (left, top, wide, high), area in _figures(ink, (9, 9)):
        size = max(wide, high)
        if min(wide, high) > 0.6 * size and _LEAST * width < size < _MOST * width and area > 0.08 * wide * high:
            margin = int(0.05 * size)
            found.append((left - margin, top - margin, wide + 2 * margin, high + 2 * margin))
    return found


def _headlines(ink: np.ndarray) -> list[Place]:
    """Figures much wider than high in the upper half."""
    height, width = ink.shape
    return [
        (left, top, wide, high)
        for (left, top, wide, high), _ in _figures(ink, (41, 3))
        if wide > 3 * high and wide > 0.2 * width and top + high < 0.5 * height
    ]


def _part(place: Place, scale: float) -> tuple[slice, slice]:
    left, top, wide, high = place
    rows = slice(max(int(top / scale), 0), max(int((top + high + 1) / scale), 0))
    return rows, slice(max(int(left / scale), 0), max(int((left + wide + 1) / scale), 0))
