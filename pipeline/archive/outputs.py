"""What a scan leaves for people, all made from the store: ledger.xlsx, report.html, problems.csv, and the tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.archive.people.calendar import handed_in
from pipeline.archive.people.kept import remember, remember_one
from pipeline.archive.people.problem_sheet import PROBLEM_SHEET, to_settle, write_problem_sheet
from pipeline.archive.people.records import open_journal
from pipeline.archive.people.reviewing import FOUND_BY_PEOPLE
from pipeline.archive.people.sealed import sealed_documents
from pipeline.archive.people.units import unit_of
from pipeline.archive.people.views import YES, Held, follow, held, with_decisions
from pipeline.archive.problem_list import cost, write_problem_list
from pipeline.archive.result_versions import writing_version
from pipeline.archive.schema import Leading
from pipeline.archive.store import FileRecord, Store
from pipeline.command_line import pasted
from pipeline.decisions import AUDIT, Journal
from pipeline.ingest import problem
from pipeline.ledger import (
    A4,
    PAPERS,
    Entry,
    Filled,
    LedgerRow,
    NearMiss,
    Paper,
    Problem,
    ScanFacts,
    Unit,
    as_json,
    build_rows,
    draft_id,
    fill_template,
    load_seal,
    write_ledger,
    write_report,
    write_supplement,
)
from pipeline.ledger.timetable import load_timetable, standings
from pipeline.whole_files import whole

LEDGER, REPORT, PROBLEMS = "ledger.xlsx", "report.html", "problems.csv"
SUPPLEMENT = "增补台账.xlsx"
_VIEWS = (LEDGER, REPORT, PROBLEMS, PROBLEM_SHEET, SUPPLEMENT)
_NEAR = 0.05  # a document below this holds nothing that resembles a measure


class Counts(NamedTuple):
    """The sum that closes: found = screened + duplicates + problems; flagged is a part of screened."""

    found: int
    screened: int
    duplicates: int
    problems: int
    flagged: int


def count(store: Store, said: Held) -> Counts:
    found, screened, problems = store.outcomes()
    return Counts(found, screened, found - screened - problems, problems, sum(1 for _ in _listed(store, said)))


def counted(store: Store, out: Path) -> Counts:
    """The sum, with what people found."""
    with open_journal(out) as journal:
        return count(store, held(journal, store))


def _listed(store: Store, said: Held) -> Iterator[tuple[Leading, str]]:
    """The leading documents that the ledger lists, by path, with what is to be remarked: those that the program flagged,
    and those that a person found among the others."""
    marked = {id_ for id_, each in said.standing.items() if each.says(AUDIT) == YES}
    for leading in store.leading():
        if leading.flagged or leading.sha256[:16] in marked:
            yield leading, "" if leading.flagged else FOUND_BY_PEOPLE


def entries(store: Store, said: Held) -> Iterator[Entry]:
    """The listed leading documents with all the places they lie in, by path; one in memory at a time."""
    for leading, remark in _listed(store, said):
        screening = replace(store.screening(leading.sha256, leading.path), flagged=True)
        yield Entry(screening, [leading.path, *store.copies(leading.path)], remark)


def refresh(store: Store, out: Path, unit: Unit | None, as_of: str) -> list[str]:
    """The same, where anything that the outputs are made of has changed since they were written, or one was touched."""
    made_of = _made_of(store, out, unit, as_of)
    if json.loads(store.get_meta("outputs") or "{}") == made_of:
        with open_journal(out) as journal:
            remember(out, journal, store, _VIEWS)  # a scan that changed nothing has counted on
        return _notes(unit, out)
    notes = write(store, out, unit, as_of)
    store.set_meta("outputs", json.dumps(_made_of(store, out, unit, as_of)))
    return notes


def _made_of(store: Store, out: Path, unit: Unit | None, as_of: str) -> dict[str, str]:
    """What the outputs depend on beside the scan's results, of which `scan` itself tells a change, and what they are."""
    written = {name: _sha256(out / name) if (out / name).is_file() else "" for name in _VIEWS}
    timetable = load_timetable(out)
    with open_journal(out) as journal:
        said = f"{journal.head()}{standings(timetable, handed_in(out, journal, timetable), date.today())}"
    sealed = repr(load_seal(out))
    version = f"{writing_version()}{store.get_meta('version')}"
    return {"unit": repr(unit), "as_of": as_of, "journal": said, "seal": sealed, "version": version, **written}


