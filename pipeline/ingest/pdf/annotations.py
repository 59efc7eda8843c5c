"""What lies on a PDF page and not in it (注释、表单): text that was written on it is text, remarks are comments."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.pdf.drawing import Frame
from pipeline.ingest.readers import Line, Reading

_MOST = 2_000  # annotations a page
_SHOWN = 300
_REMARKS = frozenset(
    [
        raw.FPDF_ANNOT_TEXT,
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


def add_annotations(page: pdfium.PdfPage, frame: Frame, number: int, reading: Reading) -> None:
    """Put the text of free text boxes and the values of form fields behind the page's lines; list remarks and attached files."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind == raw.FPDF_ANNOT_FREETEXT:
            _text(reading, annotation, frame, number, "Contents", "文本框注释")
        elif kind == raw.FPDF_ANNOT_WIDGET:
            _text(reading, annotation, frame, number, "V", "表单域")
        elif kind in _REMARKS and (text := _string(annotation, "Contents")):
            reading.parts.append(Part(PartKind.NOTE, f"第{number}页的批注", PartOutcome.LISTED, text[:_SHOWN]))
        elif kind == raw.FPDF_ANNOT_FILEATTACHMENT:
            detail = "附着在页面上的文件，请打开原文件另存后扫描"
            reading.parts.append(Part(PartKind.OBJECT, f"第{number}页的附件", PartOutcome.UNREAD, detail))
        raw.FPDFPage_CloseAnnot(annotation)


def _text(reading: Reading, annotation, frame: Frame, number: int, key: str, what: str) -> None:
    text = _string(annotation, key)
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
