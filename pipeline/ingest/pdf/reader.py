"""PDF: the text layer by pdfium, ruled tables cell by cell, OCR on the pages where there is no good text."""

from __future__ import annotations

import contextlib

import pypdfium2 as pdfium

from pipeline.ingest.ocr import long_scans
from pipeline.ingest.ocr.recognition import read_bitmap
from pipeline.ingest.page_list import page_list
from pipeline.ingest.pdf.drawing import Frame, drawing
from pipeline.ingest.pdf.lines import text_lines
from pipeline.ingest.pdf.tables import with_tables
from pipeline.ingest.pdf.text_layer import needs_ocr
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader

MAX_PAGES = 5_000
_OCR_SCALE = 200 / 72  # 200 dpi
_OCR_SIDE = 5_000  # pixels; a page may call itself a hundred metres wide


@reader("pdf")
def read_pdf(data: bytes) -> Reading:
    """Physical lines with their place, rows of ruled tables, and the lines that OCR found on pages without text."""
    with contextlib.closing(_open(data)) as document:
        count = len(document)
        if count == 0:
            raise Unreadable("文件损坏", "PDF 没有页面")
        if count > MAX_PAGES:
            raise Unreadable("超出限制", f"PDF 共 {count} 页，超过 {MAX_PAGES} 页")
        return _Pages(document).reading()


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable("加密", "PDF 需要密码") from error
        raise Unreadable("文件损坏", "PDF 打不开") from error


class _Pages:
    """The pages with text first, then those that have to be recognised, whose number is known by then."""

    def __init__(self, document: pdfium.PdfDocument):
        self._document = document
        self._doubtful: list[int] = []
        self._recognised: list[int] = []
        self._unread: list[int] = []

    def reading(self) -> Reading:
        count = len(self._document)
        pages = [self._page(number) for number in range(1, count + 1)]
        long_scans.ask(len(self._doubtful))
        for number in self._doubtful:
            pages[number - 1] = self._recognise(number) or pages[number - 1]
        return Reading([line for lines in pages for line in lines], count, self._notes())

    def _notes(self) -> list[str]:
        notes = []
        if self._recognised:
            notes.append(f"第{page_list(self._recognised)}页经OCR识别")
        if self._unread:
            notes.append(f"第{page_list(self._unread)}页没有可用的文字层且未能识别")
        return notes

    def _page(self, number: int) -> list[Line]:
        try:
            page = self._document[number - 1]
        except pdfium.PdfiumError:
            self._unread.append(number)
            return []
        with contextlib.closing(page), contextlib.closing(page.get_textpage()) as textpage:
            frame = Frame.of(page)
            drawn = drawing(page, frame)
            text = textpage.get_text_range()
            if needs_ocr(text, drawn.picture_share):
                self._doubtful.append(number)
            return with_tables(list(text_lines(textpage, text, frame, number)), drawn.rules, textpage, frame)

    def _recognise(self, number: int) -> list[Line]:
        with contextlib.closing(self._document[number - 1]) as page:
            scale = min(_OCR_SCALE, _OCR_SIDE / max(*page.get_size(), 1.0))
            lines = read_bitmap(page.render(scale=scale).to_numpy(), number)
        (self._recognised if lines else self._unread).append(number)
        return lines
