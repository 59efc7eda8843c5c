"""Pictures and drawings that a part of an Office package shows: each picture once, charts and SmartArt as their words."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.ocr.image import opened
from pipeline.ingest.office.package import RELATION, Package, Target
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Look, Picture, Reading

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_VML = "{urn:schemas-microsoft-com:vml}"
PICTURE_TAGS = frozenset({f"{A}blip", f"{_VML}imagedata", f"{_VML}fill"})
_NEW_CHART = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
_CHARTS = (f"{_CHART}chart", f"{_NEW_CHART}chart")
DRAWING_TAGS = frozenset({*_CHARTS, f"{_DIAGRAM}relIds"})
_NUMBERS = frozenset({f"{_CHART}numCache", f"{_CHART}numLit", f"{_NEW_CHART}numDim"})
_KEYS = (f"{RELATION}embed", f"{RELATION}id", f"{RELATION}link", "{urn:schemas-microsoft-com:office:office}relid")
# How placeable and bare WMF files and packed metafiles begin, and a bitmap without a file header.
_METAFILE_MARKS = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00", b"\x1f\x8b")
_DIB = b"\x28\0\0\0"


class Shown:
    """What was met in a package so far; pictures and parts go into ``reading``."""

    def __init__(self, package: Package, reading: Reading):
        self._package = package
        self.reading = reading
        self._met: set[str] = set()

    def picture(self, node: etree._Element, owner: str, page: int) -> Picture | None:
        """The picture that a node of the part ``owner`` shows; None where it has been met, or lies outside the file."""
        key = next((found for name in _KEYS if (found := node.get(name))), "")
        target = self._package.targets(owner).get(key)
        if target is None or target.name in self._met:
            return None
        self._met.add(target.name)
        return self.of(target, page)

    def of(self, target: Target, page: int, place: str = "") -> Picture | None:
        """The picture that a relationship leads to."""
        place = (
            place
            or f"第{sum(part.kind is PartKind.PICTURE for part in self.reading.parts) + len(self.reading.pictures) + 1}张图片"
        )
        if target.external or target.name not in self._package.names:
            self.reading.parts.append(Part(PartKind.PICTURE, place, PartOutcome.UNREAD, "图片不在文件中，只有链接"))
            return None
        picture = Picture(loader(stored := self._package.read(target.name)), place, page, stored=stored)
        self.reading.pictures.append(picture)
        return picture

    def words(self, node: etree._Element, owner: str, page: int) -> list[Line]:
        """The texts of the chart or SmartArt that a node of the part ``owner`` shows."""
        key = node.get(f"{RELATION}dm") or node.get(f"{RELATION}id") or ""
        target = self._package.targets(owner).get(key)
        if target is None or target.name in self._met:
            return []
        self._met.add(target.name)
        root = self._package.part(target.name)
        texts = drawing_texts(root) if root is not None else []
        for each in self._package.targets(target.name).values():
            if each.kind == "chartUserShapes" and (over := self._package.part(each.name)) is not None:
                texts += drawing_texts(over)
        kind = "图表" if node.tag in _CHARTS else "SmartArt图形"
        outcome = PartOutcome.READ if texts else PartOutcome.DECORATIVE
        self.reading.parts.append(Part(PartKind.TEXT, kind, outcome, f"{len(texts)}段文字" if texts else ""))
        return [Line(text, page) for text in texts]


def loader(data: bytes) -> Callable[[Look], np.ndarray]:
    """Gives the pixels of a picture's bytes when they are asked for."""
    return partial(_pixels, data)


def _pixels(data: bytes, look: Look) -> np.ndarray:
    if data[40:44] == b" EMF" or data.startswith(_METAFILE_MARKS):
        raise Unreadable("格式不支持", "EMF/WMF图元文件，不能识别其中的文字")
    return opened(_with_file_head(data) if data.startswith(_DIB) else data, look)


def _with_file_head(dib: bytes) -> bytes:
    """A bitmap as Windows keeps it in memory, made the file that it would be (BITMAPFILEHEADER)."""
    if len(dib) < 40:
        return dib
    bits, packing, _, _, _, colours = struct.unpack_from("<HIIiiI", dib, 14)
    palette = 4 * (colours or (1 << bits if bits <= 8 else 0)) + (12 if packing == 3 else 0)
    return b"BM" + struct.pack("<IHHI", 14 + len(dib), 0, 0, 14 + 40 + palette) + dib


def descriptions(root: etree._Element) -> Iterator[str]:
    """The alternative texts (替代文字) of what a part draws."""
    for node in root.iter("{*}cNvPr"):
        yield from (node.get(name, "") for name in ("descr", "title"))


def drawing_texts(root: etree._Element) -> list[str]:
    """The words of a DrawingML part, a paragraph each, numbers apart, each once."""
    texts = ["".join(run.text or "" for run in paragraph.iter(f"{A}t")) for paragraph in root.iter(f"{A}p")]
    for value in root.iter(f"{_CHART}v", f"{_NEW_CHART}v", f"{_NEW_CHART}pt"):
        texts += [value.text or ""] if not any(above.tag in _NUMBERS for above in value.iterancestors()) else []
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))
