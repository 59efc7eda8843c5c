"""OFD (GB/T 33190): the format of the document-exchange systems. ofdkit gives the text runs with their places.

A page without text that shows a picture is a scan in an OFD envelope; other pictures stand beside the text.
"""

from __future__ import annotations

from collections.abc import Iterator

import ofdkit
from ofdkit.package import Package

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.fixed.ofd_beside import BESIDE, annotation_texts, outline_titles, seal_pictures, words_apart
from pipeline.ingest.fixed.runs import Run, run_lines
from pipeline.ingest.ocr.coverage import Box, is_bare, lies_in, line_above
from pipeline.ingest.office.drawings import loader
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Picture, Reading, reader
from pipeline.ingest.word.hidden import hidden_text

MAX_PAGES = 5_000
_POINTS = 72 / 25.4  # OFD measures in millimetres
_SHOWN = 300
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
            self._has_beside = any(name.endswith(BESIDE) for name in package.names)
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
            for line in _lines(page, number, outside=True):
                self._reading.lines.append(line)
                self._reading.parts.append(hidden_text(line.text, number))
            self._add_pictures(page, number, lines, before)
        if broken and broken == len(self._document.pages):
            raise Unreadable("文件损坏", "OFD 的页面都读不出来")
        with Package(self._data) as package:
            if self._has_beside:
                self._add_beside(package)
            list_beside(self._reading, "书签", outline_titles(package))
            pages = frozenset(page.location or "" for page in self._document.pages)
            list_beside(self._reading, "文档信息、标引和注释", words_apart(package, pages))
        return self._reading

    def _add_beside(self, package: Package) -> None:
        """What lies over the pages: the words and pictures of annotations, the pictures of seals."""
        reading, shown = self._reading, "".join("".join(line.text.split()) for line in self._reading.lines)
        for text in annotation_texts(package):
            if "".join(text.split()) not in shown:
                reading.lines.append(Line(text, reading.pages))
                reading.parts.append(Part(PartKind.TEXT, "页面注释", PartOutcome.READ, text[:_SHOWN]))
        last = reading.lines[-1] if reading.lines else None
        for place, picture in seal_pictures(package, self._media):
            reading.pictures.append(Picture(loader(picture), place, reading.pages, last, stored=picture))

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
                stored, after = package.read(file), line_above(lines, box) or before
                picture = Picture(loader(stored), place, number, after, None if whole else box, whole=whole, stored=stored)
                self._reading.pictures.append(picture)

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


def _lines(page: ofdkit.Page, number: int, *, outside: bool = False) -> Iterator[Line]:
    """The lines that stand on a page, or those beside it."""
    left, top, width, height = page.box
    visible = [
        Run(run.text, run.x * _POINTS, run.y * _POINTS, run.width * _POINTS, run.size * _POINTS)
        for run in page.runs
        if outside != (left - _MARGIN <= run.x <= left + width + _MARGIN and top - _MARGIN <= run.y <= top + height + _MARGIN)
    ]
    return run_lines(visible, number)


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
