"""A lawyer's cases, written without sight of the code: levels by name, validity by date, and no unlawful 「符合」."""

from __future__ import annotations

import csv
import json
from typing import Any

from pipeline.document import Level, Verdict
from pipeline.extract import find_citations
from pipeline.screening import screen
from pipeline.shipped import ANNOTATED

UNSEEN = ANNOTATED / "unseen"


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (UNSEEN / f"k_{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def level_fits(wanted: str, level: Level, qualified: bool) -> bool:
    if wanted == "地方政府规章或规范性文件":
        return level in (Level.LOCAL_RULE, Level.LOCAL_NORMATIVE)
    if wanted in ("不具备依据资格", "不明"):
        return not qualified
    return level == wanted


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
    for row in cases("validity"):
        (found,) = find_citations(f"根据《{row['title']}》的规定", as_of=row["date"])[:1]
        if found.in_force is not None and found.in_force != row["in_force"]:
            wrong.append((row["title"], row["date"]))
    assert wrong == []


def test_hardly_any_measure_conforms_that_may_not() -> None:
    """A clerk signs a 「符合」: one of 120 is known to be too much (a municipal catalogue that asks for a further basis)."""
    wrong = []
    for row in cases("documents"):
        said = screen(row["text"], as_of=row["as_of"] or None)
        for quote, accepted in row["measures"]:
            at = row["text"].find(quote)
            verdicts = {f.verdict for f in said.findings if said.clauses[f.clause].start <= at < said.clauses[f.clause].end}
            if "Q" not in accepted and verdicts == {Verdict.CONFORMS}:
                wrong.append((row["id"], quote))
    assert len(wrong) <= 1, wrong
