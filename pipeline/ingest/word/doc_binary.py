"""The binary structures of Word 97-2003 files ([MS-DOC]): header, pieces of text, properties of runs and paragraphs.

Everything is addressed in two ways: by character position (CP) in the text as a whole, and by byte offset (FC) in the
WordDocument stream. The piece table maps the one to the other. Offsets out of range raise struct.error or IndexError.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

# Single property modifiers (sprm) by opcode, [MS-DOC] 2.6.
DELETED, VANISH, SYMBOL = 0x0800, 0x083C, 0x6A09
IN_TABLE, ROW_END, NESTING, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
LIST_LEVEL, LIST_FORMAT, PAGE_BREAK_BEFORE = 0x260A, 0x460B, 0x2407
_SECTION_BREAK, _DEFINE_TABLE, _CHANGE_TABS, _HUGE_PAPX = 0x3009, 0xD608, 0xC615, 0x6646
_OPERAND_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}

# Which pair of the FibRgFcLcb97 says where a structure lies in the table stream.
STYLES, NOTE_REFS, NOTES, SECTIONS, RUNS, PARAGRAPHS, CLX = 1, 2, 3, 6, 12, 13, 33
ANCHORS, ENDNOTE_REFS, ENDNOTES, BOXES, LISTS, LIST_OVERRIDES = 40, 46, 47, 56, 73, 74


Properties = dict[int, bytes]


@dataclass(slots=True)
class Header:
    """The file information block: lengths of the parts of the text, and where structures lie in the table stream."""

    version: int
    encrypted: bool
    table: str
    lengths: dict[str, int]
    places: list[tuple[int, int]]


def header(word: bytes) -> Header:
    """Parse the FIB at the beginning of the WordDocument stream."""
    _, version = struct.unpack_from("<HH", word, 0)
    (flags,) = struct.unpack_from("<H", word, 10)
    names = ("main", "notes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")
    lengths = dict(zip(names, struct.unpack_from("<8i", word, 0x4C), strict=True))
    if any(length < 0 for length in lengths.values()):
        raise IndexError("negative length of a part of the text")
    (count,) = struct.unpack_from("<H", word, 0x98)
    numbers = struct.unpack_from(f"<{2 * min(count, 93)}I", word, 0x9A)
    places = list(zip(numbers[::2], numbers[1::2], strict=True))
    return Header(version, bool(flags & 0x0100), "1Table" if flags & 0x0200 else "0Table", lengths, places)


def sprms(data: bytes) -> Properties:
    """A list of property modifiers as opcode -> operand; a broken one ends the list."""
    found: Properties = {}
    position = 0
    while position + 2 <= len(data):
        (opcode,) = struct.unpack_from("<H", data, position)
        position += 2
        size = _OPERAND_SIZES.get(opcode >> 13, 0)
        if opcode >> 13 == 6:
            if opcode == _DEFINE_TABLE:
                size = int.from_bytes(data[position : position + 2], "little") - 1
                position += 2
            else:
                size = data[position] if position < len(data) else 0
                position += 1
            if opcode == _CHANGE_TABS and size == 255:
                break
        found[opcode] = data[position : position + size]
        position += max(size, 0)
    return found


def number(properties: Properties, opcode: int, default: int = 0) -> int:
    """The operand of a modifier as an unsigned number."""
    return int.from_bytes(properties[opcode], "little") if opcode in properties else default


def positions(data: bytes, item: int) -> tuple[list[int], list[bytes]]:
    """A PLC: n+1 positions and n items of fixed size."""
    count = max((len(data) - 4) // (4 + item), 0)
    points = list(struct.unpack_from(f"<{count + 1}i", data, 0)) if data else []
    start = 4 * (count + 1)
    return points, [data[start + item * index : start + item * (index + 1)] for index in range(count)]


@dataclass(slots=True)
class Piece:
    """A stretch of text: characters [start, end) lie from byte ``offset`` on, ``width`` bytes each."""

    start: int
    end: int
    offset: int
    width: int

    def text(self, word: bytes) -> str:
        """The piece with exactly one character a CP, so that surrogates stay apart."""
        data = word[self.offset : self.offset + (self.end - self.start) * self.width]
        if self.width == 1:
            return data.decode("cp1252", "replace").ljust(self.end - self.start, "\0")
        try:
            text = data.decode("utf-16-le")
        except UnicodeDecodeError:
            text = ""
        if len(text) * 2 != len(data):
            text = "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])))
        return text.ljust(self.end - self.start, "\0")


def pieces(clx: bytes, size_of_stream: int) -> list[Piece]:
    """The piece table, in order of characters. A table that claims more than the stream holds is broken."""
    position = 0
    while clx[position] == 1:  # property modifiers of fast-saved files
        position += 3 + struct.unpack_from("<H", clx, position + 1)[0]
    if clx[position] != 2:
        raise IndexError("no piece table")
    (size,) = struct.unpack_from("<I", clx, position + 1)
    points, items = positions(clx[position + 5 : position + 5 + size], 8)
    if not items or points[0] != 0 or points[-1] > size_of_stream or points != sorted(points):
        raise IndexError("broken piece table")
    found = []
    for index, item in enumerate(items):
        (place,) = struct.unpack_from("<I", item, 2)
        narrow = bool(place & 0x40000000)
        offset = (place & 0x3FFFFFFF) // 2 if narrow else place & 0x3FFFFFFF
        found.append(Piece(points[index], points[index + 1], offset, 1 if narrow else 2))
    return found


@dataclass(slots=True)
class Stretches:
    """Properties by byte offset: of runs of characters, or of paragraphs (with their style)."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    items: list[tuple[int, Properties]] = field(default_factory=list)

    def at(self, offset: int) -> tuple[int, Properties]:
        """The style and properties that hold at a byte, nothing where none are recorded."""
        index = bisect_right(self.starts, offset) - 1
        return self.items[index] if index >= 0 and offset < self.ends[index] else (0, {})


