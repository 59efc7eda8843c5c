"""Odd places that no format's list of places has: what stands there is read or listed."""

from __future__ import annotations

import base64
import binascii
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.reading_samples import cjk_font
from pipeline.ingest.containers.compound import ole_file
from pipeline.ingest.ocr.installed import is_installed
from pipeline.ingest.office.loose_pictures import add_loose_parts
from pipeline.ingest.readers import Reading
from tests.ingest.parts import plant
from tests.ingest.parts.odd import ODD

WORDS = plant.sentence(3)


def page(body: str) -> bytes:
    prose = "<h1>关于做好供热工作的通知</h1><p>各单位：请按时报送进度，认真组织实施，确保取得实效。</p>"
    return f"<html><head><meta charset=utf-8></head><body>{prose}{body}<p>特此通知。</p></body></html>".encode()


def letter(body: str = "", *, kind: str = "", data: bytes = b"") -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.cn", "通知"
    message.set_content(body or "请看附件。")
    if kind:
        message.make_mixed()
        part = EmailMessage()
        part["Content-Type"] = kind
        part["Content-Transfer-Encoding"] = "base64"
        part.set_payload(base64.b64encode(data).decode())
        message.attach(part)
    return message.as_bytes()


def uuencoded(data: bytes) -> str:
    lines = [binascii.b2a_uu(data[start : start + 45]).decode() for start in range(0, len(data), 45)]
    return f"见下。\n\nbegin 644 a.txt\n{''.join(lines)}`\nend\n"


def fate(name: str, data: bytes, place: str, folder: Path) -> str:
    return plant.fates(data, name, ((place, WORDS),), folder).by_place[place]


@pytest.mark.parametrize(
    "body",
    [
        f"<select><option>{WORDS}</option></select>",
        f"<template><p>{WORDS}</p></template>",
        "<p>" + "".join(f"<ruby>{each}<rp>(</rp><rt>x</rt><rp>)</rp></ruby>" for each in WORDS) + "</p>",
    ],
)
def test_words_in_odd_elements_of_a_page(body: str, tmp_path: Path) -> None:
    assert fate("甲.html", page(body), "文字", tmp_path) != plant.SKIPPED


def test_file_written_into_a_page_is_listed(tmp_path: Path) -> None:
    assert fate("甲.html", page('<embed src="data:application/pdf;base64,JVBERi0x">'), "嵌入", tmp_path) == plant.LISTED


@pytest.mark.skipif(not (cjk_font() and is_installed()), reason="本机没有中文字体或文字识别组件")
@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("甲.html", '<picture><source srcset="{}"><img src="a.png"></picture>'),
        ("甲.html", '<svg><image href="{}"/></svg>'),
        ("甲.html", '<object data="{}" type="image/png"></object>'),
        ("甲.md", "# 通知\n\n请各单位执行。\n\n![图]({})\n"),
    ],
)
def test_pictures_written_into_odd_places(name: str, body: str, tmp_path: Path) -> None:
    body = body.format(f"data:image/png;base64,{base64.b64encode(plant.picture(WORDS)).decode()}")
    assert fate(name, page(body) if name.endswith("html") else body.encode(), "图片", tmp_path) == plant.FOUND


def test_file_written_into_a_letter(tmp_path: Path) -> None:
    assert fate("甲.eml", letter(uuencoded(WORDS.encode())), "附件", tmp_path) == plant.FOUND


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("text/calendar", f"BEGIN:VCALENDAR\nDESCRIPTION:{WORDS}\nEND:VCALENDAR".encode()),
        ("application/octet-stream", plant.small_docx(WORDS)),
    ],
)
def test_part_of_a_letter_without_a_name(kind: str, data: bytes, tmp_path: Path) -> None:
    assert fate("甲.eml", letter(kind=kind, data=data), "附件", tmp_path) == plant.FOUND


