"""Red seals (印章) taken off a page in colour, with the text under them and the red headline left standing."""

from __future__ import annotations

import cv2
import numpy as np

_RED = 2  # in BGR, the order in which pdfium and OpenCV give pixels
_WIDTH = 500  # pixels of the picture on which seals are looked for
_REDDER = 50  # grey levels by which red ink outshines green and blue
_INK = 150  # red channel: black text under a seal is darker, the seal alone is lighter
_LEAST, _MOST = 0.1, 0.36  # of the page's width: seals measure 30 to 60 mm


def without_seals(pixels: np.ndarray) -> np.ndarray:
    """The red channel of a page (height x width x BGR), its seals white; the seal's own letters must not be read.

    In the red channel a seal is pale, and so is the red headline: only what is as high as wide, as seals are, is wiped.
    """
    red = pixels[:, :, _RED]
    places = _seals(pixels)
    if not places:
        return red
    red = red.copy()
    for left, top, right, bottom in places:
        part = np.s_[top:bottom, left:right]
        pale = (_redness(pixels[part]) > _REDDER // 2) & (red[part] > _INK)
        red[part][cv2.dilate(pale.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool) & (red[part] > _INK)] = 255
    return red


def _redness(pixels: np.ndarray) -> np.ndarray:
    return pixels[:, :, _RED].astype(np.int16) - np.maximum(pixels[:, :, 0], pixels[:, :, 1])


def _seals(pixels: np.ndarray) -> list[tuple[int, int, int, int]]:
    """Rectangles (left, top, right, bottom) round red figures about as high as wide."""
    scale = min(1.0, _WIDTH / pixels.shape[1])
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    width = small.shape[1]
    ink = (_redness(small) > _REDDER).astype(np.uint8)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    count, _, places, _ = cv2.connectedComponentsWithStats(joined)
    found = []
    for left, top, wide, high, area in places[1:count]:
        size = max(wide, high)
        square = min(wide, high) > 0.6 * size
        if square and _LEAST * width < size < _MOST * width and area > 0.08 * wide * high:
            margin = int(0.05 * size)
            box = (left - margin, top - margin, left + wide + margin, top + high + margin)
            found.append(tuple(max(int(each / scale), 0) for each in box))
    return found  # type: ignore[return-value]
