"""Decisions made in review and marks made in the audit (复核、抽查): each goes to the journal at once."""

from __future__ import annotations

import getpass
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from pipeline.archive.people.identity import facts, leading
from pipeline.archive.people.records import open_journal
from pipeline.archive.people.sealed import sealed_documents
from pipeline.archive.people.units import unit_of
from pipeline.archive.people.views import NO, YES, Held, Mark, held, read_marks
from pipeline.archive.store import FileRecord, Store, Summary
from pipeline.decisions import (
    AUDIT,
    AUDIT_NOTE,
    BY_AUDIT,
    BY_LEDGER,
    BY_REVIEW,
    DECISION,
    IDENTITY,
    NOTE,
    ROW,
    Batch,
    Change,
    Journal,
    Standing,
    batches,
)
from pipeline.document import Disposition
from pipeline.ledger import NOT_LISTED, Entry, LedgerError, as_json, build_row

#: What a person may decide in review, in the order of the buttons.
CHOICES = (*(str(d) for d in Disposition if d is not Disposition.PERSON), NOT_LISTED)
FOUND_BY_PEOPLE = "程序未命中，由人工抽查发现；措施条款请人工填写"


class Decision(msgspec.Struct):
    """One decision as the page saves it; an empty ``decision`` takes an earlier one back. ``before`` is what the page showed."""

    document_id: str
    decision: str
    note: str = ""
    decided_at: str = ""
    before: str | None = None


class Saved(msgspec.Struct):
    """The file that the page saves."""

    decisions: list[Decision]


@dataclass(slots=True)
class Taken:
    """What came of the page's decisions: read = decided + unchanged + older + unknown + conflicts; the latter three by name."""

    read: int = 0
    decided: int = 0
    unchanged: int = 0
    older: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def person(who: str = "") -> str:
    """Who decides: the name given, else the name on this machine."""
    try:
        return who.strip() or getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "未具名"


def decide(out: Path, document_id: str, decision: str, note: str = "", *, who: str = "") -> None:
    """Keep a decision, at once and for good; an empty ``decision`` takes back what review said before.

    An unflagged document that is to be kept, revised, legislated or repealed enters the ledger by it. Raises LedgerError
    where the document is in a sealed ledger, KeyError where it is not in the scan, ValueError where the word is none of CHOICES.
    """
    if decision and decision not in CHOICES:
        raise ValueError(decision)
    with Desk(out) as desk:
        if document_id not in desk.records:
            raise KeyError(document_id)
        desk.refuse_sealed([document_id])
        changes = desk.changes(Decision(document_id, decision, note))
        desk.journal.append(changes, Batch(BY_REVIEW, "", person(who), desk.version))


def take_reviews(out: str | Path, file: str | Path, *, who: str = "", take_mine: bool = False, partial: bool = False) -> Taken:
    """Take in the decisions that the page 复核.html saved.

    A decision on a document that somebody else has decided differently since the page was made is a conflict: nothing is
    taken then, unless ``take_mine`` (the page's word counts) or ``partial`` (the others are taken). Raises FileNotFoundError,
    LedgerError where the file holds none, or none of this scan, or one of a sealed ledger.
    """
    out, file = Path(out), Path(file)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    saved = _read(file)
    with Desk(out) as desk:
        taken, changes = Taken(len(saved)), []
        for each in saved:
            if each.document_id not in desk.records:
                taken.unknown.append(each.document_id)
            elif desk.is_same(each):
                taken.unchanged += 1
            elif (stands := desk.contradicts(each)) and not take_mine:
                (taken.conflicts if each.before is not None else taken.older).append(stands)
            else:
                taken.decided += 1
                changes += desk.changes(each)
        if saved and len(taken.unknown) == len(saved):
            raise LedgerError(f"{file}：其中没有一个文件属于 {out} 的扫描结果，请核对输出目录")
        if taken.conflicts and not partial:
            listed = "\n".join(taken.conflicts)
            raise LedgerError(
                f"{file}：{len(taken.conflicts)} 个文件另有不同的决定，没有读入任何内容：\n{listed}\n"
                "以本文件为准加 --take-mine，只读入其余的加 --partial。"
            )
        desk.refuse_sealed({change.document for change in changes})
        desk.journal.append(changes, Batch(BY_REVIEW, file.name, person(who), desk.version))
    return taken


def _read(file: Path) -> list[Decision]:
    try:
        saved = msgspec.json.decode(file.read_bytes(), type=Saved).decisions
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LedgerError(f"{file}：不是复核页面保存的决定；请在 复核.html 中点“保存决定”，再读入所保存的文件") from error
    wrong = next((each.decision for each in saved if each.decision and each.decision not in CHOICES), None)
    if wrong is not None:
        raise LedgerError(f"{file}：决定“{wrong}”应为{'、'.join(CHOICES)}之一")
    return saved


def add_marks(out: Path, changed: Iterable[Mark], *, who: str = "", file: str = "") -> dict[str, Mark]:
    """Add to the marks kept so far, a later mark of the same document replacing the earlier; all of them."""
    with Desk(out) as desk:
        changes: list[Change] = []
        for mark in changed:
            id_ = mark.sha256[:16]
            each = desk.standing(id_)
            for name, value in ((AUDIT, mark.says), (AUDIT_NOTE, mark.note)):
                if value != each.says(name):
                    changes.append(Change(id_, name, each.says(name), value))
            changes += desk.identity(id_, each)
        desk.journal.append(changes, Batch(BY_AUDIT, file, person(who), desk.version))
    return read_marks(out)


