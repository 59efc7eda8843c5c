"""Nothing grows faster than a document's length: work is counted, not timed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser
from typing import Any

import pytest

import pipeline
from benchmarks.length import KINDS
from pipeline.assess import basis
from pipeline.assess.places import Place
from pipeline.classify import links
from pipeline.extract import flat, mention, resolve
from pipeline.extract.authorities import bodies
from pipeline.extract.measures import DURATION
from pipeline.ingest import spacing
from pipeline.structure import lines, run_on

UNITS, LONGER = 150, 600
_ENDLESS = 100


def calls(text: str) -> int:
    """How many functions, of Python and of C, are called to screen a text."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        pipeline.screen(text, as_of="2026-01-01")
    finally:
        sys.setprofile(None)
    return count


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    for make in KINDS.values():
        pipeline.screen(make(20), as_of="2026-01-01")


@pytest.mark.parametrize("kind", KINDS)
def test_four_times_the_length_is_four_times_the_work(kind: str) -> None:
    ratio = calls(KINDS[kind](LONGER)) / calls(KINDS[kind](UNITS))
    assert ratio < 1.4 * LONGER / UNITS  # some work begins in longer texts only; squared it would be four times as much


def test_a_clause_is_judged_by_the_bases_nearest_to_it() -> None:
    """Where more stand in one article than are looked at, its own are among those that are."""
    screening = pipeline.screen(KINDS["一条中的依据"](3 * basis._MOST), as_of="2026-01-01")
    cited = [citation for clause in screening.clauses for citation in clause.citations]
    reach = basis.Reach(screening.clauses, cited, Place())
    for clause in screening.clauses:
        good = reach.here(clause).good
        assert len(good) == basis._MOST
        assert all(citation in good for citation in clause.citations)


def openings(items: Any) -> Iterator[int]:
    """How often at most the parts of a pattern repeat with which a match may begin; what a look behind holds back is not asked."""
    for kind, value in items:
        if kind is op.ASSERT or kind is op.ASSERT_NOT:
            if value[0] < 0:
                return
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield int(value[1])
            if value[0]:
                return
        elif kind is op.SUBPATTERN:
            yield from openings(value[3])
            return
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from openings(branch)
            return
        else:
            return


@pytest.mark.parametrize(
    "pattern",
    [
        flat.LINE_BREAK,
        spacing._BEFORE_PUNCTUATION,
        lines._LEADERS,
        run_on._ANNEX,
        links._DONE,
        mention.EDITION_PAREN,
        resolve.SESSION,
        bodies._CONGRESS,
        DURATION,
    ],
)
def test_a_search_walks_a_long_run_once(pattern: re.Pattern[str]) -> None:
    """One that begins with an endless repeat walks to the run's end from each of its places."""
    assert max(openings(_parser.parse(pattern.pattern)), default=0) < _ENDLESS
