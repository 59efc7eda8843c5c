"""Text from pictures of pages (文字识别), offline, with models that come inside the rapidocr package.

Only the red channel is recognised: a red seal over the text vanishes in it, while the red headline, dark against white
in no other way, stays readable. The page is set upright and straight first; ruled tables are read cell by cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count

import numpy as np

from pipeline.ingest.ocr.detection import LONGEST_SIDE, detect, engine
from pipeline.ingest.ocr.geometry import skew, straightened
from pipeline.ingest.ocr.installed import cv2, require
from pipeline.ingest.ocr.order import Text, in_order
from pipeline.ingest.ocr.seals import without_seals
from pipeline.ingest.ocr.tables import Box, Table, find_tables, without_rules
from pipeline.ingest.readers import Line

_LEAST_SCORE = 0.5
_GOOD_SCORE = 0.8  # a page read with less on average may lie on its side or head
_PAGES_A_LOAD = 60  # then the recogniser is loaded anew: it keeps memory for every size of picture that it has seen
_PAGE_WIDTH = 595.0  # points: places are given as on A4, whatever the resolution was
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BRACKETED = re.compile(r"[(（]([^()（）]*)[)）]")
_OPENING = re.compile(r"\((?=[\u4e00-\u9fff《])")
_CLOSING = re.compile(r"(?<=[\u4e00-\u9fff》〕])\)")
_pages = count(1)


def read_bitmap(pixels: np.ndarray, page: int) -> list[Line]:
    """The lines of a page's picture (height x width x BGR, or grey), in reading order. Raises Unreadable where recognition is
    not installed."""
    require()
    if next(_pages) % _PAGES_A_LOAD == 0:
        engine.cache_clear()
    grey = _fitted(without_seals(pixels) if pixels.ndim == 3 else pixels)
    best = _read(grey)
    if best.doubtful():
        turned = [_read(np.ascontiguousarray(np.rot90(grey, turns))) for turns in (2, 1, 3)]
        best = max([best, *turned], key=lambda each: each.worth())
    return best.lines(page)


def _fitted(grey: np.ndarray) -> np.ndarray:
    """No larger than the recogniser gains from: a 600-dpi scan costs nine times a 200-dpi one and reads no better."""
    scale = LONGEST_SIDE / max(grey.shape)
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else np.ascontiguousarray(grey)


@dataclass(slots=True)
class _Page:
    """What was read on one page in one position."""

    texts: list[Text]
    tables: list[Table]
    width: int
    boxes: int

    def worth(self) -> float:
        """How much was read in lines that run across; strips that stand on end are read, too, but in a wrong order."""
        lying = [text for text in self.texts if text.box.height <= 1.5 * text.box.width]
        return sum(text.score * len(text.text) for text in lying if text.score >= _LEAST_SCORE)

    def doubtful(self) -> bool:
        """Whether the page may lie wrong: its lines are upright strips, or come out as nonsense."""
        if self.boxes < 3:
            return False
        upright = sum(text.box.height > 1.5 * text.box.width for text in self.texts)
        scores = [text.score for text in self.texts if len(text.text) > 1] or [0.0]
        return upright > self.boxes / 2 or sum(scores) / len(scores) < _GOOD_SCORE

    def lines(self, page: int) -> list[Line]:
        sure = [text for text in self.texts if text.score >= _LEAST_SCORE and text.text.strip()]
        lines = in_order(sure, self.tables, page, self.width)
        scale = _PAGE_WIDTH / self.width
        for line in lines:
            line.x0, line.x1, line.top, line.bottom = (scale * each for each in (line.x0, line.x1, line.top, line.bottom))
            line.size *= scale
        return lines


def _read(grey: np.ndarray) -> _Page:
    angle = skew(grey)
    grey = straightened(grey, angle) if angle else grey
    tables, rules = find_tables(grey)
    clean = without_rules(grey, rules)
    boxes = [piece for box in detect(clean) for piece in _cut(box, tables)]
    return _Page(_recognise(clean, boxes), tables, grey.shape[1], len(boxes))


def _cut(box: Box, tables: list[Table]) -> list[Box]:
    """The parts of a box in each cell that it runs through: the detector sees neighbouring cells as one line."""
    for table in tables:
        if table.box.holds(box):
            parts = [part for cell in table.cells if (part := cell.box.shared(box))]
            parts = [part for part in parts if part.height > 0.5 * box.height and part.width > 0.4 * box.height]
            return parts or [box]
    return [box]


def _recognise(grey: np.ndarray, boxes: list[Box]) -> list[Text]:
    """The text of each box."""
    if not boxes:
        return []
    colour = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    crops = []
    for box in boxes:
        crop = colour[int(box.top) : int(np.ceil(box.bottom)), int(box.left) : int(np.ceil(box.right))]
        crops.append(np.ascontiguousarray(np.rot90(crop)) if box.height > 1.5 * box.width else crop)
    found = engine().recognize_txt(crops)
    return [
        Text(box, with_wide_brackets(text), float(score))
        for box, text, score in zip(boxes, found.txts, found.scores, strict=True)
    ]


def with_wide_brackets(text: str) -> str:
    """Brackets round Chinese as they are printed: in some typefaces the recogniser takes （ for (."""
    text = _BRACKETED.sub(lambda pair: f"（{pair[1]}）" if _CHINESE.search(pair[1]) else pair[0], text)
    return _CLOSING.sub("）", _OPENING.sub("（", text))  # those of which the other stands on another line
