"""What nobody sees when a file is opened is read, and said to be hidden."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import Document, PartOutcome
from pipeline.ingest import read_document
from tests.ingest.parts import ooxml, plant
from tests.ingest.parts.formats import FORMATS

SEEN, HIDDEN = plant.sentence(1), plant.sentence(2)


def hidden(document: Document) -> list[str]:
    return [part.detail for part in document.parts if part.outcome is PartOutcome.READ and part.place.endswith("的隐藏文字")]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheet(state: str) -> None:
    book = openpyxl.Workbook()
    book.active.append([SEEN])
    sheet = book.create_sheet()
    sheet.append([HIDDEN])
    sheet.sheet_state = state
    stored = io.BytesIO()
    book.save(stored)
    document = read_document(stored.getvalue(), "甲.xlsx")
    assert SEEN in document.text and HIDDEN in document.text
    assert hidden(document) == [HIDDEN]


def test_hidden_slide() -> None:
    shown = FORMATS["pptx"].build((("文本框", HIDDEN),))
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(shown)) as old, zipfile.ZipFile(stored, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"<p:sld ", b'<p:sld show="0" ', 1) if name == "ppt/slides/slide1.xml" else data)
    assert hidden(read_document(shown, "甲.pptx")) == []
    assert any(HIDDEN in text for text in hidden(read_document(stored.getvalue(), "甲.pptx")))


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("pdf", "白色文字"),
        ("pdf", "极小的文字"),
        ("pdf", "页面之外的文字"),
        ("docx", "极小的文字"),
        ("docx", "隐藏文字"),
        ("docx", "白色文字"),
        ("pdf", "关闭的图层"),
    ],
)
def test_text_that_nobody_sees(name: str, place: str) -> None:
    document = read_document(FORMATS[name].build(((place, HIDDEN), ("正文", SEEN))), f"甲.{name}")
    assert HIDDEN in document.text and hidden(document) == [HIDDEN]


def test_white_words_on_a_dark_ground_are_seen() -> None:
    stored = io.BytesIO()
    canvas = Canvas(stored)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas.setFont("STSong-Light", 16)
    canvas.drawString(72, 760, "供热")
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(60, 690, 480, 40, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 704, SEEN)
    canvas.save()
    document = read_document(stored.getvalue(), "甲.pdf")
    assert SEEN in document.text and hidden(document) == []


def test_hidden_rows_and_columns_are_said_to_be() -> None:
    document = read_document(FORMATS["xlsx"].build((("隐藏的行", HIDDEN), ("隐藏的列", SEEN))), "甲.xlsx")
    assert hidden(document) == ["已读，但在表格中是隐藏的：第3行、第4列"]


@pytest.mark.parametrize(
    ("ground", "seen"),
    [
        ('<w:pPr><w:shd w:val="clear" w:fill="1F4E9E"/></w:pPr>', True),
        ('<w:pPr><w:shd w:val="clear" w:fill="auto"/></w:pPr>', False),
        ('<w:pPr><w:shd w:val="solid" w:color="000000"/></w:pPr>', True),
        ("", False),
    ],
)
def test_white_words_of_a_word_document_are_seen_on_a_coloured_ground(ground: str, seen: bool) -> None:
    white = ooxml.run(HIDDEN, '<w:rPr><w:color w:val="ffffff"/></w:rPr>')
    cell = f"<w:tbl><w:tr><w:tc><w:tcPr>{ground[7:-8]}</w:tcPr><w:p>{white}</w:p></w:tc></w:tr></w:tbl>"
    for body in (f"<w:p>{ground}{white}</w:p>", cell):
        parts = ooxml.Parts()
        parts.refer("", "officeDocument", "word/document.xml")
        parts.files["word/document.xml"] = f"<w:document {ooxml.SPACES}><w:body>{body}</w:body></w:document>"
        document = read_document(parts.bytes(), "甲.docx")
        assert document.text == HIDDEN and hidden(document) == ([] if seen else [HIDDEN])
