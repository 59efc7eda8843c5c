"""The journal (OUT/决定.sqlite): what people decided, event by event. It only grows; no scan touches it.

Each event carries a hash over itself and the event before, so that a changed, missing or inserted one is told. A batch of
events is written in one transaction: after a kill all of it is there, or nothing. Beside the events lie the drafts that were
handed out, by their content: what a workbook that comes back was made from.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pipeline.decisions.events import UNDO, Batch, Change, Event
from pipeline.errors import Refusal

FILE = "决定.sqlite"
_START = "0" * 64
_COLUMNS = ", ".join(Event._fields)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY, reading INTEGER NOT NULL, at TEXT NOT NULL, source TEXT NOT NULL, file TEXT NOT NULL,
    who TEXT NOT NULL, version TEXT NOT NULL, document TEXT NOT NULL, field TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL, cell TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS events_document ON events (document);
CREATE TABLE IF NOT EXISTS bodies (hash TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS drafts (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, rows BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS written (sha256 TEXT PRIMARY KEY, draft TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS outputs (name TEXT PRIMARY KEY, sum TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER IF NOT EXISTS events_last BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
"""


class JournalDamaged(Refusal):
    """The journal can't be read, or was changed by something else than this program."""


class Journal:
    """An open journal; a context manager. It is made where there is none, unless ``path`` is None: then it is empty.

    ``looking``: nothing is made or mended."""

    def __init__(self, path: Path | None, *, looking: bool = False):
        self._path = path
        self._db = sqlite3.connect(path or ":memory:", timeout=20, isolation_level=None)
        try:
            self._db.execute("PRAGMA synchronous=FULL")
            if not looking:  # who checks the journal must not mend it first
                self._db.executescript(_SCHEMA)
            self._db.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise _refusal(path, error) from error

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    # events

    def append(self, changes: Sequence[Change], batch: Batch, *, at: str = "") -> int:
        """Add one batch, whole or not at all; the number of its reading. No changes add nothing and give 0."""
        if not changes:
            return 0
        at = at or datetime.now(UTC).isoformat(timespec="seconds")
        with self._writing():
            query = "SELECT coalesce(max(seq), 0), coalesce(max(reading), 0) FROM events"
            seq, reading = self._db.execute(query).fetchone()
            before = self._hash(seq)
            for change in changes:
                seq += 1
                event = Event(seq, reading + 1, at, *map(_storable, batch), *map(_storable, change))
                before = _chained(before, event)
                self._db.execute(f"INSERT INTO events VALUES ({', '.join('?' * 13)})", (*event, before))
        return reading + 1

    def events(self, *, document: str = "", fields: Iterable[str] = (), after: int = 0, reading: int = 0) -> Iterator[Event]:
        """Every event in order; of one document, of some fields, of one reading, or those behind number ``after``, where asked."""
        where, values = ["seq > ?"], [after]  # type: tuple[list[str], list[int | str]]
        if reading:
            where.append("reading = ?")
            values.append(reading)
        if document:
            where.append("document = ?")
            values.append(document)
        if names := list(fields):
            where.append(f"field IN ({', '.join('?' * len(names))})")
            values += names
        query = f"SELECT {_COLUMNS} FROM events WHERE {' AND '.join(where)} ORDER BY seq"
        try:
            yield from (Event(*row) for row in self._db.execute(query, values))
        except sqlite3.DatabaseError as error:
            raise _refusal(self._path, error) from error

    def last_reading(self, source: str, who: str) -> int:
        """The last batch that this person gave by this way, not from a file, and that holds; 0 where there is none."""
        query = (
            "SELECT coalesce(max(reading), 0) FROM events WHERE source = ? AND who = ? AND file = '' AND field <> ? "
            "AND reading NOT IN (SELECT CAST(after AS INTEGER) FROM events WHERE field = ?)"
        )
        (reading,) = self._db.execute(query, (source, _storable(who), UNDO, UNDO)).fetchone()
        return reading

    def head(self, seq: int | None = None) -> tuple[int, str]:
        """How many events there are, and the hash of the last; or of the one numbered ``seq``, empty where it is missing."""
        if seq is None:
            (seq,) = self._db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()
        return seq or 0, self._hash(seq or 0)

    def broken_at(self) -> int:
        """The number of the first event that is not as it was written; 0 where all are."""
        before, expected = _START, 0
        try:
            rows = self._db.execute(f"SELECT {_COLUMNS}, hash FROM events ORDER BY seq")
            for expected, (*fields, written) in enumerate(rows, 1):
                event = Event(*fields)
                before = _chained(before, event)
                if event.seq != expected or written != before:
                    return expected
            if [row[0] for row in self._db.execute("PRAGMA integrity_check(1)")] != ["ok"]:
                raise sqlite3.DatabaseError("integrity")
        except sqlite3.DatabaseError as error:
            raise _refusal(self._path, error) from error
        return 0

    def _hash(self, seq: int) -> str:
        if seq == 0:
            return _START
        row = self._db.execute("SELECT hash FROM events WHERE seq = ?", (seq,)).fetchone()
        return row[0] if row else ""

    # drafts

    def keep_draft(self, id_: str, rows: Sequence[tuple[str, bytes]], sha256: str) -> None:
        """Remember a draft before it is handed out: its rows (document, JSON) and the SHA-256 of its workbook."""
        with self._writing():
            listed = []
            for document, body in rows:
                name = hashlib.sha256(body).hexdigest()
                self._db.execute("INSERT OR IGNORE INTO bodies VALUES (?, ?)", (name, zlib.compress(body, 1)))
                listed.append([document, name])
            packed = zlib.compress(json.dumps(listed).encode(), 1)
            (seq,) = self._db.execute("SELECT coalesce(max(seq), 0) + 1 FROM drafts").fetchone()
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self._db.execute("DELETE FROM drafts WHERE id = ?", (id_,))
            self._db.execute("INSERT INTO drafts VALUES (?, ?, ?, ?)", (seq, id_, now, packed))
            self._db.execute("INSERT OR REPLACE INTO written VALUES (?, ?)", (sha256, id_))

    def draft(self, id_: str = "") -> list[bytes] | None:
        """The rows of a draft as they were kept, of the latest where no id is given; None where it is not known here."""
        query = "SELECT rows FROM drafts WHERE id = ?" if id_ else "SELECT rows FROM drafts ORDER BY seq DESC LIMIT 1"
        row = self._db.execute(query, (id_,) if id_ else ()).fetchone()
        if row is None:
            return None
        bodies = []
        for _, name in json.loads(zlib.decompress(row[0])):
            (body,) = self._db.execute("SELECT body FROM bodies WHERE hash = ?", (name,)).fetchone()
            bodies.append(zlib.decompress(body))
        return bodies

    def drafts(self) -> Iterator[tuple[str, list[bytes] | None]]:
        """Every draft with its rows; None where they are not as they were kept."""
        for (id_,) in self._db.execute("SELECT id FROM drafts ORDER BY seq").fetchall():
            try:
                yield id_, self.draft(id_)
            except (TypeError, ValueError, zlib.error):
                yield id_, None

    def guarded(self) -> bool:
        """Whether the database still refuses to change or delete events."""
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%' AND tbl_name = 'events'"
        (count,) = self._db.execute(query).fetchone()
        return count == 2

    def copy(self) -> bytes:
        """The whole database as it stands."""
        return self._db.serialize()

    def wrote(self, sha256: str) -> bool:
        """Whether a workbook of this SHA-256 is one that the program wrote, and nobody has changed."""
        return self._db.execute("SELECT 1 FROM written WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def keep_outputs(self, sums: Mapping[str, str]) -> None:
        """Remember the sums of what lies in the output folder, by name; what was there and is named no more is forgotten."""
        with self._writing():
            self._db.execute("DELETE FROM outputs")
            self._db.executemany("INSERT INTO outputs VALUES (?, ?)", sorted(sums.items()))

    def outputs(self) -> dict[str, str]:
        """The sums that were kept last; none in a journal of an older version."""
        try:
            return dict(self._db.execute("SELECT name, sum FROM outputs ORDER BY name"))
        except sqlite3.OperationalError:
            return {}

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            with contextlib.suppress(sqlite3.DatabaseError):
                self._db.execute("ROLLBACK")
            raise _refusal(self._path, error) from error
        except BaseException:
            with contextlib.suppress(sqlite3.DatabaseError):
                self._db.execute("ROLLBACK")
            raise


def _chained(before: str, event: Event) -> str:
    return hashlib.sha256((before + json.dumps(list(event), ensure_ascii=False)).encode("utf-8", "surrogatepass")).hexdigest()


def _storable(text: str) -> str:
    """A file's name may hold what is no text (a lone surrogate); it is kept as its code."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _refusal(path: Path | None, error: sqlite3.DatabaseError) -> JournalDamaged:
    said = str(error)
    if "locked" in said:
        return JournalDamaged(f"{path} 正被另一个程序使用，本次没有写入任何内容；请等它结束后再试。")
    if "full" in said or "disk I/O" in said:
        return JournalDamaged(f"{path}：磁盘已满或写不进去，本次没有写入任何内容，原有决定都在；请腾出空间后再试。")
    if "readonly" in said or "unable to open" in said:
        return JournalDamaged(f"{path}：没有写入权限，本次没有写入任何内容，原有决定都在；请检查目录权限后再试。")
    return JournalDamaged(f"{path}：决定记录已损坏（{said}），没有改动任何文件；请用备份恢复它，扫描结果不受影响。")
