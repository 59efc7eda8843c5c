"""winmail.dat (TNEF): what Outlook sends to programs that do not know its mail, all attachments in one file ([MS-OXTNEF]).

Attributes follow one another; those of the message come first, those of each attachment behind its rendering data. Some hold
properties of MAPI, by the numbers under which an MSG keeps them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from pipeline.ingest.containers.letter import UNNAMED, Letter, attachment, text_of_rtf
from pipeline.ingest.containers.member import decoded_name
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.txt import decode

MAGIC = b"\x78\x9f\x3e\x22"
_HEAD, _ATTRIBUTE = 6, struct.Struct("<BII")
_SUBJECT, _BODY, _TITLE, _DATA = 0x8004, 0x800C, 0x8010, 0x800F
_BEGINS, _PROPERTIES, _PROPERTIES_OF_ATTACHMENT = 0x9002, 0x9003, 0x9005
# MAPI: the sizes of values by type, as they are padded; others say their length.
_SIZES = {
    0x0002: 4,
    0x000B: 4,
    0x0003: 4,
    0x0004: 4,
    0x000A: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x0014: 8,
    0x0040: 8,
    0x0048: 16,
}
_WIDE, _NARROW, _OBJECT, _MANY, _NAMED = 0x001F, 0x001E, 0x000D, 0x1000, 0x8000
_MAPI_SUBJECT, _MAPI_SENDER, _MAPI_BODY, _MAPI_HTML, _MAPI_RTF = 0x0037, 0x0C1A, 0x1000, 0x1013, 0x1009
_NAMES, _ATTACHED, _IDENTIFIER = (0x3707, 0x3704, 0x3001), 0x3701, 16


def parse_tnef(data: bytes) -> Letter:
    """The message in a winmail.dat. Raises Unreadable."""
    letter, attached = Letter(), _Attached()
    try:
        for kind, body in _attributes(data):
            if kind == _SUBJECT:
                letter.subject = letter.subject or _narrow(body)
            elif kind == _BODY:
                letter.plain = letter.plain or _narrow(body)
            elif kind == _PROPERTIES:
                _add_properties(letter, dict(_properties(body)))
            elif kind == _BEGINS:
                attached.put_into(letter)
                attached = _Attached()
            elif kind == _TITLE:
                attached.name = attached.name or _narrow(body)
            elif kind == _DATA:
                attached.data = body
            elif kind == _PROPERTIES_OF_ATTACHMENT:
                attached.take(dict(_properties(body)))
    except (struct.error, IndexError) as error:
        raise Unreadable("文件损坏", "winmail.dat 不完整") from error
    attached.put_into(letter)
    return letter


class _Attached:
    """An attachment whose attributes are being met."""

    def __init__(self) -> None:
        self.name, self.data = "", b""

    def take(self, properties: dict[int, str | bytes]) -> None:
        """Its long name, and a message or object that is attached itself: that stands behind the identifier of its kind."""
        self.name = next((text for number in _NAMES if (text := _string(properties, number))), self.name)
        inside = properties.get(_ATTACHED, b"")
        if isinstance(inside, bytes) and len(inside) > _IDENTIFIER:
            self.data = inside[_IDENTIFIER:] if inside[_IDENTIFIER:].startswith((MAGIC, b"\xd0\xcf\x11\xe0")) else inside

    def put_into(self, letter: Letter) -> None:
        if self.name or self.data:
            letter.attachments.append(attachment(self.name or UNNAMED, self.data))


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = _HEAD
    while at + _ATTRIBUTE.size <= len(data):
        _, kind, size = _ATTRIBUTE.unpack_from(data, at)
        at += _ATTRIBUTE.size
        if at + size > len(data):
            raise IndexError("an attribute is cut")
        yield kind & 0xFFFF, data[at : at + size]
        at += size + 2  # the checksum


def _add_properties(letter: Letter, properties: dict[int, str | bytes]) -> None:
    letter.subject = _string(properties, _MAPI_SUBJECT) or letter.subject
    letter.sender = _string(properties, _MAPI_SENDER)
    letter.plain = _string(properties, _MAPI_BODY) or letter.plain
    letter.html = _string(properties, _MAPI_HTML)
    packed = properties.get(_MAPI_RTF)
    if isinstance(packed, bytes) and not (letter.plain or letter.html):
        letter.plain = text_of_rtf(packed)


def _properties(body: bytes) -> Iterator[tuple[int, str | bytes]]:
    """The texts and bytes among the properties, each by its number; of those of many values the first."""
    (count,), at = struct.unpack_from("<I", body), 4
    for _ in range(count):
        kind, number = struct.unpack_from("<HH", body, at)
        at = _behind_name(body, at + 4) if number >= _NAMED else at + 4
        single = kind & ~_MANY
        values, at = (struct.unpack_from("<I", body, at)[0], at + 4) if kind & _MANY or single not in _SIZES else (1, at)
        at += values * _SIZES.get(single, 0)
        for index in range(values if single not in _SIZES else 0):
            (size,) = struct.unpack_from("<I", body, at)
            value, at = body[at + 4 : at + 4 + size], at + 4 + size + -size % 4
            if not index:
                yield number, _typed(value, single)
        if at > len(body):
            raise IndexError("a property is cut")


def _behind_name(body: bytes, at: int) -> int:
    """Where the name of a property that bears one ends: an identifier, then a number or a text."""
    (written,) = struct.unpack_from("<I", body, at + _IDENTIFIER)
    at += _IDENTIFIER + 4
    if not written:
        return at + 4
    (size,) = struct.unpack_from("<I", body, at)
    return at + 4 + size + -size % 4


def _typed(value: bytes, kind: int) -> str | bytes:
    if kind == _WIDE:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    return _narrow(value) if kind == _NARROW else value


def _string(properties: dict[int, str | bytes], number: int) -> str:
    """A text; a body in HTML is kept as bytes."""
    value = properties.get(number, "")
    return value if isinstance(value, str) else decode(value)


def _narrow(value: bytes) -> str:
    return decoded_name(value.rstrip(b"\0"))
