"""Ways in which somebody might change what was sealed, or the journal behind it."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

import pipeline
from pipeline.archive import confirm, rewrite_outputs, seal_out
from tests.archive.filled import fill

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


def _flip(path: Path, place: int, length: int = 64) -> None:
    """Bytes changed under the database's feet."""
    data = bytearray(path.read_bytes())
    for at in range(place, min(place + length, len(data))):
        data[at] ^= 0x55
    path.write_bytes(bytes(data))


def _page_with(path: Path, word: bytes) -> int:
    return path.read_bytes().index(word)


@_way
def bytes_of_a_page_of_the_journal(out: Path) -> None:
    _flip(out / "决定.sqlite", _page_with(out / "决定.sqlite", "交回".encode()))


@_way
def a_whole_page_of_the_journal(out: Path) -> None:
    _flip(out / "决定.sqlite", 4096 * (_page_with(out / "决定.sqlite", "交回".encode()) // 4096), 4096)


@_way
def the_journal_is_empty(out: Path) -> None:
    (out / "决定.sqlite").write_bytes(b"")


@_way
def the_journal_is_an_older_one(out: Path) -> None:
    _journal(out, "DELETE FROM events WHERE field = 'seal'")


@_way
def bytes_of_a_page_of_the_scan(out: Path) -> None:
    _flip(out / "scan.sqlite", _page_with(out / "scan.sqlite", b"v1@2021-01-25") - 16)


@_way
def a_judgement_in_the_scan(out: Path) -> None:
    with sqlite3.connect(out / "scan.sqlite") as db:
        db.execute("UPDATE screenings SET flagged = 0 WHERE sha256 = (SELECT min(sha256) FROM screenings)")


@_way
def a_file_in_the_scan(out: Path) -> None:
    with sqlite3.connect(out / "scan.sqlite") as db:
        db.execute("DELETE FROM files WHERE path = (SELECT min(path) FROM files)")


@_way
def the_scan_is_gone(out: Path) -> None:
    (out / "scan.sqlite").unlink()


@_way
def the_scan_is_another_ones(out: Path) -> None:
    (out / "scan.sqlite").unlink()
    with sqlite3.connect(out / "scan.sqlite") as db:
        db.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")


@_way
def the_draft_is_gone(out: Path) -> None:
    (out / "ledger.xlsx").unlink()


@_way
def the_draft_is_another_workbook(out: Path) -> None:
    shutil.copy(out / _BOOK, out / "ledger.xlsx")


@_way
def a_word_in_the_report(out: Path) -> None:
    text = (out / "report.html").read_text(encoding="utf-8")
    (out / "report.html").write_text(text.replace("废止", "保留", 1), encoding="utf-8")


@_way
def the_report_is_gone(out: Path) -> None:
    (out / "report.html").unlink()


@_way
def the_list_of_problems_is_gone(out: Path) -> None:
    (out / "problems.csv").unlink()


SOURCES: dict[str, Callable[[Path], None]] = {}


def _source(function: Callable[[Path], None]) -> Callable[[Path], None]:
    SOURCES[function.__name__] = function
    return function


@_source
def a_word_in_a_source_file(archive: Path) -> None:
    path = archive / "办法.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("三年", "五年"), encoding="utf-8")


@_source
def a_source_file_is_gone(archive: Path) -> None:
    (archive / "通知.txt").unlink()


@_source
def two_source_files_are_exchanged(archive: Path) -> None:
    one, other = archive / "办法.txt", archive / "通知.txt"
    texts = one.read_bytes(), other.read_bytes()
    one.write_bytes(texts[1])
    other.write_bytes(texts[0])


@_source
def a_source_file_is_emptied(archive: Path) -> None:
    (archive / "办法.txt").write_bytes(b"")


def sealed_archive(folder: Path) -> tuple[Path, Path, str]:
    """A small archive of invented documents, scanned, decided and sealed: archive, output folder, the sum on the paper."""
    archive, out = folder / "档案", folder / "out"
    archive.mkdir(parents=True)
    number = "云水发〔2018〕31号"
    text = f"云州市水务局文件\n{number}\n云州市水务局关于印发取水信用管理办法的通知\n第二条　弄虚作假的，列入失信名单，三年内不得申报。\n"
    (archive / "办法.txt").write_text(text, encoding="utf-8")
    (archive / "通知.txt").write_text("云州市水务局关于召开会议的通知\n请各科室按时参加。\n", encoding="utf-8")
    pipeline.scan(archive, out, workers=1, as_of="2021-01-25")
    confirm(out, fill(out / "ledger.xlsx", folder / "交回.xlsx", random.Random(1)), who="甲")
    rewrite_outputs(out)
    return archive, out, seal_out(out, who="甲", without_audit="局长乙").sum
