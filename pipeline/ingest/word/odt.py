"""ODT (OpenDocument text): content.xml walked with lxml; tracked deletions stay out, automatic numbers come in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.office.letterhead import Furniture, kept, marks
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader
from pipeline.ingest.word.hidden import add_hidden
from pipeline.ingest.word.numbering import Counters, Level

_MAX_PART = 256 * 1024**2
_MAX_RATIO = 300
_RATIO_FROM = 20 * 1024**2
_MAX_REPEAT = 200  # rows and cells that a spreadsheet program repeats to the edge of the sheet

_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}


def _n(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


_P, _H, _S, _TAB, _BREAK = _n("text:p"), _n("text:h"), _n("text:s"), _n("text:tab"), _n("text:line-break")
_NOTE, _NOTE_BODY, _DRAWN = _n("text:note"), _n("text:note-body"), _n("draw:")
_LIST, _ITEM, _TABLE, _ROW = _n("text:list"), _n("text:list-item"), _n("table:table"), _n("table:table-row")
_CELL, _COVERED = _n("table:table-cell"), _n("table:covered-table-cell")
_SOFT_BREAK = _n("text:soft-page-break")
_HIDDEN = {
    _n(name) for name in ("text:tracked-changes", "text:sequence-decls", "office:annotation", "text:ruby-text", "office:forms")
}
# The formats of style:num-format that are no single sign (ODF 1.3, 20.322), as ECMA-376 calls them.
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一": "chineseCounting",
    "壹": "chineseLegalSimplified",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "①": "decimalEnclosedCircle",
    "１": "decimalFullWidth",
}


@reader("odt")
def read_odt(data: bytes) -> Reading:
    """One paragraph a paragraph, one row a table row; pages by stated and remembered page breaks."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if b"encryption-data" in _bytes(package, "META-INF/manifest.xml"):
                raise Unreadable("加密")
            content, styles = _part(package, "content.xml"), _part(package, "styles.xml")
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError) as error:
        raise Unreadable("文件损坏", "ODT 内容不完整") from error
    except RuntimeError as error:  # zipfile's way of asking for a password
        raise Unreadable("加密") from error
    body = content.find(f"{_n('office:body')}/{_n('office:text')}") if content is not None else None
    if content is None or body is None:
        raise Unreadable("文件损坏", "ODT 中没有正文")
    walk = _Walk([root for root in (styles, content) if root is not None])
    walk.blocks(body)
    headers = [] if styles is None else ["".join(node.itertext()) for node in styles.iterfind(f".//{_n('style:header')}//{_P}")]
    body = marks(headers, walk.lines) + walk.lines
    reading = Reading(body, walk.page)
    reading.lines = body + kept([Furniture("header", headers)], body, reading.parts)
    add_hidden(reading, walk.hidden)
    remarks = ("".join(node.itertext()).strip() for node in content.iter(_n("office:annotation")))
    reading.parts.extend(Part(PartKind.NOTE, "批注", PartOutcome.LISTED, text) for text in remarks if text)
    return reading