def stretches(word: bytes, plc: bytes, *, paragraphs: bool) -> Stretches:
    """Read the formatted disk pages (FKP, 512 bytes each) that a bin table points to."""
    found: list[tuple[int, int, int, Properties]] = []
    for item in positions(plc, 4)[1]:
        page_start = int.from_bytes(item, "little") % (1 << 22) * 512
        page = word[page_start : page_start + 512]
        if len(page) == 512:
            found.extend(_page(page, word, paragraphs))
    found.sort(key=lambda each: each[0])
    return Stretches([each[0] for each in found], [each[1] for each in found], [each[2:] for each in found])


def _page(page: bytes, word: bytes, paragraphs: bool) -> Iterator[tuple[int, int, int, Properties]]:
    count = page[511]
    size = 13 if paragraphs else 1
    if 4 * (count + 1) + size * count > 511:
        return
    points = struct.unpack_from(f"<{count + 1}I", page, 0)
    for index in range(count):
        place = page[4 * (count + 1) + size * index] * 2
        style = 0
        properties: Properties = {}
        if place and paragraphs:
            style, properties = _paragraph(page, place)
        elif place:
            properties = sprms(page[place + 1 : place + 1 + page[place]])
        yield points[index], points[index + 1], style, properties


def _paragraph(page: bytes, place: int) -> tuple[int, Properties]:
    half = page[place]
    start, length = (place + 1, 2 * half - 1) if half else (place + 2, 2 * page[place + 1])
    data = page[start : start + length]
    return int.from_bytes(data[:2], "little"), sprms(data[2:])


def continuous_sections(word: bytes, plc: bytes) -> set[int]:
    """The CPs at which a section begins that does not begin a page."""
    points, items = positions(plc, 12)
    found = set()
    for start, item in zip(points, items, strict=False):
        (place,) = struct.unpack_from("<I", item, 2)
        if place < len(word) - 2:
            (size,) = struct.unpack_from("<H", word, place)
            if number(sprms(word[place + 2 : place + 2 + size]), _SECTION_BREAK, 2) == 0:
                found.add(start)
    return found


def styles(data: bytes) -> list[tuple[int, Properties]]:
    """Paragraph properties of each style, with the style that it is based on (0xFFF: none)."""
    if len(data) < 8:
        return []
    (head,) = struct.unpack_from("<H", data, 0)
    count, base = struct.unpack_from("<HH", data, 2)
    position = 2 + head
    found: list[tuple[int, Properties]] = []
    for _ in range(min(count, 4096)):
        if position + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, position)
        found.append(_style(data[position + 2 : position + 2 + size], base))
        position += 2 + size + size % 2
    return found


def _style(entry: bytes, base: int) -> tuple[int, Properties]:
    if len(entry) < base + 2:
        return 0xFFF, {}
    kind, count = struct.unpack_from("<HH", entry, 2)
    position = base + 2 + 2 * struct.unpack_from("<H", entry, base)[0] + 2
    position += position % 2
    if kind & 0xF != 1 or not count & 0xF or position + 4 > len(entry):
        return kind >> 4, {}
    (size,) = struct.unpack_from("<H", entry, position)
    return kind >> 4, sprms(entry[position + 4 : position + 2 + size])