def changed(package: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        return plant.zipped(dict(change(name, old.read(name)) for name in old.namelist()))


def test_word_document_whose_parts_have_other_names(tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> tuple[str, bytes]:
        return name.replace("/document.xml", "/document2.xml"), data.replace(b"word/document.xml", b"word/document2.xml")

    assert fate("甲.docx", changed(plant.small_docx(WORDS), change), "正文", tmp_path) == plant.FOUND


def test_word_document_in_the_namespaces_of_the_standard(tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> tuple[str, bytes]:
        return name, re.sub(
            rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(main|relationships)", rb"http://purl.oclc.org/ooxml/\1/\2", data
        )

    stored = changed(
        plant.small_docx(WORDS), lambda name, data: (name, data) if name.startswith("_rels") else change(name, data)
    )
    assert fate("甲.docx", stored, "正文", tmp_path) == plant.FOUND


def test_choices_and_tips_of_a_workbook(tmp_path: Path) -> None:
    def stored(put: Callable[[Worksheet], None]) -> bytes:
        book, data = openpyxl.Workbook(), io.BytesIO()
        book.active.append(["序号", "事项"])
        put(book.active)
        book.save(data)
        return data.getvalue()

    def choices(sheet: Worksheet) -> None:
        rule = DataValidation(type="list", formula1=f'"{WORDS},否"')
        sheet.add_data_validation(rule)
        rule.add("A2")

    def tip(sheet: Worksheet) -> None:
        sheet["A3"].hyperlink = Hyperlink(ref="A3", location="A1", tooltip=WORDS)

    for put in (choices, tip):
        assert fate("甲.xlsx", stored(put), "单元格", tmp_path) == plant.FOUND


@pytest.mark.parametrize("name", [name for name in ODD if name not in ("jpg", "png")])
def test_nothing_is_skipped_in_odd_places(name: str, tmp_path: Path) -> None:
    files = ODD[name](WORDS)
    assert [place for place, data in files.items() if fate(f"甲.{name}", data, place, tmp_path) == plant.SKIPPED] == []


@pytest.mark.skipif(not (cjk_font() and is_installed()), reason="本机没有中文字体或文字识别组件")
@pytest.mark.parametrize("name", ["jpg", "png"])
def test_words_written_into_the_file_of_a_picture_are_listed(name: str, tmp_path: Path) -> None:
    ((place, data),) = ODD[name](WORDS).items()
    assert fate(f"甲.{name}", data, place, tmp_path) == plant.LISTED


@pytest.mark.parametrize("packed", [True, False])
def test_objects_of_an_old_presentation_are_members(packed: bool, tmp_path: Path) -> None:
    inside = ole_file({"Package": plant.small_docx(WORDS)})
    body = struct.pack("<I", len(inside)) + zlib.compress(inside) if packed else inside
    record = struct.pack("<HHI", 0x10 if packed else 0, 0x1011, len(body)) + body
    data = ole_file({"PowerPoint Document": struct.pack("<HHI", 0, 0x0FA8, 2) + b"ab" + record})
    assert fate("甲.ppt", data, "嵌入", tmp_path) == plant.FOUND


def test_broken_object_of_an_old_presentation_is_listed(tmp_path: Path) -> None:
    record = struct.pack("<HHI", 0x10, 0x1011, 40) + bytes(40)
    data = ole_file({"PowerPoint Document": struct.pack("<HHI", 0, 0x0FA8, 2) + b"ab" + record})
    assert fate("甲.ppt", data, "嵌入", tmp_path) == plant.LISTED


@pytest.mark.skipif(not (cjk_font() and is_installed()), reason="本机没有中文字体或文字识别组件")
def test_picture_in_the_page_header_of_an_old_workbook() -> None:
    stored = plant.picture(WORDS)
    blip = struct.pack("<HHI", 0x6E00, 0xF01E, 17 + len(stored)) + bytes(17) + stored
    pieces = [blip[start : start + 8000] for start in range(0, len(blip), 8000)]
    book = b"".join(struct.pack("<HHH", 0x0866, 14 + len(piece), 0x0866) + bytes(12) + piece for piece in pieces)
    reading = Reading([])
    add_loose_parts(ole_file({"Workbook": struct.pack("<HH", 0x0809, 16) + bytes(16) + book}), "xls", reading)
    assert [picture.stored for picture in reading.pictures] == [stored]
