"""Words among the properties of drawings in binary Office files, which LibreOffice does not write: put in by hand."""

from __future__ import annotations

import io
import struct

import olefile

from pipeline.ingest.containers.compound import ole_file
from tests.ingest.parts import plant

PROPERTIES = {"替代文字": 0xC381, "艺术字": 0xC0C0}  # with the flags of a property whose value stands behind the table
_STREAMS = ("1Table", "0Table", "PowerPoint Document", "Workbook")
_DRAWING, _CONTINUE, _LONGEST = 0x00EC, 0x003C, 8224


def with_properties(data: bytes, planted: plant.Planted) -> bytes:
    """A DOC, PPT or XLS with a drawing more for each of the words."""
    records = b"".join(_record(PROPERTIES[place], words) for place, words in planted if place in PROPERTIES)
    if not records:
        return data
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        streams = {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}
    name = next(name for name in _STREAMS if name in streams)
    streams[name] += _in_records(records) if name == "Workbook" else records
    return ole_file({name: stream for name, stream in streams.items() if "/" not in name})


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
