"""A lawyer's cases, written without sight of the code: levels by name, validity by date, and no unlawful 「符合」."""

from __future__ import annotations

import csv

from benchmarks.lawyer import UNSEEN, cases, level_fits
from pipeline.document import Verdict
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


def test_validity_is_never_wrong() -> None:
    wrong = []
    for row in cases("k", "validity"):
        (found,) = find_citations(f"根据《{row['title']}》的规定", as_of=row["date"])[:1]
        if found.in_force is not None and found.in_force != row["in_force"]:
            wrong.append((row["title"], row["date"]))
    assert wrong == []


def test_no_measure_conforms_that_may_not_and_every_measure_has_its_line() -> None:
    """A clerk signs a 「符合」."""
    wrong, unlisted, right = [], [], 0
    for row in cases("k", "documents"):
        said = screen(row["text"], as_of=row["as_of"] or None)
        right += said.suggestion is not None and said.suggestion.disposition in row["gold"]
        for quote, accepted in row["measures"]:
            at = row["text"].find(quote)
            verdicts = {f.verdict for f in said.findings if said.clauses[f.clause].start <= at < said.clauses[f.clause].end}
            if not verdicts:
                unlisted.append((row["id"], quote))
            if "Q" not in accepted and verdicts == {Verdict.CONFORMS}:
                wrong.append((row["id"], quote))
    assert (wrong, unlisted) == ([], [])
    assert right / len(list(cases("k", "documents"))) >= 0.95


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
