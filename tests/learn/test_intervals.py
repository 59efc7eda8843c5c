"""How sure a figure is: known intervals, and what resampling must not do."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from pipeline.learn.intervals import Share, bounds, f1, outcome, resampled, total


def test_the_exact_interval_of_no_hit_in_twenty_ends_where_the_tables_say() -> None:
    none = Share(0, 20)
    assert (none.low, none.high) == (0.0, approx(0.1684, abs=1e-4))
    assert Share(20, 20).low == approx(1 - none.high)


def test_nothing_counted_says_nothing() -> None:
    assert Share(0, 0).value is None
    assert str(Share(0, 0)) == "—"


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_shrinks_with_more_of_the_same(counted: tuple[int, int]) -> None:
    share, more = Share(*counted), Share(counted[0] * 4, counted[1] * 4)
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert more.high - more.low < share.high - share.low


def test_counts_by_group_add_up_to_the_counts_of_all() -> None:
    rng = np.random.default_rng(0)
    truth, said = rng.integers(0, 2, (60, 3)), rng.integers(0, 2, (60, 3))
    counts = total(outcome(truth, said, [f"组{row % 7}" for row in range(60)]))
    assert (counts.tp + counts.fp + counts.fn + counts.tn == 60).all()
    assert counts.tp[0].tolist() == (truth & said).sum(axis=0).tolist()


def test_f1_of_a_perfect_judgement_is_one_in_every_draw() -> None:
    truth = np.eye(8, dtype=int).repeat(5, axis=0)
    drawn = f1(resampled(outcome(truth, truth, [str(row) for row in range(40)])))
    assert (drawn == 1).all()
    assert bounds(drawn[:, 0]) == (1.0, 1.0)
