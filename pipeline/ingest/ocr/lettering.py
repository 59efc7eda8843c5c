"""Whether a picture may hold text (图中有无文字), told without recognising anything; nearly all photographs pass at a glance.

Two looks. Print is thin strokes on smooth ground, in whatever direction its lines run: that costs a few milliseconds and
lets most photographs pass. What is left (foliage, fabrics, maps) is looked at by the recogniser's detector on a small
picture; too few characters are a logo's, a seal's or an axis's.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pipeline.ingest.ocr.detection import characters
from pipeline.ingest.ocr.installed import cv2, require
from pipeline.ingest.ocr.seals import without_seals
from pipeline.ingest.readers import Look

SIDE = 640  # pixels of the longer side on which both look: small print on A4 is then 7 high
_LARGER = 960  # where print is all but certain and the detector saw none
_CLOSE = 1280  # of the part of a large picture where it looks like print
_SLIGHT = 0.5  # a picture made smaller by no more than this loses nothing by the quick way
_LEAST_SIDE = 12
_STROKE = 11  # pixels: what is thinner is a stroke
_GROUND = 5  # pixels over which the ground under print is level
_CELL, _CELLS = 12, 5  # so many cells of so many pixels have to look like print
_FAINT = 10  # grey levels by which ink differs at least
_PRINT, _CERTAIN = 6.5, 25.0  # of `_likeness`: no picture of text had less than 7, few photographs have more than 25
_SHORT, _LEAST, _MANY = 2.0, 2.8, 40.0  # widths in heights: what is shorter is an axis's number or a logo's name
_WIDE = 3.0  # a red picture so many times wider than high is a headline and no seal
_PALE = 120  # grey levels between nearly the darkest and nearly the lightest: with fewer a picture is faint
_FULL, _MOST = 160, 4.0  # levels to which they are spread, at most so many times
_DARK = 110  # grey level: on darker paper the ink is light


def may_hold_text(load: Callable[[Look], np.ndarray]) -> bool:
    """Whether a picture, whose pixels ``load`` gives, shows text. Raises Unreadable where recognition is not installed."""
    require()
    pixels = load("glance")
    if min(pixels.shape[:2]) < _LEAST_SIDE:
        return False
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_BGR2GRAY)
    grey = _spread(_small(grey))
    cells = max((_likeness(ink) for ink in (grey, 255 - grey)), key=_fifth)
    if _fifth(cells) < _PRINT:
        return False
    seen = grey_of(np.ascontiguousarray(load("look") if pixels.ndim == 2 else pixels))
    if _is_text(seen, SIDE):
        return True
    if _fifth(cells) >= _CERTAIN and _is_text(seen, _LARGER):
        return True
    return _shows_text_close_up(load, grey, cells)


def _shows_text_close_up(load: Callable[[Look], np.ndarray], small: np.ndarray, cells: np.ndarray) -> bool:
    """Whether there is text where a large picture looks like print: small print on a page is too small for a look at all of it."""
    rows, columns = (np.flatnonzero((cells >= _PRINT).any(axis=axis)) for axis in (1, 0))
    whole = load("whole")
    scale = _CELL * whole.shape[0] / small.shape[0]
    if scale < 2 * _CELL:
        return False
    top, bottom, left, right = rows[0] - 1, rows[-1] + 2, columns[0] - 1, columns[-1] + 2
    part = whole[max(round(top * scale), 0) : round(bottom * scale), max(round(left * scale), 0) : round(right * scale)]
    return _is_text(grey_of(np.ascontiguousarray(part)), min(max(part.shape[:2]), _CLOSE))


def _fifth(cells: np.ndarray) -> float:
    """What the fifth-best cell has."""
    best = min(_CELLS, cells.size)
    return float(np.partition(cells.ravel(), -best)[-best])


def grey_of(pixels: np.ndarray) -> np.ndarray:
    """A picture inside a document as the recogniser knows print: dark on light, a seal pale, a red headline dark."""
    height, width = pixels.shape[:2]
    grey = np.ascontiguousarray(pixels[:, :, 1]) if width > _WIDE * height else without_seals(pixels)
    return _spread(255 - grey if np.median(grey[::8, ::8]) < _DARK else grey)


def _spread(grey: np.ndarray) -> np.ndarray:
    """A faint picture with more contrast."""
    shares = np.cumsum(cv2.calcHist([np.ascontiguousarray(grey[::2, ::2])], [0], None, [256], [0, 256]), dtype=np.float64)
    low, high = (int(np.searchsorted(shares, share * shares[-1])) for share in (0.005, 0.995))
    if not 0 < high - low < _PALE:
        return grey
    times = min(_FULL / (high - low), _MOST)
    return cv2.LUT(grey, np.clip(times * (np.arange(256) - high) + 255, 0, 255).astype(np.uint8))


def _small(grey: np.ndarray) -> np.ndarray:
    scale = SIDE / max(grey.shape)
    if scale >= 1:
        return grey
    size = max(round(grey.shape[1] * scale), 1), max(round(grey.shape[0] * scale), 1)
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < _SLIGHT else cv2.INTER_LINEAR)


def _likeness(grey: np.ndarray) -> np.ndarray:
    """How much each cell looks like dark print: strong and thin strokes on ground that is smooth without them.

    Closing takes the strokes off. What they stood out by is weighed against how rough the ground is; how many edges there
    are for the ink says how thin they are.
    """
    window = np.ones((_STROKE, _STROKE), np.uint8)
    ground = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, window)
    stroke = cv2.subtract(ground, grey)
    rough = cv2.absdiff(ground, cv2.blur(ground, (_GROUND, _GROUND)))
    ink = cv2.compare(stroke, cv2.max(cv2.dilate(stroke, window) // 2, np.array(_FAINT)), cv2.CMP_GT)
    edges = cv2.morphologyEx(ink, cv2.MORPH_GRADIENT, np.ones((1, 2), np.uint8))
    strength, roughness, inked, edged = map(_cells, (stroke, rough, ink, edges))
    return strength / (roughness + 0.5) * (edged / 255) ** 1.5 / (inked / 255 + 0.01)


def _cells(picture: np.ndarray) -> np.ndarray:
    """The average of each cell; what is left over at the right and below is in none, for the sake of speed."""
    sums = cv2.integral(picture)[::_CELL, ::_CELL]
    return (sums[1:, 1:] - sums[:-1, 1:] - sums[1:, :-1] + sums[:-1, :-1]) / _CELL**2


def _is_text(grey: np.ndarray, side: int) -> bool:
    """Whether there is a line of several characters, or very many short ones (a list of names)."""
    found = characters(grey, side)
    return sum(each for each in found if each >= _SHORT) >= _LEAST or sum(found) >= _MANY
