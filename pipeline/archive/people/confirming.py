"""A returned ledger taken in (读回台账): its edits against what has been decided since its draft was handed out.

Nothing is taken unless all is understood, or the person says ``partial``. The same cell filled in differently by two people is
a conflict, and a person chooses.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.archive.people.identity import CHANGED, GONE, UNREADABLE, facts, leading, places
from pipeline.archive.people.kept import refuse_lost
from pipeline.archive.people.records import open_journal
from pipeline.archive.people.reviewing import person
from pipeline.archive.people.sealed import sealed_documents
from pipeline.archive.people.units import unit_of
from pipeline.archive.people.views import undecorated, unmarked
from pipeline.archive.store import Store
from pipeline.decisions import (
    ADDED,
    BY_LEDGER,
    DECISION,
    FIELDS,
    IDENTITY,
    LINES,
    NOTE,
    ROW,
    Batch,
    Change,
    Event,
    Journal,
    Standing,
    standing,
)
from pipeline.ledger import (
    Edit,
    LedgerError,
    LedgerRow,
    Returned,
    ReturnedRow,
    Scope,
    as_json,
    lines_as_json,
    lines_from_json,
    read_returned,
    row_from_json,
    same,
)

_SHOWN = 20
#: What may still be filled in after the seal (完成情况, 完成时限).
AFTER_SEAL = frozenset({"progress", "deadline", "contact", "remark"})


@dataclass(slots=True)
class Confirmed:
    """The sum of a reading: read = decided + unchanged + added + refused. ``missing`` are documents of the draft that the
    workbook lacks, ``cleared`` those whose decision was emptied: what was decided of both stands. ``reading`` is the number
    of the reading in the journal (0: nothing new)."""

    read: int = 0
    decided: int = 0
    unchanged: int = 0
    added: int = 0
    refused: int = 0
    undecided: int = 0
    reading: int = 0
    missing: list[str] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The sum that closes."""
        return (
            f"读入 {self.read} 行 = 作出或改动决定 {self.decided} + 没有变化 {self.unchanged} + 手工增加 {self.added} + "
            f"没有读入 {self.refused}（一个文件计一行）"
        )


def confirm(out: str | Path, ledger: str | Path, *, who: str = "", partial: bool = False, take_mine: bool = False) -> Confirmed:
    """Take over what people filled into a ledger. Raises FileNotFoundError; LedgerError that names every cell that was not
    understood, every conflict, or why the workbook is not of this archive: nothing is taken then."""
    out, ledger = Path(out), Path(ledger)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    with Store(out / "scan.sqlite") as store, open_journal(out) as journal:
        refuse_lost(journal, store)
        returned = read_returned(ledger, lambda id_: _draft(journal, id_), unit_of(out, store))
        reading = _Reading(out, journal, store, returned, ledger.name, take_mine, person(who) if who.strip() else "")
        told = reading.told
        if (told.problems or told.conflicts) and not partial:
            raise LedgerError(_refusal(ledger, told))
        if reading.sealed and not reading.changes and not told.refused:
            raise LedgerError(f"{out} 中的台账已封存，不能再改，这份台账也没有新填的完成情况；新发现的文件见增补台账。")
        version = store.get_meta("version")
        source = f"{ledger.name}（{hashlib.sha256(ledger.read_bytes()).hexdigest()[:16]}）"
        told.reading = journal.append(reading.changes, Batch(BY_LEDGER, source, person(who), version))
    return told


def _draft(journal: Journal, id_: str) -> list[LedgerRow] | None:
    bodies = journal.draft(id_)
    return None if bodies is None else [row_from_json(body) for body in bodies]


