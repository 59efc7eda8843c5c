"""On what a clause rests: the citations within its reach, nearest first, sorted by what they are worth."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.assess.places import Place, place_of, same_place
from pipeline.assess.rules import cautions, groups
from pipeline.classify import leading
from pipeline.document import Citation, Clause, Level, Role

HERE, CHAPTER, HEAD, NOWHERE, ITSELF = "本条", "本章", "文首", "无", "本文件"
ELSEWHERE = "另条"  # the clause that this one carries out
RELIED_ON = frozenset({Role.MEASURE_BASIS, Role.MAKING_BASIS, Role.FORWARDED})
#: Levels of a text that may be a ministry's with the State Council's consent (经国务院同意).
MAYBE_APPROVED = frozenset({Level.MINISTRY_NORMATIVE, Level.MINISTRY_RULE, Level.OTHER, Level.UNKNOWN})
_MOST = 60  # bases within one reach that are looked at: a chapter that names thousands is judged in linear time
#: Words that rest on what the article before names (依照前条所引条款), and on what was named last, however far above (上述条款).
_RESTING = r"(?:依照|按照|根据|依据|按|适用)(?:本[^，。；]{2,4})?"
POINTS_BACK = re.compile(
    rf"{_RESTING}(?:前|上)(?:一)?(?:款|条|项)|{_RESTING}(?:同|该)(?:款|条|项)|(?:同款|同条|前款|前条|该款)(?:的?规定|所[引列])|\t同上\s*$"
)
POINTS_FAR_BACK = re.compile(rf"前述(?:条款|规定)|上述(?:条款|法条|条文)|{_RESTING}同一(?:条款|条文|规定|依据)")
#: The number of an item below a clause: 二、（一）, 第三条（二）.
_FIRST_LEVEL = re.compile(r"\s*[一二三四五六七八九十]+、")
_ITEM = re.compile(r"[（(][一二三四五六七八九十\d]+[）)]$")
ARTICLE = re.compile(r"^(?:.*?)(第[〇零一二三四五六七八九十百千\d]+条)")


@dataclass(slots=True)
class Bases:
    """The citations of one reach, by what they are worth as a basis on the date of judgement."""

    good: list[Citation] = field(default_factory=list)
    dead: list[Citation] = field(default_factory=list)
    foreign: list[Citation] = field(default_factory=list)
    judicial: list[Citation] = field(default_factory=list)
    approved: list[Citation] = field(default_factory=list)
    lower: list[Citation] = field(default_factory=list)
    mentioned: list[Citation] = field(default_factory=list)
    vague: list[Citation] = field(default_factory=list)


def name_of(citation: Citation) -> str:
    """《title》number articles, as a clerk would write it."""
    title = f"《{citation.title}》" if citation.title else ""
    number = f"（{citation.number}）" if citation.number and title else citation.number or ""
    return f"{title}{number}{'、'.join(citation.articles)}"


def names(citations: Sequence[Citation], most: int = 3) -> str:
    """Up to ``most`` names without repeats."""
    unique = list(dict.fromkeys(name_of(citation) for citation in citations))
    return "、".join(unique[:most]) + (f"等{len(unique)}件" if len(unique) > most else "")


def article_root(clause: Clause) -> tuple[str, str]:
    """What a clause shares with the items of its article: its part and 第…条; itself where it has no article."""
    found = ARTICLE.match(clause.label)
    return (clause.part, found.group(1)) if found else (clause.part, f"{clause.start}")


def is_said_repealed(citation: Citation) -> bool:
    """Whether the registry's sources call the authority repealed, borne out or not; whoever relies on it must look."""
    return citation.authority is not None and citation.authority.status in ("废止", "失效") and citation.in_force is None


def names_a_basis(citations: Sequence[Citation]) -> bool:
    """Whether one of them is relied on, and not only mentioned."""
    return any(citation.role in RELIED_ON for citation in citations)


