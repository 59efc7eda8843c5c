"""The paper that a ledger is printed on (纸面): size, type, margins, and pages that end between two documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

_SIDE, _TOP, _BOTTOM = 0.28, 0.3, 0.4  # inches
_SAFE = 0.99  # of a page is planned for: printers and programs differ


@dataclass(frozen=True, slots=True)
class Paper:
    """``code`` is Excel's number of the size; columns are ``wider`` than the widths of the table; ``height`` is that of the
    sheet lying across, in points; ``points`` the size of the table's type."""

    name: str
    code: int
    wider: float
    height: float
    points: float

    @property
    def room(self) -> float:
        """What a page holds, in points."""
        return (self.height - 72 * (_TOP + _BOTTOM)) * _SAFE


A4 = Paper("A4", 9, 1.0, 595.0, 9.0)
A3 = Paper("A3", 8, 1.42, 842.0, 10.5)
PAPERS = {paper.name: paper for paper in (A4, A3)}


def plain_font(book: Workbook) -> None:
    """Arial 10 as the font of the workbook, though no cell shows it: its digits (7 pixels) give columns their width in every
    program, and a free font of its measures is everywhere. Where the font is missing (Calibri on Linux) columns come out up to a
    third wider, and the page is printed smaller."""
    book._fonts = IndexedList([Font(name="Arial", size=10, family=2)])  # type: ignore[attr-defined]
    book._named_styles["Normal"].font = book._fonts[0]  # type: ignore[attr-defined]


def set_width(sheet: Worksheet, position: int, width: float, *, hidden: bool = False) -> None:
    """The width of a column in the units of `heights`, in a workbook whose font is plain."""
    dimension = sheet.column_dimensions[get_column_letter(position)]
    dimension.width, dimension.hidden = width, hidden


def set_up_page(sheet: Worksheet, paper: Paper, header: int, width: int, end: int) -> None:
    """Across, one page wide, the row ``header`` on every page, page numbers below; columns from 1 to ``width``, rows to ``end``."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", paper.code
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{header}:{header}"
    sheet.print_area = f"A1:{get_column_letter(width)}{end}"
    margins = sheet.page_margins
    margins.left = margins.right = _SIDE
    margins.top, margins.bottom = _TOP, _BOTTOM
    margins.header = margins.footer = 0.2
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"  # type: ignore[union-attr]
    sheet.sheet_view.zoomScale = 100
    sheet.sheet_view.showGridLines = False


class Height(NamedTuple):
    """A row of a block and its height in points: as it stands, and where it begins a page and shows its document again."""

    row: int
    height: float
    shown_again: float


def break_between(sheet: Worksheet, paper: Paper, header: int, blocks: Iterable[Sequence[Height]]) -> list[int]:
    """End a page before a block of rows that would run over it; one higher than half a page is parted between two rows instead.

    Returns the rows that begin a page in the midst of a block, made as high as they must be to show their document again.
    """
    repeated = _height(sheet, header)
    filled = sum(_height(sheet, row) for row in range(1, header + 1))
    parted: list[int] = []
    for block in blocks:
        whole = sum(each.height for each in block)
        kept = whole <= paper.room / 2
        if filled + (whole if kept else block[0].height) > paper.room and filled > repeated:
            sheet.row_breaks.append(Break(id=block[0].row - 1))
            filled = repeated
        for number, each in enumerate(block):
            height = each.height
            if number and filled + height > paper.room:
                sheet.row_breaks.append(Break(id=each.row - 1))
                parted.append(each.row)
                filled, height = repeated, each.shown_again
                sheet.row_dimensions[each.row].height = height
            filled += height
    return parted


def _height(sheet: Worksheet, row: int) -> float:
    return float(sheet.row_dimensions[row].height or 15.0)
