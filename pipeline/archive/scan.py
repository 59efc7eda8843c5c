"""The scan (扫描): every file of an archive is screened once, and each ends in exactly one place.

files found = screened + duplicates of screened + problems. The store is written as results come, so that a killed scan
goes on where it stopped; a file whose size and time are unchanged is not read again; a document whose judgement is out of
date (rules, model, registry or date changed) is screened again from its stored text.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from pipeline.archive import outputs
from pipeline.archive.duplicates import group
from pipeline.archive.executor import WorkerLost, open_engine, run
from pipeline.archive.people.units import FILE as UNIT
from pipeline.archive.people.units import keep_unit, unit_of
from pipeline.archive.result_versions import judgement_version, reading_version
from pipeline.archive.sources import Expected, bind, sources
from pipeline.archive.store import FileRecord, Store
from pipeline.archive.work import Outcome, ReadTask, RescreenTask, perform
from pipeline.extract import load_registry
from pipeline.ingest import Source, hash_file, problem
from pipeline.ledger import PAPERS, Filled, load_unit

_COMMIT_SECONDS = 2.0

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What a scan found. ``found`` = ``screened`` + ``duplicates`` + ``problems``, always; ``out`` holds the outputs.

    ``parts`` counts the parts of the screened files by what became of them (已读, 另列, 无文字, 未读).
    """

    found: int
    screened: int
    duplicates: int
    problems: int
    flagged: int
    seconds: float
    out: Path
    notes: tuple[str, ...] = ()
    parts: dict[str, int] = field(default_factory=dict)

    @property
    def documents(self) -> pd.DataFrame:
        """One row a file: path, outcome (已筛查, 重复, 问题), the document's elements, score, flag, suggestion."""
        with Store(self.out / "scan.sqlite") as store:
            return outputs.documents_table(store)


def scan(
    archive: str | Path,
    out: str | Path,
    workers: int | None = None,
    engine: str | Executor = "local",
    *,
    unit: str | Path | None = None,
    as_of: str | None = None,
    registry: str | Path | None = None,
    add: bool = False,
    progress: Progress | None = None,
) -> ScanResult:
    """Screen every file below ``archive`` (or the one file that it is) and write all outputs into ``out``.

    ``workers`` are processes, as many as cores by default; ``engine`` is "local" or an executor of a distributed engine;
    ``unit`` a unit.toml (found in the archive or beside it by default); ``as_of`` the ISO date of judgement, today by default; ``registry`` a CSV of the user's own authorities;
    ``add`` takes ``archive`` into an output folder of other archives; ``progress`` is called with the files done and the files
    there will be, which are counted first (what is in containers is added as they are opened). Raises FileNotFoundError where there is no archive, `StoreInUse` where another scan writes to ``out``,
    `OtherArchive` where ``out`` belongs to another archive, `UnitError`.
    """
    archive, out = Path(archive), Path(out)
    if not archive.exists():
        raise FileNotFoundError(archive)
    unit = unit or _unit_file(archive) or (out / UNIT if (out / UNIT).is_file() else None)
    own = load_unit(unit)
    began = time.monotonic()
    as_of = as_of or date.today().isoformat()
    own_registry = str(Path(registry).resolve()) if registry else None
    load_registry(own_registry)  # a wrong table is told before any file is read
    with Store(out / "scan.sqlite", writing=True) as store, open_engine(engine, workers) as (pool, ahead):
        archives = bind(store, archive, out, add=add)
        work = _Scan(store, archives, out, as_of, own_registry, progress)
        work.run(pool, ahead)
        _group(store)
        store.set_meta("unit", str(Path(unit).resolve()) if unit else "")
        keep_unit(out, unit)
        notes = outputs.write(store, out, own, as_of)
        if work.not_rescreened:
            notes.append(f"{work.not_rescreened} 份文件没有能按现在的规则重新判断，仍是上次的判断；再次扫描时会再试。")
        counts = outputs.counted(store, out)
        parts = {str(outcome): number for outcome, number in store.count_parts().items()}
    return ScanResult(*counts, seconds=time.monotonic() - began, out=out, notes=tuple(notes), parts=parts)


