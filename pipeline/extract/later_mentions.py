"""Later mentions (再次提及) of a text cited before: by a short name without marks, or by words that point back (该办法)."""

from __future__ import annotations

import re

import ahocorasick

from pipeline.extract.articles import read_articles
from pipeline.extract.find_bare import NOT_AFTER
from pipeline.extract.flat import Flat
from pipeline.extract.mention import Covered, Mention

OWN_BEFORE = re.compile(r"[本该此其]$")
#: Words that point back to a text cited before (该办法, 同法, 同一条例, 上述规定); 前款规定 only where it is relied on.
ANAPHOR = re.compile(
    r"(?:该|(?<![合不共相会如一])同(?!规定|意|文|通)一?|上述|前述|前引|上引)(?P<kind>法(?![律规院定人治制官庭医])|条例|办法|规定|细则|规则|意见|决定|通知|解释|文件)"
    r"|(?<=依照|按照|根据|依据)前款(?P<paragraph>规定)"
)


def short_uses(flat: Flat, mentions: list[Mention]) -> list[Mention]:
    """Later uses of short names defined without marks (个人所得税法第四条 after 以下简称个人所得税法).

    A short name of a few characters counts only with an article: 条例 alone is an everyday word.
    """
    shorts = {short: mention.end for mention in mentions for short in mention.defines if not short.startswith("《")}
    if not shorts:
        return []
    automaton = ahocorasick.Automaton()
    for short, defined in shorts.items():
        automaton.add_word(short, (short, defined))
    automaton.make_automaton()
    uses = []
    for last, (short, defined) in automaton.iter(flat.text):
        start, end = last - len(short) + 1, last + 1
        if start < defined or OWN_BEFORE.search(flat.text[max(0, start - 2) : start]):
            continue
        if short.endswith("法") and flat.text[end : end + 1] in NOT_AFTER:
            continue
        articles, stop = read_articles(flat, end)
        if articles or len(short) > 4 or short.endswith("号文"):
            uses.append(Mention("bare", start, stop if articles else end, short, start, end, None, articles))
    return uncovered(uses, mentions)


def anaphors(flat: Flat, mentions: list[Mention]) -> list[Mention]:
    """Words that point back, with the articles after them."""
    found_at = []
    for found in ANAPHOR.finditer(flat.text):
        articles, end = read_articles(flat, found.end())
        kind = found["kind"] or ""
        found_at.append(Mention("anaphor", found.start(), end, kind, *found.span(), None, articles))
    return uncovered(found_at, mentions)


def uncovered(candidates: list[Mention], taken: list[Mention]) -> list[Mention]:
    """Those of ``candidates`` that no mention of ``taken`` nor another candidate covers, the longest first."""
    kept: list[Mention] = []
    covered = Covered(taken)
    last = 0
    for mention in sorted(candidates, key=lambda mention: (mention.start, -mention.end)):
        if mention.start >= last and not covered.holds(mention.start, mention.end):
            kept.append(mention)
            last = mention.end
    return kept
