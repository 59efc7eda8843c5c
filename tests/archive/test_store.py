"""What was committed outlives a kill; one writer at a time; what no scan finds any more is forgotten."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.archive.store import FileRecord, Store, StoreInUse
from pipeline.screening import screen

TEXT = "云州市某局关于诚信档案的通知\n对弄虚作假的企业，记入信用档案，并向社会公布。"
KILLED = """
import os, sys
from pathlib import Path
from pipeline.archive.store import FileRecord, Store
store = Store(Path(sys.argv[1]), writing=True)
store.put_file(FileRecord("先.txt", 1, 1, "", "空文件", "空", "重要"), 1)
store.commit()
store.put_file(FileRecord("后.txt", 1, 1, "", "空文件", "空", "重要"), 1)
os._exit(9)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "scan.sqlite"


def test_what_was_committed_outlives_a_kill(path):
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert done.returncode == 9
    with Store(path) as store:
        assert [record.path for record in store.files()] == ["先.txt"]


def test_second_writer_is_told_that_another_is_at_work(path):
    with Store(path, writing=True), pytest.raises(StoreInUse), Store(path, writing=True):
        pass


def test_screening_comes_back_as_it_was_put_with_its_text(path):
    screening = screen(TEXT)
    with Store(path, writing=True) as store:
        store.put_screening(screening, "v1", b"")
        back = store.screening(screening.document.sha256, "甲/乙.txt")
        assert store.version(screening.document.sha256) == "v1"
    assert back.document.text == TEXT and back.document.path == "甲/乙.txt"
    assert back.clauses == screening.clauses and back.suggestion == screening.suggestion


def test_files_that_a_scan_no_longer_finds_are_forgotten_with_their_texts(path):
    screening = screen(TEXT)
    sha256 = screening.document.sha256
    with Store(path, writing=True) as store:
        store.put_screening(screening, "v1", b"")
        store.put_file(FileRecord("在.txt", 1, 1, "", "空文件", "空", "重要"), 2)
        store.put_file(FileRecord("不在.txt", 1, 1, sha256), 1)
        store.drop_unseen(2)
        assert [record.path for record in store.files()] == ["在.txt"]
        with pytest.raises(KeyError):
            store.screening(sha256, "不在.txt")
