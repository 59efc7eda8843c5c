"""Words among the properties of drawings in binary Office files, which LibreOffice does not write: put in by hand."""

from __future__ import annotations

import io
import struct

import olefile

from pipeline.ingest.containers.compound import ole_file
from tests.ingest.parts import plant

PROPERTIES = {"替代文字": 0xC381, "艺术字": 0xC0C0}  # with the flags of a property whose value stands behind the table
_FIELDS = ("域的默认值", "域的选项", "域的帮助")
_ABOUT = "\x05SummaryInformation"
PUT_IN = {"doc": (*PROPERTIES, *_FIELDS, "文档属性"), "xls": (*PROPERTIES, "文档属性"), "ppt": (*PROPERTIES, "文档属性")}
_STREAMS = ("1Table", "0Table", "PowerPoint Document", "Workbook")
_DRAWING, _CONTINUE, _LONGEST = 0x00EC, 0x003C, 8224


def with_properties(data: bytes, planted: plant.Planted) -> bytes:
    """A DOC, PPT or XLS with a drawing, a field or a property more for each of the words."""
    at = dict(planted)
    records = b"".join(_record(PROPERTIES[place], words) for place, words in planted if place in PROPERTIES)
    fields = b"".join(_field(place, words) for place, words in planted if place in _FIELDS)
    if not (records or fields or "文档属性" in at):
        return data
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        streams = {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}
    name = next(name for name in _STREAMS if name in streams)
    streams[name] += _in_records(records) if name == "Workbook" else records
    if fields:
        streams["Data"] = streams.get("Data", b"") + fields
    if "文档属性" in at:
        streams[_ABOUT] = _about(at["文档属性"])
    return ole_file(streams)


def _about(words: str) -> bytes:
    """A set of properties with a code page and a subject ([MS-OLEPS] 2.21)."""
    text = words.encode("gbk") + b"\0"
    text += b"\0" * (-len(text) % 4)
    body = struct.pack("<IIII", 1, 24, 3, 32) + struct.pack("<II", 2, 936) + struct.pack("<II", 0x1E, len(text)) + text
    head = struct.pack("<HHI", 0xFFFE, 0, 0x20006) + bytes(16) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48)
    return head + struct.pack("<II", 8 + len(body), 2) + body


def _field(place: str, words: str) -> bytes:
    """The data of a field in a form ([MS-DOC] 2.9.78): a list to choose from, or a text with its default and its help."""

    def text(said: str) -> bytes:
        return struct.pack("<H", len(said)) + said.encode("utf-16-le") + bytes(2)

    listed = place == "域的选项"
    body = struct.pack("<IHHH", 0xFFFFFFFF, 2 if listed else 0, 0, 0) + text("域1")
    body += bytes(2) if listed else text(words if place == "域的默认值" else "")
    body += text("") + text(words if place == "域的帮助" else "") + text("") + text("") + text("")
    if listed:
        body += struct.pack("<HHH", 0xFFFF, 2, 0) + text("一")[:-2] + text(words)[:-2]
    return struct.pack("<IH", 68 + len(body), 0x44) + bytes(62) + body


def _record(kind: int, words: str) -> bytes:
    """A table of three properties, of which the second and third have a text ([MS-ODRAW] 2.2.9)."""
    name, text = (f"{each}\0".encode("utf-16-le") for each in ("图1", words))
    table = struct.pack("<HIHIHI", 0x0104, 1, 0xC380, len(name), kind, len(text))
    return struct.pack("<HHI", 0x33, 0xF00B, len(table) + len(name) + len(text)) + table + name + text


def _in_records(drawing: bytes) -> bytes:
    """The drawing as a workbook holds it, cut where no record is long enough."""
    half = min(len(drawing) // 2, _LONGEST)
    return b"".join(
        struct.pack("<HH", kind, len(piece)) + piece
        for kind, piece in ((_DRAWING, drawing[:half]), (_CONTINUE, drawing[half:]))
    )
