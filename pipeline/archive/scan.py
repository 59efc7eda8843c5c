"""The scan (扫描): every file of an archive is screened once, and each ends in exactly one place.

files found = screened + duplicates of screened + problems. The store is written as results come, so that a killed scan
goes on where it stopped; a file whose size and time are unchanged is not read again; a document whose judgement is out of
date (rules, model, registry or date changed) is screened again from its stored text.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from pipeline.archive import outputs
from pipeline.archive.duplicates import group
from pipeline.archive.entry import Entry
from pipeline.archive.executor import WorkerLost, open_engine, run
from pipeline.archive.listing import documents_table
from pipeline.archive.people.units import FILE as UNIT
from pipeline.archive.people.units import keep_unit
from pipeline.archive.sources import Archive, Expected, bind, exists, sources
from pipeline.archive.store import FileRecord, Store
from pipeline.archive.versions.result_versions import judgement_version, reading_version
from pipeline.archive.work import Outcome, ReadTask, RescreenTask, perform_packed, prepare
from pipeline.document import UnreadableFile
from pipeline.extract import load_registry
from pipeline.ingest import Source, archive_at, hash_file, opened, problem
from pipeline.ledger import load_unit

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
            return documents_table(store)


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

    ``archive`` is a path or an address that fsspec knows (``s3://bucket/folder``), which the workers read, not this process;
    ``workers`` are processes, as many as cores by default; ``engine`` is "local", "dask://host:port" or an executor of a
    distributed engine;
    ``unit`` a unit.toml (found in the archive or beside it by default); ``as_of`` the ISO date of judgement, today by default; ``registry`` a CSV of the user's own authorities;
    ``add`` takes ``archive`` into an output folder of other archives; ``progress`` is called with the files done and the files
    there will be, which are counted first (what is in containers is added as they are opened). Raises FileNotFoundError where there is no archive, `StoreInUse` where another scan writes to ``out``,
    `OtherArchive` where ``out`` belongs to another archive, `UnitError`.
    """
    here, out = archive_at(archive), Path(out)
    if not exists(here):
        raise FileNotFoundError(archive)
    unit = unit or (_unit_file(here) if isinstance(here, Path) else None) or (out / UNIT if (out / UNIT).is_file() else None)
    own = load_unit(unit)
    began = time.monotonic()
    as_of = as_of or date.today().isoformat()
    own_registry = str(Path(registry).resolve()) if registry else None
    version = partial(judgement_version, as_of, own_registry)
    load_registry(own_registry)  # a wrong table is told before any file is read
    with Store(out / "scan.sqlite", writing=True) as store, open_engine(engine, workers, version, prepare) as (pool, ahead):
        archives = bind(store, here, out, add=add)
        work = _Scan(store, archives, out, as_of, own_registry, progress)
        if work.run(pool, ahead):
            store.put_groups(group(store.summaries()))
            store.set_meta("grouped", "1")
        store.set_meta("unit", str(Path(unit).resolve()) if unit else "")
        keep_unit(out, unit)
        notes = outputs.refresh(store, out, own, as_of)
        if work.not_rescreened:
            notes.append(f"{work.not_rescreened} 份文件没有能按现在的规则重新判断，仍是上次的判断；再次扫描时会再试。")
        counts = outputs.counted(store, out)
        parts = {str(outcome): number for outcome, number in store.count_parts().items()}
    return ScanResult(*counts, seconds=time.monotonic() - began, out=out, notes=tuple(notes), parts=parts)


def _unit_file(archive: Path) -> Path | None:
    """The unit.toml in the archive, or in the folder that holds it."""
    folder = archive if archive.is_dir() else archive.parent
    return next((path for path in (folder / "unit.toml", folder.parent / "unit.toml") if path.is_file()), None)


