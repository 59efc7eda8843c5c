"""How the sample is parted between the strata."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.sample import shares

SIZES = st.tuples(st.integers(0, 200), st.integers(0, 200))


@given(st.integers(0, 500), SIZES)
def test_sample_has_the_size_asked_for_or_is_everything(total, sizes):
    near, rest = shares(total, sizes)
    assert near + rest == min(total, sum(sizes)) and 0 <= near <= sizes[0] and 0 <= rest <= sizes[1]


@given(st.integers(0, 500), SIZES)
def test_larger_sample_holds_the_smaller_one(total, sizes):
    assert all(after >= before for before, after in zip(shares(total, sizes), shares(total + 1, sizes), strict=True))


@given(st.integers(3, 300), st.tuples(st.integers(1, 200), st.integers(1, 200)))
def test_documents_near_a_flag_are_never_drawn_more_thinly_than_the_rest(total, sizes):
    near, rest = shares(total, sizes)
    assert near * sizes[1] >= rest * sizes[0]