class Reach:
    """Finds, for a clause, the citations in its article, in its chapter and at the head of the document."""

    def __init__(self, clauses: Sequence[Clause], citations: Sequence[Citation], place: Place):
        self.place = place
        self._by_root: dict[tuple[str, str], list[tuple[Citation, str]]] = {}
        self._by_label: dict[tuple[str, str], list[tuple[Citation, str]]] = {}
        self._by_path: dict[tuple[str, ...], list[tuple[Citation, str]]] = {}
        self._led = _led(clauses)
        placed: set[int] = set()
        last: list[tuple[Citation, str]] = []
        root = before = ("", "")
        index = 0
        ordered = sorted(citations, key=lambda citation: citation.start)
        for clause in clauses:
            while index < len(ordered) and ordered[index].start < clause.start:
                index += 1
            while index < len(ordered) and ordered[index].start < clause.end:
                held = (ordered[index], clause.text)
                self._by_root.setdefault(article_root(clause), []).append(held)
                self._by_label.setdefault((clause.part, clause.label), []).append(held)
                if clause.path and ordered[index].role in RELIED_ON:
                    self._by_path.setdefault((clause.part, *clause.path), []).append(held)
                placed.add(index)
                index += 1
            if article_root(clause) != root:
                root, before = article_root(clause), root
            if held_here := self._by_root.get(root):
                last = held_here
            elif POINTS_FAR_BACK.search(clause.text):
                self._by_root[root] = last
            elif POINTS_BACK.search(clause.text):
                self._by_root[root] = self._by_root.get(before, [])
        making = [c for c in ordered if c.role in (Role.MAKING_BASIS, Role.FORWARDED)]
        self.head = self._sorted([(citation, "") for citation in making[:_MOST]])

    def here(self, clause: Clause) -> Bases:
        """What the clause's own article names, and, for an item of a list, the sentence that leads in to it."""
        held = _nearest(self._by_root.get(article_root(clause), []), clause)
        if (leader := self._led.get(clause.start)) and article_root(leader) != article_root(clause):
            held = [*held, *_nearest(self._by_label.get((leader.part, leader.label), []), clause)]
        if lead := _ITEM.sub("", clause.label):
            above = self._by_label.get((clause.part, lead), []) if lead != clause.label else []
            held = [*held, *_nearest(above, clause)]
        return self._sorted(held)

    def lead_of(self, clause: Clause) -> str:
        """The sentence that leads in to an item; empty for none."""
        leader = self._led.get(clause.start)
        return leader.text if leader else ""

    def chapter(self, clause: Clause) -> Bases:
        return self._sorted(_nearest(self._by_path.get((clause.part, *clause.path), []), clause) if clause.path else [])

    def _sorted(self, held: Sequence[tuple[Citation, str]]) -> Bases:
        bases = Bases()
        for citation, text in held:
            if citation.role is not Role.REPEALED:
                getattr(bases, self._worth(citation, text)).append(citation)
        return bases

    def _worth(self, citation: Citation, text: str) -> str:
        if citation.vague:
            return "vague"
        if citation.role not in RELIED_ON:
            return "mentioned"
        if citation.level is Level.JUDICIAL_INTERPRETATION:
            return "judicial"
        if citation.qualified:
            if citation.in_force is False or is_said_repealed(citation):
                return "dead"
            return "good" if self._reaches(citation) else "foreign"
        if citation.level in MAYBE_APPROVED and any(c.pattern.search(text) for c in cautions("核准")):
            return "approved"
        return "lower"

    def _reaches(self, citation: Citation) -> bool:
        if citation.level is not Level.LOCAL_REGULATION:
            return True
        region = citation.authority.region if citation.authority else ""
        found = place_of(citation.title, region)
        return same_place(found, self.place)


def _led(clauses: Sequence[Clause]) -> dict[int, Clause]:
    """By where they begin, the items below the first level ((一), 1.) with the clause that leads in to them, also one without a number
    (…的人员，按照…第三十一条办理：); what leads in to 一、二、三、 is the head of the document."""
    pairs = zip(clauses, leading(clauses), strict=True)
    return {clause.start: clauses[lead] for clause, lead in pairs if lead is not None and not _FIRST_LEVEL.match(clause.text)}


def _nearest(held: list[tuple[Citation, str]], clause: Clause) -> list[tuple[Citation, str]]:
    """At most `_MOST`, those round the clause."""
    middle = bisect_left(held, clause.start, key=lambda pair: pair[0].start)
    first = max(min(middle - _MOST // 2, len(held) - _MOST), 0)
    return held[first : first + _MOST]


def rank(citation: Citation) -> str:
    """The column of the decision table for a citation's level."""
    return groups()[citation.level]
