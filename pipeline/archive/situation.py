"""Where the work stands (办理情况): ledger, journal, unit and calendar of an output folder, read together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.archive import outputs
from pipeline.archive.following import Proposal, look_for
from pipeline.archive.people.calendar import handed_in
from pipeline.archive.people.records import journal_to_read, open_journal
from pipeline.archive.people.reviewing import person
from pipeline.archive.people.units import unit_of
from pipeline.archive.people.views import Held, held
from pipeline.archive.store import Store
from pipeline.decisions import BY_REVIEW, Batch, Change, Journal
from pipeline.document import Verdict
from pipeline.errors import Refusal
from pipeline.ledger import NOT_LISTED, LedgerRow, load_seals
from pipeline.ledger.carrying_out import LATE, read_date, state_of, states
from pipeline.ledger.letters import Facts
from pipeline.ledger.timetable import Standing, load_timetable, standings

_TAKEN = "跟进确认"


class NewDocument(NamedTuple):
    """A document issued after a day that does not conform (不符合), or of which it is not known (待判断)."""

    row: LedgerRow
    verdict: str
    measures: int


class Status(NamedTuple):
    """``states`` counts the unit's rows by what became of them and adds up to them; ``late`` are those past their deadline;
    ``proposals`` wait for a person; ``new`` are documents issued after ``since`` (the seal, or the day asked for)."""

    facts: Facts
    items: list[Standing]
    states: dict[str, int]
    late: list[LedgerRow]
    proposals: list[Proposal]
    since: date | None
    new: list[NewDocument]


def facts_of(out: str | Path, today: date, unit: str | Path | None = None) -> Facts:
    """What letters and status are made from. Raises FileNotFoundError without a scan, UnitError, TimetableError, LedgerError."""
    out = _scanned(out)
    with Store(out / "scan.sqlite") as store, journal_to_read(out) as journal:
        return _facts(store, journal, held(journal, store), out, today, unit)


def status(out: str | Path, today: date, *, unit: str | Path | None = None, since: date | None = None) -> Status:
    """How the work stands on a day, what the last scan found done, and what was issued since that does not conform."""
    out = _scanned(out)
    with Store(out / "scan.sqlite") as store, journal_to_read(out) as journal:
        facts = _facts(store, journal, held(journal, store), out, today, unit)
        seals = load_seals(out)
        after = since or (date.fromisoformat(seals[0].sealed_on) if seals else None)
        screened = frozenset(seals[0].screened) if seals and since is None else frozenset()
        return Status(
            facts,
            standings(facts.timetable, facts.reports, today),
            states(facts.rows, today),
            [row for row in facts.rows if state_of(row, today) == LATE],
            look_for(store, facts.rows, today),
            after,
            new_documents(facts.rows, after, screened) if after else [],
        )


def take(out: str | Path, ids: Sequence[str], today: date, *, who: str = "") -> list[Proposal]:
    """Confirm proposals: their words become the rows' 完成情况. Raises Refusal where one is not there (any more)."""
    out = _scanned(out)
    found = {proposal.id: proposal for proposal in status(out, today).proposals}
    if missing := [id_ for id_ in ids if id_ not in found]:
        raise Refusal(
            f"没有编号为 {'、'.join(missing)} 的跟进建议；请运行 shixin status {out} 查看现有编号。没有记入任何内容。"
        )
    taken = [found[id_] for id_ in dict.fromkeys(ids)]
    changes = [Change(each.row.document_id, "progress", each.row.progress, each.progress) for each in taken]
    with open_journal(out) as journal:
        journal.append(changes, Batch(BY_REVIEW, _TAKEN, person(who)))
    return taken


def new_documents(rows: Sequence[LedgerRow], since: date, screened: frozenset[str]) -> list[NewDocument]:
    """The rows issued after a day that hold a measure that does not conform or is not judged; one without a date counts as new
    where it was not in the archive at the seal (``screened``)."""
    found = []
    for row in rows:
        day = read_date(row.date)
        later = day > since if day else bool(screened) and row.document_id not in screened
        verdicts = [line.verdict for line in row.details]
        failing, open_ = verdicts.count(Verdict.FAILS), sum(verdict != Verdict.CONFORMS for verdict in verdicts)
        if later and open_:
            found.append(NewDocument(row, "不符合" if failing else "待判断", failing or open_))
    return found


def _facts(store: Store, journal: Journal, said: Held, out: Path, today: date, unit: str | Path | None) -> Facts:
    own, timetable, seals = unit_of(out, store, unit), load_timetable(out), load_seals(out)
    rows = outputs.rows_now(store, said, own)
    return Facts(
        rows=tuple(row for row in rows if row.belongs and row.decision != NOT_LISTED),
        unit=own,
        timetable=timetable,
        today=today,
        counts=outputs.count(store, said)._asdict(),
        sum=seals[0].sum if seals else "",
        reports=handed_in(out, journal, timetable),
    )


def _scanned(out: str | Path) -> Path:
    out = Path(out)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    return out
