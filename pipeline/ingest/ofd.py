"""OFD (GB/T 33190): the format of the document-exchange systems. ofdkit gives the text runs with their places.

A page without text that shows a picture is a scan in an OFD envelope; other pictures stand beside the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import ofdkit
from ofdkit.package import Package

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.ocr.coverage import Box, is_bare, lies_in, line_above
from pipeline.ingest.office.drawings import loader
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Picture, Reading, reader

MAX_PAGES = 5_000
_POINTS = 72 / 25.4  # OFD measures in millimetres
_SAME_LINE = 0.5  # of the font size: runs whose baselines are nearer stand on one line
_CELL_GAP = 2.0  # font sizes: a gap that wide parts two cells
_SPACE_GAP = 0.4
_MARGIN = 2.0  # millimetres by which text may stick out of the page
_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".gif", ".jb2", ".gbig2", ".webp")
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
    """One page after another; pictures that its text does not cover are left to be settled."""

    def __init__(self, document: ofdkit.OFDDocument, data: bytes):
        self._document = document
        self._data = data
        with Package(data) as package:
            has_pictures = any(name.lower().endswith(_PICTURES) for name in package.names)
            self._media = _media(package) if has_pictures else {}
        self._reading = Reading([], max(len(document.pages), 1))

    def reading(self) -> Reading:
        broken = 0
        for number, page in enumerate(self._document.pages, start=1):
            try:
                lines = list(_lines(page, number))
            except ofdkit.OFDError:
                broken += 1
                self._reading.parts.append(Part(PartKind.PICTURE, f"第{number}页", PartOutcome.UNREAD, "页面打不开"))
                continue
            before = self._reading.lines[-1] if self._reading.lines else None
            self._reading.lines.extend(lines)
            self._add_pictures(page, number, lines, before)
        if broken and broken == len(self._document.pages):
            raise Unreadable("文件损坏", "OFD 的页面都读不出来")
        return self._reading

    def _add_pictures(self, page: ofdkit.Page, number: int, lines: list[Line], before: Line | None) -> None:
        """The pictures of a page that are more than what its ``lines`` say; one over a page without text is a scan of it."""
        if page.location is None or not self._media:
            return
        with Package(self._data) as package:
            for box, file in self._shown(package, page):
                inside = [line for line in lines if lies_in(line, box)]
                share = (box[2] - box[0]) * (box[3] - box[1]) / max(page.width * page.height * _POINTS**2, 1.0)
                whole = not lines and share > _BIG_PICTURE
                if not whole and not is_bare(box, inside):
                    continue
                place = f"第{number}页" if whole else f"第{number}页的图片"
                if file is None:
                    self._reading.parts.append(Part(PartKind.PICTURE, place, PartOutcome.UNREAD, "图片不在文件中"))
                    continue
                load, after = loader(package.read(file)), line_above(lines, box) or before
                self._reading.pictures.append(Picture(load, place, number, after, None if whole else box, whole=whole))

    def _shown(self, package: Package, page: ofdkit.Page) -> Iterator[tuple[Box, str | None]]:
        """Where each picture of a page stands, in points, and the file that holds it."""
        left, top = page.box[:2]
        try:
            root = package.read_xml(page.location or "")
        except ofdkit.OFDError:
            return
        for element in root.iter():
            if element.tag.rpartition("}")[2] == "ImageObject":
                x, y, width, height = _boundary(element.get("Boundary"))
                box = tuple(_POINTS * each for each in (x - left, y - top, x - left + width, y - top + height))
                yield box, self._media.get(element.get("ResourceID") or "")


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


def _boundary(boundary: str | None) -> tuple[float, float, float, float]:
    try:
        x, y, width, height = map(float, (boundary or "").split())
    except ValueError:
        return 0.0, 0.0, 0.0, 0.0
    return x, y, width, height
