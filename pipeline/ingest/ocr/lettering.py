"""Whether a picture may hold text (图中有无文字), told from its ink and without recognising anything.

Text stands in lines: bars of broken ink, much wider than high, with clear paper above and below. A logo has too few
characters for one, a seal's run in a ring, a photograph has no clear paper and a chart no broken ink.
"""

from __future__ import annotations

import numpy as np

from pipeline.ingest.ocr.installed import cv2, require
from pipeline.ingest.ocr.seals import without_seals

_SIDE = 1100  # pixels of the longer side on which lines are looked for: small print on A4 is then 9 high
_LEAST_SIDE = 16
_BLOCK, _DARKER = 31, 12  # of adaptive thresholding: ink is so many grey levels darker than the paper around it
_LOWEST, _HIGHEST = 6, 90  # pixels
_NARROWEST = 4.0  # heights: a line of fewer characters is a logo's or an axis's
_INK = (0.1, 0.65)  # share of ink in a line's box
_CLEAR = 0.06  # share of ink above and below it
_LEAST_CHARACTERS = 9.0  # in all lines together, taking characters for square
_WIDE = 3.0  # a red picture so many times wider than high is a headline and no seal
_DARK = 110  # grey level: on darker paper the ink is light


def may_hold_text(pixels: np.ndarray) -> bool:
    """Whether a picture (height x width x BGR) shows lines of text. Raises Unreadable where recognition is not installed."""
    require()
    grey = _small(grey_of(pixels))
    if min(grey.shape) < _LEAST_SIDE:
        return False
    if np.median(grey) < _DARK:
        grey = 255 - grey
    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _BLOCK, _DARKER)
    total = cv2.integral(ink)
    return any(_characters(ink, total, reach) >= _LEAST_CHARACTERS for reach in (9, 21, 41))


def grey_of(pixels: np.ndarray) -> np.ndarray:
    """A picture inside a document in grey: a seal is pale, a red headline dark."""
    height, width = pixels.shape[:2]
    return np.ascontiguousarray(pixels[:, :, 1]) if width > _WIDE * height else without_seals(pixels)


def _small(grey: np.ndarray) -> np.ndarray:
    scale = _SIDE / max(grey.shape)
    if scale >= 1:
        return np.ascontiguousarray(grey)
    size = max(round(grey.shape[1] * scale), 1), max(round(grey.shape[0] * scale), 1)
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA)


def _characters(ink: np.ndarray, total: np.ndarray, reach: int) -> float:
    """How many square characters the lines hold that closing gaps of ``reach`` pixels makes of the ink."""
    bars = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(bars)
    found = 0.0
    for left, top, wide, high, _ in stats[1:].tolist():
        if _LOWEST <= high <= _HIGHEST and wide >= _NARROWEST * high and reach <= 2 * high:
            margin = max(high // 5, 2)
            inside = _share(total, left, top, wide, high)
            above, below = _share(total, left, top - margin, wide, margin), _share(total, left, top + high, wide, margin)
            if _INK[0] <= inside <= _INK[1] and max(above, below) <= _CLEAR:
                found += wide / high
    return found


def _share(total: np.ndarray, left: int, top: int, wide: int, high: int) -> float:
    """The share of ink in a box, from the sums of all boxes that begin at the top left."""
    low, high_end = max(top, 0), min(top + high, total.shape[0] - 1)
    if high_end <= low:
        return 0.0
    end = left + wide
    ink = total[high_end, end] - total[low, end] - total[high_end, left] + total[low, left]
    return float(ink) / ((high_end - low) * wide)
