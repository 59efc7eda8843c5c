"""The store (OUT/scan.sqlite): the truth of a scan, from which every other output is made again.

Its tables are told in `schema`. Texts and screenings are compressed JSON: no pickle.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace
from pathlib import Path
from typing import Literal, TypeVar

from pipeline.archive.digest import digest
from pipeline.archive.entry import Entry, entry_of, unpacked
from pipeline.archive.schema import FILE_COLUMNS, SCHEMA, SCHEMA_VERSION, Leading, Outcomes
from pipeline.archive.schema import FileRecord as FileRecord
from pipeline.archive.schema import ScanUnfinished as ScanUnfinished
from pipeline.archive.schema import StoreDamaged as StoreDamaged
from pipeline.archive.schema import StoreInUse as StoreInUse
from pipeline.archive.schema import Summary as Summary
from pipeline.archive.schema import explained as explained
from pipeline.document import Document, Part, PartKind, PartOutcome, Screening

T = TypeVar("T")


class Store:
    """An open ``scan.sqlite``; a context manager that commits at its end, whatever happened."""

    def __init__(self, path: Path, *, writing: bool = False):
        if path.parent.exists() and not path.parent.is_dir():
            raise StoreDamaged(f"{path.parent} 是一个文件，不是目录，没有改动它；请换一个输出目录。")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=2, isolation_level=None)
        if writing:
            # One writer at a time: a second scan of the same OUT is told so, and can't interleave with this one.
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
        try:
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(SCHEMA)
            self._db.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
            if writing:
                self._db.execute("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", (SCHEMA_VERSION,))
        except sqlite3.OperationalError as error:
            self._db.close()
            if "locked" in str(error):
                raise StoreInUse(f"另一个扫描正在写入 {path}，请等它结束，或换一个 --out 目录。") from error
            raise StoreDamaged(explained(error, path)) from error
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise StoreDamaged(explained(error, path)) from error

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._db.commit()
        finally:
            self._db.close()

    def commit(self) -> None:
        """Make all that was written so far outlive a kill."""
        self._db.commit()
        self._db.execute("BEGIN IMMEDIATE")

    def get_meta(self, key: str) -> str:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def set_meta(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def digest(self) -> str:
        """What the tables say, in one sum."""
        return digest(self._db)

    # files

    def files(self) -> Iterator[FileRecord]:
        """Every file found, by path."""
        for row in self._db.execute(f"SELECT {FILE_COLUMNS} FROM files ORDER BY path"):
            yield FileRecord(*row)

    def file(self, path: str) -> FileRecord | None:
        row = self._db.execute(f"SELECT {FILE_COLUMNS} FROM files WHERE path = ?", (path,)).fetchone()
        return FileRecord(*row) if row else None

    def put_file(self, record: FileRecord, generation: int) -> None:
        """Record a file's outcome in the scan numbered ``generation``."""
        values = (record.path, record.size, record.mtime_ns, record.sha256, record.kind, record.reason, record.remedy)
        self._db.execute(
            f"INSERT OR REPLACE INTO files ({FILE_COLUMNS}, generation) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, generation),
        )

    def see_file(self, path: str, generation: int) -> None:
        """Record that the scan numbered ``generation`` found a file as it was."""
        self._db.execute("UPDATE files SET generation = ? WHERE path = ?", (generation, path))

    def put_container(self, path: str, size: int, mtime_ns: int, generation: int) -> None:
        """Record a file that holds others, as it was when the scan numbered ``generation`` found its members."""
        self._db.execute("INSERT OR REPLACE INTO containers VALUES (?, ?, ?, ?)", (path, size, mtime_ns, generation))

    def kept(self, path: str, size: int, mtime_ns: int, whole: int) -> list[tuple[str, int]] | None:
        """The path and size of each file that a file on disk held, itself where it holds none; None where that is not known.

        ``whole`` is the last scan that came to its end: of one that was stopped, members may be missing.
        """
        row = self._db.execute("SELECT size, mtime_ns, generation FROM containers WHERE path = ?", (path,)).fetchone()
        if row is not None:
            if row[:2] != (size, mtime_ns) or row[2] > whole:
                return None
            query = "SELECT path, size FROM files WHERE path = ? OR (path > ? AND path < ?) ORDER BY path"
            return self._db.execute(query, (path, f"{path}!", f'{path}"')).fetchall()  # " comes after !
        row = self._db.execute("SELECT size, mtime_ns, generation FROM files WHERE path = ?", (path,)).fetchone()
        return [(path, size)] if row is not None and row[:2] == (size, mtime_ns) and row[2] <= whole else None

    def problems(self, kind: str = "") -> Iterator[FileRecord]:
        """The files that could not be screened, by path; of one kind where asked."""
        query = f"SELECT {FILE_COLUMNS} FROM files WHERE kind <> '' AND (? = '' OR kind = ?) ORDER BY path"
        yield from (FileRecord(*row) for row in self._db.execute(query, (kind, kind)))

    def members(self, path: str) -> list[str]:
        """The paths of what a file holds, at any depth."""
        rows = self._db.execute("SELECT path FROM files WHERE path > ? AND path < ?", (f"{path}!", f'{path}"'))
        return [member for (member,) in rows]

    def drop_unseen(self, generation: int) -> int:
        """Forget files that the scan numbered ``generation`` did not find, and texts that no file leads to any more; how many
        files were forgotten."""
        self._db.execute("DELETE FROM containers WHERE generation <> ?", (generation,))
        dropped = self._db.execute("DELETE FROM files WHERE generation <> ?", (generation,)).rowcount
        for table in ("documents", "screenings", "parts", "materials", "readers"):
            self._db.execute(f"DELETE FROM {table} WHERE sha256 NOT IN (SELECT sha256 FROM files WHERE kind = '')")
        return dropped

    def has_screened_of_size(self, size: int) -> bool:
        """Whether a screened file has this size: only then can one have the same bytes."""
        return self._db.execute("SELECT 1 FROM files WHERE size = ? AND kind = '' LIMIT 1", (size,)).fetchone() is not None

    def has_screened(self, sha256: str) -> bool:
        """Whether a screened file has these bytes."""
        return self._db.execute("SELECT 1 FROM files WHERE sha256 = ? AND kind = '' LIMIT 1", (sha256,)).fetchone() is not None

    def withdraw(self, path: str, kind: str, reason: str, remedy: str) -> None:
        """Turn a file into a problem after all; its text goes with `drop_unseen`."""
        self._db.execute(
            "UPDATE files SET sha256 = '', kind = ?, reason = ?, remedy = ? WHERE path = ?", (kind, reason, remedy, path)
        )

    # documents and screenings

    def version(self, sha256: str) -> str:
        """The version of rules under which a stored document was screened; empty where it is not stored."""
        row = self._db.execute("SELECT version FROM screenings WHERE sha256 = ?", (sha256,)).fetchone()
        return row[0] if row else ""

    def versions(self) -> Iterator[str]:
        """The version of each screening that is stored."""
        return (version for (version,) in self._db.execute("SELECT version FROM screenings"))

    def put_screening(self, screening: Screening, version: str, signature: bytes) -> None:
        self.put_entry(entry_of(screening, signature), version)

    def put_entry(self, entry: Entry, version: str) -> None:
        """Keep a screening that was made under a version of the rules."""
        self._db.execute("INSERT OR REPLACE INTO documents VALUES (?, ?)", (entry.sha256, entry.document))
        judged = (entry.sha256, version, entry.flagged, entry.score)
        elements = (entry.title, entry.number, entry.date, entry.draft)
        self._db.execute(
            "INSERT OR REPLACE INTO screenings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*judged, *elements, entry.format, entry.signature, entry.screening),
        )
        told = (entry.sha256, entry.material, entry.mentioned, entry.repeals)
        self._db.execute("INSERT OR REPLACE INTO materials VALUES (?, ?, ?, ?)", told)
        self._db.execute("DELETE FROM parts WHERE sha256 = ?", (entry.sha256,))
        rows = ((entry.sha256, number, *astuple(part)) for number, part in enumerate(entry.parts))
        self._db.executemany("INSERT INTO parts VALUES (?, ?, ?, ?, ?, ?)", rows)

    def put_reader(self, sha256: str, version: str) -> None:
        """Record by which version of the readers the parts of a document were accounted for."""
        self._db.execute("INSERT OR REPLACE INTO readers VALUES (?, ?)", (sha256, version))

    def may_gain(self, sha256: str, version: str) -> bool:
        """Whether readers of this version may find more in a document: its parts were never accounted for, or an older version
        left some of them unread."""
        row = self._db.execute("SELECT version FROM readers WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None or row[0] == version:
            return row is None
        query = "SELECT 1 FROM parts WHERE sha256 = ? AND outcome = ? LIMIT 1"
        return self._db.execute(query, (sha256, PartOutcome.UNREAD)).fetchone() is not None

    def count_parts(self) -> dict[PartOutcome, int]:
        """How many parts of the screened files had each outcome."""
        query = "SELECT outcome, count(*) FROM files JOIN parts USING (sha256) WHERE files.kind = '' GROUP BY outcome"
        found = {PartOutcome(outcome): number for outcome, number in self._db.execute(query)}
        return {outcome: found.get(outcome, 0) for outcome in PartOutcome}

    def unread_parts(self) -> Iterator[tuple[str, Part]]:
        """The parts of screened files that were not read (部分未读), with the file's path."""
        query = (
            "SELECT path, parts.kind, place, outcome, detail FROM files JOIN parts USING (sha256) "
            "WHERE files.kind = '' AND outcome = ? ORDER BY path, number"
        )
        for path, kind, place, outcome, detail in self._db.execute(query, (PartOutcome.UNREAD,)):
            yield path, Part(PartKind(kind), place, PartOutcome(outcome), detail)

    def document(self, sha256: str, path: str) -> Document:
        """The stored document, under the path that the caller knows it by. Raises KeyError."""
        row = self._db.execute("SELECT body FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise KeyError(sha256)
        return replace(unpacked(row[0], Document), path=path)

    def screening(self, sha256: str, path: str) -> Screening:
        """The stored screening with its text. Raises KeyError."""
        row = self._db.execute("SELECT body FROM screenings WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise KeyError(sha256)
        return replace(unpacked(row[0], Screening), document=self.document(sha256, path))

    def glances(self, type_: type[T], table: Literal["screenings", "documents"] = "screenings") -> Iterator[tuple[str, T]]:
        """Every screening or document by SHA-256, of which only the fields of ``type_`` are read: lists of ten thousand are made
        of it."""
        for sha256, body in self._db.execute(f"SELECT sha256, body FROM {table} ORDER BY sha256"):
            yield sha256, unpacked(body, type_)

    def summaries(self) -> Iterator[Summary]:
        """What is known of each screened document without opening it, by SHA-256."""
        query = (
            "SELECT sha256, flagged, score, title, number, date, draft, format, signature, material, mentioned, repeals "
            "FROM screenings LEFT JOIN materials USING (sha256) ORDER BY sha256"
        )
        for sha256, flagged, score, title, number, date, draft, format_, signature, *told in self._db.execute(query):
            material, mentioned, repeals = told
            elements = (title, number, date, bool(draft), format_, signature)
            yield Summary(sha256, bool(flagged), score, *elements, material or "", bool(mentioned), bool(repeals))

    # duplicates

    def put_leaders(self, leaders: dict[str, str]) -> None:
        """Which screened file leads the group that each screened path belongs to (itself, where it is alone)."""
        self._db.execute("DELETE FROM leaders")
        self._db.executemany("INSERT INTO leaders VALUES (?, ?)", sorted(leaders.items()))

    def put_groups(self, groups: Iterable[tuple[str, str, int]]) -> None:
        """The same from groups of documents: SHA-256, the group's name, the rank; the lowest rank leads, then the first path."""
        self._db.execute("CREATE TEMP TABLE groups (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, rank INTEGER NOT NULL)")
        self._db.executemany("INSERT INTO groups VALUES (?, ?, ?)", groups)
        self._db.execute("DELETE FROM leaders")
        self._db.execute(
            "INSERT INTO leaders SELECT path, first_value(path) OVER (PARTITION BY name ORDER BY rank, path) "
            "FROM files JOIN groups USING (sha256) WHERE kind = ''"
        )
        self._db.execute("DROP TABLE groups")

    def leaders(self) -> dict[str, str]:
        """The leading file of every screened file. Raises ScanUnfinished where some have not been grouped yet."""
        self._must_be_grouped()
        return dict(self._db.execute("SELECT path, leader FROM leaders ORDER BY path"))

    def leading(self) -> Iterator[Leading]:
        """The files that lead their groups, by path. Raises ScanUnfinished."""
        self._must_be_grouped()
        query = (
            "SELECT path, sha256, flagged, score, title, material, mentioned, repeals, date FROM leaders JOIN files USING (path) "
            "JOIN screenings USING (sha256) LEFT JOIN materials USING (sha256) WHERE path = leader AND kind = '' ORDER BY path"
        )
        for path, sha256, flagged, score, title, material, mentioned, repeals, date in self._db.execute(query):
            yield Leading(path, sha256, bool(flagged), score, title, material or "", bool(mentioned), bool(repeals), date or "")

    def copies(self, leader: str) -> list[str]:
        """The other files of the group that a file leads, by path."""
        query = "SELECT path FROM leaders WHERE leader = ? AND path <> leader ORDER BY path"
        return [path for (path,) in self._db.execute(query, (leader,))]

    def outcomes(self) -> Outcomes:
        """The counts that the sum closes over. Raises ScanUnfinished."""
        self._must_be_grouped()
        led = "SELECT count(*) FROM leaders JOIN files USING (path) WHERE path = leader AND kind = ''"
        return Outcomes(*self._db.execute(f"SELECT count(*), ({led}), coalesce(sum(kind <> ''), 0) FROM files").fetchone())

    def _must_be_grouped(self) -> None:
        query = "SELECT count(*) FROM files WHERE kind = '' AND path NOT IN (SELECT path FROM leaders)"
        (ungrouped,) = self._db.execute(query).fetchone()
        if ungrouped:
            raise ScanUnfinished("上次扫描没有完成。请再次运行同一条 shixin scan 命令接着做完，再进行这一步。")
