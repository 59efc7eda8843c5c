"""DOCX: everything that a reader of the printed page sees, once; what he does not see stands apart and is said to.

python-docx drops tracked insertions, content controls, text boxes, nested tables and footnotes, and repeats merged
cells, so the parts are walked with lxml; entities are not resolved and nothing outside the package is opened.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from pipeline.ingest.office.drawings import DRAWING_TAGS, PICTURE_TAGS, Shown
from pipeline.ingest.office.letterhead import Furniture, furniture_texts, kept, marks
from pipeline.ingest.office.package import Package
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Kind, Line, Reading, reader
from pipeline.ingest.word.docx_numbering import Numbering, W, value_of
from pipeline.ingest.word.docx_parts import PRINTED, Aside, Beside, inserted
from pipeline.ingest.word.hidden import AWAY, hidden_text, is_on, unseen

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BREAK = re.compile(r"([\n\f])")
# What is not on the accepted, printed page: deletions, the source of a move, field codes, comments' anchors.
_HIDDEN = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "fldData", "rPr", "sdtPr")}
_TEXT_BOX = f"{W}txbxContent"
_OBJECT = f"{W}object"
_MAIN = "word/document.xml"
_FURNITURE = re.compile(r"word/(header|footer)[^/]*\.xml$")
_TEXT, _RUN, _ALTERNATE = f"{W}t", f"{W}r", f"{_MC}AlternateContent"


@reader("docx")
def read_docx(data: bytes) -> Reading:
    """One paragraph a paragraph, one row a table row; pages by explicit and remembered page breaks."""
    try:
        with Package(data) as package:
            return _Walk(package).reading()
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError) as error:
        raise Unreadable("文件损坏", "DOCX 内容不完整") from error
    except RuntimeError as error:  # zipfile's way of asking for a password
        raise Unreadable("加密") from error


class _Walk:
    """One pass over the body in document order; numbering counts as paragraphs go by."""

    def __init__(self, package: Package):
        self._package = package
        self._body = self._main(package)
        self._numbering = Numbering(package.part("word/numbering.xml"), lambda: package.part("word/styles.xml"))
        self._beside = Beside(package)
        self._reading = Reading([])
        self._lines = self._reading.lines
        self._shown = Shown(package, self._reading)
        self._owner = _MAIN  # the part that is being walked, to which ids of pictures belong
        self._aside = Aside()
        self._page = 1
        self._fresh = True  # nothing stands on the page yet
        self._open: tuple[int, str] | None = None  # page and text of a paragraph whose end was deleted

    @staticmethod
    def _main(package: Package) -> etree._Element:
        root = package.part(_MAIN)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise Unreadable("文件损坏", "DOCX 中没有正文")
        return body

    def reading(self) -> Reading:
        furniture = [
            self._furniture(found[0], found[1]) for name in sorted(self._package.names) if (found := _FURNITURE.match(name))
        ]
        self._owner, self._page, self._fresh = _MAIN, 1, True
        self._blocks(self._body)
        self._close()
        heads = {text for name, text in furniture_texts(furniture) if name == "header"}
        body = marks(heads, self._lines) + self._lines
        self._reading.lines = body + kept(furniture, body, self._reading.parts)
        self._reading.pages = self._page
        self._beside.add(self._body, self._reading)
        return self._reading

    def _furniture(self, name: str, kind: str) -> Furniture:
        """The paragraphs of a page header or footer; its pictures stand before the text."""
        self._owner = name
        root = self._package.part(name)
        if root is None:
            return Furniture(kind, [])
        texts = [self._inline(node)[0].strip() for node in root.iter(f"{W}p")]
        texts += [line.text for line in self._aside.lines]
        self._beside.margin(root, self._aside)
        self._aside = Aside()
        return Furniture(kind, [text for text in texts if text])

    def _blocks(self, parent: etree._Element) -> None:
        for node in parent:
            if node.tag == f"{W}p":
                self._paragraph(node)
            elif node.tag == f"{W}tbl":
                self._table(node)
            elif node.tag == f"{W}altChunk":
                self._lines.extend(inserted(self._package, node, self._page, self._reading))
            elif node.tag not in _HIDDEN and isinstance(node.tag, str):
                self._blocks(_chosen(node))  # content controls, insertions, custom XML: their children are blocks

    def _paragraph(self, node: etree._Element) -> None:
        properties = node.find(f"{W}pPr")
        if not self._fresh and is_on(_property(properties, "pageBreakBefore")):
            self._turned(remembered=False)
        page, begun = self._open or (self._page, "")
        text, boxes, notes = self._inline(node)
        if _is_mark_deleted(properties):
            self._open = page, begun + text  # goes on in the next one, and counts as none
        else:
            self._open = None
            self._put(self._numbering.label(properties), begun + text, page)
        for block in (*boxes, *notes):
            self._blocks(block)
        self._put_aside()
        section = _property(properties, "sectPr")
        if section is not None and value_of(section.find(f"{W}type")) != "continuous":
            self._turned(remembered=False)

    def _close(self) -> None:
        """End a paragraph whose end was deleted though no other follows."""
        if self._open:
            self._put("", self._open[1], self._open[0])
            self._open = None

    def _put(self, label: str, text: str, page: int) -> None:
        """Lines of a paragraph that began on ``page``: a line break in it parts it, a page break does not."""
        kind: Kind = "paragraph"
        for piece in _BREAK.split(text):
            if piece == "\f":
                page += 1
            elif piece == "\n":
                kind = "paragraph"
            elif piece.strip():
                self._lines.append(Line(label + piece, page, kind))
                label, kind = "", "rest"

    def _inline(self, node: etree._Element) -> tuple[str, list[etree._Element], list[etree._Element]]:
        """The text of a paragraph, the text boxes anchored in it and the notes that it cites."""
        text: list[str] = []
        boxes: list[etree._Element] = []
        notes: list[etree._Element] = []
        for child in _visible(node, self._aside):
            tag = child.tag
            if tag == _RUN:
                continue
            if tag in PRINTED:
                text.append(PRINTED[tag](child))
                self._fresh = self._fresh and not text[-1].strip()
            elif tag == f"{W}lastRenderedPageBreak" or (tag == f"{W}br" and child.get(f"{W}type") == "page"):
                text.append(self._turned(remembered=tag != f"{W}br"))
            elif tag in (f"{W}br", f"{W}cr"):
                text.append("\n")
            elif tag == _TEXT_BOX:
                boxes.append(child)
            elif tag in PICTURE_TAGS:
                self._aside.add_picture(self._shown.picture(child, self._owner, self._page))
            elif tag in DRAWING_TAGS:
                self._aside.lines.extend(self._shown.words(child, self._owner, self._page))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                note = self._beside.note(tag[len(W) :].removesuffix("Reference"), child.get(f"{W}id"))
                notes.extend([note] if note is not None else [])
        return "".join(text), boxes, notes

    def _put_aside(self) -> None:
        """What was met in a paragraph or a row and stands after it: words of drawings, hidden text, pictures."""
        aside, self._aside = self._aside, Aside()
        self._lines.extend(aside.lines)
        if hidden := "".join(aside.hidden).strip():
            self._lines.append(Line(hidden, self._page))
            self._reading.parts.append(hidden_text(hidden, self._page))
        if white := "".join(aside.white).strip():
            self._reading.parts.append(hidden_text(white, self._page))
        for picture in aside.pictures:
            picture.after = self._lines[-1] if self._lines else None

    def _turned(self, *, remembered: bool) -> str:
        """A page break: the mark of one. Word remembers where it broke pages also after breaks that a person made."""
        if remembered and self._fresh:
            return ""
        self._page, self._fresh = self._page + 1, True
        return "\f"

    def _table(self, table: etree._Element) -> None:
        """Rows with their cells by tabs; a nested table's rows follow the row that holds it; merged cells once."""
        self._close()
        for row in _rows(table):
            page = self._page
            nested: list[etree._Element] = []
            cells = [self._cell(cell, nested) for cell in _cells(row)]
            self._page = min(self._page, page + 1)  # cells beside each other each bear the same break
            if len(cells) == 1:
                self._put("", cells[0], page)
            elif any(cells):
                page += cells[0].startswith("\f")
                self._lines.append(Line("\t".join(_BREAK.sub(" ", cell).strip() for cell in cells), page, "row"))
            self._put_aside()
            for inner in nested:
                self._table(inner)

    def _cell(self, cell: etree._Element, nested: list[etree._Element]) -> str:
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if merge is not None and merge.get(f"{W}val", "continue") == "continue":
            return ""
        texts = []
        for block in _cell_blocks(cell):
            if block.tag == f"{W}tbl":
                nested.append(block)
            else:
                label = self._numbering.label(block.find(f"{W}pPr"))
                text, boxes, notes = self._inline(block)
                for inner in (*boxes, *notes):
                    text += "".join("\n" + self._inline(node)[0] for node in inner.iter(f"{W}p"))
                texts.append(label + text)
        return "\n".join(text for text in texts if text.strip())


