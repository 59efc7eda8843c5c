"""What an XLSX shows beside its cells: text boxes, charts, pictures, comments; each behind the rows of its sheet."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.office.drawings import DRAWING_TAGS, PICTURE_TAGS, A, Shown
from pipeline.ingest.office.package import RELATION, Package
from pipeline.ingest.readers import Line, Reading

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MAIN = "xl/workbook.xml"
_SHOWN = 2000


def add_sheet_parts(data: bytes, reading: Reading) -> None:
    """Put the words of drawings and the pictures of each sheet behind its lines; list comments."""
    with Package(data) as package:
        if not any(name.startswith(("xl/drawings/", "xl/comments", "xl/threadedComments")) for name in package.names):
            return
        shown = Shown(package, reading)
        for page, sheet in enumerate(_sheets(package), start=1):
            after = next((line for line in reversed(reading.lines) if line.page <= page), None)
            at = reading.lines.index(after) + 1 if after is not None else 0
            for target in package.targets(sheet).values():
                root = (
                    None if target.external else package.part(target.name) if target.name.endswith((".xml", ".vml")) else None
                )
                if root is None:
                    continue
                if target.kind == "drawing":
                    found = _drawing(root, target.name, page, shown, after)
                    reading.lines[at:at] = found
                    at += len(found)
                elif target.kind in ("comments", "threadedComment"):
                    reading.parts.extend(_comments(root, page))


def _sheets(package: Package) -> Iterator[str]:
    """The worksheets in the workbook's order."""
    root, targets = package.part(_MAIN), package.targets(_MAIN)
    for sheet in root.iter(f"{_S}sheet") if root is not None else ():
        target = targets.get(sheet.get(f"{RELATION}id", ""))
        if target is not None and target.kind == "worksheet":
            yield target.name


def _drawing(root: etree._Element, owner: str, page: int, shown: Shown, after: Line | None) -> list[Line]:
    lines: list[Line] = []
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
