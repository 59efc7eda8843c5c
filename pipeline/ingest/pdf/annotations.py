"""What lies on a PDF page and not in it (注释、表单): text that was written on it is text, remarks are comments."""

from __future__ import annotations

import ctypes
import re

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.pdf.drawing import Frame
from pipeline.ingest.pdf.forms import field_value
from pipeline.ingest.readers import Line, Reading

_MOST = 2_000  # annotations a page
_WITH_WORDS = frozenset(
    [
        raw.FPDF_FORMFIELD_TEXTFIELD,
        raw.FPDF_FORMFIELD_COMBOBOX,
        raw.FPDF_FORMFIELD_LISTBOX,
        raw.FPDF_FORMFIELD_PUSHBUTTON,
    ]
)
_LONGEST = 1024**2
_DRAWS = re.compile(r"\b(?:Tj|TJ|Do)\b|['\"]\s")
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
    """Whether an annotation prints words that only its appearance has: of a stamp or a signature, of a watermark, a text or a
    field that says nothing else."""
    if kind == raw.FPDF_ANNOT_STAMP:
        return True
    if kind == raw.FPDF_ANNOT_WIDGET and document.formenv is not None:
        field = raw.FPDFAnnot_GetFormFieldType(document.formenv, annotation)
        if field == raw.FPDF_FORMFIELD_SIGNATURE:
            return True
        return field in _WITH_WORDS and not _value(document, annotation) and _shows_words(annotation)
    says = kind == raw.FPDF_ANNOT_FREETEXT and _string(annotation, "Contents")
    return kind in (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WATERMARK) and not says and _shows_words(annotation)


def _shows_words(annotation) -> bool:
    """Whether an annotation's appearance draws text."""
    size = raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
    if not 2 < size < _LONGEST:
        return size > 2
    buffer = ctypes.create_string_buffer(size)
    wide = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, wide, size)
    return _DRAWS.search(buffer.raw.decode("utf-16-le", "replace")) is not None


def add_annotations(document: pdfium.PdfDocument, page: pdfium.PdfPage, frame: Frame, number: int, reading: Reading) -> bool:
    """Put the text of free text boxes and the values of form fields behind the page's lines; list remarks and attached files.

    True where the page bears stamps, signatures or the like, which may print words of their own.
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
