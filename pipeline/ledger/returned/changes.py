"""What the rows of a returned ledger say against their draft (与草稿比较): edits by field, with the cells they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.document import Disposition
from pipeline.ledger.returned.beside import advice_changed, misplaced, notes
from pipeline.ledger.returned.details import details_of, same_lines
from pipeline.ledger.returned.match import Line, Matched, matched
from pipeline.ledger.returned.sheets import Book, open_book
from pipeline.ledger.returned.words import DITTO, WITHDRAWN, bare, date_of, decision_of, same
from pipeline.ledger.row import LedgerRow, lines_as_json
from pipeline.ledger.unit import Scope, Unit
from pipeline.ledger.workbook.read import CellProblem, LedgerError

_PERSONS = ("deadline", "progress", "contact", "remark")
_DOCUMENTS = ("title", "number", "issuers", "date", "drafter", "in_name_of")
_FILLED = frozenset({"decision", *_PERSONS, *_DOCUMENTS})
_DATES = frozenset({"date", "deadline"})
_YES_NO = frozenset({"", "是", "否", "待核"})
#: What the program writes into 机器建议; anything else there was moved from another column.
_SUGGESTED = frozenset({"", *map(str, Disposition)})
_LEAST_KNOWN = 0.5  # of the rows of a workbook without mark, so that another unit's is not taken for ours


class Edit(NamedTuple):
    """A field that a person changed: what the draft said, what the workbook says, and where."""

    before: str
    after: str
    cell: str


@dataclass(slots=True)
class ReturnedRow:
    """One document of the workbook: the row as it stands there, and what was changed of it. ``added``: not in the draft."""

    document: str
    row: LedgerRow
    edits: dict[str, Edit]
    cell: str
    added: bool = False


@dataclass(slots=True)
class Returned:
    """A returned ledger. ``refused`` are rows that were not understood, each with its problems; ``missing`` the draft's
    documents that it lacks; ``cleared`` those whose decision the draft had and the workbook has not (it stands);
    ``knows_draft`` is False where the mark was lost, so that it is not known what the person had before them."""

    rows: list[ReturnedRow]
    refused: list[str]
    problems: list[CellProblem]
    missing: list[LedgerRow]
    cleared: list[CellProblem]
    notes: list[str] = field(default_factory=list)
    knows_draft: bool = True


def read_returned(path: str | Path, drafts: Callable[[str], Sequence[LedgerRow] | None], unit: Unit | None = None) -> Returned:
    """Read a ledger that came back. ``drafts`` gives the rows of a draft by its id, of the latest for "", None where it is
    not one of ours. Raises FileNotFoundError; LedgerError where the workbook is not of this archive or has no table."""
    path = Path(path)
    latest = drafts("") or ()
    try:
        book = open_book(path, frozenset(text for row in latest for text in (row.document_id, row.title)))
        drafted = _draft(book, drafts)
        _refuse_other_unit(book, unit)
    except LedgerError as error:
        said = str(error)
        raise LedgerError(said if said.startswith(str(path)) else f"{path}：{said}") from error
    by_id = {row.document_id: row for row in drafted}
    read = matched(book.tables, by_id)
    if not book.draft:
        _refuse_strangers(path, read.lines, by_id)
    found = _Comparison(path.name, by_id, bool(book.draft))
    for document, block in _blocks(read.lines, by_id).items():
        found.compare(document, block)
    told = [*book.notes, *(advice_changed(book.working, by_id) if book.draft else ())]
    return found.returned((row for row in drafted if row.document_id not in found.seen), read, told)


def _draft(book: Book, drafts: Callable[[str], Sequence[LedgerRow] | None]) -> Sequence[LedgerRow]:
    rows = drafts(book.draft)
    if book.draft and rows is None:
        raise LedgerError("这份台账不是由本输出目录生成的（暗记对不上），可能属于另一个档案或另一个单位。没有读入任何内容。")
    return rows or ()


def _refuse_other_unit(book: Book, unit: Unit | None) -> None:
    if unit is None:
        return
    names = {bare(name) for name in (unit.name, *unit.aliases)}
    for table in book.tables:
        if table.unit and bare(table.unit) not in names:
            raise LedgerError(f"台账的填报单位是“{table.unit}”，本单位是“{unit.name}”。没有读入任何内容。")


def _refuse_strangers(path: Path, lines: Sequence[Line], drafted: Mapping[str, LedgerRow]) -> None:
    known = sum(line.document in drafted for line in lines)
    if lines and known < _LEAST_KNOWN * len(lines):
        raise LedgerError(
            f"{path}：没有暗记，{len(lines)} 行中只有 {known} 行能与本次扫描的文件对上，可能属于另一个档案。没有读入任何内容。"
        )


def _blocks(lines: Iterable[Line], drafted: Mapping[str, LedgerRow]) -> dict[str, list[Line]]:
    """Lines by document. A refused line takes the document with it that its hidden id names, so that none is read in part."""
    blocks: dict[str, list[Line]] = {}
    for line in lines:
        about = line.text("document_id")
        key = line.document or (about if about in drafted else f"？{line.table.name}!{about or line.number}")
        blocks.setdefault(key, []).append(line)
    return blocks


class _Comparison:
    """Compares block by block and gathers what came of it."""

    def __init__(self, file: str, drafted: Mapping[str, LedgerRow], knows_draft: bool):
        self._file, self._drafted, self._knows = file, drafted, knows_draft
        self._firsts = {row.details[0].row_id for row in drafted.values() if row.details}
        self.seen: set[str] = set()
        self._rows: list[ReturnedRow] = []
        self._refused: list[str] = []
        self._problems: list[CellProblem] = []
        self._cleared: list[CellProblem] = []
        self._notes: list[str] = []

    def returned(self, missing: Iterable[LedgerRow], read: Matched, told: Sequence[str]) -> Returned:
        gone = [row for row in missing if row.document_id not in self.seen]
        undecided = {row.document: row.row.title for row in self._rows if not row.row.decision}
        beside = [f"{self._file} {note}" for note in (*told, *notes(read.lines, undecided, read.asides))]
        noted = [*self._notes, *beside]
        return Returned(self._rows, self._refused, self._problems, gone, self._cleared, noted, self._knows)

    def compare(self, document: str, lines: list[Line]) -> None:
        problems = [CellProblem(self._file, line.where(), line.refused) for line in lines if line.refused]
        drafted = self._drafted.get(document)
        self.seen |= {line.text("document_id") for line in lines} & self._drafted.keys()
        self.seen.add(document)
        lines = self._without_copies(lines)
        problems += self._unreadable(lines)
        decision, cell = self._decision(lines, problems)
        problems += self._elsewhere(lines, drafted, decision)
        edits = self._edits(drafted or _empty(document), lines, problems)
        self._two_sheets(lines, problems)
        if problems:
            self._problems += problems
            self._refused.append(document)
            return
        self._decide(drafted, decision or "", cell or lines[0].where("decision"), edits)
        details = details_of(document, drafted, lines)
        if drafted is not None and not same_lines(details, drafted.details):
            if len(details) < len(drafted.details):
                counts = f"原有 {len(drafted.details)} 行，现为 {len(details)} 行"
                self._notes.append(f"{self._file} {lines[0].where()}：《{drafted.title}》的措施明细{counts}，已按此记入")
            edits["lines"] = Edit(lines_as_json(drafted.details), lines_as_json(details), lines[0].where("content"))
        scope = self._scope(drafted, lines[0], edits)
        version = lines[0].cells["version"][0] if "version" in lines[0].cells else drafted.version if drafted else ""
        said: dict[str, Any] = {name: edit.after for name, edit in edits.items() if name not in ("lines", "scope")}
        row = replace(drafted or _empty(document), **said, details=details, scope=scope, version=version)
        self._rows.append(ReturnedRow(document, row, edits, cell or lines[0].where("decision"), drafted is None))

    def _without_copies(self, lines: list[Line]) -> list[Line]:
        """A line that stands there twice, word for word, counts once."""
        kept: dict[tuple, Line] = {}
        for line in lines:
            key = (line.text("row_id"), line.visible)
            if key in kept and line.text("row_id"):
                self._notes.append(f"{self._file} {line.where()}：与 {kept[key].where()} 完全相同，只计一次")
            else:
                kept[key if line.text("row_id") else (line.where(),)] = line
        return list(kept.values())

    def _unreadable(self, lines: Iterable[Line]) -> list[CellProblem]:
        found = []
        for line in lines:
            for key, (_, address) in line.cells.items():
                if address in line.table.unknown:
                    found.append(CellProblem(self._file, address, "是公式而没有计算结果，不知填的是什么；请改为文字"))
                elif key in _FILLED and address in line.table.wide:
                    found.append(CellProblem(self._file, address, "与别的列合并了，不知填的是哪一栏；请取消合并后重填"))
        return found

    def _elsewhere(self, lines: Sequence[Line], drafted: LedgerRow | None, decision: str | None) -> list[CellProblem]:
        """Decisions that stand in other cells, and a suggestion that is not the program's any more."""
        found = []
        for line in lines:
            suggested = line.text("suggestion")
            known = {drafted.suggestion} if drafted is not None and self._knows else _SUGGESTED
            if suggested and suggested not in known and decision_of(suggested) != decision:
                reason = "“机器建议”一栏不是原来的内容，可能填错了栏或单元格移了位；处置意见请填到处置意见一栏"
                found.append(CellProblem(self._file, line.where("suggestion"), reason))
        stands = decision or (drafted.decision if drafted is not None and self._knows else "")
        own = replace(drafted, suggestion=lines[0].text("suggestion")) if drafted is not None else None
        return found + [CellProblem(self._file, cell, reason) for cell, reason in misplaced(lines, own, stands)]

    def _decision(self, lines: Sequence[Line], problems: list[CellProblem]) -> tuple[str | None, str]:
        """The block's decision and its cell: None where nothing is written, empty where it says "not decided"."""
        said: tuple[str, str] | None = None
        first, *_ = sorted(lines, key=lambda line: line.text("row_id") not in self._firsts)
        raw, address = first.cells.get("decision", ("", ""))
        if raw in DITTO:
            reason = f"处置意见是“{raw}”，不知所指（可能删去了该文件的第一行，或单独对此列排过序）；请在此填写"
            problems.append(CellProblem(self._file, address, reason))
        for line in lines:
            text, address = line.cells.get("decision", ("", ""))
            if not text or text in DITTO:
                continue
            meant = decision_of(text)
            if meant is None:
                reason = f"处置意见“{text}”不能确定意思，请填保留、修订、立法、废止或不列入"
                problems.append(CellProblem(self._file, address, reason))
            elif meant and said and said[0] and said[0] != meant:
                reason = f"同一文件的处置意见不一致：{said[1]}填“{said[0]}”，此处填“{meant}”"
                problems.append(CellProblem(self._file, address, reason))
            elif said is None or meant:
                said = meant, address
        return said or (None, "")

    def _edits(self, drafted: LedgerRow, lines: Sequence[Line], problems: list[CellProblem]) -> dict[str, Edit]:
        edits = {}
        for name in (*_PERSONS, *_DOCUMENTS):
            if not any(name in line.cells for line in lines):
                continue  # a column that was taken out says nothing
            if name == "title" and any(line.by_number for line in lines):
                continue  # retyped, and shortened: the draft's is the document's own
            before = str(getattr(drafted, name))
            values: dict[str, str] = {}
            for line in lines:
                if (text := line.text(name)) and not same(_read(name, text), _read(name, before)):
                    values.setdefault(_read(name, text), line.where(name))
            if len(values) > 1:
                shown = "、".join(f"{cell}“{text[:20]}”" for text, cell in values.items())
                problems.append(CellProblem(self._file, next(iter(values.values())), f"同一文件此栏填得不一致：{shown}"))
            elif values:
                ((text, cell),) = values.items()
                if name == "in_name_of" and text not in _YES_NO:
                    problems.append(CellProblem(self._file, cell, f"“{text}”应为是或否，可能单元格移位"))
                edits[name] = Edit(before, text, cell)
            elif before and self._knows and name != "title" and _cleared(name, lines):
                edits[name] = Edit(before, "", lines[0].where(name))
                shown = before.replace("\n", " ")[:20]
                self._notes.append(f"{self._file} {lines[0].where(name)}：原为“{shown}”，现为空白，已按清空记入")
        return edits

    def _two_sheets(self, lines: Sequence[Line], problems: list[CellProblem]) -> None:
        if len({line.table.outside for line in lines}) > 1:
            other = next(line for line in lines if line.table.outside != lines[0].table.outside)
            reason = f"同一文件同时列在两张表中（另见{lines[0].where()}），不知属不属本单位"
            problems.append(CellProblem(self._file, other.where(), reason))

    def _decide(self, drafted: LedgerRow | None, decision: str, cell: str, edits: dict[str, Edit]) -> None:
        before = drafted.decision if drafted and self._knows else ""
        if not decision and before:
            self._cleared.append(
                CellProblem(self._file, cell, f"此前已决定“{before}”，这里是空白，原决定仍有效；撤回请填“撤回”")
            )
        if decision and decision != before:
            edits["decision"] = Edit(before, "" if decision == WITHDRAWN else decision, cell)

    def _scope(self, drafted: LedgerRow | None, line: Line, edits: dict[str, Edit]) -> Scope:
        """Whose the document is: as drafted, unless the person moved the row to the other sheet."""
        outside = line.table.outside
        if drafted is not None and drafted.belongs != outside:
            return drafted.scope
        moved = Scope.OUTSIDE if outside else Scope.NO_UNIT
        if drafted is not None:
            edits["scope"] = Edit(drafted.scope.value, moved.value, line.where())
        return moved


def _cleared(name: str, lines: Sequence[Line]) -> bool:
    """Whether a person emptied the cell; ditto marks alone say nothing."""
    return any(line.cells[name][0] == "" for line in lines) and not any(line.text(name) for line in lines)


def _read(name: str, text: str) -> str:
    return date_of(text) if name in _DATES else text


def _empty(document: str) -> LedgerRow:
    return LedgerRow(document_id=document, scope=Scope.NO_UNIT, title="")