def write(store: Store, out: Path, unit: Unit | None, as_of: str, paper: Paper = A4) -> list[str]:
    """Write every output; the notes (in Chinese) say what a person should know of it."""
    with open_journal(out) as journal:
        follow(journal, store)
        said = held(journal, store)
        write_problem_list([*_problems(store), *_unread(store)], out / PROBLEMS)
        write_problem_sheet(to_settle(store), said, out)
        rows, facts = rows_now(store, said, unit), _facts(store, said, as_of)
        facts = replace(facts, kept=len(rows) - facts.flagged)
        notes = _keep_edited(out / LEDGER, store, journal)
        later = _supplement(rows, out, unit, facts, journal, store)
        _write_draft(rows, out, unit, facts, journal, paper)
        _report(store, rows, out, unit, facts, journal)
        notes += later
        remember(out, journal, store, _VIEWS)
    return [*notes, *_notes(unit, out)]


def _notes(unit: Unit | None, out: Path) -> list[str]:
    if unit is not None:
        return []
    how = pasted("unit", out)
    return [f"未设置 unit.toml：全部命中文件均列入台账，未区分本单位与外单位文件。请运行 {how} 回答五个问题"]


def fill_form(store: Store, out: Path, form: Path, unit: Unit | None) -> tuple[Filled, list[str]]:
    """Fill a unit's own form; one that a person has changed since is set aside. The draft is known to the journal first."""
    path = out / f"填好的{form.stem}.xlsx"
    with open_journal(out) as journal:
        rows = [row for row in rows_now(store, held(journal, store), unit) if row.belongs]
        draft = draft_id(rows)
        notes = _keep_edited(path, store, journal)
        done = fill_template(rows, form, path, draft=draft, reporter=unit.name if unit else "")
        journal.keep_draft(draft, [(row.document_id, as_json(row)) for row in rows], _sha256(path))
    return done, notes


def write_report_alone(store: Store, out: Path, unit: Unit | None, as_of: str) -> Counts:
    """Write report.html and nothing else, so that a ledger that someone is working on stays where it is."""
    with open_journal(out) as journal:
        said = held(journal, store)
        _report(store, rows_now(store, said, unit), out, unit, _facts(store, said, as_of), journal)
        remember_one(out, journal, REPORT)
    return count(store, said)


def rewrite_outputs(out: str | Path, unit: str | Path | None = None, paper: str = "A4") -> list[str]:
    """Write ledger, report and problem list again from what is stored; ``paper`` is A4 or A3. Raises FileNotFoundError without
    a scan."""
    out = Path(out)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(out / "scan.sqlite")
    with Store(out / "scan.sqlite", writing=True) as store:
        _, _, as_of = store.get_meta("version").partition("@")
        return write(store, out, unit_of(out, store, unit), as_of, PAPERS[paper])


def write_form(out: str | Path, template: str | Path, unit: str | Path | None = None) -> tuple[Filled, list[str]]:
    """Fill a unit's own form from what is stored, as "填好的" with its name in ``out``; what was filled, and notes in Chinese.
    Raises FileNotFoundError without a scan or form, LedgerError where its header is not known."""
    out = Path(out)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    with Store(out / "scan.sqlite") as store:
        return fill_form(store, out, Path(template), unit_of(out, store, unit))


def rewrite_report(out: str | Path, unit: str | Path | None = None) -> Counts:
    """Write report.html alone again, with the decisions as they stand. Raises FileNotFoundError without a scan."""
    out = Path(out)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    with Store(out / "scan.sqlite") as store:
        _, _, as_of = store.get_meta("version").partition("@")
        return write_report_alone(store, out, unit_of(out, store, unit), as_of)


def rows_now(store: Store, said: Held, unit: Unit | None) -> list[LedgerRow]:
    """The ledger's rows as scan and people leave them."""
    version = store.get_meta("version").partition("@")[0]
    built = [replace(row, version=version) for row in build_rows(entries(store, said), unit)]
    return with_decisions(built, said)


