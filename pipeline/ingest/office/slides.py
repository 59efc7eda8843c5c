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
from pipeline.ingest.beside import list_beside
from pipeline.ingest.office.drawings import DRAWING_TAGS, PICTURE_TAGS, A, Shown, descriptions
from pipeline.ingest.office.kept_apart import list_kept_apart
from pipeline.ingest.office.letterhead import Furniture, kept
from pipeline.ingest.office.package import RELATION, Package
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MAIN = "ppt/presentation.xml"
_SHOWN = 2000
# Records of [MS-PPT] 2.13.24.
_SLIDE, _NOTES, _WIDE, _NARROW, _CONTAINER = 0x03EE, 0x03F0, 0x0FA0, 0x0FA8, 0x0F
_LIST, _PLACE_OF_SLIDE, _LIST_OF_NOTES = 0x0FF0, 0x03F3, 2
_TAG, _COMMENT, _COMMENT_ATOM, _STRING, _COMMENT_TEXT = 0x138B, 0x2EE0, 0x2EE1, 0x0FBA, 1
_SECTIONS = frozenset([0x03E8, 0x03F8, _SLIDE, _NOTES, _LIST])  # document, master, slide, notes, list of texts
_BREAK = re.compile("[\r\x0b\n]")
_UNUSED = {
    re.compile(r"ppt/(?:slides|notesSlides)/[^/]*\.xml"): "没有放映的幻灯片和备注",
    re.compile(r"ppt/slide(?:Layouts|Masters)/[^/]*\.xml"): "版式和母版上的其他文字",
}
_PROMPT = re.compile(r"\s*(?:单击|点击|双击|编辑母版|请?输入|请?在此)")  # as the program writes it on each model


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
            reading.lines.extend(_printed_by_models(package, slides, reading))
            _list_unused(package, root, frozenset(slides), reading)
            list_kept_apart(package, reading)
            return reading
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError) as error:
        raise Unreadable("文件损坏", "PPTX 内容不完整") from error
    except RuntimeError as error:  # zipfile's way of asking for a password
        raise Unreadable("加密") from error


def _slide(package: Package, name: str, page: int, reading: Reading, shown: Shown) -> None:
    root, first = package.part(name), len(reading.lines)
    if root is not None:
        _walk(root, name, page, reading, shown)
        list_beside(reading, f"第{page}页图片的替代文字", descriptions(root))
        tips = [each.get("tooltip", "") for each in root.iter(f"{A}hlinkClick", f"{A}hlinkHover")]
        list_beside(reading, f"第{page}页链接的提示", [*tips, *(each.get("name", "") for each in root.iter(f"{_P}cSld"))])
    if root is not None and root.get("show") in ("0", "false") and (lines := reading.lines[first:]):
        text = "\n".join(line.text for line in lines)[:_SHOWN]
        reading.parts.append(Part(PartKind.TEXT, f"第{page}页的隐藏文字", PartOutcome.READ, text))
    for target in package.targets(name).values():
        if target.kind in ("notesSlide", "comments") and (part := package.part(target.name)) is not None:
            texts = [_text(each) for each in part.iter(f"{A}p")] or [each.text or "" for each in part.iter(f"{_P}text")]
            text = "\n".join(each for each in texts if each.strip() and not each.strip().isdigit())
            what = "备注" if target.kind == "notesSlide" else "批注"
            if text:
                reading.parts.append(Part(PartKind.NOTE, f"第{page}页的{what}", PartOutcome.LISTED, text[:_SHOWN]))


def _printed_by_models(package: Package, slides: list[str], reading: Reading) -> list[Line]:
    """What layouts and masters (版式、母版) print on each slide: sentences; names and slogans are running heads."""
    layouts = dict.fromkeys(
        target.name for name in slides for target in package.targets(name).values() if target.kind == "slideLayout"
    )
    masters = dict.fromkeys(
        target.name for name in layouts for target in package.targets(name).values() if target.kind == "slideMaster"
    )
    texts = []
    for root in (part for name in (*layouts, *masters) if (part := package.part(name)) is not None):
        own = (shape for shape in root.iter(f"{_P}sp") if shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph") is None)
        texts += [text for shape in own for each in shape.iter(f"{A}p") if (text := _text(each).strip())]
    return kept([Furniture("母版", texts)], reading.lines, reading.parts)


def _list_unused(package: Package, root: etree._Element, slides: frozenset[str], reading: Reading) -> None:
    """List what no slide shows: the names of sections and shows, slides and notes that none refers to, the rest of models."""
    list_beside(reading, "分节和放映的名称", (each.get("name", "") for each in root.iter("{*}section", "{*}custShow")))
    shown = {target.name for name in slides for target in package.targets(name).values() if target.kind != "slideLayout"}
    walked = slides | shown
    for pattern, place in _UNUSED.items():
        names = sorted(name for name in package.names - walked if pattern.fullmatch(name))
        texts: list[str] = []
        for part in (part for name in names if (part := package.part(name)) is not None):
            texts += [*map(_text, part.iter(f"{A}p")), *descriptions(part)]
        list_beside(reading, place, (text for text in texts if not _PROMPT.match(text)))


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
    return "".join("\n" if node.tag == f"{A}br" else node.text or "" for node in paragraph.iter(f"{A}t", f"{A}br", _MATH))


@reader("ppt")
def read_ppt(data: bytes) -> Reading:
    """One page a slide; text that no slide claims (masters, outlines) comes where the file has it."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            stream = ole.openstream("PowerPoint Document").read()
    except (OSError, IndexError, KeyError, ValueError, TypeError) as error:
        raise Unreadable("文件损坏", "PPT 内容不完整") from error
    reading, seen = Reading([]), set()
    part, in_comment = _SLIDE, False
    for kind, instance, body in _records(stream):
        if kind in _SECTIONS:
            part = _NOTES if kind == _LIST and instance == _LIST_OF_NOTES else kind
        if kind in (_SLIDE, _PLACE_OF_SLIDE):
            reading.pages += bool(reading.lines) and reading.lines[-1].page == reading.pages
        elif kind in (_COMMENT, _COMMENT_ATOM):
            in_comment = kind == _COMMENT
        elif kind == _STRING and in_comment and instance == _COMMENT_TEXT:
            _add_note(reading, "批注", body.decode("utf-16-le", "replace"))
        elif kind in (_WIDE, _NARROW):
            text = body.decode("utf-16-le" if kind == _WIDE else "latin-1", "replace")
            pieces = [piece for piece in _BREAK.split(text) if piece.strip() not in ("", "*") and piece not in seen]
            seen.update(pieces)
            if part == _NOTES and pieces:
                _add_note(reading, "备注", "\n".join(pieces))
            elif part != _NOTES:
                reading.lines.extend(Line(piece, reading.pages) for piece in pieces)
    return reading


def _add_note(reading: Reading, what: str, text: str) -> None:
    reading.parts.append(Part(PartKind.NOTE, f"第{reading.pages}页的{what}", PartOutcome.LISTED, text.strip()[:_SHOWN]))


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Type, instance and body of every record in order; containers are entered. A broken length ends the walk."""
    at = 0
    while at + 8 <= len(stream):
        head, kind, size = struct.unpack_from("<HHI", stream, at)
        at += 8
        if head & 0x0F == _CONTAINER:
            yield kind, head >> 4, b""
        elif at + size > len(stream):
            return
        else:
            body = stream[at : at + size]
            yield kind, head >> 4, body
            if kind == _TAG:
                yield from _records(body)
            at += size
