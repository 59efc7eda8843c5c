"""Layers of a PDF that may be switched off are told from its bytes, packed or not."""

import zlib

import pytest

from pipeline.ingest.pdf.layers import may_be_switched_off


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
    assert may_be_switched_off(data) is off
