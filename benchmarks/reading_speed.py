"""What reading costs against the fastest extraction there is: ``python -m benchmarks.reading_speed``.

Side by side in one run, best of several, on one document. The bare extraction gives characters in the order of the file;
`read_document` tells the format, rebuilds paragraphs, tables and pages, and hashes the file besides.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator

import ofdkit
import pypdfium2 as pdfium
from docx import Document as OpenDocument
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from benchmarks import reading_layouts as layouts
from benchmarks import reading_samples as samples
from pipeline.ingest import read_document
from pipeline.ingest.word.soffice import program

_TIMES = 7
_CHAPTERS = 9  # about 15 pages

Row = tuple[str, bytes, str, Callable[[bytes], object]]


def rows() -> Iterator[Row]:
    """Format, file, the bare extraction's name, and the extraction."""
    text, docx = layouts.booklet_text(_CHAPTERS), layouts.booklet(_CHAPTERS)
    yield "TXT", text.encode(), "bytes.decode", lambda data: data.decode()
    yield "DOCX", docx, "lxml 取字", _xml_text
    yield "DOCX", docx, "python-docx 段落", _docx_paragraphs
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</body></html>"
    yield "HTML", page.encode(), "selectolax 取字", lambda data: LexborHTMLParser(data.decode()).root.text()  # type: ignore[union-attr]
    yield "OFD", samples.ofd(), "ofdkit 取字", _ofd_text
    if program():
        yield "PDF", samples.converted(docx, "pdf"), "pypdfium2 取字", _pdf_text


def _xml_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(map(str, etree.fromstring(package.read("word/document.xml")).itertext()))


def _docx_paragraphs(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in OpenDocument(io.BytesIO(data)).paragraphs)


def _ofd_text(data: bytes) -> str:
    with ofdkit.open(data) as document:
        return "".join(run.text for page in document.pages for run in page.runs)


def _pdf_text(data: bytes) -> str:
    texts = []
    document = pdfium.PdfDocument(data)
    for page in document:
        texts.append(page.get_textpage().get_text_range())
    document.close()
    return "".join(texts)


def _best(function: Callable[[bytes], object], data: bytes) -> float:
    """Seconds of the fastest of several runs, the first being for warmth."""
    taken = []
    for _ in range(_TIMES + 1):
        began = time.process_time()
        function(data)
        taken.append(time.process_time() - began)
    return min(taken[1:])


def main() -> None:
    print("格式\t读取毫秒\t对照毫秒\t倍数\t对照")
    for format_, data, name, bare in rows():
        ours, theirs = (1000 * _best(each, data) for each in (lambda data: read_document(data, "a"), bare))
        print(f"{format_}\t{ours:.2f}\t{theirs:.2f}\t{ours / max(theirs, 1e-6):.1f}\t{name}")


if __name__ == "__main__":
    main()
