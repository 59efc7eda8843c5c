"""Whether scan.sqlite is as the program left it (扫描结果有没有变动): looked at without opening it for writing."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import zlib
from pathlib import Path

_TABLES = ("files", "screenings", "leaders", "parts")
_BODIES = ("documents", "screenings")


def digest(db: sqlite3.Connection) -> str:
    """What the tables say, as 64 hex digits; of the texts and judgements that lie in them compressed only the length."""
    made = hashlib.sha256()
    for table in _TABLES:
        columns = [(name, kind) for _, name, kind, *_ in db.execute(f"PRAGMA table_info({table})")]
        listed = ", ".join(f"length({name})" if kind == "BLOB" else name for name, kind in columns)
        for row in db.execute(f"SELECT {listed} FROM {table} ORDER BY 1, 2"):
            made.update(repr(row).encode("utf-8", "surrogatepass"))
        made.update(table.encode())
    return made.hexdigest()


def changed(path: Path, known: str) -> str:
    """What is wrong with the store at ``path``, in words: damaged, or not as ``known``; empty where nothing is."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=2)) as db:
            if [row[0] for row in db.execute("PRAGMA integrity_check(1)")] != ["ok"]:
                return "扫描结果已损坏"
            now = digest(db)
            for table in _BODIES:
                for (body,) in db.execute(f"SELECT body FROM {table}"):
                    zlib.decompress(body)
    except (sqlite3.DatabaseError, zlib.error, TypeError, ValueError) as error:
        return f"扫描结果已损坏（{error}）"
    return "扫描结果在生成以后被改动过" if known and now != known else ""
