"""A document is known by more than its bytes: its decisions follow it, marked; a decided row never vanishes nor doubles."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

import pipeline
from pipeline.archive import confirm
from pipeline.ledger import read_ledger
from tests.e2e.conftest import MEASURES, NOTICE
from tests.e2e.test_decisions import decide

MARK, GONE = "文件有变动，请复核", "档案中已无此文件"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "档案"
    folder.mkdir()
    (folder / "办法.txt").write_text(MEASURES, encoding="utf-8")
    (folder / "通知.txt").write_text(NOTICE, encoding="utf-8")
    out = tmp_path / "out"
    pipeline.scan(folder, out, workers=1)
    confirm(out, decide(out / "ledger.xlsx", tmp_path / "填好.xlsx", "废止"))
    return folder


def rows(archive: Path) -> list[tuple[str, str]]:
    """Decision and remark of each row after another scan."""
    out = archive.parent / "out"
    pipeline.scan(archive, out, workers=1)
    return [(row.decision, row.remark) for row in read_ledger(out / "ledger.xlsx").rows]


def test_renamed_and_moved_it_is_the_same_without_a_mark(archive: Path) -> None:
    (archive / "旧").mkdir()
    (archive / "办法.txt").rename(archive / "旧" / "改了名.txt")
    ((decision, remark),) = rows(archive)
    assert decision == "废止" and MARK not in remark


def test_saved_again_it_is_the_same_and_marked(archive: Path) -> None:
    (archive / "办法.txt").write_text(MEASURES.replace("三年内", "3年内") + "\n", encoding="gb18030")
    ((decision, remark),) = rows(archive)
    assert decision == "废止" and MARK in remark


def test_converted_it_is_the_same(archive: Path) -> None:
    (archive / "办法.txt").unlink()
    document = docx.Document()
    for line in MEASURES.split("\n"):
        document.add_paragraph(line)
    document.save(str(archive / "办法（转换）.docx"))
    ((decision, remark),) = rows(archive)
    assert decision == "废止" and MARK in remark


def test_badly_recognised_it_is_the_same_by_number_and_title(archive: Path) -> None:
    text = MEASURES.replace("信用", "信 用").replace("严重失信企业", "严重失倌企业").replace("取水企业伪造", "取永企业伪造")
    (archive / "办法.txt").write_text(MEASURES[:200] + text[200:], encoding="utf-8")
    assert [decision for decision, _ in rows(archive)] == ["废止"]


def test_changed_twice_it_is_followed_from_where_it_was(archive: Path) -> None:
    for number in (1, 2):
        (archive / "办法.txt").write_text(MEASURES + f"附件{number}：名单样式。\n" * number, encoding="utf-8")
        ((decision, remark),) = rows(archive)
    assert decision == "废止" and remark.count(MARK) == 1


def test_a_copy_beside_it_does_not_double_the_row(archive: Path) -> None:
    (archive / "a副本.txt").write_text(MEASURES + "\n\n", encoding="utf-8")
    assert [decision for decision, _ in rows(archive)] == ["废止"]


def test_gone_it_keeps_its_row_and_coming_back_it_loses_the_mark(archive: Path) -> None:
    held = (archive / "办法.txt").read_bytes()
    (archive / "办法.txt").unlink()
    ((decision, remark),) = rows(archive)
    assert decision == "废止" and GONE in remark
    (archive / "办法.txt").write_bytes(held)
    ((decision, remark),) = rows(archive)
    assert decision == "废止" and GONE not in remark


def test_another_document_of_the_same_title_is_another(archive: Path) -> None:
    (archive / "办法.txt").write_text(MEASURES.replace("31号", "45号"), encoding="utf-8")
    found = rows(archive)
    assert len(found) == 2
    assert sorted(GONE in remark for _, remark in found) == [False, True]
    assert sorted(decision for decision, _ in found) == ["", "废止"]


def test_a_person_who_confirms_the_marked_row_takes_the_mark_away(archive: Path) -> None:
    out = archive.parent / "out"
    (archive / "办法.txt").write_text(MEASURES + "附件：名单样式。\n", encoding="utf-8")
    rows(archive)
    confirm(out, out / "ledger.xlsx")
    ((decision, remark),) = rows(archive)
    assert decision == "废止" and MARK not in remark