class _Scan:
    """The bookkeeping of one run: which files need work, and what came of it."""

    def __init__(
        self, store: Store, archives: list[Archive], out: Path, as_of: str, registry: str | None, progress: Progress | None
    ):
        self._store = store
        self._archives = archives
        self._out = out.resolve()
        self._as_of = as_of
        self._progress = progress or (lambda done, found: None)
        self._registry = registry
        self._version = judgement_version(as_of, registry)
        self._new_readers = store.get_meta("reading") != reading_version()
        self._whole = int(store.get_meta("generation") or 0)  # the last scan that came to its end
        self._generation = self._whole + 1
        self._opened: deque[Source] = deque()
        self._walking = sources(archives, self._kept)
        self._within = any(isinstance(archive, Path) and self._out.is_relative_to(archive) for archive in archives)
        self._rescreened: set[str] = set()
        self._container = ""
        self._changed = not store.get_meta("grouped")
        self._expected = Expected(archives)
        self._done = self._own_outputs = 0
        self.not_rescreened = 0
        self._committed = time.monotonic()

    def run(self, pool, ahead: int) -> bool:
        """Whether anything is other than it was."""
        for task, outcome in run(pool, perform_packed, self, ahead):
            self._keep(task, outcome)
        self._withdraw_classified()
        if self._store.drop_unseen(self._generation):
            self._change()
        self._store.set_meta("generation", str(self._generation))
        self._store.set_meta("reading", reading_version())
        self._store.set_meta("version", self._version)
        return self._changed

    def _change(self) -> None:
        """What was made of the store is out of date from here on, also after a kill."""
        if not self._changed:
            self._changed = True
            self._store.set_meta("grouped", "")
            self._store.set_meta("outputs", "")

    def __iter__(self) -> Iterator[ReadTask | RescreenTask]:
        return self

    def __next__(self) -> ReadTask | RescreenTask:
        """The work list: what a file needs is settled when its turn comes, so that memory stays flat. After its end it goes on
        where a worker has opened a file that holds others."""
        while True:
            source = self._opened.popleft() if self._opened else next(self._walking)
            self._expected.saw(source)
            if self._within and source.file and Path(source.file).resolve().is_relative_to(self._out):
                self._own_outputs += 1
                continue  # our own outputs, where OUT lies inside the archive
            if (task := self._task(source)) is not None:
                return task

    def _kept(self, path: str, size: int, mtime_ns: int) -> list[tuple[str, int]] | None:
        return None if self._new_readers else self._store.kept(path, size, mtime_ns, self._whole)

    def _task(self, source: Source) -> ReadTask | RescreenTask | None:
        """What is to be done of a file; None where it is recorded already."""
        if source.member:
            self._put_container(source)
        known = self._store.file(source.path)
        if source.problem is not None:
            self._problem(source, "", source.problem)
        elif known and self._is_current(source, known):
            outdated = not known.kind and self._store.version(known.sha256) != self._version
            if not outdated or known.sha256 in self._rescreened:
                self._record(known)
            else:
                self._rescreened.add(known.sha256)
                self._store.see_file(known.path, self._generation)
                return RescreenTask(self._store.document(known.sha256, source.path), self._as_of, self._registry)
        elif twin := self._stored_twin(source):
            self._record(FileRecord(source.path, source.size, source.mtime_ns, twin))
        else:
            return ReadTask(source, self._as_of, self._registry)
        return None

    def _put_container(self, member: Source) -> None:
        holder = member.path[: -len(member.member) - 1]
        if holder != self._container:
            self._container = holder
            self._store.put_container(holder, member.file_size, member.mtime_ns, self._generation)

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
        if not self._store.has_screened_of_size(source.size):
            return ""
        sha256 = hash_file(source)
        is_current = self._store.version(sha256) == self._version and not self._may_gain(sha256)
        return sha256 if self._store.has_screened(sha256) and is_current else ""

    def _keep(self, task: ReadTask | RescreenTask, outcome: Outcome | WorkerLost) -> None:
        if isinstance(task, RescreenTask):
            if isinstance(outcome, Outcome) and outcome.entry is not None:
                self._put_screening(outcome.entry)
            else:
                self.not_rescreened += 1  # the earlier judgement stands, under its own version; the next scan tries again
            self._step()
            return
        source = task.source
        if isinstance(outcome, WorkerLost):
            self._problem(source, "", problem(outcome.kind, source.path, outcome.detail))
            return
        self._opened.extend(opened(source, outcome.members))
        if outcome.problem is not None:
            self._problem(source, outcome.sha256, outcome.problem)
        elif outcome.entry is not None:
            self._put_screening(outcome.entry)
            self._store.put_reader(outcome.sha256, reading_version())
            self._record(FileRecord(source.path, source.size, source.mtime_ns, outcome.sha256))
        else:  # a container alone is no file found, its members are
            self._expected.found -= 1

    def _put_screening(self, entry: Entry) -> None:
        self._change()
        self._store.put_entry(entry, self._version)

    def _problem(self, source: Source, sha256: str, told: UnreadableFile) -> None:
        self._record(FileRecord(source.path, source.size, source.mtime_ns, sha256, told.kind, told.reason, told.remedy))

    def _withdraw_classified(self) -> None:
        """A 密级 in a file inside a document holds for the whole document, and for the other files in it."""
        outer = {path for record in self._store.problems("涉密") for path in (record.path, *_outer(record.path))}
        for document in sorted(path for path in outer if self._store.file(path)):
            for path in (document, *self._store.members(document)):
                record = self._store.file(path)
                if record is not None and record.kind != "涉密":
                    self._change()
                    found = problem("涉密", path, "所在文件或其中附带的文件标有密级")
                    self._store.withdraw(path, found.kind, found.reason, found.remedy)

    def _record(self, record: FileRecord) -> None:
        if self._store.file(record.path) == record:
            self._store.see_file(record.path, self._generation)
        else:
            self._change()
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
