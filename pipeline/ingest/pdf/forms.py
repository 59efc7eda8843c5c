"""What a PDF holds beside its pages: values of form fields, the data of an XFA form, bookmarks (书签)."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.readers import Line, Reading

_TEXT_FIELDS = frozenset([raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX])
_MOST_BYTES = 16 * 1024**2
_MOST = 2_000  # bookmarks, or values
_SHOWN = 2000


def field_value(document: pdfium.PdfDocument, annotation) -> str:
    """The text that was filled into a field, or into the field above it that holds the value; empty for boxes to tick."""
    form = document.formenv
    if form is None or raw.FPDFAnnot_GetFormFieldType(form, annotation) not in _TEXT_FIELDS:
        return ""
    size = raw.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    raw.FPDFAnnot_GetFormFieldValue(form, annotation, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace").strip()


def add_beside_pages(document: pdfium.PdfDocument, reading: Reading) -> None:
    """Put the values of an XFA form behind the text; list bookmarks that say more than the text."""
    values = _unseen(_xfa_values(document), reading)
    if values:
        reading.lines.extend(Line(text, reading.pages) for text in values)
        reading.parts.append(Part(PartKind.TEXT, "XFA表单", PartOutcome.READ, f"{len(values)}项填写值"))
    list_beside(reading, "页码标签", (document.get_page_label(index) for index in range(len(document))))
    titles = _unseen(_bookmarks(document), reading)
    if titles:
        reading.parts.append(Part(PartKind.TEXT, "书签", PartOutcome.LISTED, "；".join(titles)[:_SHOWN]))


def _unseen(texts: list[str], reading: Reading) -> list[str]:
    """Those that the reading does not say, each once."""
    if not texts:
        return []
    shown = "".join("".join(line.text.split()) for line in reading.lines)
    return [text for text in dict.fromkeys(texts) if "".join(text.split()) not in shown]


def _bookmarks(document: pdfium.PdfDocument) -> list[str]:
    titles: list[str] = []
    for bookmark in document.get_toc():
        titles.append(bookmark.get_title().strip())
        if len(titles) >= _MOST:
            break
    return titles


def _xfa_values(document: pdfium.PdfDocument) -> list[str]:
    for index in range(max(raw.FPDF_GetXFAPacketCount(document), 0)):
        size = ctypes.c_ulong()
        raw.FPDF_GetXFAPacketContent(document, index, None, 0, size)
        if not 0 < size.value <= _MOST_BYTES:
            continue
        buffer = ctypes.create_string_buffer(size.value)
        raw.FPDF_GetXFAPacketContent(document, index, buffer, size.value, size)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        root = etree.fromstring(buffer.raw, parser)
        data = next(root.iter("{http://www.xfa.org/schema/xfa-data/1.0/}data"), None) if root is not None else None
        if data is not None:
            return [text for each in data.itertext() if (text := " ".join(each.split()))][:_MOST]
    return []
