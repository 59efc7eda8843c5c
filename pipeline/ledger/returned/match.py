"""Which document a line of a returned ledger is about (对号): by its hidden id, else by number and title, else it is refused.

A hidden id is believed only where the visible cells bear it out: sorting a part of the columns, or copying a row, parts the two.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.ledger.returned.sheets import Table
from pipeline.ledger.returned.words import DITTO, bare, decision_of
from pipeline.ledger.row import LedgerRow

_SIGNATURE = re.compile(
    r"\s*(?:主要负责人|单位负责人|填表人|填报人|联系电话|审核人|填报日期|填报单位)\s*(?:[（(](?:签字|盖章|签名)[)）])?\s*[：:]|封存校验值"
)
_SUM = re.compile(r"\s*[合小总共]\s*计\s*(?:$|[\d：:（(])")
_ID = re.compile(r"(?:[0-9a-f]{16}|h[0-9a-f]{15})(?:-.+)?")
_LIKE = 0.6  # of the letters of two titles, where the number is the same
_ALIKE = 0.85  # where there is no number
_PROGRAMS = frozenset({"document_id", "row_id", "scope", "version"})  # hidden columns
Cells = Mapping[str, tuple[str, str]]


@dataclass(slots=True)
class Line:
    """One line: where it stands, its cells (text, address) by column, and the document it was found to be about."""

    table: Table
    number: int
    cells: Cells
    document: str = ""
    refused: str = ""
    by_number: bool = False  # known by its number alone: its title is not the draft's

    def text(self, key: str) -> str:
        text = self.cells.get(key, ("", ""))[0]
        return "" if text in DITTO else text

    def where(self, key: str = "title") -> str:
        """The address of a cell, of the line's first where it has no such column."""
        return self.cells[key][1] if key in self.cells else self.table.grid.address(self.number, 1)

    @property
    def visible(self) -> tuple[str, ...]:
        """What a person sees in it, the number of the row apart."""
        return tuple("".join(text.split()) for key, (text, _) in self.cells.items() if key not in (*_PROGRAMS, "index"))

    @property
    def says(self) -> list[str]:
        """The keys of the visible cells that say something."""
        said = (key for key in self.cells if key not in (*_PROGRAMS, "index"))
        return [key for key in said if self.text(key)]


@dataclass(slots=True)
class Matched:
    """The lines of all tables, each with its document or the reason why it has none; ``asides`` are the addresses and texts of
    rows that are no document's: headings, words under the signatures."""

    lines: list[Line]
    asides: list[tuple[str, str]]


def matched(tables: Iterable[Table], drafted: Mapping[str, LedgerRow]) -> Matched:
    """The lines that say something, in the order of the sheets. ``drafted`` are the rows of the draft that the workbook was
    made from, by document id."""
    index = _Index(drafted)
    found = Matched([], [])
    for table in tables:
        found.lines += _lines(table, found.asides)
    copied = _copies(found.lines, index)
    before: Line | None = None
    for position, line in enumerate(found.lines):
        if before is not None and before.table is not line.table:
            before = None
        _settle(line, index, before, position in copied)
        before = line
    _ask_back(found, index)
    return found


def _lines(table: Table, asides: list[tuple[str, str]]) -> Iterator[Line]:
    signed = False
    for number, cells in table.lines():
        line, row = Line(table, number, cells), table.grid.row(number)
        first = next((text for text in row.values() if text not in DITTO), "")
        signed = signed or bool(_SIGNATURE.match(first))
        if _is_row(line, first, signed):
            yield line
        elif first and not _SIGNATURE.match(first) and not any(line.text(key) for key in _PROGRAMS):
            asides.append((table.grid.address(number, min(row)), " ".join("".join(text.split()) for text in row.values())))


def _is_row(line: Line, first: str, signed: bool) -> bool:
    """Whether a line is of a document. Signatures, sums, headings and notes are known by their place and shape: no id, no
    decision, and not the cells of a row. ``first`` is the leftmost text; ``signed``: the signatures stand above."""
    if not line.says:
        return False
    if any(_ID.fullmatch(line.text(key)) for key in ("document_id", "row_id")) or decision_of(line.text("decision")):
        return True
    if _SIGNATURE.match(first) or _SUM.match(first):
        return False
    alone = len(line.says) == 1
    return not (alone and (signed or line.cells[line.says[0]][1] in line.table.wide) and line.says != ["title"])


class _Index:
    """The draft's rows by id, by row id, and by what a person sees of them."""

    def __init__(self, drafted: Mapping[str, LedgerRow]):
        self.rows = drafted
        self.of_line = {line.row_id: id_ for id_, row in drafted.items() for line in row.details if line.row_id}
        self.content = {line.row_id: bare(line.content) for row in drafted.values() for line in row.details}
        self.named: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.titled: dict[str, list[str]] = defaultdict(list)
        self.numbered: dict[str, list[str]] = defaultdict(list)
        for id_, row in drafted.items():
            self.numbered[bare(row.number)].append(id_)
            self.named[bare(row.title), bare(row.number)].append(id_)
            self.titled[bare(row.title)].append(id_)

    def by_name(self, title: str, number: str) -> str:
        """The one document of this number and title; of this title, where only one has it and no number speaks against it."""
        exact = self.named.get((bare(title), bare(number)), [])
        if exact:
            return exact[0] if len(exact) == 1 else ""
        titled = self.titled.get(bare(title), []) if title and not number else []
        return titled[0] if len(titled) == 1 else ""

    def fits(self, id_: str, line: Line) -> bool:
        """Whether what a person sees of the line bears out its hidden id; one of title and number may have been corrected."""
        row = self.rows[id_]
        title, number = bare(line.text("title")), bare(line.text("number"))
        if (title, number) != (bare(row.title), bare(row.number)) and self.named.get((title, number)):
            return False  # it is another's name
        same_content = self.content.get(line.text("row_id"), "") == bare(line.text("content")) != ""
        return title in ("", bare(row.title)) or (number != "" and number == bare(row.number)) or same_content


