"""What a citation does in its sentence (作用): basis of the document, basis of one measure, forwarded, repealed, mention."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.document import Role

RULES = Path(__file__).with_name("tables") / "roles.csv"
REACH = 240
TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》(?:[（(][^（）()《》]{0,60}[）)])?")
SENTENCE_END = re.compile(r"[。；;！？\t]")
#: Titles that come to us: a request, a report. They are answered, not relied on.
INCOMING = re.compile(r"(?:请示|的报告|的汇报|的函|来函)$")


class Patterns(NamedTuple):
    verbs: re.Pattern[str]  # words before a title; group ``basis`` or ``mention``
    mention_after: re.Pattern[str]
    repeal_after: re.Pattern[str]
    repeal_before: re.Pattern[str]
    forward_before: re.Pattern[str]
    forward_after: re.Pattern[str]
    making_after: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The rules of ``roles.csv``, compiled once."""
    rules: dict[tuple[str, str], list[str]] = {}
    with RULES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rules.setdefault((row["role"], row["side"]), []).append(row["pattern"])

    def either(role: str, side: str) -> str:
        return "(?:" + "|".join(rules[role, side]) + ")"

    return Patterns(
        re.compile(f"(?P<basis>{either('依据', 'before')})|(?P<mention>{either('提及', 'before')}(?!了?的))"),
        re.compile(either("提及", "after")),
        re.compile(either("废止", "after")),
        re.compile(either("废止", "before")),
        re.compile(either("转发", "before")),
        re.compile(either("转发", "after")),
        re.compile(either("制定", "after")),
    )


def sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands in the same sentence before and after ``text[start:end]``, at most REACH characters each."""
    before = text[max(0, start - REACH) : start]
    stops = [stop.end() for stop in SENTENCE_END.finditer(before)]
    before = before[stops[-1] if stops else 0 :]
    after = text[end : end + REACH]
    stop = SENTENCE_END.search(after)
    return before, after[: stop.end()] if stop else after


def role_of(text: str, start: int, end: int, title: str, has_articles: bool) -> Role:
    """The role of the citation at ``text[start:end]``, by the words around it and around the list it stands in."""
    rules = patterns()
    before, after = sentence_around(text, start, end)
    before = TITLE.sub("《》", before) + "《"
    after = TITLE.sub("《》", after)
    rest = re.sub(r"^(?:[^。；《》]{0,16}《》)+", "", after)
    if rules.repeal_after.match(rest) or rules.repeal_after.match(after) or rules.repeal_before.search(before[:-1]):
        return Role.REPEALED
    if INCOMING.search(title) or rules.mention_after.match(after):
        return Role.MENTION
    if rules.forward_after.match(rest) or rules.forward_after.match(after):
        return Role.FORWARDED
    verb = None
    for found in rules.verbs.finditer(before):
        verb = found
    if verb is None:
        ruled = has_articles or re.match(r"[^，。；《》]{0,6}(?:规定|要求|精神)", after)
        return Role.MEASURE_BASIS if ruled else Role.MENTION
    if verb["mention"] and not has_articles:
        return Role.FORWARDED if rules.forward_before.search(before[:-1]) and "转发" in before else Role.MENTION
    return Role.MAKING_BASIS if rules.making_after.search(after) else Role.MEASURE_BASIS