def _refusal(ledger: Path, told: Confirmed) -> str:
    lines: list[str] = []
    for heading, items, remedy in (
        ("处没有看懂", told.problems, "请改正后再试；只读入其余的行加 --partial。"),
        ("处与已记录的决定不同", told.conflicts, "以本文件为准加 --take-mine；只读入其余的行加 --partial。"),
    ):
        if items:
            more = [f"……共{len(items)}处"] if len(items) > _SHOWN else []
            lines += [f"{ledger}：{len(items)} {heading}，没有读入任何内容：", *items[:_SHOWN], *more, remedy]
    return "\n".join(lines)


class _Reading:
    """What one returned ledger changes, and what is told of it."""

    def __init__(self, out: Path, journal: Journal, store: Store, returned: Returned, file: str, take_mine: bool, named: str):
        self._returned, self._file, self._take_mine, self._named = returned, file, take_mine, named
        said = standing(journal.events())
        now = places(said, store)
        self._said: dict[str, Standing] = {}
        for document, each in said.items():
            id_ = now[document].document or document
            self._said[id_] = self._said[id_].joined(each) if id_ in self._said else each
        self._now = {document: place.document or document for document, place in now.items()}
        self._summaries = {summary.sha256[:16]: summary for summary in store.summaries()}
        ids, self._first = leading(store)
        self._now |= ids
        self.sealed = sealed_documents(out, journal, store)
        self.changes: list[Change] = []
        self.told = Confirmed(notes=list(returned.notes), missing=[_name(row) for row in returned.missing])
        self.told.problems = [str(problem) for problem in returned.problems]
        self.told.cleared = [str(problem) for problem in returned.cleared]
        self.told.refused = len(returned.refused)
        self.told.read = len(returned.rows) + len(returned.refused)
        for row in returned.rows:
            self._take(row)

    def _take(self, returned: ReturnedRow) -> None:
        document = self._now.get(returned.document, returned.document)
        stands = self._said.get(document, Standing(document))
        added = returned.added and not stands.says(ADDED)
        if returned.added:
            returned = _as_added(returned, stands)
        new, conflicts = self._compared(stands, returned)
        beyond = [edit for name, edit in new.items() if document in self.sealed and name not in AFTER_SEAL]
        if beyond:
            cells = "、".join(edit.cell for edit in beyond)
            self.told.problems.append(f"{self._file} {cells}：《{returned.row.title}》已封存，只能填完成情况、完成时限等")
        if conflicts:
            self.told.conflicts += conflicts
        if beyond or conflicts:
            self.told.refused += 1
            return
        row = _composed(stands, returned, new)
        self.told.undecided += not row.decision
        for name, edit in new.items():
            self.changes.append(Change(document, name, edit.before, edit.after, edit.cell))
        if added:
            self.told.added += 1
            self.changes.append(Change(document, ADDED, "", as_json(row).decode(), returned.cell))
        elif new:
            self.told.decided += 1
        else:
            self.told.unchanged += 1
        self._keep(document, stands, row, returned, bool(new))

    def _keep(self, document: str, stands: Standing, row: LedgerRow, returned: ReturnedRow, changed: bool) -> None:
        """The row as a person left it, and what the document is known by, so that both outlive scan and file."""
        whole = stands.last.get(ROW)
        looked_at = any(f"【{mark}】" in returned.row.remark for mark in (CHANGED, UNREADABLE, GONE))
        row = replace(row, remark=unmarked(row.remark))
        new = changed or looked_at or whole is None or whole.source != BY_LEDGER or _later_review(stands, whole)
        if row.decision and document not in self.sealed and new:
            before = whole.after if whole else ""
            self.changes.append(
                Change(document, ROW, before, as_json(replace(row, document_id=document)).decode(), returned.cell)
            )
        if (changed or row.decision) and document in self._summaries and document in self._first:
            known = facts(self._summaries[document], self._first[document].path)
            if known != stands.says(IDENTITY):
                self.changes.append(Change(document, IDENTITY, stands.says(IDENTITY), known))

    def _compared(self, stands: Standing, returned: ReturnedRow) -> tuple[dict[str, Edit], list[str]]:
        """The edits that are new, with what they replace; those that another person's word stands against."""
        new: dict[str, Edit] = {}
        conflicts: list[str] = []
        for name, edit in returned.edits.items():
            now = _stands(stands, name, edit.before)
            if now == edit.after or (name != "remark" and _agree(name, now, edit.after)):
                continue
            event = stands.last.get(name)
            own = bool(self._named) and event is not None and event.who == self._named
            if _agree(name, now, edit.before) or self._take_mine or own:
                new[name] = Edit(now, edit.after, edit.cell)
            else:
                who = f"（{event.who}，{event.at[:10]}，{event.file or event.source}）" if event else ""
                here = f"{self._file} {edit.cell}：《{returned.row.title}》"
                shown = (_shown(name, now), _shown(name, edit.after))
                conflicts.append(f"{here}{_NAMES.get(name, name)}已记录“{shown[0]}”{who}，此处填“{shown[1]}”")
        return new, conflicts


