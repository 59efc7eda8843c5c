"""What the model sees of a clause: its words, and which sentence patterns of the lexicon it matches.

A clause reaches the model as one string, its lead-in before a separator. What learns and what judges take a clause's terms from
the same places, `PARTS`; judging needs NumPy alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import rjieba

from pipeline.classify.lexicon import ENDS, FUNCTIONS, Rule, load_lexicon
from pipeline.classify.near.skeleton import concepts, skeleton
from pipeline.classify.near.tfidf import Grams, runs_of, words_of
from pipeline.punctuation import full_width

SEPARATOR = "‖"
PATTERNS = "句式"
_SENTENCES = re.compile(rf"[^{ENDS}]*[{ENDS}]|[^{ENDS}]+")
_SPACE = re.compile(r"\s")
_NUMBER = re.compile(
    r"\s*(?:(?:第[一二三四五六七八九十百千零〇\d]{1,8}[条章节款项]|[（(][一二三四五六七八九十百\d]{1,4}[）)]|\d{1,3}(?:\.\d{1,2}){0,3}[.．、)）](?!\d)"
    r"|[一二三四五六七八九十百]{1,4}、|[①-⑳⑴-⒇]|[a-zA-Z][.、)）]|[·•●■◆□▪*-]{1,3})\s*){1,2}(?=\S)"
)
# Chosen in cross-validation: words say more than characters, of which there are more; patterns are few and strong already.
WEIGHTS = {"字": 1.0, "词": 1.5, "骨架": 0.7, PATTERNS: 0.5}


def joined(text: str, lead: str) -> str:
    """A clause and the words that lead in to it, as one string for the model: `plain`."""
    return f"{full_width(lead)}{SEPARATOR}{plain(text)}"


def plain(text: str) -> str:
    """A clause without its number or bullet, which say nothing of it, in full-width punctuation."""
    even = full_width(text)
    number = _NUMBER.match(even)
    return even[number.end() :] if number else even


class Read(NamedTuple):
    """What is read of a clause joined with its lead-in: the text with its decoys (信用卡, 诚实信用原则 ...) blanked, jieba's words (of the
    lead-in first, which jieba parts from the clause), the skeletons of both, the rules that match."""

    masked: str
    words: list[str]
    skeletons: str
    rules: list[Rule]


def read(texts: Iterable[str]) -> list[Read]:
    """Everything that judges ask of clauses. One is read whole and sentence by sentence, and many stand under one lead-in: what is
    found in a sentence or a lead-in is found once, for neither jieba's words nor what matches in it (`looks_past`) reach beyond. One
    kind after the other, so that each has the processor's cache to itself."""
    lexicon, given = load_lexicon(), list(texts)
    masked = [lexicon.mask(text) for text in given]
    parted = [text.partition(SEPARATOR) for text in masked]
    sentences = [_SENTENCES.findall(own) for _, _, own in parted]
    leads, parts = {lead for lead, _, _ in parted}, set(chain.from_iterable(sentences))
    cut = {part: _cut(part) for part in leads | parts}
    marks = {part: skeleton(part) for part in leads | parts}
    rules = {part: lexicon.within(part) for part in parts}
    under = {lead: lexicon.under(lead) for lead in leads}
    past = {lead: under[lead].intersection(lexicon.past) for lead in leads}
    found = []
    for text, shown, (lead, mark, own), split in zip(given, masked, parted, sentences, strict=True):
        if text == text.lower():
            written = [*cut[lead], *([mark] if mark else []), *chain.from_iterable([cut[part] for part in split])]
        else:
            written = words(text.lower())
        whole = len(split) > 1 and concepts().across.search(own)
        line = skeleton(own) if whole else "".join([marks[part] for part in split])
        matched = [rule for part in split for rule in rules[part] if rule in under[lead]]
        matched += [rule for rule in past[lead] if rule.pattern.search(own)]
        found.append(Read(shown, written, f"{marks[lead]}{SEPARATOR}{line}", matched))
    return found


def words(text: str) -> list[str]:
    """jieba's words of a clause, decoys blanked; of its lead-in first."""
    lead, mark, own = load_lexicon().mask(text).partition(SEPARATOR)
    return [*_cut(lead), *([mark] if mark else []), *_cut(own)]


def _cut(masked: str) -> list[str]:
    found = rjieba.cut(masked)
    return [word for word in found if not word.isspace()] if _SPACE.search(masked) else found


def masked_text(text: str) -> str:
    """The clause with its decoys blanked."""
    return load_lexicon().mask(text)


def skeletons(joined_text: str) -> str:
    """The skeletons of a clause and of its lead-in."""
    lead, _, own = masked_text(joined_text).partition(SEPARATOR)
    return f"{skeleton(lead)}{SEPARATOR}{skeleton(own)}"


def tokens(text: str) -> list[str]:
    """Words, and pairs of words that follow one another."""
    found = words(text)
    return found + [f"{first} {second}" for first, second in pairwise(found)]


#: The kinds of term by name, in the order of the model's columns: what of a clause is read, and how it is cut into words, which
#: are terms with their pairs (None: into runs of one to four characters or marks). `PATTERNS` follow them.
PARTS: dict[str, tuple[Callable[[str], str], Callable[[str], list[str]] | None]] = {
    "字": (masked_text, None),
    "词": (str.lower, words),
    "骨架": (skeletons, None),
}


def grams(clauses: Sequence[Read]) -> dict[str, Grams]:
    """What may be a term of each kind in clauses, as `PARTS` would cut them."""
    return {
        "字": runs_of([each.masked for each in clauses]),
        "词": words_of([each.words for each in clauses]),
        "骨架": runs_of([each.skeletons for each in clauses]),
    }


def patterns(clauses: Sequence[Read]) -> np.ndarray:
    """Clauses x (rules + functions + 1): each rule's weight where it matches, the strongest weight for each function, and
    whether a slogan matched."""
    columns = np.zeros((len(clauses), len(load_lexicon().rules) + len(FUNCTIONS) + 1))
    for row, clause in enumerate(clauses):
        for rule in clause.rules:
            for column, weight in _columns()[rule]:
                columns[row, column] = max(columns[row, column], weight)
    return columns


@cache
def _columns() -> dict[Rule, list[tuple[int, float]]]:
    """For each rule the columns that it speaks in, and how strongly."""
    rules = load_lexicon().rules
    slogans = len(rules) + len(FUNCTIONS)
    return {
        rule: [
            (number, abs(rule.weight)),
            *((len(rules) + FUNCTIONS.index(function), rule.weight) for function in rule.functions),
            *([(slogans, 1.0)] if rule.slogan else []),
        ]
        for number, rule in enumerate(rules)
    }
