"""What is read sentence by sentence is what is read of the clause as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.classify.lexicon import load_lexicon
from pipeline.classify.near.features import SEPARATOR, masked_text, read, skeletons, words
from pipeline.classify.needs import looks_past
from pipeline.learn.annotations import read_annotations

LETTERS = "将失信企业列入黑名单，骗取补助的三年内不得申报；记入诚信档案。公示《云州日报》信用卡人员‖ \t\nABc3"


def same(text: str) -> None:
    (found,) = read([text])
    lead, _, own = masked_text(text).partition(SEPARATOR)
    assert found.masked == masked_text(text)
    assert found.words == words(text.lower())
    assert found.skeletons == skeletons(text)
    assert {rule.id for rule in found.rules} == {hit.rule.id for hit in load_lexicon().hits(own, lead)}


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet=LETTERS, max_size=80) | st.text(max_size=40))
def test_any_text(text: str) -> None:
    same(text)


def test_clauses_of_several_sentences_under_lead_ins() -> None:
    for text in read_annotations().texts[::7]:
        same(text)
        same(f"对列入黑名单的失信主体采取下列措施：{SEPARATOR}{text}。{text}；{text}")


def test_clauses_are_read_the_same_in_any_company() -> None:
    texts = read_annotations().texts[:40]
    assert read(texts) == [read([text])[0] for text in texts]


@pytest.mark.parametrize(
    ("pattern", "past"),
    [
        ("记入[^。；]{0,8}档案", False),
        ("记入(?!名单)[\\u4e00-\\u9fff]+", False),
        ("[\\d、]+条", False),
        ("《[^》]+》", True),
        ("记入.{0,8}", True),
        ("不得\\S*", True),
        ("限制(?=。)", True),
        ("档案$", True),
        ("列入[。]?", True),
    ],
)
def test_a_pattern_that_may_reach_over_the_end_of_a_sentence_is_known(pattern: str, past: bool) -> None:
    assert looks_past(pattern, "。；") is past
