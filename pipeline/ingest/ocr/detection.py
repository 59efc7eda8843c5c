"""Where text stands on a picture (文字检测): boxes of lines, by the models that come inside the rapidocr package."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np

from pipeline.ingest.ocr.installed import cv2
from pipeline.ingest.ocr.tables import Box

LONGEST_SIDE = 2400  # pixels; a larger page is made smaller before it is read
_SIDE = 960  # of the picture on which text is looked for
_SMALL_PRINT = 18  # pixels; text lines lower than this on the detector's picture call for a larger one
_GAP_INK = 0.15  # of the usual ink in a row of pixels: less is a gap between lines
_BATCH = 8


@cache
def engine() -> Any:
    """The recogniser, loaded once a process; one thread, because the pool of workers is the parallelism."""
    from rapidocr import EngineType, RapidOCR

    settings: dict[str, Any] = {f"{stage}.engine_type": EngineType.OPENVINO for stage in ("Det", "Cls", "Rec")}
    settings |= {"Global.log_level": "critical", "Global.max_side_len": 2 * LONGEST_SIDE}
    settings |= {"EngineConfig.openvino.inference_num_threads": 1, "Det.limit_type": "max", "Rec.rec_batch_num": _BATCH}
    return RapidOCR(params=settings)


def detect(grey: np.ndarray) -> list[Box]:
    """Where text stands on an upright page; small print is looked for once more on a larger picture."""
    boxes = _detect_at(grey, _SIDE)
    shrunk = min(1.0, _SIDE / max(grey.shape))
    if boxes and shrunk < 1 and median(box.height for box in boxes) * shrunk < _SMALL_PRINT:
        return _detect_at(grey, 2 * _SIDE)
    return boxes


def characters(grey: np.ndarray, side: int) -> list[float]:
    """How many square characters each stretch of text holds, on a picture looked at in ``side`` pixels, however it lies."""
    corners = _corners(grey, side)
    across = np.linalg.norm(corners[:, 1] - corners[:, 0], axis=1)
    down = np.linalg.norm(corners[:, 3] - corners[:, 0], axis=1)
    return [float(each) for each in np.maximum(across, down) / np.maximum(np.minimum(across, down), 1.0)]


def _corners(grey: np.ndarray, side: int) -> np.ndarray:
    """The four corners of each stretch of text, clockwise from its top left, in pixels."""
    scale = min(1.0, side / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    loaded = engine()
    loaded.cfg.Det.limit_side_len = side
    if loaded.text_det is not None:
        loaded.text_det.limit_side_len = side
    found = loaded(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
    return np.empty((0, 4, 2)) if found.boxes is None else np.asarray(found.boxes) / scale


def _detect_at(grey: np.ndarray, side: int) -> list[Box]:
    height, width = grey.shape
    boxes = []
    for corners in _corners(grey, side):
        x, y = corners[:, 0], corners[:, 1]
        boxes.append(Box(max(x.min(), 0.0), max(y.min(), 0.0), min(x.max(), width), min(y.max(), height)))
    return [piece for box in boxes if box.width > 2 and box.height > 2 for piece in _lines_of(grey, box, boxes)]


def _lines_of(grey: np.ndarray, box: Box, boxes: list[Box]) -> list[Box]:
    """A box twice as high as the others that has a gap in the middle holds two lines: it is cut there."""
    usual = median(each.height for each in boxes)
    parts = round(box.height / usual)
    if parts < 2 or box.width < 3 * box.height or len(boxes) < 5:
        return [box]
    ink = (255 - grey[int(box.top) : int(box.bottom), int(box.left) : int(box.right)].astype(np.float32)).sum(axis=1)
    step = len(ink) / parts
    cuts = [0]
    for index in range(1, parts):
        low, high = int((index - 0.3) * step), int((index + 0.3) * step)
        cut = low + int(np.argmin(ink[low:high]))
        if ink[cut] > _GAP_INK * ink.mean():
            return [box]  # a headline
        cuts.append(cut)
    cuts.append(len(ink))
    return [replace(box, top=box.top + a, bottom=box.top + b) for a, b in pairwise(cuts)]
