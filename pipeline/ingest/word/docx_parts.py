"""What a DOCX holds beside its running text: inserted documents (altChunk), comments, form and field texts, deletions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.ocr.pictures import with_pictures
from pipeline.ingest.office.drawings import A
from pipeline.ingest.office.kept_apart import list_kept_apart
from pipeline.ingest.office.package import RELATION, Package
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Picture, Reading, reader_for
from pipeline.ingest.sniff import sniff
from pipeline.ingest.word.docx_numbering import W
from pipeline.ingest.word.field_codes import add_field_texts

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
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
    f"{A}t": lambda node: node.text or "",  # in a drawing that was pasted as it is
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


class Beside:
    """What a DOCX holds beside its body: notes, page headers and footers, comments, parts that belong to no page."""

    def __init__(self, package: Package):
        self._package = package
        self._notes = {
            (kind, note.get(f"{W}id")): note
            for kind in ("footnote", "endnote")
            if (part := package.part(f"word/{kind}s.xml")) is not None
            for note in part.iterfind(f"{W}{kind}")
            if note.get(f"{W}type") in (None, "normal")
        }
        self._cited: set[tuple[str, str | None]] = set()
        self._margins: list[etree._Element] = []
        self._hidden: list[str] = []  # in the margins

    def note(self, kind: str, number: str | None) -> etree._Element | None:
        """The note that a reference cites."""
        self._cited.add((kind, number))
        return self._notes.get((kind, number))

    def margin(self, root: etree._Element, aside: Aside) -> None:
        """Keep a header or footer in mind, and what was hidden in it."""
        self._margins.append(root)
        self._hidden.append("".join(aside.hidden))

    def add(self, body: etree._Element, reading: Reading) -> None:
        """Add what forms offer and macro buttons print to the text; list the rest."""
        remarks = self._package.part("word/comments.xml")
        reading.parts.extend(comments(remarks))
        roots = [body, *self._notes.values(), *self._margins]
        reading.lines.extend(form_texts(roots, reading))
        add_unprinted(roots if remarks is None else (*roots, remarks), reading)
        list_beside(reading, "页眉页脚中的隐藏文字", self._hidden)
        uncited = (note for key, note in self._notes.items() if key not in self._cited)
        texts = ("".join(text.text or "" for text in note.iter(f"{W}t")) for note in uncited)
        list_beside(reading, "没有引用的注释", texts)
        list_kept_apart(self._package, reading)


def comments(root: etree._Element | None) -> Iterator[Part]:
    """Comments (批注) are people's remarks and no text of the document: shown, never judged."""
    for comment in root.iter(f"{W}comment") if root is not None else ():
        text = "".join(node.text or "" for node in comment.iter(f"{W}t")).strip()
        if text:
            author = comment.get(f"{W}author", "")
            yield Part(PartKind.NOTE, f"批注（{author}）" if author else "批注", PartOutcome.LISTED, text[:_SHOWN])


def form_texts(roots: Iterable[etree._Element], reading: Reading) -> list[Line]:
    """What a form offers and the page does not show: choices of lists, defaults of fields; each behind the text, once."""
    seen = {line.text.strip() for line in reading.lines}
    offered = (node.get(_CHOICES[node.tag], "").strip() for root in roots for node in root.iter(*_CHOICES))
    texts = [text for text in dict.fromkeys(offered) if len(text) > 1 and text not in seen]
    if texts:
        reading.parts.append(Part(PartKind.TEXT, "表单域", PartOutcome.READ, f"{len(texts)}项选项或默认值"))
    return [Line(text, reading.pages) for text in texts]


_FIELD, _CODE, _SIMPLE = f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"
_DELETED, _ROW_MARK = (f"{W}del", f"{W}moveFrom"), f"{W}trPr"
_GONE = (f"{W}delText", f"{W}t", f"{_MATH}t")
# Words in attributes, by element: the kind of place, and the attributes.
_WRITTEN = {
    **dict.fromkeys((f"{_WP}docPr", f"{_PIC}cNvPr", f"{_WPS}cNvPr"), ("图片的替代文字", ("descr", "title"))),
    **dict.fromkeys(
        (f"{_VML}{shape}" for shape in ("shape", "rect", "oval", "roundrect", "line", "group", "image", "polyline")),
        ("图片的替代文字", ("alt", "title")),
    ),
    **dict.fromkeys((f"{W}tblCaption", f"{W}tblDescription"), ("表格的替代文字", (f"{W}val",))),
    **dict.fromkeys((f"{W}alias", f"{W}tag", f"{W}helpText", f"{W}statusText"), ("表单域的提示", (f"{W}val",))),
    **dict.fromkeys((f"{W}comboBox", f"{W}dropDownList"), ("表单域的提示", (f"{W}lastValue",))),
    f"{W}hyperlink": ("链接的提示", (f"{W}tooltip",)),
}


def add_unprinted(roots: Iterable[etree._Element], reading: Reading) -> None:
    """What stands in a document and in no run of text: words in the codes of fields, deleted text, descriptions, prompts."""
    roots = list(roots)
    add_field_texts((code for root in roots for code in _field_codes(root)), reading)
    list_beside(reading, "修订中已删除的文字", (text for root in roots for text in _deleted(root)))
    written: dict[str, list[str]] = {}
    for node in (node for root in roots for node in root.iter(*_WRITTEN)):
        place, names = _WRITTEN[node.tag]
        written.setdefault(place, []).extend(node.get(name, "") for name in names)
    for place, texts in written.items():
        list_beside(reading, place, texts)
    objects = (node for root in roots for node in root.iter(f"{W}object"))
    list_beside(reading, "对象中的文字", ("".join(text.text or "" for text in each.iter(f"{W}t")) for each in objects))


def _deleted(root: etree._Element) -> Iterator[str]:
    """What each tracked change deletes or moves away; of a row, all of it."""
    for change in root.iter(*_DELETED):
        parent = change.getparent()
        node = parent.getparent() if parent is not None and parent.tag == _ROW_MARK else change
        yield "".join(text.text or "" for text in node.iter(*_GONE))


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
