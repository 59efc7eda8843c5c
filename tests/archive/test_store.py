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


def test_group_is_led_by_the_lowest_rank_and_then_by_the_first_path(path):
    with Store(path, writing=True) as store:
        for place, sha256 in (("乙/a.txt", "a"), ("甲/a.txt", "a"), ("丙/b.pdf", "b"), ("丁/c.txt", "c")):
            store.put_file(FileRecord(place, 1, 1, sha256), 1)
        store.put_groups([("a", "a", 9), ("b", "a", 1), ("c", "c", 9)])
        assert store.leaders() == {
            "乙/a.txt": "丙/b.pdf",
            "甲/a.txt": "丙/b.pdf",
            "丙/b.pdf": "丙/b.pdf",
            "丁/c.txt": "丁/c.txt",
        }
        assert store.copies("丙/b.pdf") == ["乙/a.txt", "甲/a.txt"]
        store.put_groups([("a", "a", 9), ("b", "b", 1), ("c", "c", 9)])
        assert store.leaders()["甲/a.txt"] == "乙/a.txt"


def test_what_a_file_holds_is_known_from_a_scan_that_came_to_its_end_and_from_no_other(path):
    with Store(path, writing=True) as store:
        for place in ("文.txt", "包.zip!一.doc", "包.zip!二.doc", "包.zip2"):
            store.put_file(FileRecord(place, 7, 5), 1)
        store.put_container("包.zip", 99, 5, 1)
        assert store.kept("文.txt", 7, 5, whole=1) == [("文.txt", 7)]
        assert store.kept("包.zip", 99, 5, whole=1) == [("包.zip!一.doc", 7), ("包.zip!二.doc", 7)]
        assert store.kept("包.zip", 99, 5, whole=0) is None and store.kept("文.txt", 7, 5, whole=0) is None
        assert store.kept("包.zip", 98, 5, whole=1) is None and store.kept("文.txt", 7, 6, whole=1) is None
