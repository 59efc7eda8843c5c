"""A row that a person has confirmed outlives every rescan."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger import build_rows, keep_confirmed, tally
from tests.ledger.ledger_samples import UNIT, entries

ROWS = build_rows(entries(), UNIT)


def test_a_confirmed_row_is_as_the_person_left_it_whatever_the_rescan_says():
    confirmed = replace(ROWS[0], decision="保留", title="人工改过的标题", details=ROWS[0].details[:1])
    rescanned = [replace(ROWS[0], suggestion="废止"), *ROWS[1:]]
    kept = next(row for row in keep_confirmed(rescanned, [confirmed]) if row.document_id == confirmed.document_id)
    assert kept == confirmed and kept.places == ROWS[0].places


def test_a_confirmed_row_stays_though_the_rescan_does_not_flag_it_any_more():
    confirmed = replace(ROWS[0], decision="废止")
    assert confirmed in keep_confirmed(ROWS[1:], [confirmed])


def test_a_row_without_a_decision_is_the_rescans():
    assert keep_confirmed(ROWS, [replace(ROWS[0], title="没有确认")]) == ROWS


@given(st.lists(st.sampled_from(["", "保留", "修订", "立法", "废止", "不列入"])))
def test_decisions_and_the_undecided_add_up_to_all_rows(words):
    assert sum(tally(replace(ROWS[0], decision=word) for word in words).values()) == len(words)
