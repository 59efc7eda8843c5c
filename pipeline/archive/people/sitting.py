"""Review for hours (复核席): scan and journal read once, then only what is new, so that each decision costs the same at any size.

Several people may sit at one: their threads take turns. The journal on disk stays the truth; another program's entries are
seen at the next look.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.archive.people.records import open_journal
from pipeline.archive.people.reviewing import CHOICES, Decision, Desk, person
from pipeline.archive.store import Store
from pipeline.decisions import ADDED, BY_REVIEW, DECISION, LINES, ROW, UNDO, Batch, Change, Event, Journal, Standing, standing
from pipeline.ledger import DetailLine, LedgerError, LedgerRow, row_from_json


class Contradicted(LedgerError):
    """Somebody has spoken of the document since it was shown."""


class Sitting(Desk):
    """An output folder that people review at the same time. ``changed`` tells who looks on that something is new."""

    def __init__(self, out: Path):
        """Raises ScanUnfinished, StoreInUse."""
        super().__init__(out)
        self.changed = 0  # the number of the journal's last event that was seen
        self._scan = ""
        self._turn = threading.RLock()
        with self.open():
            pass

    @contextmanager
    def open(self) -> Iterator[Sitting]:
        """Scan and journal, open and up to date, for one person's turn."""
        with self._turn:
            with Store(self._out / "scan.sqlite") as store:
                scan = f"{store.get_meta('generation')} {store.get_meta('version')}"
            if not self._scan or scan != self._scan:
                super().__enter__()
                self._scan, self.changed = scan, self.journal.head()[0]
            else:
                self._store = Store(self._out / "scan.sqlite")
                self.journal = open_journal(self._out)
            try:
                self._follow()
                yield self
            finally:
                self.__exit__()

    @property
    def said(self) -> Mapping[str, Standing]:
        """What people said of each document, by the id that the scan knows it by."""
        return self._said.standing

    @property
    def store(self) -> Store:
        return self._store

    def decide(self, ids: Iterable[str], decision: str, note: str, who: str, before: Mapping[str, str]) -> None:
        """Keep one decision on these documents, in one batch. ``before`` is what the person saw of each.

        Raises Contradicted where somebody has decided otherwise since, LedgerError where a document is sealed, KeyError where
        it is not in the scan, ValueError where the word is none of CHOICES.
        """
        if decision and decision not in CHOICES:
            raise ValueError(decision)
        ids = list(ids)
        for id_ in ids:
            if id_ not in self.records:
                raise KeyError(id_)
            stands = self.standing(id_)
            if stands.decision not in (before.get(id_, ""), decision):
                raise Contradicted(f"{_by(stands.last[DECISION])}已决定“{stands.decision or '撤销'}”")
        self.keep([change for id_ in ids for change in self.changes(Decision(id_, decision, note))], who)

    def keep(self, changes: list[Change], who: str, *, source: str = BY_REVIEW) -> None:
        """Write one person's changes to the journal, at once. Raises LedgerError where a document is sealed."""
        self.refuse_sealed({change.document for change in changes})
        self.journal.append(changes, Batch(source, "", person(who), self.version))
        self._follow()

    def undo(self, who: str) -> list[str]:
        """Take back the last thing that this person did here, wherever it was: the documents that it touched.

        Raises LedgerError where there is nothing, it is sealed, or somebody has spoken of one of them since.
        """
        reading = self.journal.last_reading(BY_REVIEW, person(who))
        if not reading:
            raise LedgerError("没有可以撤销的决定")
        events = list(self.journal.events(reading=reading))
        documents = list(dict.fromkeys(event.document for event in events))
        self.refuse_sealed(documents)
        for document in documents:
            later = [each for each in self.standing(document).last.values() if each.seq > events[-1].seq]
            if later:
                raise Contradicted(f"此后{_by(later[-1])}又作了决定，不能撤销")
        self.journal.append([Change("", UNDO, BY_REVIEW, str(reading))], Batch(BY_REVIEW, "", person(who)))
        self._follow()
        return documents

    def row(self, id_: str) -> LedgerRow:
        """The row as it was decided, else as the scan makes it; without what people did to its lines."""
        stands, record = self.standing(id_), self.records[id_]
        kept = stands.says(ROW) or stands.says(ADDED) or self._row(record, self._summaries[record.sha256[:16]])
        return row_from_json(kept)

    def lines(self, id_: str) -> tuple[tuple[DetailLine, ...], str]:
        """The detail lines of a document as drafted, and as people left them (JSON, empty where nobody touched them)."""
        return self.row(id_).details, self.standing(id_).says(LINES)

    def places(self, id_: str) -> list[str]:
        """The file and its duplicates."""
        lead = self._leaders[self._ids[id_]].path
        return [lead, *(path for path in self._places[lead] if path != lead)]

    def signatures(self) -> dict[str, bytes]:
        """The MinHash signature of the text of each leading document, by id."""
        return {id_: self._summaries[id_].signature for id_ in self._leaders if id_ in self._summaries}

    def _follow(self) -> None:
        """See what the journal says anew, of those documents only; all of it where it speaks of one that has changed its bytes."""
        seq, _ = self.journal.head()
        if seq == self.changed:
            return
        fresh = list(self.journal.events(after=self.changed))
        undone = {int(event.after) for event in self.journal.events(fields=(UNDO,))}
        for event in [event for event in fresh if event.field == UNDO]:
            fresh += self.journal.events(reading=int(event.after))
        touched = {event.document for event in fresh if event.document}
        if all(self._ids.get(document) == document for document in touched) and not touched & self._said.marks.keys():
            for document in touched:
                self._said.standing[document] = _standing(self.journal, document, undone)
        else:
            self._said = self._held()
        self.changed = seq


def _standing(journal: Journal, document: str, undone: set[int]) -> Standing:
    holding = (event for event in journal.events(document=document) if event.reading not in undone)
    return standing(holding).get(document, Standing(document))


def _by(event: Event) -> str:
    return f"{event.who or '他人'}（{event.at[11:16]} UTC）"
