"""Files made to harm: each ends in text or in a problem with a remedy, soon, and nothing is fetched."""

from __future__ import annotations

import contextlib
import io
import socket
import struct
import time
import zipfile
import zlib

import docx
import openpyxl
import pytest

from pipeline.document import Document, UnreadableFile
from pipeline.ingest.reading import read_document

SECONDS = 30
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{}">{}<!ENTITY far SYSTEM "http://127.0.0.1:9/far">]>'.format(
    "重" * 1000, "".join(f'<!ENTITY b{n} "{"&a;" if n == 0 else f"&b{n - 1};" * 10}">' for n in range(10))
)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refused(*_: object, **__: object):
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)


def ended(data: bytes, name: str) -> Document | UnreadableFile:
    """What became of a file; fails where it took too long."""
    began = time.monotonic()
    try:
        result: Document | UnreadableFile = read_document(data, name)
    except UnreadableFile as problem:
        assert problem.reason and problem.remedy
        result = problem
    assert time.monotonic() - began < SECONDS
    return result


def package(parts: dict[str, str | bytes]) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return stored.getvalue()


def repacked(data: bytes, changed: dict[str, str | bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return package({name: archive.read(name) for name in archive.namelist()} | changed)


def saved(document) -> bytes:
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()


def plain_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("失信企业名单管理办法")
    return saved(document)


def test_entities_of_a_docx_are_not_expanded_nor_fetched():
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"{ENTITIES}<w:document {space}><w:body><w:p><w:r><w:t>甲&b9;&far;</w:t></w:r></w:p></w:body></w:document>"
    found = ended(repacked(plain_docx(), {"word/document.xml": body}), "a.docx")
    assert isinstance(found, UnreadableFile) or len(found.text) < 100_000


def test_entities_of_a_workbook_are_not_expanded_nor_fetched():
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    sheet = f'{ENTITIES}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b9;&far;</t></is></c></row></sheetData></worksheet>'
    found = ended(repacked(saved(book), {"xl/worksheets/sheet1.xml": sheet}), "a.xlsx")
    assert isinstance(found, UnreadableFile) or len(found.text) < 100_000


def test_entities_of_an_ofd_are_not_expanded_nor_fetched():
    found = ended(
        package({"OFD.xml": f'{ENTITIES}<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016">&b9;&far;</ofd:OFD>'}), "a.ofd"
    )
    assert isinstance(found, UnreadableFile)


def test_part_of_a_docx_that_unpacks_to_hundreds_of_megabytes_is_refused():
    found = ended(repacked(plain_docx(), {"word/document.xml": b"<" + b" " * 300_000_000}), "a.docx")
    assert isinstance(found, UnreadableFile)


def test_link_of_a_docx_to_an_outside_template_is_not_followed():
    links = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/></Relationships>'
    )
    found = ended(repacked(plain_docx(), {"word/_rels/settings.xml.rels": links}), "a.docx")
    assert isinstance(found, Document) and "失信企业名单管理办法" in found.text


def pdf_with(pages: bytes, kids: bytes = b"") -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj"
        + pages
        + b"endobj\n"
        + kids
        + b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def test_pdf_of_a_hundred_thousand_pages_ends_soon():
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    pages = b"<</Type/Pages/Count 100000/Kids[" + b"3 0 R " * 100_000 + b"]>>"
    assert isinstance(ended(pdf_with(pages, page), "a.pdf"), UnreadableFile)


def test_pdf_whose_page_tree_runs_in_a_circle_ends_soon():
    assert isinstance(ended(pdf_with(b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"), "a.pdf"), UnreadableFile)


def test_pdf_page_of_absurd_size_ends_soon():
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 1000000000 1000000000]>>endobj\n"
    assert isinstance(ended(pdf_with(b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page), "a.pdf"), UnreadableFile)


def test_picture_that_unpacks_to_gigabytes_is_refused():
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(60_001) * 50)
    found = ended(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""), "a.png")
    assert isinstance(found, UnreadableFile)


def test_sheet_that_claims_every_cell_there_can_be_gives_the_few_it_has():
    book = openpyxl.Workbook()
    book.active["A1"] = "失信名单"
    book.active["XFD1048576"] = "末"
    found = ended(saved(book), "a.xlsx")
    assert isinstance(found, UnreadableFile) or ("失信名单" in found.text and len(found.text) < 5_000_000)


FAR_CELLS = {
    "in single quotes": "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>",
    "after rows that alone say where they stand": '<row r="1"><c><v>1</v></c></row><row r="1048576">'
    + "<c/>" * 9_000
    + "</row>",
    "in small letters": '<row r="1"><c r="a1"><v>1</v></c></row><row r="1048576"><c r="xfd1048576"><v>2</v></c></row>',
}


@pytest.mark.parametrize("rows", FAR_CELLS.values(), ids=FAR_CELLS.keys())
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/elsewhere/page"])
def test_cells_too_far_apart_do_not_end_the_process(rows, part):
    sheet = (
        f'<x:worksheet xmlns:x="m"><sheetData>{rows}</sheetData></x:worksheet>'
        if part.endswith("page")
        else (
            f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
        )
    )
    data = saved(openpyxl.Workbook())
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        links = book.read("xl/_rels/workbook.xml.rels").replace(b"/xl/worksheets/sheet1.xml", b"/" + part.encode())
    found = ended(repacked(data, {part: sheet, "xl/_rels/workbook.xml.rels": links}), "a.xlsx")
    assert isinstance(found, UnreadableFile) and found.reason.startswith("超出限制")


def test_a_workbook_whose_cells_do_not_say_where_they_stand_is_read():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
        '<c t="inlineStr"><is><t>失信名单</t></is></c><c t="inlineStr"><is><t>列入日期</t></is></c></row></sheetData></worksheet>'
    )
    found = ended(repacked(saved(openpyxl.Workbook()), {"xl/worksheets/sheet1.xml": sheet}), "a.xlsx")
    assert isinstance(found, Document) and "失信名单\t列入日期" in found.text


def test_tables_within_tables_a_thousand_deep_end_soon():
    depth = 1000
    html = "<table><tr><td>" * depth + "失信" + "</td></tr></table>" * depth
    assert isinstance(ended(f"<html><body>{html}</body></html>".encode(), "a.html"), Document | UnreadableFile)
    rtf = r"{\rtf1 " + "{" * 20_000 + "a" + "}" * 20_000 + "}"
    assert isinstance(ended(rtf.encode(), "a.rtf"), Document | UnreadableFile)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("甲.html", b"<html><body><p>a</p>" + b"<!--" * 200_000),
        (
            "winmail.dat",
            b"\x78\x9f\x3e\x22\x01\x00\x01\x03\x90\x06\x00\x0c\x00\x00\x00" + b"\x01\0\0\0\x03\x10\x34\x12" + b"\xff" * 8,
        ),
    ],
)
def test_openings_without_an_end_take_no_time(name: str, data: bytes) -> None:
    start = time.monotonic()
    with contextlib.suppress(UnreadableFile):
        read_document(data, name)
    assert time.monotonic() - start < 10
