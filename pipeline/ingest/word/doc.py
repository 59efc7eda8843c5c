"""DOC and WPS: Word 97-2003 files, read from their OLE streams by the piece table.

Kept: paragraphs, table rows, results of fields, automatic numbers, text boxes and notes (once, after the paragraph that
they hang on), marks of the document in page headers, sentences in headers and footers. Apart: hidden text, what macro buttons
print. Listed: comments, deleted text, words in field codes.
"""

from __future__ import annotations

import io
import re
import struct
from bisect import bisect_left, bisect_right

import olefile

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.office.letterhead import Furniture, kept, marks
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader
from pipeline.ingest.word import doc_binary as binary
from pipeline.ingest.word.doc_lists import ListFormat, list_formats
from pipeline.ingest.word.field_codes import add_field_texts
from pipeline.ingest.word.flow import Flow, whole
from pipeline.ingest.word.hidden import add_hidden
from pipeline.ingest.word.numbering import Counters
from pipeline.ingest.word.soffice import convert

_WORD_97 = 0x00C1  # the FIB's version; below it the file is Word 6 or 95, of another make
_MAX_STREAM = 512 * 1024**2
_FIELD_CODE = re.compile("\x13([^\x13\x14\x15]*)")
_FIELD_MARK = re.compile("[\x13\x14\x15]")  # begin, separator between code and result, end
_ENCLOSED = re.compile(r"\bEQ\b.*?\(\s*[○◯〇]\s*,\s*(\d{1,2})\s*\)", re.I)
_TERMINATOR = re.compile("[\r\x07\x0c]")  # paragraph, cell or row, page or section
_SHOWN = {0x0B: "\n", 0x0E: "\n", 0x1E: "-", 0x09: " "} | dict.fromkeys(
    map(ord, "\0\x01\x02\x03\x04\x05\x06\x08\x13\x14\x15\x1f")
)


