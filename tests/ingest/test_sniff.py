"""Formats are told by content: endings lie, and no bytes may upset the telling."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from benchmarks import reading_samples
from pipeline.document import UnreadableFile
from pipeline.ingest import read_document
from pipeline.ingest.readers import formats
from pipeline.ingest.sniff import sniff, sniff_file

FILES = Path(__file__).with_name("files")
TEXT = "云州市水务局关于印发《取水单位信用管理办法》的通知\n各区县水务局：现印发给你们，请遵照执行。\n"
MAIL = "From: a@example.invalid\nTo: b@example.invalid\nSubject: x\nDate: Mon, 1 Jan 2024 08:00:00 +0800\n"


def _picture(format_: str) -> bytes:
    stored = io.BytesIO()
    Image.new("L", (30, 40), 255).save(stored, format_)
    return stored.getvalue()


def _zip(**members: bytes) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as package:
        for name, body in members.items():
            package.writestr(name.replace("__", "/"), body)
    return stored.getvalue()


def _pdf() -> bytes:
    stored = io.BytesIO()
    canvas = Canvas(stored)
    canvas.drawString(80, 700, "text")
    canvas.save()
    return stored.getvalue()


def _xlsx() -> bytes:
    stored, book = io.BytesIO(), Workbook()
    book.active["A1"] = "序号"
    book.save(stored)
    return stored.getvalue()


def _tar() -> bytes:
    stored = io.BytesIO()
    with tarfile.open(fileobj=stored, mode="w") as package:
        package.addfile(tarfile.TarInfo("a.txt"))
    return stored.getvalue()


SAMPLES = {
    "pdf": _pdf(),
    "docx": reading_samples.docx(),
    "doc": (FILES / "hard.doc").read_bytes(),
    "rtf": (FILES / "hard.rtf").read_bytes(),
    "odt": (FILES / "hard.odt").read_bytes(),
    "ofd": reading_samples.ofd(),
    "xlsx": _xlsx(),
    "zip": _zip(a=b"1"),
    "tar": _tar(),
    "png": _picture("PNG"),
    "jpg": _picture("JPEG"),
    "tiff": _picture("TIFF"),
    "bmp": _picture("BMP"),
    "gif": _picture("GIF"),
    "html": f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>".encode(),
    "eml": (MAIL + "\n" + TEXT).encode(),
    "txt": TEXT.encode(),
    "markdown": f"Title: 通知\n\nURL Source: https://a.example/\n\nMarkdown Content:\n{TEXT}".encode(),
}


@pytest.mark.parametrize("format_", SAMPLES)
def test_format_is_told_by_content(format_: str) -> None:
    assert sniff(SAMPLES[format_]) == format_


@pytest.mark.parametrize("format_", SAMPLES)
def test_file_on_disk_is_told_as_its_bytes_are_whatever_its_ending(format_: str, tmp_path: Path) -> None:
    file = tmp_path / ("名不副实.docx" if format_ != "docx" else "名不副实.pdf")
    file.write_bytes(SAMPLES[format_])
    assert sniff_file(file) == format_


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_text_in_every_encoding(encoding: str) -> None:
    assert sniff(TEXT.encode(encoding)) == "txt"


def test_pdf_after_stray_bytes_is_a_pdf() -> None:
    assert sniff(b"\r\n\r\n" + SAMPLES["pdf"]) == "pdf"


@pytest.mark.parametrize("format_", ["docx", "ofd", "xlsx"])
def test_cut_package_is_what_it_was_meant_to_be(format_: str) -> None:
    assert sniff(SAMPLES[format_][: len(SAMPLES[format_]) // 2]) == format_


def test_page_that_speaks_of_mail_headers_stays_a_page() -> None:
    assert sniff(f"<html><body><pre>{MAIL}</pre></body></html>".encode()) == "html"


def test_text_that_begins_like_a_bitmap_is_text() -> None:
    assert sniff("BM系列水泵采购信用承诺书，供应商应当如实填写。".encode()) == "txt"


def test_program_is_unknown_and_listed_with_a_remedy() -> None:
    data = b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8
    assert sniff(data) == "unknown"
    with pytest.raises(UnreadableFile) as raised:
        read_document(data, "通知.doc")
    assert raised.value.kind == "格式不支持"
    assert raised.value.remedy


def test_every_readable_format_can_be_told() -> None:
    told_elsewhere = {
        "xls",
        "mht",
        "msg",
        "wordxml",
        "ods",
        "odp",
        "pptx",
        "ppt",
        "webp",
        "xps",
        "tnef",
    }  # made in the tests of their readers
    assert set(formats()) - set(SAMPLES) <= told_elsewhere


@given(st.binary(max_size=3000))
def test_no_bytes_upset_it(data: bytes) -> None:
    assert sniff(data)


@given(st.sampled_from(sorted(SAMPLES)), st.integers(0, 4000), st.binary(max_size=60))
def test_no_damage_upsets_it(format_: str, place: int, damage: bytes) -> None:
    data = SAMPLES[format_]
    assert sniff(data[:place] + damage + data[place + len(damage) :])


@given(st.sampled_from(["pdf", "docx", "doc", "rtf", "odt", "ofd", "xlsx", "html", "eml"]), st.data())
def test_damaged_file_is_read_or_listed_and_nothing_else(format_: str, data: st.DataObject) -> None:
    whole = SAMPLES[format_]
    cut = whole[: data.draw(st.integers(1, len(whole)))]
    flipped = bytearray(cut)
    for place in data.draw(st.lists(st.integers(0, len(cut) - 1), max_size=8)):
        flipped[place] ^= 0xFF
    try:
        document = read_document(bytes(flipped), f"a.{format_}")
    except UnreadableFile as problem:
        assert problem.kind and problem.remedy
    else:
        assert document.pages[0].start == 0
        assert document.pages[-1].end == len(document.text)
