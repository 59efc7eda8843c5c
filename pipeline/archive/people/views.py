"""The scan with what people decided upon it (扫描与决定合看): every view of both is made here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pipeline.archive.people.identity import CHANGED, GONE, UNREADABLE, Place, facts, leading, places
from pipeline.archive.people.kept import refuse_lost
from pipeline.archive.people.records import journal_to_read
from pipeline.archive.store import Store
from pipeline.decisions import (
    ADDED,
    AUDIT,
    AUDIT_NOTE,
    BY_LEDGER,
    BY_REVIEW,
    BY_SCAN,
    DECISION,
    FIELDS,
    IDENTITY,
    LINES,
    NOTE,
    ROW,
    Batch,
    Change,
    Journal,
    Standing,
    standing,
)
from pipeline.ledger import NOT_LISTED, LedgerRow, Scope, lines_from_json, row_from_json, sorted_rows
from pipeline.ledger.row import NOTE as REASON

YES, NO = "是", "否"
_LATER = "增补原因："
_REPORT_ONLY = ("reasons", "rules", "places", "score")


class Review(NamedTuple):
    """What a person decided of a document: ``decision`` and the reviewer's note, and when (ISO, UTC)."""

    document_id: str
    decision: str
    note: str
    decided_at: str


class Mark(NamedTuple):
    """``says`` is 是 or 否: whether the document (by the SHA-256 of its file) sets out constraint measures; empty where a mark
    was taken back or only a note was made."""

    sha256: str
    says: str
    path: str = ""
    note: str = ""


class Held(NamedTuple):
    """What people said, by the id that the scan knows the document by now, and what is to be marked on it."""

    standing: dict[str, Standing]
    marks: dict[str, str]


def held(journal: Journal, store: Store) -> Held:
    """What people said of every document, wherever it is now. Two old ids that lead to one document are joined."""
    refuse_lost(journal, store)
    said = standing(journal.events())
    now = places(said, store)
    joined: dict[str, Standing] = {}
    marks: dict[str, str] = {}
    for document, each in said.items():
        place = now[document]
        id_ = place.document or document
        joined[id_] = joined[id_].joined(each) if id_ in joined else each
        if place.mark:
            marks[id_] = place.mark
    for id_ in list(marks):
        latest = joined[id_].latest
        if latest is not None and latest.document == id_ and now.get(id_, Place("", "")).mark == "":
            del marks[id_]  # a person has looked at it since
    return Held(joined, marks)


def with_decisions(rows: Iterable[LedgerRow], said: Held) -> list[LedgerRow]:
    """The rows of a scan with what people said of them, and every decided row that the scan does not list (any more)."""
    rest = dict(said.standing)
    made = []
    for row in rows:
        each = rest.pop(row.document_id, None)
        made.append(_marked(_overlaid(row, each), said.marks.get(row.document_id, "")) if each else row)
    for id_, each in rest.items():
        whole = each.last.get(ROW)
        if each.decision == NOT_LISTED and whole and whole.source == BY_REVIEW and id_ not in said.marks:
            continue  # one that the program did not list, nor the person
        if (kept := each.says(ROW) or each.says(ADDED)) and each.keeps_a_row:
            row = replace(row_from_json(kept), document_id=id_)
            made.append(_marked(_overlaid(row, each), said.marks.get(id_, "")))
    return sorted_rows(made)


def _overlaid(row: LedgerRow, each: Standing) -> LedgerRow:
    """A decided row is as it was decided; on another the fields that a person filled in stand over the scan's."""
    kept = each.says(ROW) or each.says(ADDED)
    if kept and each.keeps_a_row:
        report_only = {name: getattr(row, name) for name in _REPORT_ONLY}
        row = replace(row_from_json(kept), document_id=row.document_id, **report_only)
    said = {name: event for name, event in each.last.items() if name in FIELDS}
    if LINES in said:
        row = replace(row, details=lines_from_json(said.pop(LINES).after))
    values = {name: Scope(event.after) if name == "scope" else event.after for name, event in said.items()}
    row = replace(row, **values, decided_by=_who_and_when(each))  # type: ignore[arg-type]
    note, whole = each.last.get(NOTE), each.last.get(ROW)
    if note and (whole is None or note.reading >= whole.reading or whole.source != BY_LEDGER):
        others = [line for line in row.remark.split("\n") if line and not line.startswith(REASON)]
        row = replace(row, remark="\n".join([*([f"{REASON}{note.after}"] if note.after else []), *others]))
    return row