@reader("doc")
def read_doc(data: bytes) -> Reading:
    """Paragraphs and table rows; Word 6/95 through LibreOffice where there is one."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            word = _stream(ole, "WordDocument")
            if len(word) >= 32 and struct.unpack_from("<H", word, 2)[0] < _WORD_97:
                return convert(data, "doc")
            head = binary.header(word)
            if head.encrypted:
                raise Unreadable("加密", "文档有打开密码")
            return _Walk(word, _stream(ole, head.table), head).reading()
    except (OSError, struct.error, IndexError, KeyError, ValueError, TypeError) as error:
        raise Unreadable("文件损坏", "DOC 内容不完整") from error


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    if not ole.exists(name):
        raise Unreadable("文件损坏", f"DOC 中缺少 {name}")
    if ole.get_size(name) > _MAX_STREAM:
        raise Unreadable("超出限制", "DOC 过大")
    return ole.openstream(name).read()


class _Walk:
    """One pass over the text of each part, paragraph by paragraph."""

    def __init__(self, word: bytes, table: bytes, head: binary.Header):
        self._word, self._table, self._head = word, table, head
        self._pieces = binary.pieces(self._part(binary.CLX), len(word))
        self._starts = [piece.start for piece in self._pieces]
        self._runs = binary.stretches(word, self._part(binary.RUNS), paragraphs=False)
        self._paragraphs = binary.stretches(word, self._part(binary.PARAGRAPHS), paragraphs=True)
        self._styles = binary.styles(self._part(binary.STYLES))
        self._lists = self._list_formats()
        self._continuous = binary.continuous_sections(word, self._part(binary.SECTIONS))
        self._hidden: list[str] = []
        self._deleted: list[str] = []
        text = "".join(self._piece_text(piece) for piece in self._pieces)
        self._codes = _FIELD_CODE.findall(text)
        self._text = _without_field_codes(text)
        self._counters = Counters()
        self._page = 1
        self._bases = self._part_bases()
        self._anchored = self._anchors()
        self._anchor_points = sorted(self._anchored)

    def reading(self) -> Reading:
        lines = self._lines(0, self._head.lengths["main"])
        for start, end in sorted(part for parts in self._anchored.values() for part in parts):
            lines.extend(self._lines(start, end))  # boxes whose anchor is not known
        texts = [text.strip() for name in ("headers", "header_boxes") for text in _TERMINATOR.split(_shown(self._range(name)))]
        notes = ["DOC 文件不完整，可能缺少内容"] if len(self._text) < self._head.lengths["main"] else []
        body = marks(texts, lines) + lines
        reading = Reading(body, self._page, notes)
        reading.lines = body + kept([Furniture("header", [text for text in texts if text])], body, reading.parts)
        add_hidden(reading, self._hidden)
        add_field_texts(map(_shown, self._codes), reading)
        list_beside(reading, "修订中已删除的文字", self._deleted)
        comments = filter(None, (text.strip() for text in _TERMINATOR.split(_shown(self._range("comments")))))
        reading.parts.extend(Part(PartKind.NOTE, "批注", PartOutcome.LISTED, text) for text in comments)
        return reading

    # Where things are

    def _part(self, index: int) -> bytes:
        if index >= len(self._head.places):
            return b""
        start, size = self._head.places[index]
        return self._table[start : start + size]

    def _part_bases(self) -> dict[str, int]:
        bases, base = {}, 0
        for name, length in self._head.lengths.items():
            bases[name] = base
            base += length
        return bases

    def _range(self, name: str) -> str:
        return self._text[self._bases[name] : self._bases[name] + self._head.lengths[name]]

    def _offset(self, position: int) -> int:
        """The byte at which a character lies; -1 where the piece table has a gap."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or position >= self._pieces[index].end:
            return -1
        piece = self._pieces[index]
        return piece.offset + (position - piece.start) * piece.width

    def _list_formats(self) -> list[ListFormat]:
        """The lists; a document whose list tables are broken is read without numbers rather than not at all."""
        places = self._head.places
        if len(places) <= binary.LIST_OVERRIDES:
            return []
        try:
            return list_formats(self._table, places[binary.LISTS], places[binary.LIST_OVERRIDES])
        except (struct.error, IndexError):
            return []

    def _anchors(self) -> dict[int, list[tuple[int, int]]]:
        """The parts of the text (notes, text boxes) that hang on a character of the main text; -1 where unknown."""
        found: dict[int, list[tuple[int, int]]] = {}
        for refs, texts, name in (
            (binary.NOTE_REFS, binary.NOTES, "notes"),
            (binary.ENDNOTE_REFS, binary.ENDNOTES, "endnotes"),
        ):
            points = binary.positions(self._part(texts), 0)[0]
            for anchor, start, end in zip(binary.positions(self._part(refs), 2)[0], points, points[1:], strict=False):
                found.setdefault(anchor, []).append((self._bases[name] + start, self._bases[name] + end))
        points, anchors = binary.positions(self._part(binary.ANCHORS), 26)
        shapes = {anchor[:4]: point for point, anchor in zip(points, anchors, strict=False)}
        points, boxes = binary.positions(self._part(binary.BOXES), 22)
        base = self._bases["boxes"]
        for start, end, box in zip(points, points[1:], boxes[:-1], strict=False):
            if box[8:10] == b"\0\0":  # else an entry kept for re-use
                found.setdefault(shapes.get(box[14:18], -1), []).append((base + start, base + end))
        return found

    # Characters

    def _piece_text(self, piece: binary.Piece) -> str:
        """One character a CP; what is deleted or hidden as NUL."""
        text = piece.text(self._word)
        first, last = piece.offset, piece.offset + len(text) * piece.width
        characters: list[str] | None = None
        index = max(bisect_right(self._runs.starts, first) - 1, 0)
        while index < len(self._runs.starts) and self._runs.starts[index] < last:
            properties = self._runs.items[index][1]
            hidden = 1 in (binary.number(properties, binary.DELETED), binary.number(properties, binary.VANISH))
            if hidden or binary.SYMBOL in properties:
                characters = characters or list(text)
                start = max(self._runs.starts[index] - first, 0) // piece.width
                end = max(min(self._runs.ends[index] - first, last - first) // piece.width, start)
                if hidden:
                    unseen = self._deleted if binary.number(properties, binary.DELETED) == 1 else self._hidden
                    unseen.append(_shown(_without_field_codes("".join(characters[start:end]))))
                mark = "\0" if hidden else _symbol(properties[binary.SYMBOL])
                characters[start:end] = [each if each == "\x07" else mark for each in characters[start:end]]
            index += 1
        return text if characters is None else "".join(characters)

    # Paragraphs

    def _lines(self, start: int, end: int) -> list[Line]:
        flow = Flow()
        end = min(end, len(self._text))
        while start < end:
            found = _TERMINATOR.search(self._text, start, end)
            mark = found.start() if found else end
            self._paragraph(flow, start, mark, found.group() if found else "")
            start = mark + 1
        flow.end_row(self._page)
        return flow.lines

    def _paragraph(self, flow: Flow, start: int, mark: int, terminator: str) -> None:
        properties = self._properties(mark)
        text = _shown(self._text[start:mark])
        if binary.number(properties, binary.PAGE_BREAK_BEFORE) and terminator == "\r" and start:
            self._page += 1
        page = self._page
        if text.strip() or terminator != "\x0c":
            text = self._label(properties) + text
        for index in range(bisect_left(self._anchor_points, start), bisect_right(self._anchor_points, mark)):
            for part in self._anchored.pop(self._anchor_points[index], []):
                flow.after.extend(self._lines(*part))
        self._place(flow, text, terminator, properties, page)
        if terminator == "\x0c" and mark + 1 not in self._continuous:
            self._page += 1

    def _properties(self, mark: int) -> binary.Properties:
        """What holds for the paragraph that ends at ``mark``: its style's chain, then its own."""
        style, own = self._paragraphs.at(self._offset(mark))
        chain: list[binary.Properties] = [own]
        while style < len(self._styles) and len(chain) < 12:
            base, properties = self._styles[style]
            chain.append(properties)
            style = base
        return {opcode: operand for properties in reversed(chain) for opcode, operand in properties.items()}

    def _label(self, properties: binary.Properties) -> str:
        index = binary.number(properties, binary.LIST_FORMAT)
        if not 1 <= index <= len(self._lists):
            return ""
        found = self._lists[index - 1]
        depth = binary.number(properties, binary.LIST_LEVEL)
        # Lists that share a definition share a count, unless one of them says where it starts.
        return self._counters.label(f"{found.key}/{index}" if depth in found.restarted else found.key, found.levels, depth)

    def _place(self, flow: Flow, text: str, terminator: str, properties: binary.Properties, page: int) -> None:
        nested = binary.number(properties, binary.NESTING, 1) > 1
        in_table = binary.number(properties, binary.IN_TABLE) == 1
        if terminator == "\x07":
            if binary.number(properties, binary.ROW_END):
                flow.end_row(page)
            else:
                flow.end_cell(text)
        elif in_table and nested and binary.number(properties, binary.INNER_ROW_END):
            flow.end_inner_row()
        elif in_table and nested and binary.number(properties, binary.INNER_CELL):
            flow.end_cell(text, nested=True)
        elif in_table:
            flow.in_cell(text, nested=nested)
        else:
            flow.paragraph(text, page)


def _shown(text: str) -> str:
    return whole(text.translate(_SHOWN))


def _symbol(operand: bytes) -> str:
    """A character put in as a symbol of a named font; those of private fonts (Wingdings) map to nothing."""
    code = int.from_bytes(operand[2:4], "little")
    return chr(code) if 0x20 <= code < 0xD800 or code >= 0xF900 else "\0"


def _without_field_codes(text: str) -> str:
    """Field codes replaced by as many NULs, results kept; an enclosed number (EQ field) becomes the character it draws."""
    if "\x13" not in text:
        return text
    characters = list(text)
    opened: list[tuple[int, int]] = []  # where the field begins, and where its code ends (-1: not yet)
    for match in _FIELD_MARK.finditer(text):
        position = match.start()
        if match.group() == "\x13":
            opened.append((position, -1))
        elif opened and match.group() == "\x14":
            opened[-1] = (opened[-1][0], position)
        elif opened:
            start, code_end = opened.pop()
            code = text[start : position if code_end < 0 else code_end]
            characters[start : start + len(code)] = [each if each in "\r\x07\x0c" else "\0" for each in code]
            if code_end < 0 and (enclosed := _ENCLOSED.search(code)) and 1 <= int(enclosed[1]) <= 20:
                characters[start] = chr(0x2460 + int(enclosed[1]) - 1)
    return "".join(characters)