def _chosen(node: etree._Element) -> etree._Element:
    """Of alternative contents (mc:AlternateContent) the first that holds text, so that a text box is read once."""
    if node.tag != _ALTERNATE:
        return node
    choices = [child for child in node if isinstance(child.tag, str)]
    return next((child for child in choices if next(child.iter(f"{W}t"), None) is not None), node)


def _visible(node: etree._Element, aside: Aside) -> Iterator[etree._Element]:
    """Descendants in order; text boxes are given whole and not entered, hidden runs are put aside, and of objects only
    what they hold counts, not the picture that stands for them."""
    stack = [iter(node)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif not isinstance(child.tag, str) or child.tag in _HIDDEN or child.tag == _OBJECT:
            continue
        elif child.tag == _RUN and (how := unseen(child)) == AWAY:
            aside.hidden.extend(text.text or "" for text in child.iter(_TEXT))
        else:
            if child.tag == _RUN and how:
                aside.white.extend(text.text or "" for text in child.iter(_TEXT))
            yield child
            if len(child) and child.tag != _TEXT_BOX:
                stack.append(iter(_chosen(child)))


def _property(properties: etree._Element | None, path: str) -> etree._Element | None:
    """A property by its path below ``w:pPr``, names parted by ``/``; None where it is not set."""
    return properties.find("/".join(f"{W}{name}" for name in path.split("/"))) if properties is not None else None


def _is_mark_deleted(properties: etree._Element | None) -> bool:
    """Whether a tracked change deletes the end of a paragraph, or moves it away."""
    return any(_property(properties, f"rPr/{name}") is not None for name in ("del", "moveFrom"))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for node in table:
        if node.tag == f"{W}tr":
            if node.find(f"{W}trPr/{W}del") is None:
                yield node
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _rows(node)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for node in row:
        if node.tag == f"{W}tc":
            yield node
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _cells(node)


def _cell_blocks(cell: etree._Element) -> Iterator[etree._Element]:
    for node in cell:
        if node.tag in (f"{W}p", f"{W}tbl"):
            yield node
        elif isinstance(node.tag, str) and node.tag not in _HIDDEN and node.tag != f"{W}tcPr":
            yield from _cell_blocks(_chosen(node))
