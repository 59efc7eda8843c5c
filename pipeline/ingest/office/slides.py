"""Presentations: PPTX by its parts, PPT and WPS 演示 (.dps) by the text atoms of their stream ([MS-PPT])."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator

import olefile
from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.office.drawings import DRAWING_TAGS, PICTURE_TAGS, A, Shown
from pipeline.ingest.office.package import RELATION, Package
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MAIN = "ppt/presentation.xml"
_SHOWN = 2000
# Records of [MS-PPT] 2.13.24.
_SLIDE, _NOTES, _WIDE, _NARROW, _CONTAINER = 0x03EE, 0x03F0, 0x0FA0, 0x0FA8, 0x0F
_SLIDE_LIST, _PLACE_OF_SLIDE = 0x0FF0, 0x03F3
_BREAK = re.compile("[\r\x0b\n]")


@reader("pptx")
def read_pptx(data: bytes) -> Reading:
    """One page a slide: its paragraphs, table rows, charts and pictures in the order of the shapes; then the speaker's notes."""
    try:
        with Package(data) as package:
            root = package.part(_MAIN)
            if root is None:
                raise Unreadable("文件损坏", "PPTX 中没有正文")
            reading = Reading([])
            shown = Shown(package, reading)
            targets = package.targets(_MAIN)
            slides = [targets[key].name for each in root.iter(f"{_P}sldId") if (key := each.get(f"{RELATION}id")) in targets]
            for page, name in enumerate(slides, start=1):
                _slide(package, name, page, reading, shown)
            reading.pages = max(len(slides), 1)
            return reading
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError) as error:
        raise Unreadable("文件损坏", "PPTX 内容不完整") from error
    except RuntimeError as error:  # zipfile's way of asking for a password
        raise Unreadable("加密") from error


def _slide(package: Package, name: str, page: int, reading: Reading, shown: Shown) -> None:
    root = package.part(name)
    if root is not None:
        _walk(root, name, page, reading, shown)
    for target in package.targets(name).values():
        if target.kind in ("notesSlide", "comments") and (part := package.part(target.name)) is not None:
            texts = [_text(each) for each in part.iter(f"{A}p")] or [each.text or "" for each in part.iter(f"{_P}text")]
            text = "\n".join(each for each in texts if each.strip() and not each.strip().isdigit())
            what = "备注" if target.kind == "notesSlide" else "批注"
            if text:
                reading.parts.append(Part(PartKind.NOTE, f"第{page}页的{what}", PartOutcome.LISTED, text[:_SHOWN]))


def _walk(root: etree._Element, owner: str, page: int, reading: Reading, shown: Shown) -> None:
    in_tables: set[etree._Element] = set()
    for node in root.iter():
        if node.tag == f"{A}tr":
            cells = [" ".join(map(_text, cell.iter(f"{A}p"))).strip() for cell in node.iter(f"{A}tc")]
            in_tables.update(node.iter(f"{A}p"))
            if any(cells):
                reading.lines.append(Line("\t".join(cells), page, "row"))
        elif node.tag == f"{A}p" and node not in in_tables:
            reading.lines.extend(Line(piece, page) for piece in _text(node).split("\n") if piece.strip())
        elif node.tag in PICTURE_TAGS:
            picture = shown.picture(node, owner, page)
            if picture is not None:
                picture.after = reading.lines[-1] if reading.lines else None
        elif node.tag in DRAWING_TAGS:
            reading.lines.extend(shown.words(node, owner, page))


def _text(paragraph: etree._Element) -> str:
    return "".join("\n" if node.tag == f"{A}br" else node.text or "" for node in paragraph.iter(f"{A}t", f"{A}br"))


@reader("ppt")
def read_ppt(data: bytes) -> Reading:
    """One page a slide; text that no slide claims (masters, outlines) comes where the file has it."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            stream = ole.openstream("PowerPoint Document").read()
    except (OSError, IndexError, KeyError, ValueError, TypeError) as error:
        raise Unreadable("文件损坏", "PPT 内容不完整") from error
    lines: list[Line] = []
    page, seen = 1, set()
    for kind, body in _records(stream):
        if kind in (_SLIDE, _PLACE_OF_SLIDE):
            page += bool(lines) and lines[-1].page == page
        elif kind in (_WIDE, _NARROW):
            text = body.decode("utf-16-le" if kind == _WIDE else "latin-1", "replace")
            for piece in _BREAK.split(text):
                if piece.strip() not in ("", "*") and piece not in seen:
                    seen.add(piece)
                    lines.append(Line(piece, page))
    return Reading(lines, page)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Every record in order; containers are entered. A broken length ends the walk."""
    at = 0
    while at + 8 <= len(stream):
        head, kind, size = struct.unpack_from("<HHI", stream, at)
        at += 8
        if head & 0x0F == _CONTAINER:
            yield kind, b""
        elif at + size > len(stream):
            return
        else:
            yield kind, stream[at : at + size]
            at += size