class Desk:
    """Journal and scan, open together for somebody who decides."""

    def __init__(self, out: Path):
        self._out = out

    def __enter__(self) -> Desk:
        self._store = Store(self._out / "scan.sqlite")
        self.journal: Journal = open_journal(self._out)
        self.version = self._store.get_meta("version")
        self._ids, first = leading(self._store)
        self._leaders = first
        self.records: dict[str, FileRecord] = {}
        self._places: dict[str, list[str]] = defaultdict(list)
        leaders = self._store.leaders()
        by_path = {}
        for record in self._store.files():
            if not record.kind:
                by_path[record.path] = record
                self._places[leaders[record.path]].append(record.path)
                self.records.setdefault(record.sha256[:16], record)
        for id_, lead in self._ids.items():
            self.records[id_] = first[lead] if lead == id_ else self.records[id_]
        self._summaries: dict[str, Summary] = {summary.sha256[:16]: summary for summary in self._store.summaries()}
        self._said: Held = self._held()
        return self

    def __exit__(self, *_: object) -> None:
        self.journal.__exit__()
        self._store.__exit__()

    def _held(self) -> Held:
        return held(self.journal, self._store)

    def standing(self, id_: str) -> Standing:
        now = self._ids.get(id_, id_)
        return self._said.standing.get(now, Standing(now))

    def is_same(self, each: Decision) -> bool:
        stands = self.standing(each.document_id)
        return (stands.decision, stands.says(NOTE)) == (each.decision, _one_line(each.note))

    def contradicts(self, each: Decision) -> str:
        """Who decided otherwise since the page was made, in words; of a page that does not say what it showed, later."""
        stands = self.standing(each.document_id)
        event = stands.last.get(DECISION)
        if event is None or stands.decision == each.decision:
            return ""
        since = event.at > each.decided_at if each.before is None else stands.decision != each.before
        title = self._summaries[self.records[each.document_id].sha256[:16]].title or self.records[each.document_id].path
        told = f"《{title}》：已记录“{stands.decision or '未决定'}”（{event.who}，{event.at[:10]}），此处“{each.decision or '撤销'}”"
        return told if since else ""

    def refuse_sealed(self, documents: Iterable[str]) -> None:
        sealed = sealed_documents(self._out, self.journal, self._store)
        if any(self._ids.get(document, document) in sealed or document in sealed for document in documents):
            raise LedgerError("台账已封存，其中的文件不能再改。")

    def changes(self, each: Decision) -> list[Change]:
        """The events of one decision: the word, the note, the row as it stands now, the audit's mark of an unflagged one."""
        id_ = each.document_id
        record, stands, note = self.records[id_], self.standing(id_), _one_line(each.note)
        summary = self._summaries[record.sha256[:16]]
        word = each.decision or self._ledgers_word(id_)
        made = [Change(id_, DECISION, stands.decision, word)]
        if note != stands.says(NOTE):
            made.append(Change(id_, NOTE, stands.says(NOTE), note if each.decision else ""))
        if word and not stands.says(ROW) and (summary.flagged or word != NOT_LISTED):
            made.append(Change(id_, ROW, "", self._row(record, summary)))
        if not summary.flagged:
            says = (NO if each.decision == NOT_LISTED else YES) if each.decision else ""
            made += [Change(id_, AUDIT, stands.says(AUDIT), says), Change(id_, AUDIT_NOTE, stands.says(AUDIT_NOTE), note)]
        return made + self.identity(id_, stands)

    def identity(self, id_: str, stands: Standing) -> list[Change]:
        """What the document is known by, where the journal does not say it yet."""
        record = self.records.get(id_)
        if record is None:
            return []
        now = facts(self._summaries[record.sha256[:16]], record.path)
        return [Change(id_, IDENTITY, stands.says(IDENTITY), now)] if now != stands.says(IDENTITY) else []

    def _ledgers_word(self, id_: str) -> str:
        """What the last confirmed ledger said, which holds again when a review is taken back."""
        ids: Sequence[str] = [old for old, now in self._ids.items() if now == self._ids.get(id_, id_)] or [id_]
        words = [
            event.after
            for events in batches(self.journal.events(fields=(DECISION, "undo"))).values()
            for event in events
            if event.document in ids and event.field == DECISION and event.source == BY_LEDGER
        ]
        return words[-1] if words else ""

    def _row(self, record: FileRecord, summary: Summary) -> str:
        screening = replace(self._store.screening(record.sha256, record.path), flagged=True)
        lead = self._leaders[self._ids[record.sha256[:16]]].path
        others = [path for path in self._places[lead] if path != record.path]
        entry = Entry(screening, [record.path, *others], "" if summary.flagged else FOUND_BY_PEOPLE)
        return as_json(build_row(entry, unit_of(self._out, self._store))).decode()


def _one_line(note: str) -> str:
    return " ".join(note.split())
