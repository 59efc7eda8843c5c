"""Articles that might serve as a basis (拟引依据) for a measure without one, ranked, for a person to check (供人工核对).

From ``data/annotated/credit_provisions.csv``: classes by keyword, silver. A local regulation is proposed only for its own
region, a ministry rule never, a repealed text never.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.assess.places import Place, place_of, same_place
from pipeline.assess.rules import say, table
from pipeline.document import Level, Proposal
from pipeline.extract.authorities.registry import load_registry
from pipeline.shipped import ANNOTATED
from pipeline.structure.chinese_numerals import to_chinese

MOST = 3
LEVEL_WEIGHT = {Level.LAW: 3.0, Level.ADMINISTRATIVE_REGULATION: 2.5, Level.LOCAL_REGULATION: 1.5}
GENERAL = re.compile(r"社会信用|公共信用|信用信息|信用条例")
#: What a title's subject is not: its region, its kind, the words of making.
TRIM = re.compile(
    r"^中华人民共和国|^.{2,8}?(?:省|市|自治区|经济特区|新区|自治州)|实施|《|》|若干规定|管理|监督|促进|条例|办法|规定|法$|的"
)
CODE_BOOK = "中华人民共和国民法典"


@dataclass(frozen=True, slots=True)
class Provision:
    """One article of the table, with what it is about."""

    title: str
    level: Level
    article: str
    functions: frozenset[str]
    terms: str
    place: Place
    stem: str
    general: bool
    source: str


@cache
def provisions() -> tuple[Provision, ...]:
    """The articles of qualified levels whose text is not known to be repealed."""
    registry = load_registry()
    found = []
    with (ANNOTATED / "credit_provisions.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            level = Level(row["level"])
            known = registry.by_title(row["title"])
            if level not in LEVEL_WEIGHT or (known and known.status in ("废止", "失效", "尚未施行")):
                continue
            title = CODE_BOOK if row["title"].endswith("编") else (known.title if known else row["title"])
            found.append(
                Provision(
                    title=title,
                    level=level,
                    article=f"第{to_chinese(int(row['article']))}条",
                    functions=frozenset(filter(None, row["functions_by_keyword"].split(";"))),
                    terms=row["terms"].replace(";", "、"),
                    place=place_of(row["title"], row["region"]) if level is Level.LOCAL_REGULATION else Place(),
                    stem=TRIM.sub("", row["title"]),
                    general=bool(GENERAL.search(row["title"])),
                    source=f"依据条款表（{row['version_date'] or '版本待核'}）；{say('propose_check')}",
                )
            )
    return tuple(found)


@lru_cache(maxsize=512)
def _sector_stems(title: str, text: str) -> tuple[tuple[str, float], ...]:
    """Subjects of laws that the words of the document speak of, with a weight: its title says more than a clause."""
    stems: dict[str, float] = {}
    for row in table("sectors.csv"):
        weight = 4.0 if row["word"] in title else 2.0 if row["word"] in text else 0.0
        if weight:
            stems[row["title_stem"]] = max(weight, stems.get(row["title_stem"], 0.0))
    return tuple(stems.items())


def _sector_score(provision: Provision, title: str, text: str) -> float:
    """How far the provision's subject is the document's."""
    score = 0.0
    for stem, weight in _sector_stems(title, text):
        short = TRIM.sub("", stem)
        if short and (short in provision.stem or (len(provision.stem) >= 3 and provision.stem in short)):
            score = max(score, weight)
    if len(provision.stem) >= 2 and provision.stem in title:
        score = max(score, 4.0)
    elif len(provision.stem) >= 3 and provision.stem in text:
        score = max(score, 2.0)
    return score


def propose(function: str, text: str, title: str, place: Place) -> tuple[Proposal, ...]:
    """Up to three articles for ``function`` in a clause ``text`` of a document ``title`` at ``place``, best first."""
    scored = []
    for provision in provisions():
        if provision.level is Level.LOCAL_REGULATION and not (
            place.province and provision.place.province and same_place(provision.place, place)
        ):
            continue
        sector = _sector_score(provision, title, text)
        serves = function in provision.functions
        if not sector and not (provision.general and serves):
            continue
        if provision.functions and not serves and sector < 4.0:
            continue
        score = sector + (2.0 if serves else 0.0) + LEVEL_WEIGHT[provision.level] * 0.5 + (0.5 if provision.general else 0.0)
        scored.append((score, sector, provision))
    scored.sort(key=lambda item: (-item[0], -LEVEL_WEIGHT[item[2].level], item[2].title, item[2].article))
    return tuple(_worded(score, sector, provision) for score, sector, provision in _one_a_title(scored)[:MOST])


def _one_a_title(scored: list[tuple[float, float, Provision]]) -> list[tuple[float, float, Provision]]:
    """At most two articles of one text: three of the same law would hide the others."""
    seen: dict[str, int] = {}
    kept = []
    for item in scored:
        title = item[2].title
        seen[title] = seen.get(title, 0) + 1
        if seen[title] <= 2:
            kept.append(item)
    return kept


def _worded(score: float, sector: float, provision: Provision) -> Proposal:
    why = [say("propose_sector", sector=provision.stem)] if sector else [say("propose_general")]
    if provision.functions:
        why.append(say("propose_function", functions="、".join(sorted(provision.functions))))
    why.append(f"含“{provision.terms}”")
    return Proposal(
        title=provision.title,
        article=provision.article,
        level=provision.level,
        why="；".join(why),
        score=round(score, 2),
        source=provision.source,
    )
