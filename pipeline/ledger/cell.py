"""Text that is safe in a cell of a workbook: never a formula, never broken XML, never too long."""

from __future__ import annotations

import re

from openpyxl.cell import Cell, MergedCell

LONGEST = 32_767  # characters of a cell, in UTF-16 units (Excel's limit)
CUT = "……（以下截断，见原文）"
#: What XML 1.0 cannot hold, lone surrogates among it.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
#: What a spreadsheet program may take for the beginning of a formula, in both widths.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
#: Excel reads _x0041_ in a string as the character; the way to write it literally is to escape its underscore.
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def cell_text(text: str) -> str:
    """``text`` as a cell can show it: line ends made \\n, tabs spaces, illegal characters removed, cut at Excel's limit.

    >>> cell_text("=1+1\\r\\n\\x00二")
    '=1+1\\n二'
    """
    text = _ILLEGAL.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " ")).strip()
    if 2 * len(text) <= LONGEST or _units(text) <= LONGEST:
        return text
    room = (LONGEST - len(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore").rstrip() + CUT


def stored_text(text: str) -> str:
    """``text`` as the string that a workbook stores for it."""
    return _ESCAPE_LOOKALIKE.sub("_x005F_", cell_text(text))


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write ``text`` as text, whatever it begins with; an empty text leaves the cell empty."""
    text = stored_text(text)
    if not text or isinstance(cell, MergedCell):
        return
    cell.value = text
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def read_text(stored: str) -> str:
    """The text that a stored string shows: what `put_text` or Excel escaped is undone.

    >>> read_text("_x005F_x0041_"), read_text("甲_x000D_")
    ('_x0041_', '甲')
    """
    return cell_text(_ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), stored))


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
