"""The journal only grows; a batch is whole or not there; whatever changes it is told."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decisions import BY_LEDGER, UNDO, Batch, Change, Journal, JournalDamaged, standing

BATCH = Batch(BY_LEDGER, "甲.xlsx", "王某", "v1")
KILLED = """
import os, sys
from pathlib import Path
from pipeline.decisions import Batch, Change, Journal
journal = Journal(Path(sys.argv[1]))
journal.append([Change("a", "decision", "", "保留")], Batch("台账"))
journal._db.execute("BEGIN IMMEDIATE")
journal._db.execute("INSERT INTO events VALUES (2, 2, '', '', '', '', '', 'b', 'decision', '', '废止', '', '')")
os._exit(9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "决定.sqlite"


def said(journal: Journal) -> dict[str, str]:
    return {document: each.decision for document, each in standing(journal.events()).items()}


def test_the_last_word_on_each_field_holds(path: Path) -> None:
    with Journal(path) as journal:
        assert journal.append([Change("a", "decision", "", "保留"), Change("b", "decision", "", "废止")], BATCH) == 1
        assert journal.append([Change("a", "decision", "保留", "修订", "台账!O4")], BATCH) == 2
        assert journal.append([], BATCH) == 0
    with Journal(path) as journal:
        assert said(journal) == {"a": "修订", "b": "废止"}
        event = list(journal.events(document="a"))[-1]
        assert (event.before, event.after, event.cell, event.who, event.file) == ("保留", "修订", "台账!O4", "王某", "甲.xlsx")
        assert journal.broken_at() == 0 and journal.guarded()


def test_what_was_undone_does_not_hold_and_is_not_deleted(path: Path) -> None:
    with Journal(path) as journal:
        journal.append([Change("a", "decision", "", "保留")], BATCH)
        journal.append([Change("a", "decision", "保留", "废止")], BATCH)
        journal.append([Change("", UNDO, "", "2")], BATCH)
        assert said(journal) == {"a": "保留"} and len(list(journal.events())) == 3


def test_a_kill_leaves_no_part_of_a_batch(path: Path) -> None:
    assert subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False).returncode == 9
    with Journal(path) as journal:
        assert said(journal) == {"a": "保留"} and journal.broken_at() == 0


@pytest.mark.parametrize("statement", ["UPDATE events SET after = '保留'", "DELETE FROM events"])
def test_the_database_itself_refuses_to_change_or_delete(path: Path, statement: str) -> None:
    with Journal(path) as journal:
        journal.append([Change("a", "decision", "", "废止")], BATCH)
    with sqlite3.connect(path) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), min_size=1, max_size=6), st.data())
def test_every_change_of_an_event_breaks_the_chain(values, data) -> None:
    with Journal(None) as journal:
        journal.append([Change(document, "decision", "", after) for document, after in values], BATCH)
        assert journal.broken_at() == 0
        seq = data.draw(st.integers(1, len(values)))
        column = data.draw(st.sampled_from(["document", "after", "who", "at", "cell", "hash"]))
        journal._db.execute("DROP TRIGGER events_stay")
        journal._db.execute(f"UPDATE events SET {column} = {column} || 'x' WHERE seq = ?", (seq,))
        assert journal.broken_at() == seq


def test_drafts_are_known_by_their_name_and_their_workbook(path: Path) -> None:
    with Journal(path) as journal:
        assert journal.draft() is None
        journal.keep_draft("1" * 16, [("a", b"row a"), ("b", b"row b")], "f" * 64)
        journal.keep_draft("2" * 16, [("a", b"row a")], "e" * 64)
        assert journal.draft("1" * 16) == [b"row a", b"row b"] and journal.draft() == [b"row a"]
        assert journal.draft("3" * 16) is None
        assert journal.wrote("f" * 64) and not journal.wrote("d" * 64)


@pytest.mark.parametrize("content", [b"not a database at all" * 50, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_journal_is_refused_in_words(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(JournalDamaged, match="备份恢复"), Journal(path) as journal:
        list(journal.events())
