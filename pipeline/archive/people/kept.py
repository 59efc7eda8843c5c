"""What else of an output folder is remembered (存底): the store knows how far the journal went, the journal what the program wrote.

So a journal that was lost or put back to an earlier state is told before anything is made without its decisions, and a view
that somebody changed or removed is told by `verify`.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from pipeline.archive.schema import changed
from pipeline.archive.store import Store
from pipeline.decisions import FILE, Journal, JournalDamaged

KNOWN = "journal"
_SCAN = "scan.sqlite"
#: What people fill in.
_FILLED = frozenset({"ledger.xlsx", "增补台账.xlsx", "问题文件处理表.xlsx"})


def refuse_lost(journal: Journal, store: Store) -> None:
    """Raise JournalDamaged where the journal lacks what the scan knows it to have held."""
    number, _, hash_ = store.get_meta(KNOWN).partition(" ")
    if number and journal.head(int(number)) != (int(number), hash_):
        held, _ = journal.head()
        raise JournalDamaged(
            f"{FILE} 不见了或被换过：上次有 {number} 条决定记录，现在对得上的没有这么多（现有 {held} 条）。没有改动任何文件；"
            f"请用备份恢复 {FILE}。确实要从现有的记录重新开始的，把 scan.sqlite 移到别处后再扫描一次。"
        )


def scan_says(out: Path, key: str) -> str:
    """What the scan of ``out`` keeps under a key, looked at without opening it for writing; empty where it can't be read."""
    try:
        with contextlib.closing(sqlite3.connect(f"{(out / _SCAN).resolve().as_uri()}?mode=ro", uri=True)) as db:
            found = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    except sqlite3.Error:
        return ""
    return str(found[0]) if found else ""


def remember(out: Path, journal: Journal, store: Store, names: Iterable[str]) -> None:
    """Keep how far the journal goes, and the sums of the views that were just written."""
    number, hash_ = journal.head()
    store.set_meta(KNOWN, f"{number} {hash_}" if number else "")
    sums = {name: _sum(out / name) for name in names if (out / name).is_file()}
    journal.keep_outputs(sums | {_SCAN: store.digest()})


def remember_one(out: Path, journal: Journal, name: str) -> None:
    """Keep the sum of one view that was written by itself."""
    journal.keep_outputs(journal.outputs() | {name: _sum(out / name)})


def views_changed(out: Path, journal: Journal) -> list[str]:
    """What the program wrote into ``out`` and is not as it was, in sentences."""
    found = []
    for name, known in journal.outputs().items():
        path = out / name
        if not path.is_file():
            again = "请用备份恢复，或再扫描一次" if name == _SCAN else f"可用 shixin ledger {out} 重新生成"
            found.append(f"{path}：不见了；{again}")
        elif name == _SCAN:
            found += [f"{path}：{why}" for why in [changed(path, known)] if why]
        elif _sum(path) != known:
            filled = "是人工填写的请用 shixin confirm 读入，否则" if name in _FILLED else ""
            found.append(f"{path}：生成以后被改动过；{filled}可用 shixin ledger {out} 重新生成")
    return found


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
