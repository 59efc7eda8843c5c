"""What a returned ledger says outside its decisions' column (不在处置意见栏里的话): words in other columns, comments, colours.

A decision that stands elsewhere is never guessed: where its own cell is blank or says otherwise, the person is asked. What else
stands beside the table is told, since it is not read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from openpyxl.utils import get_column_letter

from pipeline.ledger.returned.grid import stands_out
from pipeline.ledger.returned.match import Line
from pipeline.ledger.returned.sheets import Table
from pipeline.ledger.returned.words import DITTO, WITHDRAWN, decision_of, mentioned, same
from pipeline.ledger.row import LedgerRow
from pipeline.ledger.workbook.columns import columns

_HIDDEN = frozenset({"document_id", "row_id", "scope", "version", "index", "decision"})
_IN_BRACKETS = re.compile(r"[（(【\[]([^（(【\[)）】\]]{2,8})[)）】\]]")
_SHOWN = 30
_MOST_NOTES = 12


def misplaced(lines: Sequence[Line], drafted: LedgerRow | None, decision: str) -> Iterator[tuple[str, str]]:
    """Address and reason of each cell or comment of a document that says another decision than ``decision`` (empty: none)."""
    own = f"处置意见一栏是“{decision}”" if decision else "处置意见一栏是空白"
    for line in lines:
        for name, text, address in _cells(line, drafted):
            if (word := _word(text)) and word != decision:
                yield address, f"“{text[:_SHOWN]}”写在{name}，而{own}；是处置意见的请填到处置意见一栏，不是的请改写"
        for column, comment in _comments(line):
            if (said := mentioned(comment)) and decision not in said:
                address = line.table.grid.address(line.number, column)
                yield (
                    address,
                    f"批注“{comment[:_SHOWN]}”提到{'、'.join(sorted(said))}，而{own}；批注不是处置意见，请填到格中或删去批注",
                )
        at = next((position for position, key in line.table.keys.items() if key == "decision"), 0)
        look = line.table.grid.looks.get((line.number, at))
        if look is not None and look.struck and line.text("decision"):
            yield line.where("decision"), f"“{line.text('decision')}”加了删除线，不知是否仍作此决定；请去掉删除线或改填"


def _cells(line: Line, drafted: LedgerRow | None) -> Iterator[tuple[str, str, str]]:
    """The cells that a person changed or added: where, in words; what they say; the address."""
    for key, (text, address) in line.cells.items():
        if key in _HIDDEN or not text or text in DITTO or (drafted is None and key == "title"):
            continue
        if any(same(text, before) for before in _before(drafted, key)):
            continue
        header = next(column.header for column in columns() if column.key == key)
        bracketed = _IN_BRACKETS.findall(text) if key == "title" else []
        said = next((each for each in bracketed if _word(each)), text)
        yield f"“{header.partition('（')[0]}”一栏", said, address
    for column, text in line.table.grid.row(line.number).items():
        if column not in line.table.keys:
            yield (
                f"{get_column_letter(column)}列（{_header(line.table, column)}）",
                text,
                line.table.grid.address(line.number, column),
            )


def _before(drafted: LedgerRow | None, key: str) -> list[str]:
    if drafted is None:
        return []
    whole = getattr(drafted, key, None)
    return [str(whole)] if whole is not None else [str(getattr(line, key)) for line in drafted.details]


def _word(text: str) -> str:
    word = decision_of(text) if len(text) <= 20 else None
    return "" if word in (None, WITHDRAWN) else word or ""


def _comments(line: Line) -> Iterator[tuple[int, str]]:
    return ((column, text) for (row, column), text in line.table.grid.comments.items() if row == line.number)


def _header(table: Table, column: int) -> str:
    return table.grid.row(table.header).get(column, "").strip()[:_SHOWN] or "没有表头"


def notes(lines: Iterable[Line], undecided: Mapping[str, str], asides: Sequence[tuple[str, str]]) -> list[str]:
    """What stands in the sheets and is not read, in sentences. ``undecided`` are the documents without a decision (id -> title)."""
    lines = list(lines)
    return [
        *(f"{address}“{text[:_SHOWN]}”不是台账的行，没有读入" for address, text in asides[:_MOST_NOTES]),
        *([f"……另有 {len(asides) - _MOST_NOTES} 行文字没有读入"] if len(asides) > _MOST_NOTES else []),
        *_columns(lines),
        *_unread_comments(lines),
        *_coloured(lines, undecided),
        *_named_sheets(lines, undecided),
    ]


def advice_changed(working: Iterable[Table], drafted: Mapping[str, LedgerRow]) -> Iterator[str]:
    """Where a person wrote over the program's suggestion on its own sheet, perhaps meaning to decide."""
    for table in working:
        for _, cells in table.lines():
            text, address = cells["suggestion"]
            row = drafted.get(cells["document_id"][0])
            if row is not None and text and text not in DITTO and not same(text, row.suggestion):
                yield f"{address} 的“{row.suggestion}”被改为“{text[:_SHOWN]}”；这张表不读入，处置意见请填在台账上"


def _columns(lines: Sequence[Line]) -> Iterator[str]:
    """Columns that are not the ledger's."""
    found: dict[tuple[str, str, str], int] = defaultdict(int)
    for line in lines:
        for column in line.table.grid.row(line.number).keys() - line.table.keys.keys():
            found[line.table.name, get_column_letter(column), _header(line.table, column)] += 1
    for (sheet, letter, header), count in found.items():
        yield f"{sheet} {letter}列（{header}）不是台账的列，其中 {count} 格内容没有读入"


def _unread_comments(lines: Sequence[Line]) -> list[str]:
    said = [
        f"{line.table.grid.address(line.number, column)} 的批注“{text[:_SHOWN]}”没有读入"
        for line in lines
        for column, text in _comments(line)
    ]
    return said[:_MOST_NOTES] + ([f"……另有 {len(said) - _MOST_NOTES} 个批注没有读入"] if len(said) > _MOST_NOTES else [])


def _coloured(lines: Sequence[Line], undecided: Mapping[str, str]) -> Iterator[str]:
    """Undecided rows that a person coloured or struck out; where most rows are, the form itself is of that colour."""
    coloured = [line for line in lines if _stands_out(line)]
    if len(coloured) * 2 > len(lines) and len(lines) > 4:
        return
    for line in coloured:
        if line.document in undecided:
            where = f"{line.table.name} 第{line.number}行"
            yield f"{where}（《{undecided[line.document]}》）标了颜色或删除线，而没有填处置意见；颜色和删除线不是处置意见"


def _stands_out(line: Line) -> bool:
    grid = line.table.grid
    looks = (grid.looks.get((line.number, column)) for column in line.table.keys)
    return any(look is not None and stands_out(look) for look in looks)


def _named_sheets(lines: Sequence[Line], undecided: Mapping[str, str]) -> Iterator[str]:
    """Sheets whose name is a decision, which is none."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.document in undecided and mentioned(line.table.name):
            found[line.table.name].add(line.document)
    for name, documents in found.items():
        yield f"工作表“{name}”中有 {len(documents)} 个文件没有填处置意见；工作表的名称不是处置意见"
