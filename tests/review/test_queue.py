"""The order of review: likeliest first, filters that add up, and where the review goes on after a decision."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.queue import Item, Pick, State, in_order, next_open, picked, progress

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
    by_pick = [item for pick in (Pick.FLAGGED, Pick.OUTSIDE, Pick.NEAR) for item in picked(items, pick)]
    by_state = [*picked(items, Pick.ALL, State.OPEN), *picked(items, Pick.ALL, State.DECIDED)]
    for parted in (by_pick, by_state):
        assert sorted(item.document_id for item in parted) == sorted(item.document_id for item in items)


@given(ITEMS)
def test_a_function_filter_shows_only_documents_with_that_function(items: list[Item]) -> None:
    assert picked(items, Pick.ALL, function="公开") == [item for item in items if "公开" in item.functions]


@given(ITEMS, st.data())
def test_the_next_open_item_is_undecided_and_another_one(items: list[Item], data: st.DataObject) -> None:
    after = data.draw(st.sampled_from([item.document_id for item in items] or [""]))
    following = next_open(items, after)
    waiting = [item for item in items if not item.decision and item.document_id != after]
    assert (following in waiting) if waiting else (following is None)


@given(ITEMS)
def test_progress_counts_decisions(items: list[Item]) -> None:
    assert progress(items) == (sum(item.decision != "" for item in items), len(items))
