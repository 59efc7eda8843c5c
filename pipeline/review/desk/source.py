"""The source beside the text (原件): a page's picture with the evidence boxed, made when asked for; the file itself.

Of a PDF with a text layer the boxes are pdfium's own boxes of characters; of scans and pictures the page is recognised again, and
the lines that hold the evidence are boxed.
"""

from __future__ import annotations

import hashlib
import io
import re
import threading
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageSequence

from pipeline.archive import Store, archives_of
from pipeline.document import Document, Screening, Span, UnreadableFile
from pipeline.ingest import bytes_at
from pipeline.ingest.pdf.drawing import Frame
from pipeline.ingest.pdf.text_layer import needs_ocr

PICTURES = frozenset({"jpg", "jpeg", "png", "bmp", "gif", "tiff", "webp"})
SHOWN = PICTURES | {"pdf"}
_WIDTH = 1100  # pixels of a page's picture
_FILL, _EDGE = (255, 214, 0, 70), (200, 60, 40, 230)
_MEDIA = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif"}
_SPACE = re.compile(r"\s+")
_CONTEXT = 12  # characters round the evidence by which one of several like places is told
_POINTS = 595.0  # the width of a page in the recogniser's places
_pdfium = threading.Lock()  # pdfium is not made for threads
_recogniser = threading.Lock()


class Box(NamedTuple):
    """A place on a page, as shares of its width and height from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


def page_image(out: Path, screening: Screening, number: int) -> bytes:
    """The page (from 1) as PNG with its evidence boxed. Raises UnreadableFile where the file is gone or has no picture of a page."""
    document = screening.document
    if document.format not in SHOWN:
        raise UnreadableFile(document.path, "这种格式没有页面图像，请打开原文件查看")
    data = _bytes(out, document)
    if document.format == "pdf":
        picture, words = _pdf_page(data, number)
    else:
        picture, words = _frame(data, number), None
    boxes = _found(words if words is not None else _recognised(document.sha256, number, picture), evidence(screening, number))
    drawn = picture.convert("RGB")
    pen = ImageDraw.Draw(drawn, "RGBA")
    for box in boxes:
        place = (box.x0 * drawn.width, box.top * drawn.height, box.x1 * drawn.width, box.bottom * drawn.height)
        pen.rectangle(place, fill=_FILL, outline=_EDGE, width=2)
    written = io.BytesIO()
    drawn.save(written, "PNG", compress_level=1)
    return written.getvalue()


def original(out: Path, screening: Screening) -> tuple[bytes, str, str, bool]:
    """The file: its bytes, its name (quoted for a header), its media type, and whether a browser may show it itself.

    Only PDF and plain pictures are shown; whatever might run a script is handed over as a download.
    """
    document = screening.document
    name = document.path.replace("!", "/").rpartition("/")[2]
    media = _MEDIA.get(document.format, "application/octet-stream")
    return _bytes(out, document), quote(name), media, document.format in _MEDIA


def evidence(screening: Screening, number: int) -> list[tuple[str, str, str]]:
    """The evidence on a page: the words before, the words themselves, the words behind, all without spaces."""
    document = screening.document
    if not 1 <= number <= len(document.pages):
        raise UnreadableFile(document.path, f"没有第{number}页")
    page = document.pages[number - 1]
    spans = {
        *(span for clause in screening.clauses for span in clause.evidence),
        *(Span(measure.start, measure.end) for clause in screening.clauses if clause.functions for measure in clause.measures),
    }
    inside = sorted(span for span in spans if page.start <= span.start < page.end)
    text = document.text
    return [
        (
            _bare(text[max(page.start, span.start - 2 * _CONTEXT) : span.start])[-_CONTEXT:],
            _bare(text[span.start : min(span.end, page.end)]),
            _bare(text[span.end : span.end + 2 * _CONTEXT])[:_CONTEXT],
        )
        for span in inside
    ]


#: Stretches of text in reading order, each with the box of the stretch.
Words = Sequence[tuple[str, Box]]


def _found(words: Words, wanted: Iterable[tuple[str, str, str]]) -> list[Box]:
    """The boxes of the stretches that hold the evidence, joined along a line."""
    text = "".join(word for word, _ in words)
    starts, at = [], 0
    for word, _ in words:
        starts.append(at)
        at += len(word)
    boxes: list[Box] = []
    for before, middle, behind in wanted:
        start = _place(text, before, middle, behind)
        if start >= 0:
            first, last = bisect_right(starts, start) - 1, bisect_right(starts, start + len(middle) - 1) - 1
            boxes += _joined(words[index][1] for index in range(first, last + 1))
    return list(dict.fromkeys(boxes))


def _place(text: str, before: str, middle: str, behind: str) -> int:
    """Where the words stand: with all their neighbours, else with some, else where they stand first; -1 nowhere."""
    if not middle:
        return -1
    for left, right in ((before, behind), (before, ""), ("", behind), (before[-4:], ""), ("", behind[:4]), ("", "")):
        at = text.find(left + middle + right)
        if at >= 0:
            return at + len(left)
    return -1


def _joined(boxes: Iterable[Box]) -> list[Box]:
    """Boxes of one line as one."""
    lines: list[Box] = []
    for box in boxes:
        last = lines[-1] if lines else None
        if last and abs((last.top + last.bottom) - (box.top + box.bottom)) < (last.bottom - last.top) and box.x0 >= last.x0:
            lines[-1] = Box(last.x0, min(last.top, box.top), max(last.x1, box.x1), max(last.bottom, box.bottom))
        else:
            lines.append(box)
    return lines


def _pdf_page(data: bytes, number: int) -> tuple[Image.Image, Words | None]:
    """The page's picture, and its characters with their boxes; None where it has no good text layer."""
    with _pdfium:
        document = pdfium.PdfDocument(data)
        try:
            page = document[number - 1]
            width, height = page.get_size()
            picture = page.render(scale=_WIDTH / width).to_pil()
            textpage = page.get_textpage()
            text = textpage.get_text_range()
            if needs_ocr(text, 1.0):
                return picture, None
            frame = Frame.of(page)
            words = []
            for index in range(textpage.count_chars()):
                character = _bare(textpage.get_text_range(index, 1))
                if character:
                    x0, top, x1, bottom = frame.seen_box(*textpage.get_charbox(index, loose=True))
                    words.append((character, Box(x0 / width, top / height, x1 / width, bottom / height)))
            return picture, words
        except (IndexError, pdfium.PdfiumError) as error:
            raise UnreadableFile("", f"第{number}页打不开") from error
        finally:
            document.close()


