"""What lies on a PDF page and not in it (注释、表单): text that was written on it is text, remarks are comments."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.pdf.drawing import Frame
from pipeline.ingest.pdf.forms import field_value
from pipeline.ingest.readers import Line, Reading

_MOST = 2_000  # annotations a page
_SHOWN = 300
_REMARKS = frozenset(
    [
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_POPUP,
        raw.FPDF_ANNOT_STAMP,
        raw.FPDF_ANNOT_LINK,
        raw.FPDF_ANNOT_REDACT,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_CARET,
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_INK,
        raw.FPDF_ANNOT_LINE,
        raw.FPDF_ANNOT_POLYGON,
    ]
)


def shows_stamps(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> bool:
    """Make what stamps and signatures show part of a page, and take its other annotations off; whether there was any.

    The page has to be loaded anew for it to be seen; the document is spoilt for any other use.
    """
    found = False
    for index in reversed(range(min(raw.FPDFPage_GetAnnotCount(page), _MOST))):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        printed = bool(annotation) and _is_printed(document, annotation, raw.FPDFAnnot_GetSubtype(annotation))
        raw.FPDFPage_CloseAnnot(annotation)
        found = found or printed
        if not printed:
            raw.FPDFPage_RemoveAnnot(page, index)
    return found and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS


def _is_printed(document: pdfium.PdfDocument, annotation, kind: int) -> bool:
    """Whether an annotation is a stamp or a signature."""
    if kind == raw.FPDF_ANNOT_WIDGET and document.formenv is not None:
        return raw.FPDFAnnot_GetFormFieldType(document.formenv, annotation) == raw.FPDF_FORMFIELD_SIGNATURE
    return kind == raw.FPDF_ANNOT_STAMP


def add_annotations(document: pdfium.PdfDocument, page: pdfium.PdfPage, frame: Frame, number: int, reading: Reading) -> bool:
    """Put the text of free text boxes and the values of form fields behind the page's lines; list remarks and attached files.

    True where the page bears stamps or signatures, which may print words of their own.
    """
    printed = False
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        printed = printed or _is_printed(document, annotation, kind)
        if kind == raw.FPDF_ANNOT_FREETEXT:
            _text(reading, annotation, frame, number, _string(annotation, "Contents"), "文本框注释")
        elif kind == raw.FPDF_ANNOT_WIDGET:
            _text(reading, annotation, frame, number, _value(document, annotation), "表单域")
            list_beside(reading, f"第{number}页表单域的提示", [_string(annotation, "TU")])
        elif kind in _REMARKS and (text := _string(annotation, "Contents")):
            reading.parts.append(Part(PartKind.NOTE, f"第{number}页的批注", PartOutcome.LISTED, text[:_SHOWN]))
        elif kind == raw.FPDF_ANNOT_FILEATTACHMENT:
            detail = "附着在页面上的文件，请打开原文件另存后扫描"
            reading.parts.append(Part(PartKind.OBJECT, f"第{number}页的附件", PartOutcome.UNREAD, detail))
        raw.FPDFPage_CloseAnnot(annotation)
    return printed


def _value(document: pdfium.PdfDocument, annotation) -> str:
    return _string(annotation, "V") if document.formenv is None else field_value(document, annotation)


def _text(reading: Reading, annotation, frame: Frame, number: int, text: str, what: str) -> None:
    if not text:
        return
    box = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, box)
    x0, top, x1, bottom = frame.seen_box(box.left, box.bottom, box.right, box.top)
    lines = [Line(each, number, "paragraph", x0, x1, top, bottom) for each in text.splitlines() if each.strip()]
    shown = {line.text for line in reading.lines if line.page == number}
    reading.lines.extend(line for line in lines if line.text not in shown)
    reading.parts.append(Part(PartKind.TEXT, f"第{number}页的{what}", PartOutcome.READ, text[:_SHOWN]))


def _string(annotation, key: str) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key.encode(), None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(annotation, key.encode(), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()
