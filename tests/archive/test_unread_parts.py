"""Files of which a part was not read (部分未读): a person is asked, and newer readers try again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import screen
from pipeline.archive import Store
from pipeline.archive.people.problem_sheet import PARTLY, to_settle
from pipeline.archive.store import FileRecord
from pipeline.document import Part, PartKind, PartOutcome

UNREAD = Part(PartKind.PICTURE, "第1张图片", PartOutcome.UNREAD, "EMF/WMF图元文件，不能识别其中的文字")


@pytest.fixture
def store(tmp_path: Path):
    screening = screen("关于甲事项的通知\n请各单位按时报送。\n")
    partly = replace(screening, document=replace(screening.document, sha256="b" * 64, parts=(UNREAD, UNREAD)))
    with Store(tmp_path / "scan.sqlite", writing=True) as opened:
        opened.put_screening(screening, "v1@2021-01-25", b"")
        opened.put_screening(partly, "v1@2021-01-25", b"")
        opened.put_file(FileRecord("全.txt", 1, 1, screening.document.sha256), 1)
        opened.put_file(FileRecord("缺.docx", 2, 1, "b" * 64), 1)
        opened.put_file(FileRecord("坏.pdf", 3, 1, "", "文件损坏", "打不开", "重要"), 1)
        yield opened


def test_problem_files_and_partly_read_files_are_asked_about_once_each(store: Store) -> None:
    records = to_settle(store)
    assert [(record.path, record.kind) for record in records] == [("坏.pdf", "文件损坏"), ("缺.docx", PARTLY)]
    assert records[1].reason.count("第1张图片") == 2
    assert records[1].remedy


def test_only_newer_readers_try_again_and_only_where_they_may_find_more(store: Store) -> None:
    whole = store.file("全.txt").sha256
    assert store.may_gain(whole, "新")  # nobody accounted for its parts
    for sha256 in (whole, "b" * 64):
        store.put_reader(sha256, "旧")
    assert not store.may_gain(whole, "新")
    assert store.may_gain("b" * 64, "新")
    assert not store.may_gain("b" * 64, "旧")
