"""How a scanned page lies on the glass: its skew, and the page set straight."""

from __future__ import annotations

import numpy as np

from pipeline.ingest.ocr.installed import cv2

_WIDTH = 700  # pixels of the picture on which the skew is looked for
_MOST = 10.0  # degrees
_LEAST = 0.15  # below it nothing is gained


def skew(grey: np.ndarray) -> float:
    """Degrees (counter-clockwise) by which the page must be turned for its lines to lie level; 0.0 where they do.

    Lines of text make a profile of peaks and gaps over the height: the turn with the sharpest profile is right.
    """
    scale = _WIDTH / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    _, ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if not 0.002 < ink.mean() / 255 < 0.5:
        return 0.0
    best = max(np.arange(-_MOST, _MOST + 0.1, 1.0), key=lambda angle: _sharpness(ink, angle))
    for step in (0.3, 0.1):
        best = max(best + step * np.arange(-3, 4), key=lambda angle: _sharpness(ink, angle))
    gain = _sharpness(ink, best) / max(_sharpness(ink, 0.0), 1e-9)
    return float(best) if abs(best) >= _LEAST and gain > 1.02 else 0.0


def _sharpness(ink: np.ndarray, angle: float) -> float:
    profile = _turned(ink, float(angle), 0).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(profile)).sum())


def straightened(grey: np.ndarray, degrees: float) -> np.ndarray:
    """The page turned by so many degrees counter-clockwise, on white."""
    return _turned(grey, degrees, 255)


def _turned(picture: np.ndarray, degrees: float, around: int) -> np.ndarray:
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=around)
