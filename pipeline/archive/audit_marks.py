"""What people said of unflagged documents that they read (抽查标记): kept beside the store, document by document.

A document marked as a constraint document enters the ledger though the program did not flag it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

MARKS = "抽查记录.csv"
YES, NO = "是", "否"


class Mark(NamedTuple):
    """``says`` is 是 or 否: whether the document (by the SHA-256 of its file) sets out constraint measures; empty where a mark
    was taken back or only a note was made."""

    sha256: str
    says: str
    path: str
    note: str = ""


def read_marks(out: Path) -> dict[str, Mark]:
    """Every mark by SHA-256; none where nobody has read anything yet."""
    if not (out / MARKS).is_file():
        return {}
    rows = csv.DictReader(io.StringIO(_text((out / MARKS).read_bytes()), newline=""))
    marks = [Mark(*((row.get(name) or "").strip() for name in Mark._fields)) for row in rows]
    return {mark.sha256: mark for mark in marks if mark.says in (YES, NO) or mark.note}


def _text(raw: bytes) -> str:
    """UTF-8, or what Excel on a Chinese Windows makes of it when somebody saves the file there."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def add_marks(out: Path, marks: Iterable[Mark]) -> dict[str, Mark]:
    """Add to the marks kept so far, a later mark of the same document replacing the earlier; all of them."""
    kept: dict[str, Mark] = read_marks(out) | {mark.sha256: mark for mark in marks}
    rows = sorted((mark for mark in kept.values() if mark.says or mark.note), key=lambda mark: (mark.path, mark.sha256))
    written = out / f".{MARKS}"
    with written.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(Mark._fields)
        writer.writerows(rows)
    written.replace(out / MARKS)
    return kept


def found_by_people(out: Path) -> frozenset[str]:
    """SHA-256 of the documents that people found and the program had not flagged."""
    return frozenset(sha256 for sha256, mark in read_marks(out).items() if mark.says == YES)
