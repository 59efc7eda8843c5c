"""What is typed with half-width marks is read as what is typed with full-width ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.punctuation import full_width

FULL = "云河区采购管理办法\n第一条　为规范采购，制定本办法。\n第二条　供应商串通投标的，三年内不得参加本区采购；情节严重的，列入黑名单（含法定代表人）。\n"
HALF = FULL.translate(str.maketrans("，。；：（）", ",.;:()"))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("失信的,列入名单;不改的,公布.", "失信的，列入名单；不改的，公布。"),
        ("(一)骗补的:", "（一）骗补的："),
        ("见GB/T 1.1-2009,9:30开始,共1,000元.", "见GB/T 1.1-2009,9:30开始，共1,000元。"),
        ("http://a.cn/b?c=1", "http://a.cn/b?c=1"),
    ],
)
def test_marks_among_chinese_characters_become_full(typed, read):
    assert full_width(typed) == read


@given(st.text(alphabet="失信的,.;:?!()，。9aA ", max_size=60))
def test_places_stay_and_nothing_but_marks_changes(text):
    read = full_width(text)
    assert len(read) == len(text)
    assert all(was == now or was in ",.;:?!()" for was, now in zip(text, read, strict=True))


def test_a_document_is_judged_alike_and_quoted_as_printed():
    full, half = pipeline.screen(FULL), pipeline.screen(HALF)
    assert full.flagged and half.flagged
    told = [(each.clause, each.function, each.measure, each.verdict) for each in full.findings]
    assert told == [(each.clause, each.function, each.measure, each.verdict) for each in half.findings]
    for clause in half.clauses:
        assert clause.text == HALF[clause.start : clause.end]
        assert all(found.text == HALF[found.start : found.end] for found in clause.measures)