def facts_now(store: Store, said: Held, rows: list[LedgerRow]) -> ScanFacts:
    """What a ledger of these rows says of the scan."""
    facts = _facts(store, said, store.get_meta("version").partition("@")[2])
    return replace(facts, kept=max(0, len(rows) - facts.flagged))


def _write_draft(rows: list[LedgerRow], out: Path, unit: Unit | None, facts: ScanFacts, journal: Journal, paper: Paper) -> None:
    """The draft is known to the journal before it lies where a person can open it."""
    draft = draft_id(rows)
    with whole(out / LEDGER) as written:
        write_ledger(rows, written, unit, facts, draft=draft, paper=paper)
        journal.keep_draft(draft, [(row.document_id, as_json(row)) for row in rows], _sha256(written))


def _facts(store: Store, said: Held, as_of: str) -> ScanFacts:
    version = store.get_meta("version").partition("@")[0]
    return ScanFacts(*count(store, said), as_of=as_of, version=version, parts=tuple(store.count_parts().items()))


def _report(store: Store, rows: list[LedgerRow], out: Path, unit: Unit | None, facts: ScanFacts, journal: Journal) -> None:
    timetable = load_timetable(out)
    items = standings(timetable, handed_in(out, journal, timetable), date.today())
    write_report(rows, out / REPORT, unit, facts, _problems(store), _near(store), _unread(store), items)


def _problem_records(store: Store) -> list[FileRecord]:
    """What may hide a document first."""
    return sorted(store.problems(), key=lambda record: cost(record.kind, record.path))


def _problems(store: Store) -> list[Problem]:
    return [(record.path, record.kind, record.reason, record.remedy) for record in _problem_records(store)]


def _unread(store: Store) -> list[Problem]:
    """What could not be read inside a file that was screened (部分未读)."""
    found = (problem("部分未读", path, f"{part.place}：{part.detail}") for path, part in store.unread_parts())
    return [(told.path, told.kind, told.reason, told.remedy) for told in found]


def _supplement(
    rows: list[LedgerRow], out: Path, unit: Unit | None, facts: ScanFacts, journal: Journal, store: Store
) -> list[str]:
    """After the seal, later finds go to a supplement that says why; the sealed ledger itself is never touched."""
    sealed = load_seal(out)
    if sealed is None:
        return []
    known = sealed_documents(out, journal, store)
    kept = [row for row in rows if row.document_id not in known]
    added = write_supplement(kept, sealed, out / SUPPLEMENT, unit, facts)
    journal.keep_draft(draft_id(added), [(row.document_id, as_json(row)) for row in added], "") if added else None
    return [f"台账已封存；封存后新发现 {len(added)} 个文件，见 {SUPPLEMENT}，其中写明原因。"] if added else []


def _near(store: Store) -> list[NearMiss]:
    """Unflagged documents worth a look, likeliest first: what is no policy document but speaks of measures (非政策文件中提到) and
    what only repeals others, with what they are; and those whose best clause came nearest to the flag. All of them: the report
    says how many it does not show."""
    found = [
        NearMiss(each.path, each.title, each.score, _told_apart(each))
        for each in store.leading()
        if not each.flagged and (each.score >= _NEAR or _told_apart(each))
    ]
    return sorted(found, key=lambda miss: (-miss.score, miss.path))


def _told_apart(summary: Leading) -> str:
    """What an unflagged document is that speaks of measures all the same; empty for any other."""
    if summary.repeals:
        return "废止文件"
    return (summary.material or "其他") if summary.mentioned else ""


def _keep_edited(ledger: Path, store: Store, journal: Journal) -> list[str]:
    """A ledger that a person has changed since we wrote it is set aside, never overwritten."""
    if not ledger.exists():
        return []
    sha256 = _sha256(ledger)
    if journal.wrote(sha256) or sha256 == store.get_meta("ledger"):
        return []
    number = 1
    while (kept := ledger.with_name(f"{ledger.stem}.人工修改{number}.xlsx")).exists():
        number += 1
    ledger.rename(kept)
    return [f"原 {ledger.name} 已被修改过，现另存为 {kept.name}；其中的决定可以读入：{pasted('confirm', ledger.parent, kept)}"]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