def _who_and_when(each: Standing) -> str:
    """Who decided, and on which day by the clock of this machine; empty where nobody has."""
    event = each.last.get(DECISION)
    if event is None or not event.after:
        return ""
    return f"{event.who or '未具名'}，{datetime.fromisoformat(event.at).astimezone().date().isoformat()}"


def _marked(row: LedgerRow, mark: str) -> LedgerRow:
    return replace(row, remark=f"【{mark}】\n{row.remark}".rstrip()) if mark and mark not in row.remark else row


def undecorated(remark: str) -> str:
    """A remark without what the program writes above it: the reviewer's note, the marks on documents that changed or went."""
    return "\n".join(line for line in unmarked(remark).split("\n") if not line.startswith((REASON, _LATER)))


def unmarked(remark: str) -> str:
    """A remark without the marks on documents that changed or went."""
    marks = tuple(f"【{mark}】" for mark in (CHANGED, GONE, UNREADABLE))
    return "\n".join(line for line in remark.split("\n") if not line.startswith(marks))


def follow(journal: Journal, store: Store) -> None:
    """Keep what the documents that changed their bytes are known by now, so that a further change is followed from here."""
    said = standing(journal.events())
    if not said:
        return
    summaries = {summary.sha256[:16]: summary for summary in store.summaries()}
    _, first = leading(store)
    changes = []
    for document, place in places(said, store).items():
        if place.mark and place.document:
            now = facts(summaries[place.document], first[place.document].path)
            if now != said[document].says(IDENTITY):
                changes.append(Change(document, IDENTITY, said[document].says(IDENTITY), now))
    journal.append(changes, Batch(BY_SCAN))


def decided(out: Path) -> dict[str, Review]:
    """What people have decided so far, by document id; the last word counts."""
    with journal_to_read(out) as journal, Store(out / "scan.sqlite") as store:
        said = held(journal, store).standing
    return {
        id_: Review(id_, each.decision, each.says(NOTE), each.last[DECISION].at) for id_, each in said.items() if each.decision
    }


def read_marks(out: Path) -> dict[str, Mark]:
    """Every mark of the audit by SHA-256, of the documents that are in the scan."""
    with journal_to_read(out) as journal, Store(out / "scan.sqlite") as store:
        return marks(held(journal, store).standing, store)


def marks(said: Mapping[str, Standing], store: Store) -> dict[str, Mark]:
    """The marks among what people said."""
    found: dict[str, Mark] = {}
    for record in store.files():
        each = said.get(record.sha256[:16]) if not record.kind else None
        if each and (each.says(AUDIT) or each.says(AUDIT_NOTE)):
            found.setdefault(record.sha256, Mark(record.sha256, each.says(AUDIT), record.path, each.says(AUDIT_NOTE)))
    return found


def taught_by(out: Path) -> dict[str, tuple[str, LedgerRow | None, str]]:
    """What can be learnt from, by document id: the decision, the row as a confirmed ledger or review line by line left it, the
    audit's mark."""
    with journal_to_read(out) as journal, Store(out / "scan.sqlite") as store:
        said = held(journal, store).standing
    found: dict[str, tuple[str, LedgerRow | None, str]] = {}
    for id_, each in said.items():
        if each.decision or each.says(AUDIT):
            found[id_] = (each.decision, _row_taught(id_, each), each.says(AUDIT))
    return found


def _row_taught(id_: str, each: Standing) -> LedgerRow | None:
    """The row whose lines a person left as they are: in a confirmed ledger, or, later, one by one in review."""
    whole, lines = each.last.get(ROW), each.last.get(LINES)
    if lines and lines.source == BY_REVIEW and (whole is None or whole.source != BY_LEDGER or whole.seq < lines.seq):
        version = lines.version.partition("@")[0]
        return LedgerRow(id_, Scope.NO_UNIT, "", details=lines_from_json(lines.after), decision=each.decision, version=version)
    return replace(row_from_json(whole.after), document_id=id_) if whole and whole.source == BY_LEDGER else None
