"""The header of a form (样表的表头): of one row or several, with merged cells, wherever it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.returned import ticks
from pipeline.ledger.workbook.columns import bare, column_of, columns
from pipeline.ledger.workbook.read import as_text

_SEARCH, _DEEPEST, _LEAST = 30, 3, 3  # rows from the top; levels of a header; columns that must be known
_SHORTEST = 4  # characters of a known name that another name must contain to be taken for like it
#: Columns whose parts ("现有依据／名称") may stand under a common head: the first part takes the whole text.
_WHOLE = frozenset({"content", "bases"})
_OF_DECISIONS = re.compile("处置|清理|处理|意见|结果|建议")
_LONGEST = 60  # characters of a header


class Heading(NamedTuple):
    """A column of the form: where it stands (from 1), its names from the top level down, the key of ours that it means (empty:
    none), and how that was found."""

    position: int
    path: tuple[str, ...]
    key: str
    how: str

    @property
    def name(self) -> str:
        return "／".join(self.path)


@dataclass(frozen=True, slots=True)
class Header:
    """A form's header: its sheet, its first and last row, its columns."""

    sheet: str
    first: int
    last: int
    headings: tuple[Heading, ...]


def find_form(book: Workbook) -> Header | None:
    """The header of the workbook that names most of our columns, the document's name among them; None where there is none."""
    found = [header for sheet in book.worksheets if sheet.sheet_state == "visible" and (header := _find(sheet))]
    return max(found, key=_known, default=None)


def _known(header: Header) -> int:
    return sum(bool(heading.key) for heading in header.headings)


def _find(sheet: Worksheet) -> Header | None:
    texts = _texts(sheet)
    best: Header | None = None
    for first in range(1, min(_SEARCH, sheet.max_row) + 1):
        if len({text for (row, _), text in texts.items() if row == first}) < _LEAST:
            continue  # a title, or the line for unit and date
        last = first
        while last < first + _DEEPEST - 1 and last < sheet.max_row and _goes_on(sheet, last, last + 1, texts):
            last += 1
        header = Header(sheet.title, first, last, _headings(texts, first, last, sheet.max_column))
        named = "title" in {heading.key for heading in header.headings} and _known(header) >= _LEAST
        if named and (best is None or _known(header) > _known(best)):
            best = header
    return best


def _texts(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """The texts in the rows in which a header may stand; merged cells show theirs all over."""
    rows = sheet.iter_rows(max_row=min(sheet.max_row, _SEARCH + _DEEPEST))
    texts = {(cell.row, cell.column): as_text(cell.value) for row in rows for cell in row if cell.value is not None}
    for area in sheet.merged_cells.ranges:
        if text := texts.get((area.min_row, area.min_col)):
            texts |= {
                (row, column): text
                for row in range(area.min_row, min(area.max_row, _SEARCH) + 1)
                for column in range(area.min_col, area.max_col + 1)
            }
    return texts


def _goes_on(sheet: Worksheet, upper: int, lower: int, texts: dict[tuple[int, int], str]) -> bool:
    """Whether ``lower`` is a further level of the header: names under a common head, or cells merged down into it."""
    for area in sheet.merged_cells.ranges:
        if area.min_row <= upper < lower <= area.max_row:
            return True
        if area.min_row <= upper <= area.max_row and area.max_col > area.min_col and upper == area.max_row:
            under = {texts.get((lower, column), "") for column in range(area.min_col, area.max_col + 1)}
            if len(under - {""}) > 1:
                return True
    return False


def _headings(texts: dict[tuple[int, int], str], first: int, last: int, width: int) -> tuple[Heading, ...]:
    made: list[Heading] = []
    taken: set[str] = set()
    paths = {
        at: tuple(dict.fromkeys(filter(None, (texts.get((row, at), "") for row in range(first, last + 1)))))
        for at in range(1, width + 1)
    }
    named = {at: _exact(path) for at, path in paths.items()}
    named |= _ticked(paths) | {at: ticks.BOXES for at, key in named.items() if key == "decision" and _boxes(texts, last, at)}
    for at, path in paths.items():
        if not path or any(len(name) > _LONGEST for name in path):
            continue
        key, how = named[at], "同名" if named[at] else ""
        if not key and (key := _like(path, {each for each in named.values() if each})):
            how = "近似"
        if key in taken:
            key, how = "", ""
        taken |= {key} - {""}
        made.append(Heading(at, tuple(" ".join(name.split()) for name in path), key, how))
    return tuple(made)


def _boxes(texts: dict[tuple[int, int], str], last: int, at: int) -> bool:
    return ticks.has_boxes(texts.get((last + 1, at), ""))


def _ticked(paths: dict[int, tuple[str, ...]]) -> dict[int, str]:
    """The columns in which a decision is ticked: two at least, side by side or under a head that is about decisions (现有依据／
    废止 is none)."""
    found = {at: key for at, path in paths.items() if path and _decides(path[:-1]) and (key := ticks.decision_column(path[-1]))}
    return found if len(set(found.values())) > 1 else {}


def _decides(above: tuple[str, ...]) -> bool:
    return all(column_of(name) in ("decision", None) and _OF_DECISIONS.search(name) for name in above)


def _exact(path: tuple[str, ...]) -> str:
    """The key that the names mean. A part of a known column (处置意见／保留, 现有依据／名称) is not another column of its name."""
    whole = [column_of(path[at - 1]) or "" for at in range(1, len(path))] if len(path) > 1 else []
    if known := next(filter(None, whole), ""):
        return known if known in _WHOLE else ""
    return (column_of(path[-1]) or column_of("".join(path)) or "") if path else ""


def _like(path: tuple[str, ...], taken: set[str]) -> str:
    """The key of the longest known name that the names contain."""
    if len(path) > 1 and column_of(path[0]):
        return ""
    name = bare("".join(path))
    known = [
        (len(bare(each)), column.key)
        for column in columns()
        if column.kind != "hidden" and column.key not in taken
        for each in (column.header, *column.aliases)
        if len(bare(each)) >= _SHORTEST and bare(each) in name
    ]
    return max(known, default=(0, ""))[1]
