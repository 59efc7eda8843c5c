"""ODT (OpenDocument text): content.xml walked with lxml; tracked deletions stay out, automatic numbers come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.office.letterhead import furniture_texts, kept, marks
from pipeline.ingest.office.open_document import Parts, add_beside, margins, name_of
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader
from pipeline.ingest.word.hidden import add_hidden
from pipeline.ingest.word.numbering import Counters, Level

_MAX_REPEAT = 200  # rows and cells that a spreadsheet program repeats to the edge of the sheet


_P, _H, _S, _TAB, _BREAK = (
    name_of("text:p"),
    name_of("text:h"),
    name_of("text:s"),
    name_of("text:tab"),
    name_of("text:line-break"),
)
_NOTE, _NOTE_BODY, _DRAWN = name_of("text:note"), name_of("text:note-body"), name_of("draw:")
_LIST, _ITEM, _TABLE, _ROW = name_of("text:list"), name_of("text:list-item"), name_of("table:table"), name_of("table:table-row")
_CELL, _COVERED = name_of("table:table-cell"), name_of("table:covered-table-cell")
_SOFT_BREAK = name_of("text:soft-page-break")
_SLIDE, _SPEAKER = name_of("draw:page"), name_of("presentation:notes")
_HIDDEN_FIELD = name_of("text:hidden-text")
_BODIES = ("text", "presentation", "drawing")
_HIDDEN = {
    name_of(name)
    for name in (
        "text:tracked-changes",
        "text:sequence-decls",
        "office:annotation",
        "text:ruby-text",
        "office:forms",
        "text:drop-down",
    )
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


@reader("odt", "odp")
def read_odt(data: bytes) -> Reading:
    """One paragraph a paragraph, one row a table row; pages by stated and remembered page breaks, or a slide a page."""
    package = Parts(data)
    content, styles = package.content, package.styles
    bodies = (
        (content.find(f"{name_of('office:body')}/{name_of(f'office:{kind}')}") for kind in _BODIES)
        if content is not None
        else ()
    )
    body = next((each for each in bodies if each is not None), None)
    if content is None or body is None:
        raise Unreadable("文件损坏", "OpenDocument 中没有正文")
    walk = _Walk([root for root in (styles, content) if root is not None])
    walk.blocks(body)
    furniture = margins(styles)
    heads = [text for kind, text in furniture_texts(furniture) if kind == "header"]
    lines = marks(heads, walk.lines) + walk.lines
    reading = Reading(lines, walk.page)
    reading.lines = lines + kept(furniture, lines, reading.parts)
    add_hidden(reading, walk.hidden)
    reading.parts.extend(Part(PartKind.NOTE, "备注", PartOutcome.LISTED, text) for text in walk.notes)
    add_beside(package, reading)
    return reading


class _Walk:
    """One pass over the body in document order; numbers count as paragraphs go by."""

    def __init__(self, roots: list[etree._Element]):
        self.lines: list[Line] = []
        self.page = 1
        self._lists: dict[str, dict[int, Level]] = {}
        self._breaking: set[str] = set()
        self._vanished: set[str] = set()
        self.hidden: list[str] = []
        self.notes: list[str] = []
        self._list_of_style: dict[str, str] = {}
        self._outline: dict[int, Level] = {}
        self._counters = Counters()
        for root in roots:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        for style in root.iter(name_of("text:list-style")):
            self._lists[style.get(name_of("style:name"), "")] = _levels(style)
        for style in root.iter(name_of("text:outline-style")):
            self._outline = _levels(style)
        for style in root.iter(name_of("style:style")):
            name = style.get(name_of("style:name"), "")
            properties = style.find(name_of("style:paragraph-properties"))
            if properties is not None and properties.get(name_of("fo:break-before")) == "page":
                self._breaking.add(name)
            shown = style.find(name_of("style:text-properties"))
            if shown is not None and shown.get(name_of("text:display")) == "none":
                self._vanished.add(name)
            if style.get(name_of("style:list-style-name")):
                self._list_of_style[name] = style.get(name_of("style:list-style-name"), "")

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
            elif node.tag == _SPEAKER:
                self.notes.extend(text for each in node.iter(_P) if (text := "".join(each.itertext()).strip()))
            elif node.tag == _SLIDE:
                self.page += bool(self.lines)
                self.blocks(node)
            elif isinstance(node.tag, str) and node.tag not in _HIDDEN:
                self.blocks(node)  # sections, indexes, frames

    def _heading_label(self, node: etree._Element) -> str:
        depth = _number(node.get(name_of("text:outline-level")), 1) - 1
        return self._counters.label("outline", self._outline, depth) if self._outline.get(depth, Level()).text else ""

    def _list(self, node: etree._Element, inherited: str, depth: int) -> None:
        style = node.get(name_of("text:style-name")) or inherited
        for item in node:
            if item.tag not in (_ITEM, name_of("text:list-header")):
                continue
            numbered = item.tag == _ITEM
            for block in item:
                if block.tag == _LIST:
                    self._list(block, style, depth + 1)
                elif block.tag in (_P, _H):
                    key = style or self._list_of_style.get(block.get(name_of("text:style-name"), ""), "")
                    self._paragraph(block, self._counters.label(key, self._lists.get(key, {}), depth) if numbered else "")
                    numbered = False  # only an item's first paragraph bears its number
                elif isinstance(block.tag, str):
                    self.blocks([block])

    def _paragraph(self, node: etree._Element, label: str) -> None:
        if node.get(name_of("text:style-name")) in self._breaking and self.lines:
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
                text.append(" " * min(_number(child.get(name_of("text:c")), 1), 200))
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
        if node.tag == _HIDDEN_FIELD:
            self.hidden.append(node.get(name_of("text:string-value"), ""))
        if vanished := node.get(name_of("text:style-name")) in self._vanished:
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
        elif isinstance(node.tag, str) and node.tag.startswith(name_of("table:table-")):
            yield from _rows(node)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row without those that one beside them covers; those covered from above stay, as empty ones."""
    covered = 0
    for cell in row:
        if cell.tag == _CELL:
            covered = _number(cell.get(name_of("table:number-columns-spanned")), 1) - 1
            yield cell
        elif cell.tag == _COVERED:
            if covered <= 0:
                yield cell
            covered -= 1


def _levels(style: etree._Element) -> dict[int, Level]:
    levels = {}
    for node in style:
        depth = _number(node.get(name_of("text:level")), 1) - 1
        sign = node.get(name_of("style:num-format")) or ""
        if not sign:
            levels[depth] = Level("none")
            continue
        shown = _number(node.get(name_of("text:display-levels")), 1)
        numbers = ".".join(f"%{level + 1}" for level in range(max(depth - shown + 1, 0), depth + 1))
        own = node.get(name_of("style:num-prefix"), "") + numbers + node.get(name_of("style:num-suffix"), "")
        text = _pattern(node.get(name_of("loext:num-list-format"), "")) or own
        levels[depth] = Level(
            _FORMATS.get(sign.partition(",")[0], "decimal"), _number(node.get(name_of("text:start-value")), 1), text
        )
    return levels


def _pattern(text: str) -> str:
    """LibreOffice's "第%1%条" as "第%1条"."""
    for level in range(1, 11):
        text = text.replace(f"%{level}%", f"%{level}")
    return text


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default
