"""Workbooks: XLSX, XLS, ET and ODS; a ledger or a list of documents kept in a sheet."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import IO, Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.office.letterhead import kept
from pipeline.ingest.office.open_document import Parts, add_beside, drawn_texts, margins
from pipeline.ingest.office.sheet_parts import Ending, add_sheet_parts
from pipeline.ingest.office.sheet_records import add_record_parts
from pipeline.ingest.office.sheet_unshown import may_be_odd
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader
from pipeline.ingest.sniff import sniff

MAX_CELLS = 2_000_000
_MAX_PART = 256 * 1024**2
_CHUNK = 1 << 16
_SHOWN = 300  # characters of a hidden sheet
_CELLS = b"sheetData"
_CELLS_END, _OVERLAP = re.compile(rb"/(?:\w+:)?sheetData\s*>|sheetData\s*/>"), 64
_CELL = re.compile(r"\$?([A-Za-z]{1,7})\$?(\d{1,10})")
_UNNAMED = re.compile(r"(?:Sheet|工作表)\s*\d*", re.I)  # as the program names a sheet to which nobody gave a name


@reader("xlsx", "xls", "ods")
def read_sheets(data: bytes) -> Reading:
    """One page a sheet: its name as a paragraph, then its rows; empty rows and empty cells at a row's end are dropped."""
    try:
        endings = _endings(data)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        hidden = {sheet.name for sheet in workbook.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}
        lines: list[Line] = []
        left = MAX_CELLS
        for page, name in enumerate(names, start=1):
            rows = workbook.get_sheet_by_name(name)
            left -= rows.total_height * max(rows.total_width, 1)
            if left < 0:
                raise Unreadable("超出限制", f"表格超过 {MAX_CELLS} 个单元格")
            lines.extend(_sheet(name, rows.to_python(), page))
    except PasswordError as error:
        raise Unreadable("加密", "表格需要密码") from error
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise Unreadable("文件损坏", "表格打不开") from error
    reading = Reading(lines, max(len(names), 1))
    for page in (page for page, name in enumerate(names, start=1) if name in hidden):
        text = "\n".join(line.text for line in lines if line.page == page)
        reading.parts += [Part(PartKind.TEXT, f"第{page}张表的隐藏文字", PartOutcome.READ, text[:_SHOWN])] if text else []
    if not zipfile.is_zipfile(io.BytesIO(data)):
        add_record_parts(data, reading)
    elif sniff(data) == "ods":
        _add_odf_parts(data, reading)
    else:
        add_sheet_parts(data, endings, reading)
    return reading


def _add_odf_parts(data: bytes, reading: Reading) -> None:
    """Behind the rows: text boxes and shapes, headers and footers, charts, forms; remarks are listed."""
    parts = Parts(data)
    if parts.content is not None:
        reading.lines.extend(Line(text, page) for page, text in drawn_texts(parts.content))
    reading.lines.extend(kept(margins(parts.styles), reading.lines, reading.parts))
    add_beside(parts, reading)


def _endings(data: bytes) -> dict[str, Ending]:
    """What each worksheet of an XLSX holds behind its cells, by the name of its part; {} for other formats.

    Refuses one whose cells lie so far apart that the rectangle round them does not fit into memory: the library lays out the
    whole rectangle, and where there is no room for it ends the process, not the reading.
    """
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {}
    endings = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.infolist():
            if part.file_size > _MAX_PART:
                raise Unreadable("超出限制", f"{part.filename} 解压后 {part.file_size // 1024**2} MB")
            with package.open(part) as stream:
                rows, columns, endings[part.filename] = _corner(stream)
            if rows * columns > MAX_CELLS:
                raise Unreadable("超出限制", f"表格从第1行到第{rows}行、第1列到第{columns}列，超过 {MAX_CELLS} 个单元格")
    return endings


def _corner(stream: IO[bytes]) -> tuple[int, int, Ending]:
    """The last row and the last column of a worksheet's cells, from 1, and its ending; (0, 0) and no cells for any other part
    of the package.

    A worksheet is known by its root element: its name in the package may be any. A row or cell that does not say where it
    stands follows the one before it (ECMA-376, part 1, 18.3.1.73 and 18.3.1.4).
    """
    place, before, behind, odd = _Place(), b"", False, False
    endings: list[bytes] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = place.start
    try:
        while (chunk := stream.read(_CHUNK)) and place.in_worksheet is not False:
            parser.Parse(chunk)
            odd = odd or may_be_odd(before[-_OVERLAP:] + chunk)
            if behind:
                endings.append(chunk)
            elif _CELLS in (window := before[-_OVERLAP:] + chunk) and (found := _CELLS_END.search(window)):
                behind, endings = True, [window[found.end() :]]
            before = chunk
    except expat.ExpatError as error:
        if place.in_worksheet:
            raise Unreadable("文件损坏", "表格打不开") from error
    return place.last_row, place.last_column, Ending(b"".join(endings), odd)


class _Place:
    """Where the cells of a worksheet stand, told of one start tag after another."""

    def __init__(self) -> None:
        self.in_worksheet: bool | None = None
        self.row = self.column = self.last_row = self.last_column = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self.in_worksheet is None:
            self.in_worksheet = name == "worksheet"
        elif name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif name == "c":
            self.column += 1
            if found := _CELL.fullmatch(attributes.get("r", "")):
                self.column, self.row = _column(found[1]), int(found[2])
            self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)


def _column(letters: str) -> int:
    """The number of a column by its letters, from 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _sheet(name: str, rows: list[list[Any]], page: int) -> list[Line]:
    lines: list[Line] = []
    for row in rows:
        cells = [_shown(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        filled = [cell for cell in cells if cell]
        if len(filled) == 1:
            lines.append(Line(filled[0], page))  # a title over the table, or a note under it
        elif filled:
            lines.append(Line("\t".join(cells), page, "row"))
    return [Line(name, page), *lines] if lines and not _UNNAMED.fullmatch(name) else lines


def _shown(value: Any) -> str:
    """A cell as its user sees it: no 2021.0, no time where there is none."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "seconds")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return " ".join(str(value).split())
