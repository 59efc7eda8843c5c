"""The store (OUT/scan.sqlite): the truth of a scan, from which every other output is made again.

Of its tables ``files`` has one row for each file found, with its outcome; ``documents`` the text of each distinct file
that was screened, by the SHA-256 of its bytes; ``screenings`` what the product says of it, under the version of rules,
model and date that said it; ``parts`` what became of each part of a screened file, ``readers`` by which version of the readers it was accounted for. Texts and screenings are compressed JSON: no pickle.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from pipeline.archive.digest import digest
from pipeline.document import Document, Part, PartKind, PartOutcome, Screening
from pipeline.errors import Refusal

T = TypeVar("T")
SCHEMA_VERSION = "1"
_FILE_COLUMNS = "path, size, mtime_ns, sha256, kind, reason, remedy"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL DEFAULT '', generation INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', remedy TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS files_sha256 ON files (sha256);
CREATE INDEX IF NOT EXISTS files_size ON files (size);
CREATE TABLE IF NOT EXISTS documents (sha256 TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS screenings (
    sha256 TEXT PRIMARY KEY, version TEXT NOT NULL, flagged INTEGER NOT NULL, score REAL NOT NULL,
    title TEXT NOT NULL, number TEXT NOT NULL, date TEXT NOT NULL, draft INTEGER NOT NULL,
    format TEXT NOT NULL, signature BLOB NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS parts (
    sha256 TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL,
    outcome TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (sha256, number));
CREATE TABLE IF NOT EXISTS materials (
    sha256 TEXT PRIMARY KEY, material TEXT NOT NULL, mentioned INTEGER NOT NULL, repeals INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS readers (sha256 TEXT PRIMARY KEY, version TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS leaders (path TEXT PRIMARY KEY, leader TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file found. ``kind`` is empty where it was screened; else it is the problem's class."""

    path: str
    size: int
    mtime_ns: int
    sha256: str = ""
    kind: str = ""
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What grouping and lists need of a screening, without its text."""

    sha256: str
    flagged: bool
    score: float
    title: str
    number: str
    date: str
    draft: bool
    format: str
    signature: bytes
    material: str = ""  # empty where it was screened before materials were told apart
    mentioned: bool = False
    repeals: bool = False


class StoreInUse(Refusal):
    """Another scan is writing to the same output folder."""


class StoreDamaged(Refusal):
    """The store can't be read: the scan is made again; what people decided lies in the journal."""


class ScanUnfinished(Refusal):
    """The scan was stopped before its end: what is stored is a part, and no list may be made of a part."""


def explained(error: sqlite3.Error, path: Path | None = None) -> str:
    """A database error in words: what happened, what is safe, what to do."""
    said, what = str(error), path or "scan.sqlite"
    if "full" in said or "disk I/O" in said:
        return f"{what}：磁盘已满或写不进去。已保存的结果和决定都在；请腾出空间后再次运行同一命令。"
    if "readonly" in said or "unable to open" in said:
        return f"{what}：没有写入权限，没有改动任何文件；请检查目录权限，或换一个输出目录。"
    return (
        f"{what}：扫描结果已损坏（{said}），没有改动任何文件。人工决定另存于 决定.sqlite，不受影响；"
        "请把损坏的 scan.sqlite 移到别处，再次运行 shixin scan，决定会自动回到新结果上。"
    )


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
            self._db.executescript(_SCHEMA)
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
        self._db.commit()
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
        for row in self._db.execute(f"SELECT {_FILE_COLUMNS} FROM files ORDER BY path"):
            yield FileRecord(*row)

    def file(self, path: str) -> FileRecord | None:
        row = self._db.execute(f"SELECT {_FILE_COLUMNS} FROM files WHERE path = ?", (path,)).fetchone()
        return FileRecord(*row) if row else None

    def put_file(self, record: FileRecord, generation: int) -> None:
        """Record a file's outcome in the scan numbered ``generation``."""
        values = (record.path, record.size, record.mtime_ns, record.sha256, record.kind, record.reason, record.remedy)
        self._db.execute(
            f"INSERT OR REPLACE INTO files ({_FILE_COLUMNS}, generation) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, generation),
        )

    def drop_unseen(self, generation: int) -> None:
        """Forget files that the scan numbered ``generation`` did not find, and texts that no file leads to any more."""
        self._db.execute("DELETE FROM files WHERE generation <> ?", (generation,))
        for table in ("documents", "screenings", "parts", "readers"):
            self._db.execute(f"DELETE FROM {table} WHERE sha256 NOT IN (SELECT sha256 FROM files WHERE kind = '')")

    def screened_with_size(self, size: int) -> set[str]:
        """SHA-256 of the screened files of this size: only they can have the same bytes."""
        rows = self._db.execute("SELECT DISTINCT sha256 FROM files WHERE size = ? AND kind = ''", (size,))
        return {sha256 for (sha256,) in rows}

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
        document, metadata = screening.document, screening.metadata
        self._db.execute("INSERT OR REPLACE INTO documents VALUES (?, ?)", (document.sha256, _pack(replace(document, path=""))))
        body = _pack(replace(screening, document=replace(document, path="", text="")))
        judged = (document.sha256, version, screening.flagged, screening.score)
        elements = (metadata.title, metadata.number, metadata.date, metadata.draft)
        self._db.execute(
            "INSERT OR REPLACE INTO screenings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*judged, *elements, document.format, signature, body),
        )
        told = (document.sha256, metadata.material, screening.mentioned, metadata.repeals)
        self._db.execute("INSERT OR REPLACE INTO materials VALUES (?, ?, ?, ?)", told)
        self._db.execute("DELETE FROM parts WHERE sha256 = ?", (document.sha256,))
        rows = ((document.sha256, number, *astuple(part)) for number, part in enumerate(document.parts))
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
        return replace(_unpack(row[0], Document), path=path)

    def screening(self, sha256: str, path: str) -> Screening:
        """The stored screening with its text. Raises KeyError."""
        row = self._db.execute("SELECT body FROM screenings WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise KeyError(sha256)
        return replace(_unpack(row[0], Screening), document=self.document(sha256, path))

    def glances(self, type_: type[T], table: Literal["screenings", "documents"] = "screenings") -> Iterator[tuple[str, T]]:
        """Every screening or document by SHA-256, of which only the fields of ``type_`` are read: lists of ten thousand are made
        of it."""
        for sha256, body in self._db.execute(f"SELECT sha256, body FROM {table} ORDER BY sha256"):
            yield sha256, _unpack(body, type_)

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

    def leaders(self) -> dict[str, str]:
        """The leading file of every screened file. Raises ScanUnfinished where some have not been grouped yet."""
        query = "SELECT count(*) FROM files WHERE kind = '' AND path NOT IN (SELECT path FROM leaders)"
        (ungrouped,) = self._db.execute(query).fetchone()
        if ungrouped:
            raise ScanUnfinished("上次扫描没有完成。请再次运行同一条 shixin scan 命令接着做完，再进行这一步。")
        return dict(self._db.execute("SELECT path, leader FROM leaders ORDER BY path"))


def _pack(value: object) -> bytes:
    return zlib.compress(msgspec.json.encode(value), 1)


def _unpack(body: bytes, type_: type):
    return msgspec.json.decode(zlib.decompress(body), type=type_)
