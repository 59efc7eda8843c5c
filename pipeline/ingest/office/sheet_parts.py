"""What an XLSX shows beside its cells: text boxes, charts, pictures, comments, headers and footers, input prompts, form
controls; each behind the rows of its sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.office.drawings import DRAWING_TAGS, PICTURE_TAGS, A, Shown, descriptions
from pipeline.ingest.office.kept_apart import list_kept_apart
from pipeline.ingest.office.letterhead import Furniture, kept
from pipeline.ingest.office.package import RELATION, Package
from pipeline.ingest.office.sheet_unshown import add_unshown, list_behind_cells
from pipeline.ingest.readers import Line, Reading

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MAIN = "xl/workbook.xml"
_SHOWN = 2000
_SHEETS = ("worksheet", "chartsheet", "dialogsheet")
_MARGIN = re.compile(rb"<(?:\w+:)?(odd|even|first)(Header|Footer)\b[^>]*>([^<]*)<")
_TIP = re.compile(rb'<(?:\w+:)?hyperlink\b[^>]*?\btooltip="([^"]*)"')
_CHOICES = re.compile(rb"<(?:\w+:)?formula1>\s*(?:&quot;|\")([^<]*?)(?:&quot;|\")\s*<")  # written out, not in cells
_PROMPT = re.compile(rb"<(?:\w+:)?dataValidation\b[^>]*>")
# Codes in a header (ECMA-376, 18.3.1.46): its three sections, fonts, sizes, colours, fields.
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Z])')
_SECTION = re.compile(r"&[LCR]")


class Ending(NamedTuple):
    """What a worksheet holds behind its cells, and whether there is a sign of something unseen among them."""

    tail: bytes
    odd: bool


def add_sheet_parts(data: bytes, endings: Mapping[str, Ending], reading: Reading) -> None:
    """Put the words of drawings and the pictures of each sheet behind its lines; list comments and what is not shown.
    ``endings`` are those of the worksheets, by the names of their parts."""
    with Package(data) as package:
        shown = Shown(package, reading)
        sheets = list(_sheets(package))
        for page, name in enumerate(sheets, start=1):
            at = next((at for at in range(len(reading.lines), 0, -1) if reading.lines[at - 1].page <= page), 0)
            after = reading.lines[at - 1] if at else None
            tail = endings[name].tail if name in endings else package.read(name)
            found = [
                *_drawn(package, name, page, shown, after),
                *_beside_cells(tail, page, reading),
            ]
            reading.lines[at:at] = found
            list_behind_cells(tail, page, reading)
            reading.pages = max(reading.pages, page)
        add_unshown(package, sheets, frozenset(name for name, ending in endings.items() if ending.odd), reading)
        list_kept_apart(package, reading)


def _sheets(package: Package) -> Iterator[str]:
    """The sheets in the workbook's order; those that hold cells first, as the reader numbers them."""
    root, targets = package.part(_MAIN), package.targets(_MAIN)
    listed = [targets.get(sheet.get(f"{RELATION}id", "")) for sheet in root.iter(f"{_S}sheet")] if root is not None else []
    for kind in _SHEETS:
        yield from (each.name for each in listed if each and each.kind == kind and each.name in package.names)


def _drawn(package: Package, sheet: str, page: int, shown: Shown, after: Line | None) -> Iterator[Line]:
    """What lies on a sheet in parts of its own."""
    for target in package.targets(sheet).values():
        if target.kind == "image" and (picture := shown.of(target, page)) is not None:  # behind the cells
            picture.after = after
        if target.external or not target.name.endswith((".xml", ".vml")):
            continue
        if target.kind == "drawing" and (root := package.part(target.name)) is not None:
            yield from _drawing(root, target.name, page, shown, after)
        elif target.kind in ("comments", "threadedComment") and (root := package.part(target.name)) is not None:
            shown.reading.parts.extend(_comments(root, page))
        elif target.kind == "vmlDrawing" and target.name in package.names:
            yield from _controls(package.read(target.name), target.name, page, shown, after)


def _drawing(root: etree._Element, owner: str, page: int, shown: Shown, after: Line | None) -> list[Line]:
    lines: list[Line] = []
    list_beside(shown.reading, f"第{page}张表图片的替代文字", descriptions(root))
    for node in root.iter():
        if node.tag == f"{A}p" and (text := "".join(run.text or "" for run in node.iter(f"{A}t")).strip()):
            lines.append(Line(text, page))
        elif node.tag in DRAWING_TAGS:
            lines.extend(shown.words(node, owner, page))
        elif node.tag in PICTURE_TAGS and (picture := shown.picture(node, owner, page)) is not None:
            picture.after = lines[-1] if lines else after
    return lines


def _comments(root: etree._Element, page: int) -> Iterator[Part]:
    for comment in root.iter("{*}comment", "{*}threadedComment"):
        text = "".join(node.text or "" for node in comment.iter("{*}t", "{*}text")).strip()
        if text:
            yield Part(PartKind.NOTE, f"第{page}张表{comment.get('ref', '')}的批注", PartOutcome.LISTED, text[:_SHOWN])


def _controls(data: bytes, owner: str, page: int, shown: Shown, after: Line | None) -> Iterator[Line]:
    """The labels of buttons and boxes (表单控件) in the old drawing language, which is seldom well-formed; no comments.
    Pictures in page headers are drawn in it, too."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True))
    if root is not None:
        list_beside(shown.reading, f"第{page}张表图片的替代文字", (node.get("alt", "") for node in root.iter()))
    for node in root.iter(*PICTURE_TAGS) if root is not None else ():
        if (picture := shown.picture(node, owner, page)) is not None:
            picture.after = after
    for shape in root.iter("{urn:schemas-microsoft-com:vml}shape") if root is not None else ():
        client = shape.find("{urn:schemas-microsoft-com:office:excel}ClientData")
        box = shape.find("{urn:schemas-microsoft-com:vml}textbox")
        if box is not None and (client is None or client.get("ObjectType") != "Note"):
            text = " ".join("".join(box.itertext()).split())
            yield from [Line(text, page)] if text else []


def _beside_cells(tail: bytes, page: int, reading: Reading) -> Iterator[Line]:
    """Headers, footers, the prompts and choices of input rules and the tips of links, which a worksheet holds behind its cells."""
    margins = [
        Furniture("header" if kind == b"Header" else "footer", list(_sections(content)))
        for _, kind, content in _MARGIN.findall(tail)
    ]
    yield from (Line(line.text, page) for line in kept(margins, reading.lines, reading.parts))
    for rule in dict.fromkeys(_PROMPT.findall(tail)):
        node = etree.fromstring(rule.rstrip(b"/>") + b"/>", etree.XMLParser(resolve_entities=False, recover=True))
        for text in (node.get(name, "").strip() for name in ("promptTitle", "prompt", "errorTitle", "error")):
            yield from [Line(text, page)] if text else []
    for written in dict.fromkeys(_TIP.findall(tail) + _CHOICES.findall(tail)):
        yield from [Line(text, page)] if (text := unescape(written.decode("utf-8", "replace")).strip()) else []


def _sections(content: bytes) -> Iterator[str]:
    text = unescape(content.decode("utf-8", "replace"))
    return (found for each in _SECTION.split(text) if (found := _CODE.sub("", each).strip()))
