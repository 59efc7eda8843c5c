"""Levels, validity, citations, measures, dispositions and proposals on lawyers' cases: `python -m benchmarks.lawyer [k l n o y p q r z]`.

Each hand wrote its cases (``benchmarks/unseen/<hand>_*``) without sight of the code or of the other's. Hand K's were looked at
afterwards and the kinds that they showed were mended: only a hand's first figures are unseen ones.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipeline.document import Level, Verdict
from pipeline.extract import find_citations, find_measures
from pipeline.extract.measures import OUTSIDE_THE_LIST
from pipeline.screening import screen
from pipeline.shipped import ROOT

UNSEEN = ROOT / "benchmarks" / "unseen"
_YEAR = re.compile(r"[〔\[(【﹝［（]((?:19|20)[\dOoIl]{2})[〕\])】﹞］）]")
Key = tuple[str, str, tuple[str, ...]]


def cases(hand: str, name: str) -> Iterator[dict[str, Any]]:
    """What a hand wrote of a kind; nothing where it wrote none."""
    file = UNSEEN / f"{hand}_{name}.jsonl"
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        yield json.loads(line)


def level_fits(wanted: str, level: Level, qualified: bool) -> bool:
    """Some answers of a lawyer are wider than a level."""
    if wanted == "地方政府规章或规范性文件":
        return level in (Level.LOCAL_RULE, Level.LOCAL_NORMATIVE)
    if wanted == "规范性文件":
        return level in (Level.MINISTRY_NORMATIVE, Level.LOCAL_NORMATIVE)
    return not qualified if wanted in ("不具备依据资格", "不明") else level == wanted


def levels(hand: str) -> str:
    with (UNSEEN / f"{hand}_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    right = 0
    for row in rows:
        found = find_citations(f"根据《{row['title']}》的规定")
        # a title that is no citation at all (村规民约, 承诺书) is no basis
        right += level_fits(row["level"], found[0].level, found[0].qualified) if found else row["level"] == "不具备依据资格"
    return f"{right}/{len(rows)}"


def validity(hand: str) -> str:
    said: Counter[str] = Counter()
    for row in cases(hand, "validity"):
        found = find_citations(f"根据《{row['title']}》的规定", as_of=row["date"])
        force = found[0].in_force if found else None
        said["不知" if force is None else "对" if force == row["in_force"] else "错"] += 1
    return "　".join(f"{name} {said[name]}" for name in ("对", "不知", "错"))


def _key(title: str, number: str | None, articles: list[str]) -> Key:
    printed = _YEAR.sub(r"〔\1〕", re.sub(r"\s", "", number or ""))
    return re.sub(r"\s", "", title), printed, tuple(re.sub(r"\s", "", article) for article in articles)


def citations(hand: str) -> str:
    hits = extra = missed = 0
    for row in cases(hand, "citations"):
        found = {_key(c.title, c.number, list(c.articles)) for c in find_citations(row["text"])}
        wanted, optional = (
            {_key(c["title"], c["number"], c["articles"]) for c in row.get(name, ())} for name in ("citations", "optional")
        )
        hits, missed, extra = hits + len(found & wanted), missed + len(wanted - found), extra + len(found - wanted - optional)
    return f"F1 {2 * hits / max(2 * hits + extra + missed, 1):.3f}（找到 {hits}，多 {extra}，少 {missed}）"


def measures(hand: str) -> str:
    hits = named = wanted = kept = periods = 0
    for row in cases(hand, "measures"):
        found = find_measures(row["text"], context="失信")
        gold, said = {_outside(m["category"]) for m in row["measures"]}, {_outside(m.category) for m in found}
        hits, named, wanted = hits + len(gold & said), named + len(said), wanted + len(gold)
        for measure in row["measures"]:
            if measure["years"]:
                periods += 1
                kept += any(m.duration.removesuffix("内").endswith(measure["years"].removesuffix("内")) for m in found)
    return f"类别 F1 {2 * hits / max(named + wanted, 1):.3f}　期限 {kept}/{periods}"


def _outside(category: str) -> str:
    """One name for all that is outside the national list: lawyers do not part it; and names without what explains them."""
    return OUTSIDE_THE_LIST if OUTSIDE_THE_LIST in category else category.partition("（")[0]


def dispositions(hand: str) -> str:
    right = documents = fit = lines = unlisted = unlawful = 0
    for row in cases(hand, "documents"):
        documents += 1
        said = screen(row["text"], as_of=row["as_of"] or None)
        # a document without any measure is not listed, and so keeps its place
        said_so = said.suggestion.disposition if said.suggestion else "保留" if not row["measures"] else ""
        right += said_so in row["gold"]
        for quote, accepted in row["measures"]:
            lines += 1
            at = row["text"].find(quote)
            verdicts = {f.verdict for f in said.findings if said.clauses[f.clause].start <= at < said.clauses[f.clause].end}
            conforms = verdicts == {Verdict.CONFORMS}
            unlisted += not verdicts
            unlawful += conforms and "Q" not in accepted
            fit += bool(verdicts) and (conforms or accepted != ["Q"]) and not (conforms and "Q" not in accepted)
    return f"处置 {right}/{documents}　措施 {fit}/{lines}（没有列出 {unlisted}，不该判“符合”而判的 {unlawful}）"


def proposals(hand: str) -> str:
    """Of clauses with a measure and without a qualified basis: is one that a lawyer would name among the first three proposed?"""
    asked = right = silent = 0
    for row in cases(hand, "proposals"):
        offered = [f"{p.title}{p.article}" for finding in screen(row["text"]).findings for p in finding.proposals[:3]]
        asked, silent = asked + 1, silent + (not offered)
        right += any(_same_basis(wanted, said) for wanted in row["acceptable"] for said in offered)
    return f"前三条中有可用的 {right}/{asked}（没有建议的 {silent}）"


def _same_basis(wanted: str, said: str) -> bool:
    """Of the same act, under its full or short name, and of the same article where one is asked for."""
    wanted, said = (re.sub(r"[《》\s]|中华人民共和国", "", each) for each in (wanted, said))
    return said.startswith(wanted)


def main() -> None:
    for hand in sys.argv[1:] or ["k", "l", "n", "o", "y", "p", "q", "r", "z"]:
        print(f"撰写人 {hand.upper()}")
        for name, measured, kind in (
            ("级别", levels, "names"),
            ("时效", validity, "validity"),
            ("引文", citations, "citations"),
            ("措施", measures, "measures"),
            ("处置", dispositions, "documents"),
            ("建议", proposals, "proposals"),
        ):
            if any(UNSEEN.glob(f"{hand}_{kind}.*")):
                print(f"{name}\t{measured(hand)}")


if __name__ == "__main__":
    main()
