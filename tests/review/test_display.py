"""What is shown: every text escaped, evidence marked where it stands, nothing lost or doubled, no other file needed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Part, PartKind, PartOutcome, Span
from pipeline.review import Scan
from pipeline.review.display import cut, show
from tests.review.conftest import HOSTILE

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: Span(*sorted(pair))),
    max_size=4,
)


def test_markup_in_a_title_is_shown_as_text(scan: Scan) -> None:
    view = scan.show("用工.txt")
    assert HOSTILE not in view
    assert "&lt;script&gt;" in view


def test_the_words_that_made_the_flag_are_marked(scan: Scan) -> None:
    screening = scan.screening("取水.txt")
    evidence = [screening.document.text[start:end] for clause in screening.clauses for start, end in clause.evidence]
    marked = "".join(re.findall(r'<mark class="[^"]*sx-evidence[^"]*">([^<]*)</mark>', scan.show("取水.txt")))
    assert evidence
    assert all(words in marked for words in evidence)


def test_bases_are_shown_with_level_and_whether_they_serve(scan: Scan) -> None:
    view = scan.show("用工.txt")
    assert all(words in view for words in ("保障农民工工资支付条例", "行政法规", "可以"))


def test_every_place_of_a_document_is_shown(scan: Scan) -> None:
    assert "重复：取水（副本）.txt" in scan.show("取水.txt")


def test_an_unflagged_document_can_be_shown_whole(scan: Scan) -> None:
    view = scan.show("会议.txt")
    assert "未命中" in view
    assert "上午九时在三楼会议室" in view


def test_an_unflagged_document_shows_the_clause_that_came_nearest(scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    screening = scan.screening("会议.txt")
    monkeypatch.setattr("pipeline.review.display.likeliest", lambda _: screening.clauses[0])
    assert "最相近的条款" in scan.show("会议.txt")
    assert "最相近的条款" not in scan.show("取水.txt")


def test_comments_and_what_was_not_read_are_shown_apart_from_the_text(scan: Scan) -> None:
    screening = scan.screening("取水.txt")
    parts = (
        Part(PartKind.NOTE, "张三的批注", PartOutcome.LISTED, "此条请<b>法规科</b>再看"),
        Part(PartKind.TEXT, "第1页的隐藏文字", PartOutcome.READ, "看不见的一句"),
        Part(PartKind.PICTURE, "第2张图片", PartOutcome.UNREAD, "图中似有文字，但未能识别"),
        Part(PartKind.PICTURE, "第3张图片", PartOutcome.DECORATIVE),
    )
    view = show(replace(screening, document=replace(screening.document, parts=parts)))
    beside, _, text = view.partition("<summary>全文")
    assert "批注（不是正文，不作判断）（1 处）" in beside and "此条请&lt;b&gt;法规科&lt;/b&gt;再看" in beside
    assert "看不见的一句" in beside and "图中似有文字" in beside and "第3张图片" not in beside
    assert "法规科" not in text


def test_displays_fetch_nothing(scan: Scan) -> None:
    for html in (scan.show("用工.txt"), scan.summary()):
        assert not re.search(r"(?:https?:)?//|@import|url\(|\bsrc=", html)


def test_the_summary_closes(scan: Scan) -> None:
    assert "发现 5 ＝ 已筛查 3 ＋ 重复 1 ＋ 问题 1" in re.sub(r"\s+", " ", scan.summary())


def test_what_is_shown_is_html_to_a_notebook(scan: Scan) -> None:
    assert scan.summary()._repr_html_().startswith("<style>")


@given(st.text("甲乙丙。", max_size=40), st.integers(0, 20), SPANS, SPANS)
def test_cutting_loses_and_doubles_nothing(text: str, start: int, first: list[Span], second: list[Span]) -> None:
    pieces = list(cut(text, start, [("a", first), ("b", second)]))
    assert "".join(piece.text for piece in pieces) == text
    at = start
    for piece in pieces:
        for name, spans in (("a", first), ("b", second)):
            inside = any(span.start <= at and at + len(piece.text) <= span.end for span in spans)
            assert inside == (name in piece.marks.split())
        at += len(piece.text)