def _copies(lines: list[Line], index: _Index) -> set[int]:
    """Lines that were copied from another and made into a new document: its row id, but another title and number."""
    holders: dict[str, list[int]] = defaultdict(list)
    for position, line in enumerate(lines):
        if line.text("row_id"):
            holders[line.text("row_id")].append(position)
    copied: set[int] = set()
    for row_id, positions in holders.items():
        row = index.rows.get(index.of_line.get(row_id, ""))
        if row is None or len(positions) < 2:
            continue
        own = [p for p in positions if bare(lines[p].text("title")) == bare(row.title)]
        others = [p for p in positions if p not in own and bare(lines[p].text("number")) != bare(row.number)]
        if own:
            copied |= {p for p in others if not index.titled.get(bare(lines[p].text("title")))}
    return copied


def _settle(line: Line, index: _Index, before: Line | None, copied: bool) -> None:
    """Cases in the order in which they decide."""
    id_, row_id, title = line.text("document_id"), line.text("row_id"), line.text("title")
    owner = index.of_line.get(row_id, "")
    # 1. a copy that was made into another document
    if copied:
        line.document = added_id(title, line.text("number"))
    # 2. the two hidden ids contradict each other
    elif id_ in index.rows and owner and owner != id_:
        line.refused = "隐藏的“文件标识”和“行标识”属于两个不同的文件，可能只对部分列排过序"
    # 3. a hidden id that the visible cells bear out
    elif known := (id_ if id_ in index.rows else owner):
        if index.fits(known, line):
            line.document = known
        else:
            line.refused = (
                f"文件名称“{title}”与隐藏标识所指的《{index.rows[known].title}》对不上，可能只对部分列排过序或覆盖粘贴"
            )
    # 4. what stands in the hidden columns is no id: the cells were moved
    elif any(text and not _ID.fullmatch(text) for text in (id_, row_id)):
        line.refused = "隐藏标识处不是标识，可能单元格移了位"
    # 5. number and title
    elif found := index.by_name(title, line.text("number")) if title else "":
        line.document = found
    elif title and bare(title) in index.titled and not line.text("number"):
        line.refused = "有几个文件同名，隐藏标识和文号都没有，不知是哪一个；请补填发文字号"
    # 6. an id that is not of this draft
    elif id_:
        line.refused = "隐藏标识不属于这份台账（可能来自另一个档案，或单元格移位）"
    # 7. a row that a person added
    elif title:
        line.document = added_id(title, line.text("number"))
    # 8. a further line of the document above
    elif before is not None and before.document and not line.text("decision") and line.text("content"):
        line.document = before.document
    else:
        said = "、".join(f"“{line.text(key)[:20]}”" for key in line.says[:2])
        line.refused = f"{said}没有文件名称，也没有标识，不知属于哪个文件"


def _ask_back(found: Matched, index: _Index) -> None:
    """Rows that would be added, though a document of the draft that the workbook lacks is like them; and those that hold a
    title and nothing else, which may be a note."""
    settled = {line.document for line in found.lines}
    for line in list(found.lines):
        if line.refused or line.document in index.rows or not line.document.startswith("h"):
            continue
        title, number = bare(line.text("title")), bare(line.text("number"))
        named = [id_ for id_ in index.numbered.get(number, []) if number and id_ not in settled]
        if len(named) == 1 and _alike(title, bare(index.rows[named[0]].title)) >= _LIKE:
            line.document, line.by_number = named[0], True
            settled.add(named[0])
        elif named:
            line.refused = (
                f"文号与草稿中的《{index.rows[named[0]].title}》相同，名称“{line.text('title')}”却不同；请改正名称或文号"
            )
        elif row := next((row for id_, row in index.rows.items() if id_ not in settled and _may_be(title, number, row)), None):
            line.refused = (
                f"名称“{line.text('title')}”与草稿中的《{row.title}》{row.number}相近，不知是不是它；请照草稿写全名称和文号"
            )
        elif line.says == ["title"]:
            found.lines.remove(line)
            found.asides.append((line.where(), line.text("title")))


def _may_be(title: str, number: str, row: LedgerRow) -> bool:
    """Whether a row as retyped may be one of the draft: its title, or nearly, and no other number beside another title."""
    drafted = bare(row.title)
    if title == drafted:
        return True
    return not (number and row.number) and _alike(title, drafted) >= _ALIKE


def _alike(first: str, second: str) -> float:
    """How much of two titles is the same: 1 where the one is a part of the other."""
    if min(len(first), len(second)) >= 6 and (first in second or second in first):
        return 1.0
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio() if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= _LIKE else 0.0


def added_id(title: str, number: str) -> str:
    """The id of a document that a person added by hand: the same row read twice is the same document."""
    return "h" + hashlib.sha256(f"{bare(number)}\0{bare(title)}".encode()).hexdigest()[:15]
