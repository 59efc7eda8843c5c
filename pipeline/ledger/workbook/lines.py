"""The lines of a table (台账各行), written as XML as they come: openpyxl keeps an object for every cell, half a gigabyte for a province.

openpyxl writes the rest of the sheet; `reproducible.save` puts the lines in their place, after the head.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.cell import stored_text
from pipeline.ledger.workbook.columns import Column
from pipeline.ledger.workbook.styles import Styles

_ROW_END = b"</row>"
_SIZE = re.compile(rb'(<dimension ref="A1:[A-Z]+)(\d+)')
_AT_ONCE = 1 << 16  # bytes of what is packed


class Lines:
    """The lines of one sheet, below its head of ``above`` rows."""

    def __init__(self, sheet: Worksheet, above: int) -> None:
        self.sheet = sheet
        self._above = above
        self._styles = Styles(sheet)
        self._packer = zlib.compressobj(1)
        self._packed = bytearray()
        self._last = above

    def write(
        self, line: int, cells: dict[str, str], columns: Iterable[Column], height: float, size: float, *, first: bool
    ) -> None:
        """Write the row numbered ``line``; ``first`` is the first line of a document's block, ``size`` that of its letters."""
        written = []
        for position, column in enumerate(columns, 1):
            text = stored_text(cells.get(column.key, ""))
            opening = f'<c r="{get_column_letter(position)}{line}" s="{self._styles.number(column, first, size, text)}"'
            written.append(f'{opening} t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else f"{opening}/>")
        row = f'<row r="{line}" ht="{height:g}" customHeight="1">{"".join(written)}</row>'
        self._packed += self._packer.compress(row.encode())
        self._last = line

    def within(self, sheet_xml: bytes) -> Iterator[bytes]:
        """The sheet as openpyxl wrote it, piece by piece, with the lines in it."""
        sheet_xml = _SIZE.sub(lambda found: b"%s%d" % (found[1], max(int(found[2]), self._last)), sheet_xml, count=1)
        at = 0
        for _ in range(self._above):
            at = sheet_xml.index(_ROW_END, at) + len(_ROW_END)
        yield sheet_xml[:at]
        self._packed += self._packer.flush()
        unpacker = zlib.decompressobj()
        for start in range(0, len(self._packed), _AT_ONCE):
            yield unpacker.decompress(self._packed[start : start + _AT_ONCE])
        yield sheet_xml[at:]
