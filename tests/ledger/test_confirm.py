"""The sum of decisions closes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger import build_rows, tally
from tests.ledger.ledger_samples import UNIT, entries

ROWS = build_rows(entries(), UNIT)


@given(st.lists(st.sampled_from(["", "保留", "修订", "立法", "废止", "不列入"])))
def test_decisions_and_the_undecided_add_up_to_all_rows(words):
    assert sum(tally(replace(ROWS[0], decision=word) for word in words).values()) == len(words)
