"""Twenty ways in which somebody might change what was sealed, or the journal behind it."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

TAMPERINGS: dict[str, Callable[[Path], None]] = {}
_MANIFEST, _BOOK, _COPY = "封存/封存清单.json", "封存/台账（已封存）.xlsx", "封存/决定（已封存）.sqlite"


def _way(function: Callable[[Path], None]) -> Callable[[Path], None]:
    TAMPERINGS[function.__name__] = function
    return function


def _rewritten(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def _manifest(out: Path, **changes: object) -> None:
    said = json.loads((out / _MANIFEST).read_text(encoding="utf-8"))
    _rewritten(out / _MANIFEST, json.dumps(said | changes, ensure_ascii=False, indent=1).encode())


def _cell(out: Path, address: str, value: object) -> None:
    (out / _BOOK).chmod(0o644)
    book = load_workbook(out / _BOOK)
    book["台账"][address] = value
    book.save(out / _BOOK)


def _journal(out: Path, *statements: str) -> None:
    with sqlite3.connect(out / "决定.sqlite") as db:
        for trigger in ("events_stay", "events_last"):
            db.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            db.execute(statement)
        for name, verb in (("events_stay", "UPDATE"), ("events_last", "DELETE")):
            db.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON events BEGIN SELECT RAISE(ABORT, 'no'); END")


@_way
def a_decision_in_the_workbook(out: Path) -> None:
    _cell(out, "O4", "保留；改")


@_way
def a_decision_in_the_workbook_with_its_hash_in_the_manifest(out: Path) -> None:
    _cell(out, "O4", "改")
    data = (out / _BOOK).read_bytes()
    _manifest(out, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


@_way
def a_hidden_cell(out: Path) -> None:
    _cell(out, "W4", "本单位。")


@_way
def one_byte_of_the_workbook(out: Path) -> None:
    data = bytearray((out / _BOOK).read_bytes())
    data[len(data) // 2] ^= 1
    _rewritten(out / _BOOK, bytes(data))


@_way
def the_workbook_is_gone(out: Path) -> None:
    (out / _BOOK).unlink()


@_way
def the_workbook_is_the_draft(out: Path) -> None:
    _rewritten(out / _BOOK, (out / "ledger.xlsx").read_bytes())


@_way
def the_sum_on_the_paper(out: Path) -> None:
    book = load_workbook(out / _BOOK)
    (out / _BOOK).chmod(0o644)
    for row in book["台账"].iter_rows():
        for cell in row:
            if str(cell.value or "").startswith("封存校验值"):
                cell.value = "封存校验值：" + "-".join(["0" * 8] * 4)
    book.save(out / _BOOK)


@_way
def the_manifest_is_gone(out: Path) -> None:
    (out / _MANIFEST).unlink()


@_way
def the_counts_in_the_manifest(out: Path) -> None:
    _manifest(out, counts={"保留": 1})


@_way
def a_file_in_the_manifest(out: Path) -> None:
    said = json.loads((out / _MANIFEST).read_text(encoding="utf-8"))["files"]
    said.pop(next(iter(said)))
    _manifest(out, files=said)


@_way
def the_day_of_sealing(out: Path) -> None:
    _manifest(out, sealed_on="2021-01-01")


@_way
def who_accepted_that_there_was_no_audit(out: Path) -> None:
    _manifest(out, audit="随机抽查 60 份，没有漏报")


@_way
def the_manifest_with_a_sum_of_its_own(out: Path) -> None:
    from pipeline.ledger.seal import read_manifest
    from pipeline.ledger.workbook.sums import sum_of

    _manifest(out, sealed_on="2020-12-31")
    made = read_manifest(out / _MANIFEST)
    _manifest(out, sum=sum_of(made.cells, made.core))


@_way
def the_whole_folder_is_gone(out: Path) -> None:
    for path in (out / "封存").iterdir():
        path.chmod(0o644)
    shutil.rmtree(out / "封存")


@_way
def the_sealed_copy_of_the_journal(out: Path) -> None:
    _rewritten(out / _COPY, (out / _COPY).read_bytes()[:-100])


@_way
def the_journal_is_gone(out: Path) -> None:
    (out / "决定.sqlite").unlink()


@_way
def a_word_in_the_journal(out: Path) -> None:
    _journal(
        out,
        "UPDATE events SET after = CASE after WHEN '保留' THEN '废止' ELSE '保留' END WHERE seq = (SELECT min(seq) FROM events WHERE field = 'decision')",
    )


@_way
def who_decided(out: Path) -> None:
    _journal(out, "UPDATE events SET who = '别人' WHERE seq = 2")


@_way
def an_event_is_taken_out(out: Path) -> None:
    _journal(out, "DELETE FROM events WHERE seq = 3")


@_way
def the_last_events_are_cut_off(out: Path) -> None:
    _journal(out, "DELETE FROM events WHERE seq > (SELECT max(seq) - 3 FROM events)")


@_way
def an_event_is_put_in(out: Path) -> None:
    _journal(
        out,
        "INSERT INTO events SELECT (SELECT max(seq) + 1 FROM events), 9, at, source, file, who, version, document, field, before, '废止', cell, hash"
        " FROM events WHERE field = 'decision' LIMIT 1",
    )


@_way
def the_guard_is_taken_off(out: Path) -> None:
    with sqlite3.connect(out / "决定.sqlite") as db:
        db.execute("DROP TRIGGER events_stay")


@_way
def a_draft_that_was_handed_out(out: Path) -> None:
    with sqlite3.connect(out / "决定.sqlite") as db:
        db.execute("DELETE FROM bodies WHERE hash = (SELECT min(hash) FROM bodies)")