def rewrite_outputs(out: str | Path, unit: str | Path | None = None, paper: str = "A4") -> list[str]:
    """Write ledger, report and problem list again from what is stored; ``paper`` is A4 or A3. Raises FileNotFoundError without
    a scan."""
    out = Path(out)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(out / "scan.sqlite")
    with Store(out / "scan.sqlite", writing=True) as store:
        _, _, as_of = store.get_meta("version").partition("@")
        return outputs.write(store, out, unit_of(out, store, unit), as_of, PAPERS[paper])


def write_form(out: str | Path, template: str | Path, unit: str | Path | None = None) -> tuple[Filled, list[str]]:
    """Fill a unit's own form from what is stored, as "填好的" with its name in ``out``; what was filled, and notes in Chinese.
    Raises FileNotFoundError without a scan or form, LedgerError where its header is not known."""
    out = Path(out)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    with Store(out / "scan.sqlite") as store:
        return outputs.write_form(store, out, Path(template), unit_of(out, store, unit))


def rewrite_report(out: str | Path, unit: str | Path | None = None) -> outputs.Counts:
    """Write report.html alone again, with the decisions as they stand. Raises FileNotFoundError without a scan."""
    out = Path(out)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    with Store(out / "scan.sqlite") as store:
        _, _, as_of = store.get_meta("version").partition("@")
        return outputs.write_report_alone(store, out, unit_of(out, store, unit), as_of)


def _unit_file(archive: Path) -> Path | None:
    """The unit.toml in the archive, or in the folder that holds it."""
    folder = archive if archive.is_dir() else archive.parent
    return next((path for path in (folder / "unit.toml", folder.parent / "unit.toml") if path.is_file()), None)


