"""The journal of an output folder (决定记录), and the records of older versions carried over into it."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.decisions import (
    AUDIT,
    AUDIT_NOTE,
    BY_AUDIT,
    BY_HAND_OVER,
    BY_LEDGER,
    BY_REVIEW,
    DECISION,
    FILE,
    NOTE,
    ROW,
    Batch,
    Change,
    Journal,
)
from pipeline.ledger import as_json, read_ledger

OLD_REVIEWS, OLD_MARKS, OLD_CONFIRMED = "复核记录.csv", "抽查记录.csv", "已确认台账.xlsx"
_OLD = (OLD_REVIEWS, OLD_MARKS, OLD_CONFIRMED)


def open_journal(out: Path) -> Journal:
    """The journal of ``out``, made where there is none yet; what an older version kept is carried over into it first.

    Raises JournalDamaged, LedgerError where an old record can't be read (nothing is carried over then).
    """
    path = out / FILE
    if not path.exists() and any((out / name).is_file() for name in _OLD):
        _carry_over(out, path)
    return Journal(path)


def journal_to_read(out: Path) -> Journal:
    """The same for whoever only looks: nothing is made where nobody has decided anything."""
    has = (out / FILE).exists() or any((out / name).is_file() for name in _OLD)
    return open_journal(out) if has else Journal(None)


def _carry_over(out: Path, path: Path) -> None:
    """In one step: a kill leaves no journal, and it is made again."""
    handle, name = tempfile.mkstemp(prefix=f".{FILE}.", dir=out)
    os.close(handle)
    made = Path(name)
    try:
        with Journal(made) as journal:
            for batch, changes in _old(out):
                journal.append(changes, batch)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _old(out: Path) -> Iterator[tuple[Batch, list[Change]]]:
    """The old records in the order in which their word counted: marks, confirmed ledger, reviews."""
    if (out / OLD_MARKS).is_file():
        yield Batch(BY_AUDIT, OLD_MARKS, BY_HAND_OVER), list(_old_marks(_table(out / OLD_MARKS)))
    if (out / OLD_CONFIRMED).is_file():
        changes = []
        for row in read_ledger(out / OLD_CONFIRMED).rows:
            if row.decision:
                kept = as_json(row).decode()
                changes += [Change(row.document_id, DECISION, "", row.decision), Change(row.document_id, ROW, "", kept)]
        yield Batch(BY_LEDGER, OLD_CONFIRMED, BY_HAND_OVER), changes
    if (out / OLD_REVIEWS).is_file():
        changes = []
        for line in _table(out / OLD_REVIEWS):
            changes.append(Change(line["document_id"], DECISION, "", line["decision"]))
            changes.append(Change(line["document_id"], NOTE, "", line.get("note", "")))
        yield Batch(BY_REVIEW, OLD_REVIEWS, BY_HAND_OVER), changes


def _old_marks(lines: list[dict[str, str]]) -> Iterator[Change]:
    for line in lines:
        yield Change(line["sha256"][:16], AUDIT, "", line["says"])
        if line.get("note"):
            yield Change(line["sha256"][:16], AUDIT_NOTE, "", line["note"])


def _table(path: Path) -> list[dict[str, str]]:
    """A CSV of an older version: UTF-8, or what Excel on a Chinese Windows made of it; guarding apostrophes taken off."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{key: (value or "").strip().removeprefix("'") for key, value in row.items() if key} for row in rows]
