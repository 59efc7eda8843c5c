"""Pictures among the lines of a document (图片): which of them hold text, and the text put where they stand.

Here alone it is decided what becomes of a picture: recognised, found to hold no text, or listed as not read.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.layout import assemble
from pipeline.ingest.ocr import long_scans
from pipeline.ingest.ocr.installed import cv2
from pipeline.ingest.ocr.lettering import grey_of, may_hold_text
from pipeline.ingest.ocr.page_list import page_list
from pipeline.ingest.ocr.recognition import read_bitmap
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Picture, Reading

_PAGE_WIDTH = 595.0  # points in which `read_bitmap` gives places
_LEGIBLE = 900  # pixels of width to which a small picture is enlarged, at most threefold
_KNOWN: dict[tuple[bytes, int, int], bool] = {}  # what looks at pictures told, by their bytes and sizes
_MOST_KNOWN = 4096


def with_pictures(reading: Reading) -> Reading:
    """The reading with its pictures settled: their text among the lines, and a part for each of them.

    Raises MoreTimeNeeded where more have to be recognised than the time allows.
    """
    if not reading.pictures:
        return reading
    wanted = []
    for picture in reading.pictures:
        try:
            if picture.whole or _looks(picture):
                wanted.append(picture)
            else:
                reading.parts.append(_part(picture, PartOutcome.DECORATIVE))
        except Unreadable as error:
            reading.parts.append(_part(picture, PartOutcome.UNREAD, error.detail or error.kind))
    long_scans.ask(len(wanted))
    found = {id(picture): _recognised(picture, reading) for picture in wanted}
    reading.notes.extend(_notes([picture for picture in wanted if found[id(picture)]], flowing=reading.pages == 1))
    reading.lines = _placed(reading.lines, wanted, found)
    reading.pictures = []
    return reading


def _looks(picture: Picture) -> bool:
    """Whether a picture may hold text; one of the same stored bytes (a letterhead on each page, or in each file) is looked at
    once in a process. A PDF draws it at some size, on which what is seen from close up depends."""
    if not picture.stored:
        return may_hold_text(picture.load)
    x0, top, x1, bottom = picture.box or (0.0, 0.0, 0.0, 0.0)
    key = hashlib.sha256(picture.stored).digest(), round(x1 - x0), round(bottom - top)
    if key not in _KNOWN:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.pop(next(iter(_KNOWN)))  # the one looked at first
        _KNOWN[key] = may_hold_text(picture.load)
    return _KNOWN[key]


def _recognised(picture: Picture, reading: Reading) -> list[Line]:
    try:
        pixels = picture.load("whole")
        lines = read_bitmap(pixels if picture.whole else _enlarged(grey_of(pixels)), picture.page)
    except Unreadable as error:
        reading.parts.append(_part(picture, PartOutcome.UNREAD, error.detail or error.kind))
        return []
    if lines:
        reading.parts.append(_part(picture, PartOutcome.READ, "经OCR识别"))
    elif picture.whole and not may_hold_text(lambda _: pixels):
        reading.parts.append(_part(picture, PartOutcome.DECORATIVE))
    else:
        reading.parts.append(_part(picture, PartOutcome.UNREAD, "图中似有文字，但未能识别"))
    return _on_page(lines, picture)


def _part(picture: Picture, outcome: PartOutcome, detail: str = "") -> Part:
    return Part(PartKind.PICTURE, picture.place, outcome, detail)


def _enlarged(grey: np.ndarray) -> np.ndarray:
    """A picture of few pixels made larger: the detector was taught on print of some size."""
    scale = min(_LEGIBLE / grey.shape[1], 3.0)
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC) if scale > 1 else grey


def _on_page(lines: list[Line], picture: Picture) -> list[Line]:
    """Lines at their places on the page; in a format without layout, as the paragraphs that they make."""
    if picture.whole:
        return lines
    if picture.box is None:
        text, _ = assemble(Reading(lines, picture.page))
        return [Line(each, picture.page, "row" if "\t" in each else "paragraph") for each in text.split("\n") if each.strip()]
    x0, top, x1, _ = picture.box
    scale = (x1 - x0) / _PAGE_WIDTH
    for line in lines:
        line.x0, line.x1 = x0 + scale * line.x0, x0 + scale * line.x1
        line.top, line.bottom, line.size = top + scale * line.top, top + scale * line.bottom, scale * line.size
    return lines


def _placed(lines: list[Line], wanted: Iterable[Picture], found: dict[int, list[Line]]) -> list[Line]:
    after: dict[int | None, list[Picture]] = defaultdict(list)
    dropped: set[int] = set()
    for picture in wanted:
        after[id(picture.after) if picture.after is not None else None].append(picture)
        if found[id(picture)]:
            dropped.update(map(id, picture.instead_of))
    placed = [line for picture in after[None] for line in found[id(picture)]]
    for line in lines:
        if id(line) not in dropped:
            placed.append(line)
        placed.extend(each for picture in after.get(id(line), ()) for each in found[id(picture)])
    return placed


def _notes(recognised: list[Picture], *, flowing: bool) -> list[str]:
    pages = sorted({picture.page for picture in recognised if picture.whole})
    notes = [f"第{page_list(pages)}页经OCR识别"] if pages else []
    inside = [picture for picture in recognised if not picture.whole]
    if inside and flowing:
        notes.append(f"{len(inside)}张图片经OCR识别")
    elif inside:
        notes.append(f"第{page_list(sorted({picture.page for picture in inside}))}页的图片经OCR识别")
    return notes
