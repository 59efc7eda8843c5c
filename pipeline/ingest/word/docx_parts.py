"""What a DOCX holds beside its running text: inserted documents (altChunk), comments, form and field texts, deletions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.ocr.pictures import with_pictures
from pipeline.ingest.office.package import RELATION, Package
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Picture, Reading, reader_for
from pipeline.ingest.sniff import sniff
from pipeline.ingest.word.docx_numbering import W
from pipeline.ingest.word.field_codes import add_field_texts

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_MAX_INSERTED = 200
_SHOWN = 2000


def _symbol(node: etree._Element) -> str:
    code = node.get(f"{W}char", "")
    value = int(code, 16) if code else 0
    return "" if 0xE000 <= value <= 0xF8FF or not value else chr(value)


# What an element puts on the page by itself: text, formulas, WordArt (艺术字).
PRINTED: dict[str, Callable[[etree._Element], str]] = {
    f"{W}t": lambda node: node.text or "",
    f"{_MATH}t": lambda node: node.text or "",
    f"{W}tab": lambda node: " ",
    f"{W}noBreakHyphen": lambda node: "-",
    f"{W}sym": _symbol,
    f"{_VML}textpath": lambda node: node.get("string", ""),
}
_CHOICES = {f"{W}listItem": f"{W}displayText", f"{W}listEntry": f"{W}val", f"{W}default": f"{W}val"}


@dataclass(slots=True)
class Aside:
    """What was met inside a paragraph and stands after it."""

    hidden: list[str] = field(default_factory=list)
    white: list[str] = field(default_factory=list)  # stands in its place, and is said to be hidden
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


def form_texts(body: etree._Element, reading: Reading) -> list[Line]:
    """What a form offers and the page does not show: choices of lists, defaults of fields; each behind the text, once."""
    seen = {line.text.strip() for line in reading.lines}
    offered = (node.get(_CHOICES[node.tag], "").strip() for node in body.iter(*_CHOICES))
    texts = [text for text in dict.fromkeys(offered) if len(text) > 1 and text not in seen]
    if texts:
        reading.parts.append(Part(PartKind.TEXT, "表单域", PartOutcome.READ, f"{len(texts)}项选项或默认值"))
    return [Line(text, reading.pages) for text in texts]


_FIELD, _CODE, _SIMPLE = f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"
_DELETED, _DRAWN = f"{W}delText", f"{_WP}docPr"


def add_unprinted(roots: Iterable[etree._Element], reading: Reading) -> None:
    """What stands in a document and in no run of text: words in the codes of fields, deleted text, descriptions of pictures."""
    roots = list(roots)
    add_field_texts((code for root in roots for code in _field_codes(root)), reading)
    list_beside(reading, "修订中已删除的文字", (text for root in roots for text in _deleted(root)))
    described = (each.get(name, "") for root in roots for each in root.iter(_DRAWN) for name in ("descr", "title"))
    list_beside(reading, "图片的替代文字", described)


def _deleted(root: etree._Element) -> list[str]:
    """What each tracked change deletes."""
    deleted: dict[etree._Element, str] = {}
    for node in root.iter(_DELETED):
        change = node.getparent().getparent()
        deleted[change] = deleted.get(change, "") + (node.text or "")
    return list(deleted.values())


def _field_codes(root: etree._Element) -> list[str]:
    """The codes of the fields, each in one piece however Word has parted it."""
    codes = [""]
    for node in root.iter(_FIELD, _CODE, _SIMPLE):
        if node.tag == _CODE:
            codes[-1] += node.text or ""
        else:
            codes.append(node.get(f"{W}instr", ""))
    return codes


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
