"""The bound on missed documents holds as often as it says, whatever the truth; it is exact and never falls behind sense."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, hypergeom

from pipeline.audit.bounds import Stratum, missed_at_most, more_to_read, relevant_at_most


@st.composite
def strata(draw, number=2):
    drawn = []
    for _ in range(number):
        size = draw(st.integers(1, 30))
        read = draw(st.integers(0, size))
        drawn.append(Stratum(size, read, draw(st.integers(0, min(read, 3)))))
    return drawn


@settings(max_examples=60, deadline=None)
@given(size=st.integers(1, 60), data=st.data())
def test_bound_covers_the_truth_as_often_as_it_says(size, data):
    read = data.draw(st.integers(0, size))
    relevant = data.draw(st.integers(0, size))
    covered = sum(
        hypergeom.pmf(found, size, relevant, read)
        for found in range(min(read, relevant) + 1)
        if relevant <= relevant_at_most([Stratum(size, read, found)])
    )
    assert covered >= 0.95 - 1e-9


@settings(max_examples=25, deadline=None)
@given(sizes=st.tuples(st.integers(1, 14), st.integers(1, 14)), data=st.data())
def test_bound_over_two_strata_covers_the_truth_however_it_is_spread(sizes, data):
    read = [data.draw(st.integers(0, size)) for size in sizes]
    relevant = [data.draw(st.integers(0, size)) for size in sizes]
    covered = 0.0
    for a in range(min(read[0], relevant[0]) + 1):
        for b in range(min(read[1], relevant[1]) + 1):
            if sum(relevant) <= relevant_at_most([Stratum(sizes[0], read[0], a), Stratum(sizes[1], read[1], b)]):
                covered += hypergeom.pmf(a, sizes[0], relevant[0], read[0]) * hypergeom.pmf(b, sizes[1], relevant[1], read[1])
    assert covered >= 0.95 - 1e-9


def test_reading_everything_leaves_nothing_to_miss():
    assert missed_at_most([Stratum(40, 40, 2), Stratum(7, 7, 0)]) == 0


def test_reading_nothing_rules_nothing_out():
    assert missed_at_most([Stratum(40, 0, 0)]) == 40


def test_what_was_read_in_full_can_hide_nothing():
    assert missed_at_most([Stratum(40, 40, 2), Stratum(1200, 40, 0)]) < missed_at_most([Stratum(1200, 38, 0)])


def test_empty_stratum_changes_nothing():
    assert missed_at_most([Stratum(0, 0, 0), Stratum(40, 10, 0)]) == missed_at_most([Stratum(40, 10, 0)])
    assert missed_at_most([Stratum(0, 0, 0)]) == 0


def test_large_archive_agrees_with_clopper_and_pearson():
    assert missed_at_most([Stratum(1_000_000, 59, 0)]) / 1_000_000 == pytest.approx(beta.ppf(0.95, 1, 59), abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(strata())
def test_one_more_relevant_document_found_never_lowers_the_number_there_may_be(drawn):
    more = [Stratum(s.size, s.read, min(s.found + 1, s.read)) for s in drawn]
    assert relevant_at_most(more) >= relevant_at_most(drawn)


@settings(max_examples=60, deadline=None)
@given(strata())
def test_reading_on_without_finding_never_raises_the_bound(drawn):
    on = [Stratum(s.size, min(s.size, s.read + 3), s.found) for s in drawn]
    assert missed_at_most(on) <= missed_at_most(drawn)


@settings(max_examples=20, deadline=None)
@given(drawn=strata(), wanted=st.integers(0, 10))
def test_number_to_read_on_is_enough_and_not_one_too_many(drawn, wanted):
    sizes = [s.size for s in drawn]

    def allocate(total):
        first = min(sizes[0], round(total * sizes[0] / sum(sizes)))
        return first, min(sizes[1], total - first)

    already = drawn
    more = more_to_read(already, wanted, allocate)

    def enlarged(number):
        return [Stratum(s.size, max(s.read, r), s.found) for s, r in zip(already, allocate(number), strict=True)]

    def needed(number):
        return sum(after.read - before.read for before, after in zip(already, enlarged(number), strict=True))

    enough = [number for number in range(sum(sizes) + 1) if missed_at_most(enlarged(number)) <= wanted]
    assert more == min(map(needed, enough))


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="found <= read"):
        Stratum(5, 6, 0)
