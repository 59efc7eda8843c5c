"""What nobody sees when a file is opened is read, and said to be hidden."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from pipeline.document import Document, PartOutcome
from pipeline.ingest import read_document
from tests.ingest.parts import plant
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
