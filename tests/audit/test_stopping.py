"""The stopping rule keeps its promise at whichever planned look it stops."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audit.bounds import Stratum
from pipeline.audit.stopping import may_stop


@settings(max_examples=12, deadline=None)
@given(
    size=st.integers(20, 200),
    missed=st.integers(1, 30),
    found=st.integers(1, 60),
    goal=st.sampled_from([0.8, 0.9, 0.95, 1.0]),
    seed=st.integers(0, 10),
)
def test_reader_who_looks_several_times_stops_too_early_in_at_most_one_case_of_twenty(size, missed, found, goal, seed):
    missed, looks, runs = min(missed, size), 4, 400
    draw = np.random.default_rng(seed)
    too_early = 0
    for _ in range(runs):
        order = draw.permutation(size) < missed
        for look in range(1, looks + 1):
            read = size * look // (looks + 1)
            seen = int(order[:read].sum())
            if may_stop(found, Stratum(size, read, seen), goal, looks=looks):
                too_early += (found + seen) / (found + missed) < goal
                break
    # three standard deviations of the simulation above the promised twentieth
    assert too_early / runs <= 0.05 + 3 * (0.05 * 0.95 / runs) ** 0.5


def test_reading_everything_may_always_stop():
    assert may_stop(3, Stratum(50, 50, 2), 1.0)


def test_nothing_read_of_the_rest_may_not_stop():
    assert not may_stop(10, Stratum(50, 0, 0), 0.95)


def test_more_planned_looks_ask_for_more_proof():
    rest = Stratum(1000, 200, 0)
    assert may_stop(260, rest, 0.95) and not may_stop(260, rest, 0.95, looks=8)