def _later_review(stands: Standing, whole: Event) -> bool:
    """Whether review has spoken since a ledger was confirmed: this ledger takes its word over."""
    return any(stands.last[name].seq > whole.seq for name in (DECISION, NOTE) if name in stands.last)


_NAMES = {
    "decision": "处置意见", "deadline": "完成时限", "progress": "完成情况", "contact": "联系人", "remark": "备注", "title": "文件名称",
    "number": "发文字号", "issuers": "发文机关", "date": "成文日期", "drafter": "责任单位", "in_name_of": "是否以党委、政府名义印发",
    "scope": "所在工作表", "lines": "措施明细",
}  # fmt: skip


def _shown(name: str, value: str) -> str:
    return f"{len(lines_from_json(value))} 行" if name == LINES and value else value[:40] or "空白"


def _agree(name: str, first: str, second: str) -> bool:
    if name == "remark":  # what the program writes above a remark is no person's word
        first, second = undecorated(first), undecorated(second)
    return first == second if name in (LINES, DECISION) else same(first, second)


def _stands(stands: Standing, name: str, drafted: str) -> str:
    """What holds of a field now: the last word on it, in an event of its own or in the whole row; else what was drafted."""
    event, whole = stands.last.get(name), stands.last.get(ROW) or stands.last.get(ADDED)
    if event is not None and (whole is None or event.seq > whole.seq or name == DECISION):
        return event.after
    if whole is None:
        return event.after if event else drafted
    row = row_from_json(whole.after)
    return lines_as_json(row.details) if name == LINES else str(getattr(row, name))


def _as_added(returned: ReturnedRow, stands: Standing) -> ReturnedRow:
    """A row that a person added, read again from a workbook that does not know it: compared with what was kept of it."""
    kept = stands.says(ROW) or stands.says(ADDED)
    edits = dict(returned.edits)
    if not kept:
        edits = {name: edit for name, edit in edits.items() if name == DECISION}
    return replace(returned, edits=edits)


def _composed(stands: Standing, returned: ReturnedRow, new: dict[str, Edit]) -> LedgerRow:
    """The row as it stands after this reading: the workbook's, with what others said of fields that it left alone."""
    row = returned.row
    for name in FIELDS:
        if name in new:
            value = new[name].after
        elif stands.last.get(name) or stands.last.get(ROW):
            drafted = lines_as_json(row.details) if name == LINES else str(getattr(row, name))
            value = _stands(stands, name, drafted)
            if _agree(name, value, drafted):
                continue
        else:
            continue
        if name == LINES:
            row = replace(row, details=lines_from_json(value))
        else:
            row = replace(row, **{name: Scope(value) if name == "scope" else value})  # type: ignore[arg-type]
    return row


def _name(row: LedgerRow) -> str:
    return f"《{row.title}》{row.number}" + (f"（已决定“{row.decision}”，仍有效）" if row.decision else "")
