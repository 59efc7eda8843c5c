"""Articles that might serve as a basis (拟引依据) for a measure without one, ranked, for a person to check (供人工核对).

From ``data/annotated/provisions_checked.csv``, articles that were read one by one, and, of the document's own place, those of local
regulations that a machine read (``article_provisions.csv``). A local regulation is proposed only for its
own place, a ministry rule never, what is not in force on the day never.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from pipeline.assess.carriage import provides_for
from pipeline.assess.likeness import Likeness, pairs
from pipeline.assess.places import Place, place_of, same_place
from pipeline.assess.rules import say, table
from pipeline.assess.subjects import Subject
from pipeline.document import Level, Proposal
from pipeline.extract.authorities.in_force import article_number, standing
from pipeline.extract.authorities.provisions import Provision, checked_rows, read_rows
from pipeline.extract.authorities.registry import load_registry, title_key

MOST = 3
ALIKE = 2.0  # of `Likeness`: an article of another field that is about the very thing
LEVEL_WEIGHT = {Level.LAW: 3.0, Level.ADMINISTRATIVE_REGULATION: 2.5, Level.LOCAL_REGULATION: 1.5}
GENERAL = re.compile(r"社会信用|公共信用|信用信息|信用条例")
#: What a title's subject is not: its region, its kind, the words of making.
TRIM = re.compile(
    r"^中华人民共和国|^.{2,8}?(?:省|市|自治区|经济特区|新区|自治州)|实施|《|》|若干规定|管理|监督|促进|条例|办法|规定|法$|的"
)
_AIM = re.compile(r"保护$|发展$|^治理")  # 知识产权保护条例 is about 知识产权: an article without a gist has its title only


@dataclass(frozen=True, slots=True)
class Candidate:
    """One article that was read, with what it is about."""

    title: str
    level: Level
    article: str
    since: str
    until: str
    provides: Provision
    place: Place
    stem: str
    general: bool
    at: int  # its place among those that were read one by one, by which its likeness is asked; -1 for any other


@cache
def candidates() -> tuple[Candidate, ...]:
    """The articles that were read one by one, of acts of qualified levels (a central policy is cited as a whole: none), then those of
    local regulations that a machine read: they are proposed in their own place only."""
    checked = list(checked_rows())
    found: list[Candidate] = []
    for row in checked:
        if candidate := _candidate(len(found), *row):
            found.append(candidate)
    known = {(title_key(title), article_number(article)) for title, article, *_ in checked}
    for title, article, day, provides in read_rows():
        if (title_key(title), article_number(article)) not in known and _is_local(title):
            found += filter(None, [_candidate(-1, title, article, day, "", provides)])
    return tuple(found)


def _is_local(title: str) -> bool:
    known = load_registry().by_title(title)
    return known is not None and known.level is Level.LOCAL_REGULATION


def _candidate(at: int, title: str, article: str, since: str, until: str, provides: Provision) -> Candidate | None:
    known = load_registry().by_title(title)
    if known is None or known.level not in LEVEL_WEIGHT or not (provides.functions or provides.measures):
        return None
    return Candidate(
        title=known.title,
        level=known.level,
        article=article,
        since=since,
        until=until,
        provides=provides,
        place=place_of(known.title, known.region) if known.level is Level.LOCAL_REGULATION else Place(),
        stem=TRIM.sub("", title) if at >= 0 else _AIM.sub("", TRIM.sub("", title)),
        general=bool(GENERAL.search(title)),
        at=at,
    )


@cache
def _likeness() -> Likeness:
    """What each article is about, in the words of whoever read it."""
    return Likeness(
        f"{candidate.stem}，{'，'.join(sorted(candidate.provides.subjects))}，{candidate.provides.gist}"
        for candidate in candidates()
        if candidate.at >= 0
    )


@lru_cache(maxsize=64)  # a clause may have several subjects, one after the other
def _likes(text: str) -> dict[int, float]:
    return _likeness().of(pairs(text))


@cache
def _stems() -> frozenset[str]:
    """What the acts are about, each once."""
    return frozenset(candidate.stem for candidate in candidates())


@cache
def _stems_by_word() -> tuple[tuple[str, frozenset[str]], ...]:
    """The words of each field (``sectors.csv``), each with the stems of the acts that are about it."""

    def about(field: str) -> frozenset[str]:
        short = TRIM.sub("", field)
        return frozenset(stem for stem in _stems() if short and (short in stem or (len(stem) >= 3 and stem in short)))

    return tuple((row["word"], about(row["title_stem"])) for row in table("sectors.csv"))


@lru_cache(maxsize=512)
def _fields(title: str, text: str) -> dict[str, float]:
    """The stems of the acts that are about what the document is about, with a weight: its title says more than a clause."""
    in_text = {stem for word, stems in _stems_by_word() if word in text for stem in stems}
    in_text |= {stem for stem in _stems() if len(stem) >= 3 and stem in text}
    return dict.fromkeys(in_text, 2.0) | dict.fromkeys(_fields_of_title(title), 4.0)


@lru_cache(maxsize=64)
def _fields_of_title(title: str) -> frozenset[str]:
    by_word = {stem for word, stems in _stems_by_word() if word in title for stem in stems}
    return frozenset(by_word | {stem for stem in _stems() if len(stem) >= 2 and stem in title})


@lru_cache(maxsize=64)
def _open_to(place: Place, on: str) -> tuple[Candidate, ...]:
    """The articles that a document of a place may rest on, on a day."""
    return tuple(
        candidate
        for candidate in candidates()
        if candidate.since <= on
        and not (candidate.until and candidate.until <= on)
        and (candidate.level is not Level.LOCAL_REGULATION or _is_of(candidate.place, place))
        and _in_force(candidate.title, on)
    )


def _is_of(act: Place, document: Place) -> bool:
    return bool(document.province and act.province) and same_place(act, document)


def propose(subject: Subject, title: str, place: Place, on: str = "") -> tuple[Proposal, ...]:
    """Up to three articles that set what ``subject`` is about, in force on a day (ISO, today where empty), best first.

    Of the same field as the document, or of its own place's act on credit, or about the very thing of which the clause speaks; of the
    same kind of measure; else none: a wrong proposal costs a clerk more than no proposal.
    """
    fields, likes = _fields(title, subject.clause.text), _likes(subject.clause.text)
    scored = []
    for candidate in _open_to(place, on or date.today().isoformat()):
        field = fields.get(candidate.stem, 0.0)
        local = candidate.level is Level.LOCAL_REGULATION
        like = likes.get(candidate.at, 0.0)
        if not (field or (candidate.general and local) or like >= ALIKE) or not provides_for(candidate.provides, subject):
            continue
        exact = bool(subject.category) and subject.category in candidate.provides.measures
        scored.append(
            (field + like + exact + _shared_subjects(candidate, subject) + LEVEL_WEIGHT[candidate.level] * 0.5, candidate)
        )
    scored.sort(key=lambda pair: (-pair[0], pair[1].title, article_number(pair[1].article)))
    return tuple(_worded(score, candidate) for score, candidate in _two_a_title(scored)[:MOST])


def _shared_subjects(candidate: Candidate, subject: Subject) -> float:
    """Whether the article speaks of those whom the clause speaks of (供应商, 用人单位)."""
    return 1.0 if any(word and word in subject.clause.text for word in candidate.provides.subjects) else 0.0


@lru_cache(maxsize=4096)
def _in_force(title: str, on: str) -> bool:
    known = load_registry().by_title(title)
    return known is not None and standing(known, on).in_force is not False


def _two_a_title(scored: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """At most two articles of one act, each once: three of the same would hide the others."""
    kept: dict[tuple[str, str], tuple[float, Candidate]] = {}
    of_act: Counter[str] = Counter()
    for score, candidate in scored:
        key = (candidate.title, candidate.article)
        if key not in kept and of_act[candidate.title] < 2:
            of_act[candidate.title] += 1
            kept[key] = (score, candidate)
    return list(kept.values())


def _worded(score: float, candidate: Candidate) -> Proposal:
    why = [say("propose_general")] if candidate.general else [say("propose_sector", sector=candidate.stem)]
    if candidate.provides.functions:
        why.append(say("propose_function", functions="、".join(sorted(candidate.provides.functions))))
    if candidate.provides.gist:
        why.append(candidate.provides.gist)
    return Proposal(
        title=candidate.title,
        article=candidate.article,
        level=candidate.level,
        why="；".join(why),
        score=round(score, 2),
        source=f"{candidate.provides.source}；{say('propose_check')}",
    )