def _bytes(package: zipfile.ZipFile, name: str) -> bytes:
    """A part of the package, empty where there is none. Raises Unreadable for a bomb."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return b""
    bomb = info.file_size > _RATIO_FROM and info.file_size > _MAX_RATIO * max(info.compress_size, 1)
    if info.file_size > _MAX_PART or bomb:
        raise Unreadable("超出限制", "ODT 解压后过大")
    with package.open(info) as stream:
        return stream.read(_MAX_PART)


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    data = _bytes(package, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(data, parser) if data else None


class _Walk:
    """One pass over the body in document order; numbers count as paragraphs go by."""

    def __init__(self, roots: list[etree._Element]):
        self.lines: list[Line] = []
        self.page = 1
        self._lists: dict[str, dict[int, Level]] = {}
        self._breaking: set[str] = set()
        self._vanished: set[str] = set()
        self.hidden: list[str] = []
        self._list_of_style: dict[str, str] = {}
        self._outline: dict[int, Level] = {}
        self._counters = Counters()
        for root in roots:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        for style in root.iter(_n("text:list-style")):
            self._lists[style.get(_n("style:name"), "")] = _levels(style)
        for style in root.iter(_n("text:outline-style")):
            self._outline = _levels(style)
        for style in root.iter(_n("style:style")):
            name = style.get(_n("style:name"), "")
            properties = style.find(_n("style:paragraph-properties"))
            if properties is not None and properties.get(_n("fo:break-before")) == "page":
                self._breaking.add(name)
            shown = style.find(_n("style:text-properties"))
            if shown is not None and shown.get(_n("text:display")) == "none":
                self._vanished.add(name)
            if style.get(_n("style:list-style-name")):
                self._list_of_style[name] = style.get(_n("style:list-style-name"), "")

    def blocks(self, parent: Iterable[etree._Element]) -> None:
        for node in parent:
            if node.tag in (_P, _H):
                self._paragraph(node, self._heading_label(node) if node.tag == _H else "")
            elif node.tag == _LIST:
                self._list(node, "", 0)
            elif node.tag == _TABLE:
                self._table(node)
            elif node.tag == _SOFT_BREAK:
                self.page += 1
            elif isinstance(node.tag, str) and node.tag not in _HIDDEN:
                self.blocks(node)  # sections, indexes, frames

    def _heading_label(self, node: etree._Element) -> str:
        depth = _number(node.get(_n("text:outline-level")), 1) - 1
        return self._counters.label("outline", self._outline, depth) if self._outline.get(depth, Level()).text else ""

    def _list(self, node: etree._Element, inherited: str, depth: int) -> None:
        style = node.get(_n("text:style-name")) or inherited
        for item in node:
            if item.tag not in (_ITEM, _n("text:list-header")):
                continue
            numbered = item.tag == _ITEM
            for block in item:
                if block.tag == _LIST:
                    self._list(block, style, depth + 1)
                elif block.tag in (_P, _H):
                    key = style or self._list_of_style.get(block.get(_n("text:style-name"), ""), "")
                    self._paragraph(block, self._counters.label(key, self._lists.get(key, {}), depth) if numbered else "")
                    numbered = False  # only an item's first paragraph bears its number
                elif isinstance(block.tag, str):
                    self.blocks([block])

    def _paragraph(self, node: etree._Element, label: str) -> None:
        if node.get(_n("text:style-name")) in self._breaking and self.lines:
            self.page += 1
        page = self.page
        text, inner = self._inline(node)
        pieces = text.split("\n")
        if text.strip():
            self.lines.append(Line(label + pieces[0], page))
            self.lines.extend(Line(piece, page) for piece in pieces[1:] if piece.strip())
        for block in inner:
            self.blocks(block)

    def _inline(self, node: etree._Element) -> tuple[str, list[etree._Element]]:
        """The text of a paragraph, and the text boxes and notes that hang on it."""
        text = [node.text or ""]
        inner: list[etree._Element] = []
        for child in node:
            if child.tag == _S:
                text.append(" " * min(_number(child.get(_n("text:c")), 1), 200))
            elif child.tag == _TAB:
                text.append(" ")
            elif child.tag == _BREAK:
                text.append("\n")
            elif child.tag == _SOFT_BREAK:
                self.page += 1
            elif isinstance(child.tag, str) and child.tag.startswith(_DRAWN):
                inner.append(child)
            elif child.tag == _NOTE:
                inner.extend(child.iterfind(_NOTE_BODY))
            elif self._is_shown(child):
                within, more = self._inline(child)
                text.append(within)
                inner.extend(more)
            text.append(child.tail or "")
        return "".join(text), inner

    def _is_shown(self, node: etree._Element) -> bool:
        if not isinstance(node.tag, str) or node.tag in _HIDDEN:
            return False
        if vanished := node.get(_n("text:style-name")) in self._vanished:
            self.hidden.append("".join(node.itertext()))
        return not vanished

    def _table(self, table: etree._Element) -> None:
        """Rows with their cells by tabs; a one-cell row is a frame; a nested table's rows follow the row that holds it."""
        for row in _rows(table):
            page = self.page
            nested: list[etree._Element] = []
            cells = [self._cell(cell, nested) for cell in _cells(row)]
            if len(cells) == 1:
                self.lines.extend(Line(text, page) for text in cells[0].split("\n") if text.strip())
            elif any(cells):
                self.lines.append(Line("\t".join(cell.replace("\n", " ") for cell in cells), page, "row"))
            for inner in nested:
                self._table(inner)

    def _cell(self, cell: etree._Element, nested: list[etree._Element]) -> str:
        """The text of a cell, a line a paragraph; its own lists are numbered by the same rules."""
        outside, self.lines = self.lines, []
        for block in cell:
            if block.tag == _TABLE:
                nested.append(block)
            else:
                self.blocks([block])
        inside, self.lines = self.lines, outside
        return "\n".join(line.text for line in inside)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for node in table:
        if node.tag == _ROW:
            yield node
        elif isinstance(node.tag, str) and node.tag.startswith(_n("table:table-")):
            yield from _rows(node)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row without those that one beside them covers; those covered from above stay, as empty ones."""
    covered = 0
    for cell in row:
        if cell.tag == _CELL:
            covered = _number(cell.get(_n("table:number-columns-spanned")), 1) - 1
            yield cell
        elif cell.tag == _COVERED:
            if covered <= 0:
                yield cell
            covered -= 1


def _levels(style: etree._Element) -> dict[int, Level]:
    levels = {}
    for node in style:
        depth = _number(node.get(_n("text:level")), 1) - 1
        sign = node.get(_n("style:num-format")) or ""
        if not sign:
            levels[depth] = Level("none")
            continue
        shown = _number(node.get(_n("text:display-levels")), 1)
        numbers = ".".join(f"%{level + 1}" for level in range(max(depth - shown + 1, 0), depth + 1))
        own = node.get(_n("style:num-prefix"), "") + numbers + node.get(_n("style:num-suffix"), "")
        text = _pattern(node.get(_n("loext:num-list-format"), "")) or own
        levels[depth] = Level(
            _FORMATS.get(sign.partition(",")[0], "decimal"), _number(node.get(_n("text:start-value")), 1), text
        )
    return levels


def _pattern(text: str) -> str:
    """LibreOffice's "第%1%条" as "第%1条"."""
    for level in range(1, 11):
        text = text.replace(f"%{level}%", f"%{level}")
    return text


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default
