"""Text from pictures of pages (文字识别), offline, with models that come inside the rapidocr package.

Only the red channel is recognised: a red seal over the text vanishes in it, while the red headline, dark against white
in no other way, stays readable.
"""

from __future__ import annotations

from functools import cache
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np

from pipeline.ingest.registry import Line

_RED = 2  # in BGR, the order in which pdfium and OpenCV give pixels
_SKEW = 0.6  # degrees; below it recognition does not suffer
_LEAST_SCORE = 0.5
_LONGEST_SIDE = 2400
_CELL_GAP = 2.0  # in line heights: a gap that wide in a row parts two cells


class Box(NamedTuple):
    """One recognised stretch of text: its place in pixels of the upright page, its slope in degrees, its score."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    slope: float
    score: float


def read_bitmap(pixels: np.ndarray, page: int) -> list[Line]:
    """The lines of a page's picture (height x width x BGR, or grey), in reading order; positions in pixels.

    A page that lies on its side is turned, a skewed one straightened, both only where the first look says so.
    """
    grey = _fitted(pixels[:, :, _RED] if pixels.ndim == 3 else pixels)
    boxes = _recognise(grey)
    if _lies_on_side(boxes):
        turned = [_recognise(np.rot90(grey, turns).copy()) for turns in (1, 3)]
        better = max(range(2), key=lambda index: _worth(turned[index]))
        if _worth(turned[better]) > _worth(boxes):
            grey, boxes = np.rot90(grey, (1, 3)[better]).copy(), turned[better]
    slopes = [box.slope for box in boxes if box.x1 - box.x0 > 8 * (box.bottom - box.top)]
    if slopes and abs(median(slopes)) > _SKEW:
        boxes = _recognise(_rotated(grey, median(slopes)))
    return _lines(boxes, page)


@cache
def _engine():
    """The recogniser, loaded once a process; one thread, because the pool of workers is the parallelism."""
    from rapidocr import EngineType, RapidOCR

    stages = {f"{stage}.engine_type": EngineType.OPENVINO for stage in ("Det", "Cls", "Rec")}
    quiet = {"Global.log_level": "critical", "EngineConfig.openvino.inference_num_threads": 1}
    return RapidOCR(params=stages | quiet)


def _recognise(grey: np.ndarray) -> list[Box]:
    result = _engine()(cv2.cvtColor(np.ascontiguousarray(grey), cv2.COLOR_GRAY2BGR))
    if result.boxes is None or result.txts is None:
        return []
    boxes = []
    for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        if score >= _LEAST_SCORE and text.strip():
            (left, top), (right, top_right) = corners[0], corners[1]
            slope = float(np.degrees(np.arctan2(top_right - top, right - left)))
            x, y = corners[:, 0], corners[:, 1]
            boxes.append(Box(text, float(x.min()), float(y.min()), float(x.max()), float(y.max()), slope, float(score)))
    return boxes


def _fitted(grey: np.ndarray) -> np.ndarray:
    """No larger than the recogniser gains from: a 600-dpi scan costs nine times a 200-dpi one and reads no better."""
    scale = _LONGEST_SIDE / max(grey.shape)
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey


def _rotated(grey: np.ndarray, degrees: float) -> np.ndarray:
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def _lies_on_side(boxes: list[Box]) -> bool:
    long = [box for box in boxes if len(box.text) > 2 or box.bottom - box.top > 3 * (box.x1 - box.x0)]
    return bool(long) and sum(box.bottom - box.top > 1.5 * (box.x1 - box.x0) for box in long) > len(long) / 2


def _worth(boxes: list[Box]) -> float:
    return sum(box.score * len(box.text) for box in boxes)


def _lines(boxes: list[Box], page: int) -> list[Line]:
    """Boxes into printed lines: those beside each other are one line, or the cells of a row where gaps are wide."""
    lines = []
    for row in _rows(boxes):
        parts = [[row[0]]]
        for box in row[1:]:
            last = parts[-1][-1]
            if box.x0 - last.x1 > _CELL_GAP * (last.bottom - last.top):
                parts.append([box])
            else:
                parts[-1].append(box)
        texts = ["".join(box.text for box in part) for part in parts]
        kind = "row" if len(texts) > 1 else "line"
        top, bottom = min(box.top for box in row), max(box.bottom for box in row)
        size = median(box.bottom - box.top for box in row)
        lines.append(Line("\t".join(texts), page, kind, row[0].x0, row[-1].x1, top, bottom, size))
    return lines


def _rows(boxes: list[Box]) -> list[list[Box]]:
    """Boxes grouped by height on the page, top to bottom, each group from left to right."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: (box.top + box.bottom) / 2):
        middle = (box.top + box.bottom) / 2
        last = rows[-1][-1] if rows else None
        if last is not None and abs(middle - (last.top + last.bottom) / 2) < 0.5 * min(
            box.bottom - box.top, last.bottom - last.top
        ):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.x0) for row in rows]
