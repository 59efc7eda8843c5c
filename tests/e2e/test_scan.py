"""The main job: an archive goes in, a draft ledger comes out, and nothing is lost on the way."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from openpyxl import load_workbook

import pipeline
from pipeline.ledger import read_ledger
from tests.e2e.conftest import MEASURES

OUTPUTS = ("ledger.xlsx", "report.html", "problems.csv", "scan.sqlite")


def shixin(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=180)


def test_every_file_ends_in_exactly_one_place(archive: Path, tmp_path: Path) -> None:
    result = pipeline.scan(archive, tmp_path / "out", workers=2)
    assert (result.found, result.screened, result.duplicates, result.problems, result.flagged) == (6, 2, 1, 3, 1)
    assert all((tmp_path / "out" / name).is_file() for name in OUTPUTS)
    assert sorted(result.documents["结果"].value_counts().to_dict().items()) == [("已筛查", 2), ("重复", 1), ("问题", 3)]


def test_command_prints_one_json_object_and_says_that_problems_are_listed(archive: Path, tmp_path: Path) -> None:
    done = shixin("scan", archive, "--out", tmp_path / "out", "--json")
    assert done.returncode == 1, done.stderr
    numbers = json.loads(done.stdout)
    assert numbers["found"] == numbers["screened"] + numbers["duplicates"] + numbers["problems"] == 6
    assert numbers["flagged"] == 1


def test_problems_are_listed_with_reason_and_remedy_in_chinese(archive: Path, tmp_path: Path) -> None:
    pipeline.scan(archive, tmp_path / "out", workers=1)
    with (tmp_path / "out" / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["path"]: row for row in csv.DictReader(file)}
    assert {path: row["kind"] for path, row in rows.items()} == {"坏.pdf": "文件损坏", "密.txt": "涉密", "空.doc": "空文件"}
    assert all(row["reason"] and row["remedy"] for row in rows.values())


def test_text_of_a_classified_file_is_stored_nowhere(archive: Path, tmp_path: Path) -> None:
    pipeline.scan(archive, tmp_path / "out", workers=1)
    with sqlite3.connect(tmp_path / "out" / "scan.sqlite") as store:
        bodies = [
            zlib.decompress(body).decode()
            for (body,) in store.execute("SELECT body FROM documents UNION SELECT body FROM screenings")
        ]
    outputs = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert not any("甲乙丙丁戊己庚辛" in text for text in (*bodies, outputs))


def test_same_archive_gives_the_same_ledger_whatever_the_workers(archive: Path, tmp_path: Path) -> None:
    pipeline.scan(archive, tmp_path / "a", workers=1, as_of="2021-01-25")
    pipeline.scan(archive, tmp_path / "b", workers=3, as_of="2021-01-25")
    assert (tmp_path / "a" / "ledger.xlsx").read_bytes() == (tmp_path / "b" / "ledger.xlsx").read_bytes()


def test_unchanged_files_are_not_read_again_and_changed_dates_rescreen_from_the_store(archive: Path, tmp_path: Path) -> None:
    pipeline.scan(archive, tmp_path / "out", workers=1, as_of="2021-01-25")
    before = (tmp_path / "out" / "ledger.xlsx").read_bytes()
    kept = archive / "取水信用办法.txt"
    stat = kept.stat()
    kept.write_bytes(b"?" * stat.st_size)  # were it read again, the document would be gone
    os.utime(kept, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert pipeline.scan(archive, tmp_path / "out", workers=1, as_of="2021-01-25").flagged == 1
    assert (tmp_path / "out" / "ledger.xlsx").read_bytes() == before
    assert pipeline.scan(archive, tmp_path / "out", workers=1, as_of="2022-06-01").flagged == 1


def test_a_file_taken_away_leaves_no_row_behind(archive: Path, tmp_path: Path) -> None:
    pipeline.scan(archive, tmp_path / "out", workers=1)
    (archive / "会议通知.docx").unlink()
    result = pipeline.scan(archive, tmp_path / "out", workers=1)
    assert (result.found, result.screened) == (5, 1)


def test_a_ledger_that_a_person_changed_is_set_aside_and_not_overwritten(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pipeline.scan(archive, out, workers=1)
    book = load_workbook(out / "ledger.xlsx")
    book.active["A1"] = "人工改过"
    book.save(out / "ledger.xlsx")
    result = pipeline.scan(archive, out, workers=1)
    assert load_workbook(out / "ledger.人工修改1.xlsx").active["A1"].value == "人工改过"
    assert any("人工修改1" in note for note in result.notes)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="此系统不能按进程组结束进程")
def test_a_killed_scan_resumes_to_the_same_ledger(archive: Path, tmp_path: Path) -> None:
    for number in range(40):
        text = f"云州市水务局\n关于第{number}号水库巡查的通知\n\n各科室：\n\n请于{number % 28 + 1}日前报送第{number}号水库巡查记录。\n"
        (archive / f"巡查{number:02d}.txt").write_text(text, encoding="utf-8")
    pipeline.scan(archive, tmp_path / "whole", workers=1, as_of="2021-01-25")
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "scan",
        str(archive),
        "--out",
        str(tmp_path / "cut"),
        "--as-of",
        "2021-01-25",
    ]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(2.5)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    result = pipeline.scan(archive, tmp_path / "cut", workers=1, as_of="2021-01-25")
    assert result.found == 46 == result.screened + result.duplicates + result.problems
    assert (tmp_path / "cut" / "ledger.xlsx").read_bytes() == (tmp_path / "whole" / "ledger.xlsx").read_bytes()


def test_a_missing_archive_is_refused_in_chinese(tmp_path: Path) -> None:
    done = shixin("scan", tmp_path / "没有", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "找不到" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_archive_without_such_documents_gives_the_empty_form(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "通知.txt").write_text("关于放假的通知\n各科室：\n五月一日至三日放假。\n", encoding="utf-8")
    result = pipeline.scan(tmp_path / "in", tmp_path / "out", workers=1)
    assert result.flagged == 0
    texts = [
        str(cell.value)
        for row in load_workbook(tmp_path / "out" / "ledger.xlsx").active.iter_rows()
        for cell in row
        if cell.value
    ]
    assert any("主要负责人" in text for text in texts)


def test_a_users_own_registry_changes_the_judgement_without_reading_files_again(archive: Path, tmp_path: Path) -> None:
    own = tmp_path / "依据.csv"
    own.write_text("名称,效力级别,状态\n云州市取水信用规定,地方性法规,有效\n", encoding="utf-8-sig")
    (archive / "取水信用办法.txt").unlink()
    (archive / "旧" / "取水信用办法（副本）.txt").write_text(
        MEASURES.replace("《中华人民共和国水法》", "《云州市取水信用规定》第五条"), encoding="utf-8"
    )
    out = tmp_path / "out"
    pipeline.scan(archive, out, workers=1)
    before = read_ledger(out / "ledger.xlsx").rows
    pipeline.scan(archive, out, workers=1, registry=own)
    after = read_ledger(out / "ledger.xlsx").rows
    assert "地方性法规" in "".join(detail.bases for detail in after[0].details)
    assert [row.details for row in before] != [row.details for row in after]


def test_a_wrong_registry_is_refused_before_anything_is_read(archive: Path, tmp_path: Path) -> None:
    own = tmp_path / "依据.csv"
    own.write_text("随便\n", encoding="utf-8")
    done = shixin("scan", archive, "--out", tmp_path / "out", "--registry", own)
    assert done.returncode == 2
    assert "名称" in done.stderr
