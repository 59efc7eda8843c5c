"""The order of review: likeliest first, filters that add up, groups of like documents."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.desk.catalogue import Filters, groups, passing
from pipeline.review.queue import Item, Pick, State, in_order

ITEMS = st.lists(
    st.builds(
        Item,
        document_id=st.text("0123456789abcdef", min_size=4, max_size=4),
        sha256=st.just(""),
        path=st.text("甲乙丙", max_size=3),
        title=st.just("标题"),
        number=st.just(""),
        date=st.just(""),
        score=st.sampled_from([0.0, 0.2, 0.2, 0.9, 1.0]),
        flagged=st.booleans(),
        functions=st.sampled_from([(), ("惩戒",), ("认定", "公开")]),
        decision=st.sampled_from(["", "保留", "不列入"]),
        own=st.booleans(),
    ),
    unique_by=lambda item: item.document_id,
    max_size=8,
)


@given(ITEMS)
def test_hits_come_before_near_misses_own_before_others_and_higher_scores_before_lower(items: list[Item]) -> None:
    keys = [(item.flagged, item.own, item.score) for item in in_order(items)]
    assert keys == sorted(keys, reverse=True)
    assert len(keys) == len(items)


@given(ITEMS, st.randoms())
def test_the_order_does_not_depend_on_how_the_items_came(items: list[Item], random) -> None:
    shuffled = random.sample(items, len(items))
    assert [item.path for item in in_order(shuffled)] == [item.path for item in in_order(items)]


@given(ITEMS)
def test_filters_part_the_items_without_loss(items: list[Item]) -> None:
    by_pick = [item for pick in Pick if pick is not Pick.ALL for item in passing(items, Filters(pick))]
    by_state = [item for state in (State.OPEN, State.DECIDED) for item in passing(items, Filters(Pick.ALL, state))]
    for parted in (by_pick, by_state):
        assert sorted(item.document_id for item in parted) == sorted(item.document_id for item in items)


@given(ITEMS)
def test_the_undecided_come_first_and_among_them_the_greater_expectation(items: list[Item]) -> None:
    listed = passing(items, Filters(Pick.ALL))
    keys = [(not item.decision, item.flagged, item.own, item.expected) for item in listed]
    assert keys == sorted(keys, reverse=True)


@given(ITEMS)
def test_a_function_filter_shows_only_documents_with_that_function(items: list[Item]) -> None:
    shown = passing(items, Filters(Pick.ALL, function="公开"))
    assert {item.document_id for item in shown} == {item.document_id for item in items if "公开" in item.functions}


def test_like_texts_are_a_group_and_others_are_alone() -> None:
    rng = np.random.default_rng(1)
    one, other = (rng.integers(0, 2**32, 64, dtype=np.uint32).astype("<u4") for _ in range(2))
    near = one.copy()
    near[:12] = other[:12]  # 52 of 64 the same
    far = one.copy()
    far[:32] = other[:32]
    found = groups({"甲": one.tobytes(), "乙": near.tobytes(), "丙": other.tobytes(), "丁": far.tobytes(), "空": b""})
    assert {id_: sorted(members) for id_, members in found.items()} == {"甲": ["乙", "甲"], "乙": ["乙", "甲"]}
