"""PDF: the text layer by pdfium, tables by pdfplumber where a page has ruled lines, OCR where there is no good text.

pdfium reads some forty times faster than pdfplumber, so the slow tools are only taken to the pages that need them.
"""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Iterator

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.ingest.ocr import read_bitmap
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.registry import Line, Reading, reader

MAX_PAGES = 5_000
MAX_OCR_PAGES = 300
_OCR_SCALE = 200 / 72  # 200 dpi
_RULES = 6  # a table has at least as many ruled lines; a letterhead's one or two are none
_SCANNED = 0.5  # share of the page that a picture covers where its few characters are not the text
_FEW = 30  # characters; fewer on a page with a large picture: a stamp or page number over a scan
_GARBAGE = 0.25
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SYMBOL = re.compile(r"[!\"#$%&'*+:;<=>?@\[\\\]^`{|}~]")
# A thousandth of the running text of official documents; a broken font map (ToUnicode) seldom hits any of them.
_COMMON = frozenset(
    "的一是不了在有人中大上国和为以时要发会出行作对能部方法于等第条规定应当管理工关生产企业市县省区政府通知实施办公"
)

# Font warnings of pdfminer on every odd file are of no use to a clerk.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


@reader("pdf")
def read_pdf(data: bytes) -> Reading:
    """Physical lines with their place, rows of ruled tables, and the lines that OCR found on pages without text."""
    with contextlib.closing(_open(data)) as document:
        count = len(document)
        if count == 0:
            raise Unreadable("文件损坏", "PDF 没有页面")
        if count > MAX_PAGES:
            raise Unreadable("超出限制", f"PDF 共 {count} 页，超过 {MAX_PAGES} 页")
        return _Pages(document, data).reading()


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable("加密", "PDF 需要密码") from error
        raise Unreadable("文件损坏", "PDF 打不开") from error


class _Pages:
    """One pass over the pages; pdfplumber is opened only when a page has a table."""

    def __init__(self, document: pdfium.PdfDocument, data: bytes):
        self._document = document
        self._data = data
        self._plumber: pdfplumber.PDF | None = None
        self._recognised: list[int] = []
        self._unread: list[int] = []

    def reading(self) -> Reading:
        lines: list[Line] = []
        try:
            for number in range(1, len(self._document) + 1):
                lines.extend(self._page(number))
        finally:
            if self._plumber is not None:
                self._plumber.close()
        return Reading(lines, len(self._document), self._notes())

    def _notes(self) -> list[str]:
        notes = []
        if self._recognised:
            notes.append(f"第{_listed(self._recognised)}页经OCR识别")
        if self._unread:
            notes.append(f"第{_listed(self._unread)}页没有可用的文字层且未能识别")
        return notes

    def _page(self, number: int) -> list[Line]:
        try:
            page = self._document[number - 1]
        except pdfium.PdfiumError:
            self._unread.append(number)
            return []
        with contextlib.closing(page), contextlib.closing(page.get_textpage()) as textpage:
            lines = list(_text_lines(textpage, page.get_height(), number))
            text = "".join(line.text for line in lines)
            if needs_ocr(text, _picture_share(page)):
                recognised = self._recognise(page, number)
                return recognised or lines
            if _rules(page) >= _RULES:
                return self._with_tables(lines, number)
            return lines

    def _recognise(self, page: pdfium.PdfPage, number: int) -> list[Line]:
        if len(self._recognised) >= MAX_OCR_PAGES:
            self._unread.append(number)
            return []
        lines = read_bitmap(page.render(scale=_OCR_SCALE).to_numpy(), number)
        (self._recognised if lines else self._unread).append(number)
        return lines

    def _with_tables(self, lines: list[Line], number: int) -> list[Line]:
        """The page's lines with those inside a ruled table replaced by its rows."""
        if self._plumber is None:
            self._plumber = pdfplumber.open(io.BytesIO(self._data))
        page = self._plumber.pages[number - 1]
        tables = [table for table in page.find_tables() if len(table.rows) > 1 and len(table.rows[0].cells) > 1]
        kept = list(lines)
        for table in tables:
            x0, top, x1, bottom = table.bbox
            inside = [
                line for line in kept if top - 1 <= (line.top + line.bottom) / 2 <= bottom + 1 and x0 - 2 <= line.x0 <= x1
            ]
            rows = [_row(cells, number, top) for cells in table.extract()]
            if inside and _enough(rows, inside):
                position = kept.index(inside[0])
                kept = [line for line in kept if line not in inside]
                kept[position:position] = [row for row in rows if row.text.strip()]
        page.close()
        return kept


def _row(cells: list[str | None], number: int, top: float) -> Line:
    return Line("\t".join((cell or "").replace("\n", "") for cell in cells), number, "row", top=top)


def _enough(rows: list[Line], inside: list[Line]) -> bool:
    """A table is taken only if it keeps (nearly) all characters that pdfium saw there: nothing may be lost."""
    have = sum(len("".join(row.text.split())) for row in rows)
    seen = sum(len("".join(line.text.split())) for line in inside)
    return have >= 0.98 * seen


def _text_lines(textpage: pdfium.PdfTextPage, height: float, number: int) -> Iterator[Line]:
    """pdfium's lines in content order; the box of a line from those of its first and last character."""
    text = textpage.get_text_range()
    placed = len(text) == textpage.count_chars()
    offset = 0
    for line in text.split("\n"):
        bare = line.rstrip("\r").replace("\ufffe", "")
        if bare.strip():
            first = offset + len(bare) - len(bare.lstrip())
            last = offset + len(bare.rstrip()) - 1
            yield _placed(textpage, bare, first, last, height, number) if placed else Line(bare, number, "line")
        offset += len(line) + 1


def _placed(textpage: pdfium.PdfTextPage, text: str, first: int, last: int, height: float, number: int) -> Line:
    left, low, _, high = textpage.get_charbox(first, loose=True)
    _, last_low, right, last_high = textpage.get_charbox(last, loose=True)
    size = raw.FPDFText_GetFontSize(textpage, first) or high - low
    top, bottom = height - max(high, last_high), height - min(low, last_low)
    return Line(text, number, "line", left, right, top, bottom, max(size, high - low) if size <= 1 else size)


def needs_ocr(text: str, picture_share: float) -> bool:
    """Whether a page's text layer is missing or garbage: a scan, or a font whose map to characters is broken."""
    bare = "".join(text.split())
    if len(bare) < _FEW:
        return picture_share > _SCANNED
    odd = sum("\ue000" <= character <= "\uf8ff" or character == "\ufffd" or character < " " for character in bare)
    if odd > _GARBAGE * len(bare):
        return True
    chinese = _CHINESE.findall(bare)
    if len(chinese) >= 60:
        return sum(character in _COMMON for character in chinese) < 0.04 * len(chinese)
    return len(bare) >= _FEW and len(_SYMBOL.findall(bare)) >= _GARBAGE * len(bare)


def _picture_share(page: pdfium.PdfPage) -> float:
    """The share of the page's area that its largest picture covers."""
    width, height = page.get_size()
    share = 0.0
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        share = max(share, (right - left) * (top - bottom) / max(width * height, 1))
    return share


def _rules(page: pdfium.PdfPage) -> int:
    """How many ruled lines (thin or long paths) the page draws."""
    count = 0
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = path.get_bounds()
        if max(right - left, top - bottom) > 15:
            count += 1 if min(right - left, top - bottom) < 3 else 4
        if count >= _RULES:
            break
    return count


def _listed(numbers: list[int]) -> str:
    """Page numbers as a person writes them: 1、3-5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
