"""A lawyer's cases, written without sight of the code: levels by name, validity by date, and no unlawful 「符合」."""

from __future__ import annotations

import csv

import pytest

from benchmarks.lawyer import UNSEEN, cases, level_fits
from pipeline.document import Screening, Verdict
from pipeline.extract import find_citations, find_measures
from pipeline.screening import screen


def test_levels_by_name() -> None:
    with (UNSEEN / "k_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    right = 0
    for row in rows:
        found = find_citations(f"根据《{row['title']}》的规定")
        right += bool(found) and level_fits(row["level"], found[0].level, found[0].qualified)
    assert right / len(rows) >= 0.975


HANDS = ("k", "l", "n", "o", "y", "p")


@pytest.mark.parametrize("hand", HANDS)
def test_validity_is_never_wrong(hand: str) -> None:
    wrong = []
    for row in cases(hand, "validity"):
        (found,) = find_citations(f"根据《{row['title']}》的规定", as_of=row["date"])[:1]
        if found.in_force is not None and found.in_force != row["in_force"]:
            wrong.append((row["title"], row["date"]))
    assert wrong == []


@pytest.mark.parametrize(("hand", "unlisted_at_most"), [("k", 0), ("l", 1), ("n", 4), ("o", 4), ("y", 1), ("p", 3)])
def test_no_measure_conforms_that_may_not_and_measures_have_their_lines(hand: str, unlisted_at_most: int) -> None:
    """A clerk signs a 「符合」."""
    wrong, unlisted, right = [], [], 0
    for row in cases(hand, "documents"):
        said = screen(row["text"], as_of=row["as_of"] or None)
        right += disposition(said) in row["gold"] or (not row["measures"] and said.suggestion is None)
        for quote, accepted in row["measures"]:
            at = row["text"].find(quote)
            verdicts = {f.verdict for f in said.findings if said.clauses[f.clause].start <= at < said.clauses[f.clause].end}
            if not verdicts:
                unlisted.append((row["id"], quote))
            if "Q" not in accepted and verdicts == {Verdict.CONFORMS}:
                wrong.append((row["id"], quote))
    assert wrong == [] and len(unlisted) <= unlisted_at_most, unlisted
    assert right / len(list(cases(hand, "documents"))) >= 0.8


def disposition(said: Screening) -> str:
    return said.suggestion.disposition if said.suggestion else ""


def test_categories_and_periods_of_measures() -> None:
    hits = named = wanted = kept = periods = 0
    for row in cases("k", "measures"):
        found = find_measures(row["text"], context="失信")
        gold = {measure["category"] for measure in row["measures"]}
        said = {measure.category for measure in found}
        hits, named, wanted = hits + len(gold & said), named + len(said), wanted + len(gold)
        for measure in row["measures"]:
            if measure["years"]:
                periods += 1
                kept += any(m.duration.removesuffix("内").endswith(measure["years"]) for m in found)
    assert 2 * hits / (named + wanted) >= 0.94
    assert kept / periods >= 0.95
