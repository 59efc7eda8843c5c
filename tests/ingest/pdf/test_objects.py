"""Layers of a PDF that may be switched off, and strings that stand on no page, are told from its bytes, packed or not."""

import time
import zlib

import pytest

from pipeline.ingest.pdf.objects import list_strings, may_be_switched_off, object_streams
from pipeline.ingest.readers import Line, Reading


def packed(objects: bytes, damage: int = 0) -> bytes:
    stored = zlib.compress(objects)
    stored = stored[damage:]
    return b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\r\n" + stored + b"\nendstream\nendobj\n"


@pytest.mark.parametrize(
    ("data", "off"),
    [
        (b"<</OCProperties<</OCGs[3 0 R]/D<</OFF[3 0 R]>>>>>>", True),
        (b"<</OCProperties<</OCGs[3 0 R]/D<</OFF[]/ON[3 0 R]>>>>>>", False),
        (packed(b"<</D<</BaseState/OFF>>>>"), True),
        (packed(b"<</D<</Order[3 0 R]>>>>"), False),
        (packed(b"") + packed(b"<</Type/OCMD/OCGs 3 0 R>>"), True),
        (packed(b"<</Type/Catalog>>", damage=2), True),  # can't be unpacked: not known
        (b"%PDF-1.7 /ObjStm >>stream\n", False),
    ],
)
def test_layers_that_may_be_off(data: bytes, off: bool) -> None:
    assert may_be_switched_off(data, object_streams(data)) is off


def test_strings_on_no_page_are_listed_once_however_they_are_written() -> None:
    shown, alone = "对失信主体在网站公示一年", "拖欠职工工资的（物业公司），列为重点监管对象"
    wide = alone.encode("utf-16-be")
    escaped = b"".join(b"\\" + bytes([each]) if each in b"()\\" else bytes([each]) for each in wide[:-2]) + b"\\%o\\%o" % (
        *wide[-2:],
    )
    data = b"<</Alt<FEFF" + shown.encode("utf-16-be").hex().encode() + b">/TU(\xfe\xff" + escaped + b")/T(\xfe\xff\0x)>>"
    data += packed(b"<</Contents<fe ff" + wide.hex().encode() + b">>>")
    reading = Reading([Line(shown)])
    list_strings(data, object_streams(data), reading)
    assert [part.detail for part in reading.parts] == [alone]


@pytest.mark.parametrize("opening", [b"(\xfe\xff", b"<x:xmpmeta", b"<FEFF", b"(\xfe\xff\\", b"/ObjStm stream\n"])
def test_openings_without_an_end_take_no_time(opening: bytes) -> None:
    start = time.monotonic()
    data = opening * 50_000
    list_strings(data, object_streams(data), Reading([]))
    assert time.monotonic() - start < 10
