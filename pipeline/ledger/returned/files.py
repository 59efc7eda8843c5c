"""Opening what came back (打开交回的文件): by what the file is, not by its ending; other formats by way of LibreOffice."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path

import olefile
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ingest.problems import Unreadable
from pipeline.ingest.word.soffice import converted
from pipeline.ledger.workbook.read import LedgerError
from pipeline.ledger.workbook.sheet import OWN_SHEET

_FORMULA = re.compile(rb"<f[ >/]")
_BOX_TEXT = re.compile(r"<a:t(?: [^>]*)?>([^<]*)</a:t>")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_WEB_PAGE = re.compile(rb"<\s*(?:html|table|!doctype|\?xml)", re.IGNORECASE)
_NO_WORKBOOK = "不是 xlsx 台账，或已损坏；请用 Excel 或 WPS 打开后另存为 .xlsx。没有读入任何内容。"
_TEXTS = ("utf-8-sig", "gb18030")


@dataclass(slots=True)
class Opened:
    """``book`` holds the values, ``formulas`` the same cells with their formulas where there are any; ``boxes`` are the texts
    of boxes that lie over the sheets."""

    book: Workbook
    formulas: Workbook | None = None
    boxes: tuple[str, ...] = ()


def open_file(path: Path) -> Opened:
    """Open a workbook or a table of text. Raises FileNotFoundError; LedgerError that says what to do where that can't be done."""
    if not path.is_file():
        raise FileNotFoundError(2, "no ledger", str(path))
    data = path.read_bytes()
    ending = path.suffix.lower().lstrip(".")
    if data.startswith(b"PK"):
        return _package(data, ending)
    if data.startswith(_COMPOUND):
        if _is_locked(data):
            raise LedgerError("设了打开密码，读不了；请用 Excel 或 WPS 打开后去掉密码再保存。没有读入任何内容。")
        return _by_libreoffice(data, "xls")
    if _WEB_PAGE.match(data[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()):
        return _by_libreoffice(data, "xls")
    if ending in ("csv", "txt", "tsv"):
        return Opened(_from_text(data))
    raise LedgerError(_NO_WORKBOOK)


def _package(data: bytes, ending: str) -> Opened:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            if "xl/workbook.xml" not in names:  # ods, xlsb
                return _by_libreoffice(data, ending if ending in ("ods", "xlsb", "fods") else "ods")
            if _STRICT in package.read("xl/workbook.xml"):
                return _by_libreoffice(data, "xlsx")
            sheets = [name for name in names if name.startswith("xl/worksheets/")]
            has_formulas = any(_FORMULA.search(package.read(name)) for name in sheets)
            boxes = _boxes(package)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError) as error:
        raise LedgerError(_NO_WORKBOOK) from error
    book = _workbook(data, data_only=True)
    return Opened(book, _workbook(data) if has_formulas else None, boxes)


def _workbook(data: bytes, *, data_only: bool = False) -> Workbook:
    """From memory: openpyxl tells a workbook by its name's ending, and this one may have any."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of print areas and the like, in English
            return load_workbook(io.BytesIO(data), data_only=data_only)
    except Exception as error:  # a damaged workbook raises whatever the XML under it makes fail
        raise LedgerError(_NO_WORKBOOK) from error


def _boxes(package: zipfile.ZipFile) -> tuple[str, ...]:
    drawings = sorted(name for name in package.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name))
    texts = ("".join(_BOX_TEXT.findall(package.read(name).decode("utf-8", "replace"))).strip() for name in drawings)
    return tuple(text for text in texts if text)


def _is_locked(data: bytes) -> bool:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as stored:
            return stored.exists("EncryptedPackage")
    except (OSError, ValueError, IndexError, AttributeError):
        return False


def _by_libreoffice(data: bytes, ending: str) -> Opened:
    """The workbook as LibreOffice saves it, which has worked its formulas out."""
    with tempfile.TemporaryDirectory(prefix="shixin-") as folder:
        try:
            made = converted(data, Path(folder), ending, "xlsx:Calc MS Excel 2007 XML")
        except Unreadable as error:
            raise LedgerError(
                f"不能读取这种格式（{error}）；请用 Excel 或 WPS 打开后另存为 .xlsx。没有读入任何内容。"
            ) from error
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        boxes = _boxes(package)
    return Opened(_workbook(made, data_only=True), None, boxes)


def _from_text(data: bytes) -> Workbook:
    text = _decoded(data)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = OWN_SHEET
    csv.field_size_limit(2**24)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if value:
                cell = sheet.cell(row, column)
                cell.value, cell.data_type = value, "s"
    return book


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in _TEXTS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LedgerError("文字编码认不出来；请用 Excel 或 WPS 打开后另存为 .xlsx。没有读入任何内容。")


def _separator(text: str) -> str:
    """What parts the header's cells: the one of tab, comma, semicolon that the line with 处置意见 has most of."""
    header = next((line for line in text.splitlines() if "处置" in line and "名称" in line), text[:2000])
    return max("\t,;", key=header.count)
