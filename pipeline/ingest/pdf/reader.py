"""PDF: the text layer by pdfium, ruled tables cell by cell, OCR on the pages where there is no good text."""

from __future__ import annotations

import contextlib
import re
from functools import cache
from math import inf

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.pdf.annotations import add_annotations, shows_stamps
from pipeline.ingest.pdf.drawing import Frame, drawing
from pipeline.ingest.pdf.forms import add_beside_pages
from pipeline.ingest.pdf.lines import text_lines
from pipeline.ingest.pdf.objects import list_strings, may_be_switched_off, object_streams
from pipeline.ingest.pdf.pictures import drawer, page_picture, pictures_beside
from pipeline.ingest.pdf.tables import with_tables
from pipeline.ingest.pdf.text_layer import needs_ocr
from pipeline.ingest.pdf.turned import loses_text, upright
from pipeline.ingest.pdf.unseen import unseen
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader
from pipeline.ingest.word.hidden import hidden_text

MAX_PAGES = 5_000
_EVERYWHERE = (-inf, -inf, inf, inf)
_MASK = re.compile(rb"/S?Mask\s*[\d\[]")  # the dictionary of a picture is never packed


@reader("pdf")
def read_pdf(data: bytes) -> Reading:
    """Physical lines with their place, rows of ruled tables, and the lines that OCR found on pages without text."""
    document = _open(data)  # closed with the last picture that is drawn from it
    count = len(document)
    if count == 0:
        raise Unreadable("文件损坏", "PDF 没有页面")
    if count > MAX_PAGES:
        raise Unreadable("超出限制", f"PDF 共 {count} 页，超过 {MAX_PAGES} 页")
    return _Pages(document, data).reading()


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        if (
            document.get_formtype() == raw.FORMTYPE_ACRO_FORM
        ):  # the library has no part for XFA, whose data are read as they are
            document.init_forms()
        return document
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable("加密", "PDF 需要密码") from error
        raise Unreadable("文件损坏", "PDF 打不开") from error


class _Pages:
    """One page after another; what has to be recognised is left to be settled when its number is known."""

    def __init__(self, document: pdfium.PdfDocument, data: bytes):
        self._document = document
        self._data = data
        self._draw = drawer(document)
        self._reading = Reading([], len(document))
        self._streams = object_streams(data)
        self._has_layers = may_be_switched_off(data, self._streams)
        self._has_masks = cache(lambda: bool(_MASK.search(data)))

    def reading(self) -> Reading:
        for number in range(1, len(self._document) + 1):
            try:
                page = self._document[number - 1]
            except pdfium.PdfiumError:
                self._reading.parts.append(Part(PartKind.PICTURE, f"第{number}页", PartOutcome.UNREAD, "页面打不开"))
                continue
            with contextlib.closing(page), upright(page) as frame, contextlib.closing(page.get_textpage()) as textpage:
                self._page(page, textpage, frame, number)
        add_beside_pages(self._document, self._reading)
        list_strings(self._data, self._streams, self._reading)
        return self._reading

    def _add_stamps(self, number: int) -> None:
        """The words that stamps and signatures print on a page, behind its lines."""
        with contextlib.closing(_open(self._data)) as copy:
            with contextlib.closing(copy[number - 1]) as page:
                if not shows_stamps(copy, page):
                    return
            with contextlib.closing(copy[number - 1]) as page, contextlib.closing(page.get_textpage()) as textpage:
                texts = [text for each in textpage.get_text_range().splitlines() if (text := each.strip())]
        shown = "".join("".join(line.text.split()) for line in self._reading.lines if line.page == number)
        found = [text for text in dict.fromkeys(texts) if "".join(text.split()) not in shown]
        if found:
            self._reading.lines.extend(Line(text, number) for text in found)
            self._reading.parts.append(
                Part(PartKind.TEXT, f"第{number}页的图章或签名", PartOutcome.READ, "；".join(found)[:300])
            )

    def _page(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, frame: Frame, number: int) -> None:
        if not frame.rotation and loses_text(page):
            detail = "页面上有竖置的文字，因缺少字体没有全部读出"
            self._reading.parts.append(Part(PartKind.TEXT, f"第{number}页", PartOutcome.UNREAD, detail))
        drawn = drawing(page, frame)
        text = textpage.get_text_range()
        lines = with_tables(list(text_lines(textpage, text, frame, number)), drawn.rules, textpage, frame)
        before = self._reading.lines[-1] if self._reading.lines else None
        self._reading.lines.extend(lines)
        white = [_EVERYWHERE] if self._has_layers else drawn.white
        for line in unseen(lines, white, frame, number, self._draw):
            self._reading.parts.append(hidden_text(line.text, number))
        if needs_ocr(text, drawn.picture_share):
            self._reading.pictures.append(page_picture(self._draw, number, lines, before))
        elif drawn.pictures:
            beside = pictures_beside(self._draw, drawn.pictures, lines, number, before, self._has_masks)
            self._reading.pictures.extend(beside)
        if add_annotations(self._document, page, frame, number, self._reading):
            self._add_stamps(number)