class _Scan:
    """The bookkeeping of one run: which files need work, and what came of it."""

    def __init__(
        self, store: Store, archives: list[Path], out: Path, as_of: str, registry: str | None, progress: Progress | None
    ):
        self._store = store
        self._archives = archives
        self._out = out.resolve()
        self._as_of = as_of
        self._progress = progress or (lambda done, found: None)
        self._registry = registry
        self._version = judgement_version(as_of, registry)
        self._new_readers = store.get_meta("reading") != reading_version()
        self._generation = int(store.get_meta("generation") or 0) + 1
        self._expected = Expected(archives)
        self._done = self._own_outputs = 0
        self.not_rescreened = 0
        self._committed = time.monotonic()

    def run(self, pool, ahead: int) -> None:
        for task, outcome in run(pool, perform, self._tasks(), ahead):
            self._keep(task, outcome)
        self._withdraw_classified()
        self._store.drop_unseen(self._generation)
        self._store.set_meta("generation", str(self._generation))
        self._store.set_meta("reading", reading_version())
        self._store.set_meta("version", self._version)

    def _tasks(self) -> Iterator[ReadTask | RescreenTask]:
        """The work list: what a file needs is settled when its turn comes, so that memory stays flat."""
        rescreened: set[str] = set()
        for source in sources(self._archives):
            self._expected.saw(source)
            if source.file and Path(source.file).resolve().is_relative_to(self._out):
                self._own_outputs += 1
                continue  # our own outputs, where OUT lies inside the archive
            known = self._store.file(source.path)
            if source.problem is not None:
                self._problem(source, "", source.problem.kind, source.problem.reason, source.problem.remedy)
            elif known and self._is_current(source, known):
                outdated = not known.kind and self._store.version(known.sha256) != self._version
                if not outdated or known.sha256 in rescreened:
                    self._record(known)
                else:
                    rescreened.add(known.sha256)
                    self._store.put_file(known, self._generation)
                    yield RescreenTask(self._store.document(known.sha256, source.path), self._as_of, self._registry)
            elif twin := self._stored_twin(source):
                self._record(FileRecord(source.path, source.size, source.mtime_ns, twin))
            else:
                yield ReadTask(source, self._as_of, self._registry)

    def _is_current(self, source: Source, known: FileRecord) -> bool:
        unchanged = (source.size, source.mtime_ns) == (known.size, known.mtime_ns)
        return unchanged and not (self._new_readers and known.kind) and not self._may_gain(known.sha256)

    def _may_gain(self, sha256: str) -> bool:
        """Whether the readers are newer than those of a screened document, and may find more in it."""
        return self._new_readers and self._store.may_gain(sha256, reading_version())

    def _stored_twin(self, source: Source) -> str:
        """The SHA-256 of a screened document with the same bytes, so that a copy is hashed and not screened."""
        if source.member:
            return ""  # opening a container is the workers' business
        same_size = self._store.screened_with_size(source.size)
        sha256 = hash_file(source) if same_size else ""
        is_current = self._store.version(sha256) == self._version and not self._may_gain(sha256)
        return sha256 if sha256 in same_size and is_current else ""

    def _keep(self, task: ReadTask | RescreenTask, outcome: Outcome | WorkerLost) -> None:
        if isinstance(task, RescreenTask):
            if isinstance(outcome, Outcome) and outcome.screening is not None:
                self._store.put_screening(outcome.screening, self._version, outcome.signature)
            else:
                self.not_rescreened += 1  # the earlier judgement stands, under its own version; the next scan tries again
            self._step()
            return
        source = task.source
        if isinstance(outcome, WorkerLost):
            lost = problem(outcome.kind, source.path, outcome.detail)
            self._problem(source, "", lost.kind, lost.reason, lost.remedy)
        elif outcome.screening is None:
            assert outcome.problem is not None
            self._problem(source, outcome.sha256, outcome.problem.kind, outcome.problem.reason, outcome.problem.remedy)
        else:
            self._store.put_screening(outcome.screening, self._version, outcome.signature)
            self._store.put_reader(outcome.sha256, reading_version())
            self._record(FileRecord(source.path, source.size, source.mtime_ns, outcome.sha256))

    def _problem(self, source: Source, sha256: str, kind: str, reason: str, remedy: str) -> None:
        self._record(FileRecord(source.path, source.size, source.mtime_ns, sha256, kind, reason, remedy))

    def _withdraw_classified(self) -> None:
        """A 密级 in a file inside a document holds for the whole document, and for the other files in it."""
        records = list(self._store.files())
        documents = {record.path for record in records}
        marked = {outer for record in records if record.kind == "涉密" for outer in _outer(record.path) if outer in documents}
        for record in records:
            if record.kind != "涉密" and (record.path in marked or marked.intersection(_outer(record.path))):
                found = problem("涉密", record.path, "所在文件或其中附带的文件标有密级")
                self._store.withdraw(record.path, found.kind, found.reason, found.remedy)

    def _record(self, record: FileRecord) -> None:
        self._store.put_file(record, self._generation)
        self._step()

    def _step(self) -> None:
        self._done += 1
        self._progress(self._done, self._expected.total - self._own_outputs)
        if time.monotonic() - self._committed > _COMMIT_SECONDS:
            self._store.commit()
            self._committed = time.monotonic()


def _outer(path: str) -> Iterator[str]:
    """The addresses of what holds a member, innermost last."""
    places = [index for index, sign in enumerate(path) if sign == "!"]
    return (path[:place] for place in places)


def _group(store: Store) -> None:
    """Group duplicates over the whole store, so that the groups do not depend on the order of the work."""
    paths: dict[str, list[str]] = defaultdict(list)
    for record in store.files():
        if not record.kind:
            paths[record.sha256].append(record.path)
    store.put_leaders(group(list(store.summaries()), paths))
