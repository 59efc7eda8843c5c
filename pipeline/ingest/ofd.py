"""OFD (GB/T 33190): the format of the document-exchange systems. ofdkit gives the text runs with their places.

A page without text that shows a picture is a scan in an OFD envelope: its picture goes to OCR.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise

import ofdkit
from ofdkit.package import Package
from PIL import Image, UnidentifiedImageError

from pipeline.ingest.ocr import long_scans
from pipeline.ingest.ocr.image import pixels_of
from pipeline.ingest.ocr.recognition import read_bitmap
from pipeline.ingest.page_list import page_list
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader

MAX_PAGES = 5_000
_POINTS = 72 / 25.4  # OFD measures in millimetres
_SAME_LINE = 0.5  # of the font size: runs whose baselines are nearer stand on one line
_CELL_GAP = 2.0  # font sizes: a gap that wide parts two cells
_SPACE_GAP = 0.4
_MARGIN = 2.0  # millimetres by which text may stick out of the page
_BIG_PICTURE = 0.3  # of the page's area; a seal or an emblem is smaller


@reader("ofd")
def read_ofd(data: bytes) -> Reading:
    """Physical lines from top to bottom with their place; scanned pages through OCR."""
    try:
        with ofdkit.open(data) as document:
            if len(document.pages) > MAX_PAGES:
                raise Unreadable("超出限制", f"OFD 共 {len(document.pages)} 页，超过 {MAX_PAGES} 页")
            return _Pages(document, data).reading()
    except ofdkit.OFDLimitError as error:
        raise Unreadable("超出限制", "OFD 内容过大") from error
    except ofdkit.OFDError as error:
        if _is_encrypted(data):
            raise Unreadable("加密", "OFD 已加密") from error
        raise Unreadable("文件损坏", "OFD 打不开") from error


def _is_encrypted(data: bytes) -> bool:
    try:
        with Package(data) as package:
            return package.find("Encryptions.xml") is not None
    except ofdkit.OFDError:
        return False


class _Pages:
    """The pages with text first; pictures are only looked for where a page has none."""

    def __init__(self, document: ofdkit.OFDDocument, data: bytes):
        self._document = document
        self._data = data
        self._recognised: list[int] = []
        self._unread: list[int] = []

    def reading(self) -> Reading:
        pages: list[list[Line]] = []
        bare: list[tuple[ofdkit.Page, int]] = []
        for number, page in enumerate(self._document.pages, start=1):
            try:
                pages.append(list(_lines(page, number)))
            except ofdkit.OFDError:
                self._unread.append(number)
                pages.append([])
                continue
            if not pages[-1]:
                bare.append((page, number))
        long_scans.ask(len(bare))
        for page, number in bare:
            pages[number - 1] = self._recognise(page, number)
        notes = [f"第{page_list(self._recognised)}页经OCR识别"] if self._recognised else []
        if self._unread:
            notes.append(f"第{page_list(self._unread)}页未能读取")
        if len(self._unread) == len(self._document.pages):
            raise Unreadable("文件损坏", "OFD 的页面都读不出来")
        return Reading([line for lines in pages for line in lines], max(len(pages), 1), notes)

    def _recognise(self, page: ofdkit.Page, number: int) -> list[Line]:
        picture = _page_picture(self._data, page)
        if picture is None:
            return []
        try:
            with Image.open(io.BytesIO(picture)) as opened:
                lines = read_bitmap(pixels_of(opened), number)
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
            self._unread.append(number)  # JBIG2 and the like, which Pillow does not know
            return []
        (self._recognised if lines else self._unread).append(number)
        return lines


# Runs into lines


def _lines(page: ofdkit.Page, number: int) -> Iterator[Line]:
    left, top, width, height = page.box
    visible = [
        run
        for run in _unique(page.runs)
        if left - _MARGIN <= run.x <= left + width + _MARGIN and top - _MARGIN <= run.y <= top + height + _MARGIN
    ]
    for runs in _grouped(visible):
        yield _line(runs, number)


def _unique(runs: list[ofdkit.TextRun]) -> Iterator[ofdkit.TextRun]:
    """Runs drawn twice at one spot are a bold face made by hand."""
    seen: set[tuple[str, int, int]] = set()
    for run in runs:
        key = (run.text, round(run.x * 4), round(run.y * 4))
        if key not in seen and run.text.strip():
            seen.add(key)
            yield run


def _grouped(runs: list[ofdkit.TextRun]) -> list[list[ofdkit.TextRun]]:
    lines: list[list[ofdkit.TextRun]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x)):
        anchor = lines[-1][0] if lines else None
        if anchor is not None and run.y - anchor.y <= _SAME_LINE * max(min(run.size, anchor.size), 1.0):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.x) for line in lines]


def _line(runs: list[ofdkit.TextRun], number: int) -> Line:
    size = max(min(run.size for run in runs), 1.0)
    parts = [runs[0].text]
    for last, run in pairwise(runs):
        gap = run.x - last.x - last.width
        parts.append("\t" if gap > _CELL_GAP * size else " " if gap > _SPACE_GAP * size else "")
        parts.append(run.text)
    text = "".join(parts).strip()
    low, high = max(run.y for run in runs), min(run.y - run.size for run in runs)
    x0, x1 = runs[0].x * _POINTS, max(run.x + run.width for run in runs) * _POINTS
    return Line(text, number, "row" if "\t" in text else "line", x0, x1, high * _POINTS, low * _POINTS, size * _POINTS)


# Pictures of scanned pages


def _page_picture(data: bytes, page: ofdkit.Page) -> bytes | None:
    """The picture that covers a page, None where there is none."""
    if page.location is None:
        return None
    with Package(data) as package:
        try:
            files = _media(package)
            shown = [
                (_area(element.get("Boundary")), element.get("ResourceID"))
                for element in package.read_xml(page.location).iter()
                if element.tag.rpartition("}")[2] == "ImageObject"
            ]
            area, resource = max(shown, default=(0.0, None))
            file = files.get(resource or "")
            return package.read(file) if file and area > _BIG_PICTURE * page.width * page.height else None
        except ofdkit.OFDError:
            return None


def _media(package: Package) -> dict[str, str]:
    """Where the file of each multimedia resource lies, by its ID."""
    files = {}
    for name in package.names:
        if not name.endswith("Res.xml") and "Res" not in name.rpartition("/")[2]:
            continue
        if not name.endswith(".xml"):
            continue
        root = package.read_xml(name)
        base = (root.get("BaseLoc") or "").strip("/")
        for media in root.iter():
            if media.tag.rpartition("}")[2] == "MultiMedia":
                location = next((each.text for each in media if each.tag.rpartition("}")[2] == "MediaFile"), None) or ""
                found = package.resolve(name, f"{base}/{location.strip()}") or package.resolve(name, location)
                if found:
                    files[media.get("ID") or ""] = found
    return files


def _area(boundary: str | None) -> float:
    try:
        _, _, width, height = map(float, (boundary or "").split())
    except ValueError:
        return 0.0
    return width * height
