"""What a DOCX holds beside its running text: inserted documents (altChunk), comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.ocr.pictures import with_pictures
from pipeline.ingest.office.package import RELATION, Package
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Picture, Reading, reader_for
from pipeline.ingest.sniff import sniff
from pipeline.ingest.word.docx_numbering import W

_MAX_INSERTED = 200
_SHOWN = 2000


@dataclass(slots=True)
class Aside:
    """What was met inside a paragraph and stands after it."""

    hidden: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def add_picture(self, picture: Picture | None) -> None:
        self.pictures.extend([picture] if picture is not None else [])


def comments(package: Package) -> Iterator[Part]:
    """Comments (批注) are people's remarks and no text of the document: shown, never judged."""
    root = package.part("word/comments.xml")
    for comment in root.iter(f"{W}comment") if root is not None else ():
        text = "".join(node.text or "" for node in comment.iter(f"{W}t")).strip()
        if text:
            author = comment.get(f"{W}author", "")
            yield Part(PartKind.NOTE, f"批注（{author}）" if author else "批注", PartOutcome.LISTED, text[:_SHOWN])


def inserted(package: Package, node: etree._Element, page: int, into: Reading) -> list[Line]:
    """The lines of a document that was inserted whole (altChunk) and that Word has not merged yet."""
    target = package.targets("word/document.xml").get(node.get(f"{RELATION}id", ""))
    place = f"插入的文档{target.name.rpartition('/')[2] if target else ''}"
    count = sum(part.place.startswith("插入的文档") for part in into.parts)
    try:
        if target is None or target.external or target.name not in package.names or count >= _MAX_INSERTED:
            raise Unreadable("文件损坏", "插入的文档不在文件中")
        data = package.read(target.name)
        read = reader_for(sniff(data))
        if read is None:
            raise Unreadable("格式不支持", sniff(data))
        reading = with_pictures(read(data))
    except Unreadable as error:
        into.parts.append(Part(PartKind.TEXT, place, PartOutcome.UNREAD, error.detail or error.kind))
        return []
    into.parts.append(Part(PartKind.TEXT, place, PartOutcome.READ))
    into.parts.extend(reading.parts)
    into.notes.extend(reading.notes)
    for line in reading.lines:
        line.page = page
    return reading.lines