def _frame(data: bytes, number: int) -> Image.Image:
    with Image.open(io.BytesIO(data)) as opened:
        for index, frame in enumerate(ImageSequence.Iterator(opened), start=1):
            if index == number:
                picture = frame.convert("RGB")
                scale = _WIDTH / picture.width
                return picture.resize((_WIDTH, round(picture.height * scale))) if scale < 1 else picture
    raise UnreadableFile("", f"没有第{number}页")


@lru_cache(maxsize=64)
def _lines_of(_key: tuple[str, int], pixels: bytes, size: tuple[int, int]) -> Words:
    try:
        from pipeline.ingest.ocr.recognition import read_bitmap  # a part that is installed where scans are read
    except ImportError:
        return []
    image = np.frombuffer(pixels, np.uint8).reshape(size[1], size[0], 3)[:, :, ::-1]
    with _recogniser:
        lines = read_bitmap(image, 1)
    height = _POINTS * size[1] / size[0]
    boxes = [Box(line.x0 / _POINTS, line.top / height, line.x1 / _POINTS, line.bottom / height) for line in lines]
    return [(_bare(line.text), box) for line, box in zip(lines, boxes, strict=True)]


def _recognised(sha256: str, number: int, picture: Image.Image) -> Words:
    """The lines that OCR finds on a page, kept for the next look."""
    image = picture.convert("RGB")
    return _lines_of((sha256, number), image.tobytes(), image.size)


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _bytes(out: Path, document: Document) -> bytes:
    """The file as it lies in the archive now. Raises UnreadableFile where it is gone or has changed since the scan."""
    with Store(out / "scan.sqlite") as store:
        archives = archives_of(store)
    for number, archive in enumerate(archives):
        path = document.path.partition("/")[2] if number else document.path  # an added archive's files bear its name
        try:
            data = bytes_at(archive, path)
        except FileNotFoundError:
            continue
        if hashlib.sha256(data).hexdigest() == document.sha256:
            return data
    raise UnreadableFile(document.path, "档案里已没有这个文件，或它在扫描以后变了；请重新扫描")
