"""Words among the properties of drawings in binary Office files (OfficeArt): descriptions of pictures, WordArt (艺术字).

A table of properties is a record of its own; texts follow it in the order of the properties that have one ([MS-ODRAW] 2.2.9).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator

from pipeline.ingest.beside import list_beside
from pipeline.ingest.office.letterhead import Furniture, kept, marks
from pipeline.ingest.readers import Reading

_TABLES = re.compile(rb"\x0b\xf0|[\x21\x22]\xf1")  # OfficeArtFOPT, its secondary and tertiary kind
_VERSION, _HEAD, _ENTRY = 3, 8, 6
_HAS_TEXT = 0x8000  # the value of such a property is the length of what follows the table
_NUMBER = 0x3FFF
_DESCRIPTION, _WORDART = 0x0381, 0x00C0
_SIGNS = tuple(struct.pack("<H", number | flags) for number in (_DESCRIPTION, _WORDART) for flags in (0x8000, 0xC000))


def add_art_texts(streams: Iterable[bytes], reading: Reading) -> None:
    """List the descriptions of pictures; put WordArt behind the text, or before it where it is a mark of the document."""
    found = [each for stream in streams if has_signs(stream) for each in _texts(stream)]
    if not found:
        return
    art = [text for number, text in found if number == _WORDART]
    reading.lines[:0] = marks(art, reading.lines)
    reading.lines.extend(kept([Furniture("艺术字", art)], reading.lines, reading.parts))
    list_beside(reading, "图片的替代文字", (text for number, text in found if number == _DESCRIPTION))


def has_signs(stream: bytes) -> bool:
    """Whether there may be such words in a stream."""
    return any(sign in stream for sign in _SIGNS)


def _texts(stream: bytes) -> Iterator[tuple[int, str]]:
    """The texts of both kinds, each with the number of its property."""
    for match in _TABLES.finditer(stream):
        start = match.start() - 2
        if start < 0 or start + _HEAD > len(stream):
            continue
        head, _, size = struct.unpack_from("<HHI", stream, start)
        if head & 0xF == _VERSION and _ENTRY * (head >> 4) <= size <= len(stream) - start - _HEAD:
            yield from _in_table(stream[start + _HEAD : start + _HEAD + size], head >> 4)


def _in_table(body: bytes, count: int) -> Iterator[tuple[int, str]]:
    at = _ENTRY * count
    for index in range(count):
        kind, value = struct.unpack_from("<HI", body, _ENTRY * index)
        if not kind & _HAS_TEXT:
            continue
        if kind & _NUMBER in (_DESCRIPTION, _WORDART) and (text := body[at : at + value].decode("utf-16-le", "replace")):
            yield kind & _NUMBER, text.partition("\0")[0].strip()
        at += value
