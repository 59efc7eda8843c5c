"""What an XLSX holds and its cells do not say: hidden rows and columns, words in formulas and in names, in number formats and in
what stands behind the cells (条件格式、方案、筛选)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from itertools import groupby

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.office.package import Package
from pipeline.ingest.readers import Reading

_WITHOUT_RESULT = (b"f></", b"f><v/>", b"f><v />", b"f><v></")
_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_COLUMN = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d+)")(?=[^>]*\bmax="(\d+)")[^>]*>')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*)</(?:\w+:)?f>\s*(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></)")
_SAID_IN_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<\xe3-\xe9]*[\xe3-\xe9][^<]*)</")
_MARGINS = re.compile(rb"<(?:\w+:)?headerFooter\b.*?(?:</(?:\w+:)?headerFooter>|\Z)", re.S)
_WORDS = re.compile(rb'[">]([^"<>\xe3-\xe9]*[\xe3-\xe9][^<]*?)(?:"[ />]|<|\Z)')
_NAMED = re.compile(rb"<(?:\w+:)?definedName\b[^>]*>([^<]*)<")
_FORMAT = re.compile(rb'<(?:\w+:)?numFmt\b[^>]*\bformatCode="([^"]*)"')
_LITERAL = re.compile(r'"([^"]+)"')
_STYLES, _BOOK = "xl/styles.xml", "xl/workbook.xml"
_LAST_COLUMN = 16_384  # what is hidden up to there is the empty rest of the sheet
_SHOWN = 300


def add_unshown(package: Package, sheets: Iterable[str], odd: frozenset[str], reading: Reading) -> None:
    """List the parts of a workbook that its readers do not see; ``odd`` are the worksheets that `may_be_odd`."""
    for page, name in enumerate(sheets, start=1):
        if name in odd:
            _among_cells(package.read(name), page, reading)
    if _BOOK in package.names:
        list_beside(reading, "工作簿中的名称", _texts(package.read(_BOOK)))
    for name, pattern, place in ((_BOOK, _NAMED, "定义的名称"), (_STYLES, _FORMAT, "数字格式中的文字")):
        if name in package.names:
            list_beside(reading, place, _literals(pattern.findall(package.read(name))))


def may_be_odd(cells: bytes) -> bool:
    """Whether a stretch of a worksheet has a sign of hidden cells, or of formulas without a result."""
    if b' hidden="' in cells:
        return True
    return b"</f" in cells and (any(sign in cells for sign in _WITHOUT_RESULT) or _SAID_IN_FORMULA.search(cells) is not None)


def list_behind_cells(tail: bytes, page: int, reading: Reading) -> None:
    """List the words behind the cells of a worksheet that are no header or footer, which are read."""
    list_beside(reading, f"第{page}张表的规则、方案和筛选", _texts(_MARGINS.sub(b"", tail)))


def _texts(source: bytes) -> list[str]:
    """The words in the texts and attributes of a stretch of XML; of formulas those that they write out."""
    found = [unescape(each.decode("utf-8", "replace")) for each in dict.fromkeys(_WORDS.findall(source))]
    return [word for text in found for word in (_LITERAL.findall(text) or [text])]


def _among_cells(sheet: bytes, page: int, reading: Reading) -> None:
    rows = [int(number) for number in _ROW.findall(sheet)]
    columns = [(int(first), int(last)) for first, last in _COLUMN.findall(sheet) if int(last) < _LAST_COLUMN]
    hidden = [f"第{_ranges(rows)}行"] if rows else []
    hidden += (
        [f"第{_ranges(sorted(number for first, last in columns for number in range(first, last + 1)))}列"] if columns else []
    )
    if hidden:
        detail = f"已读，但在表格中是隐藏的：{'、'.join(hidden)}"
        reading.parts.append(Part(PartKind.TEXT, f"第{page}张表的隐藏文字", PartOutcome.READ, detail[:_SHOWN]))
    if formulas := _FORMULA.findall(sheet):
        detail = f"{len(formulas)}个公式没有存储结果，请在表格软件中打开后另存"
        reading.parts.append(Part(PartKind.TEXT, f"第{page}张表的公式", PartOutcome.UNREAD, detail))
    list_beside(reading, f"第{page}张表公式中的文字", _literals([*formulas, *_SAID_IN_FORMULA.findall(sheet)]))


def _literals(codes: Iterable[bytes]) -> list[str]:
    """The words that formulas or formats write out between quotation marks."""
    return [word for code in dict.fromkeys(codes) for word in _LITERAL.findall(unescape(code.decode("utf-8", "replace")))]


def _ranges(numbers: list[int]) -> str:
    """3, 4, 5, 9 as 3—5、9."""
    found = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        found.append(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}")
    return "、".join(found)
