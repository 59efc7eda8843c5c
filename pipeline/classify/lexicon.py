"""The lexicon (词表): words and sentence patterns of the field, kept as data, and what they find in a clause.

Three tables next to this file: ``lexicon.csv`` (words by group: anchors that let a clause through, decoys that only look
like credit), ``macros.csv`` (named alternatives used in patterns) and ``rules.csv`` (sentence patterns, each with the
functions it speaks for and a weight from 0 to 1; a negative weight marks a slogan). Decoys are blanked, character for
character, before any pattern is tried, so that offsets stay those of the text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import ahocorasick

from pipeline.classify.needs import all_needed_words, looks_past, needed_words
from pipeline.document import Function

TABLES = Path(__file__).with_name("tables")
BLANK = "□"
ENDS = "。；"  # of a sentence
_MOST_KINDS = 8192  # of texts, by the words that they hold
FUNCTIONS = tuple(str(function) for function in Function)


@dataclass(frozen=True, slots=True, eq=False)  # a row of the table is itself
class Rule:
    """One sentence pattern: ``context``, where given, must match the words that lead in to the clause."""

    id: str
    functions: tuple[str, ...]
    weight: float
    pattern: re.Pattern[str]
    context: re.Pattern[str] | None
    why: str

    @property
    def slogan(self) -> bool:
        return self.weight < 0


class Hit(NamedTuple):
    """A rule that matched ``text[start:end]`` of a clause."""

    rule: Rule
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """The three tables, checked and compiled."""

    words: dict[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    past: tuple[Rule, ...]  # that may look past the end of a sentence
    decoys: re.Pattern[str]
    decoy_words: ahocorasick.Automaton  # of which every decoy holds one
    strong: ahocorasick.Automaton
    weak: ahocorasick.Automaton
    needed: ahocorasick.Automaton  # the words that rules need, each with a bit for every set of words that it is of
    rules_of: Callable[[int], tuple[Rule, ...]]  # for the bits of the sets that a text holds words of, the rules that may match

    def mask(self, text: str) -> str:
        """``text`` with every decoy blanked; same length."""
        if next(self.decoy_words.iter(text), None) is None:
            return text
        return self.decoys.sub(lambda match: BLANK * len(match.group()), text)

    def anchored(self, masked: str) -> bool:
        """Whether a masked text holds a word of credit itself."""
        return next(self.strong.iter(masked), None) is not None

    def suspicious(self, masked: str) -> bool:
        """Whether a masked text holds a word that matters only near a word of credit (名单, 公示, 不得 ...)."""
        return next(self.weak.iter(masked), None) is not None

    def may_match(self, masked: str) -> tuple[Rule, ...]:
        """The rules whose needed words a masked text holds, in table order."""
        held = 0
        for _, bits in self.needed.iter(masked):
            held |= bits
        return self.rules_of(held)

    def within(self, sentence: str) -> list[Rule]:
        """The rules that match inside a masked sentence, whatever stands round it; what may look past it (``past``) is left out."""
        return [rule for rule in self.may_match(sentence) if rule not in self.past and rule.pattern.search(sentence)]

    def under(self, lead: str) -> frozenset[Rule]:
        """The rules that ask for no lead-in, and those that hold under this one (masked)."""
        return frozenset(rule for rule in self.rules if rule.context is None or (lead and rule.context.search(lead)))

    def hits(self, masked: str, context: str = "") -> list[Hit]:
        """Rules that match a masked clause whose masked lead-in is ``context``, in table order."""
        found = []
        for rule in self.may_match(masked):
            if rule.context is not None and not (context and rule.context.search(context)):
                continue
            match = rule.pattern.search(masked)
            if match:
                found.append(Hit(rule, match.start(), match.end()))
        return found


def _rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _automaton(words: list[str]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton


def _rule(row: dict[str, str], macros: dict[str, str]) -> Rule:
    def compiled(pattern: str) -> re.Pattern[str]:
        for name, alternatives in macros.items():
            pattern = pattern.replace("{" + name + "}", alternatives)
        return re.compile(pattern)

    functions = tuple(name for name in row["functions"].split(";") if name)
    unknown = set(functions) - set(FUNCTIONS)
    if unknown:
        raise ValueError(f"rules.csv: 规则“{row['id']}”的环节不认识：{'、'.join(sorted(unknown))}")
    return Rule(
        id=row["id"],
        functions=functions,
        weight=float(row["weight"]),
        pattern=compiled(row["pattern"]),
        context=compiled(row["context"]) if row["context"] else None,
        why=row["why"],
    )


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The shipped tables; raises ``ValueError`` where a row names a function that does not exist."""
    words: dict[str, list[str]] = {}
    anchors: dict[str, list[str]] = {"strong": [], "weak": []}
    for row in _rows("lexicon.csv"):
        words.setdefault(row["group"], []).append(row["term"])
        if row["anchor"]:
            anchors[row["anchor"]].append(row["term"])
    macros = {row["name"]: row["pattern"] for row in _rows("macros.csv")}
    rules = tuple(_rule(row, macros) for row in _rows("rules.csv"))
    needed, rules_of = _needed(rules)
    # A longer decoy is tried first: 信用社 must not hide behind 信用.
    decoys = sorted(words.pop("decoy"), key=len, reverse=True)
    return Lexicon(
        words={group: tuple(terms) for group, terms in words.items()},
        rules=rules,
        past=tuple(rule for rule in rules if looks_past(rule.pattern.pattern, ENDS)),
        decoys=re.compile("|".join(decoys)),
        decoy_words=_automaton([word for decoy in decoys for word in needed_words(decoy) or _refuse(decoy)]),
        strong=_automaton(anchors["strong"]),
        weak=_automaton(anchors["weak"]),
        needed=needed,
        rules_of=rules_of,
    )


def _refuse(decoy: str) -> frozenset[str]:
    raise ValueError(f"lexicon.csv：假词“{decoy}”没有一个必有的字，不能用")


def _needed(rules: tuple[Rule, ...]) -> tuple[ahocorasick.Automaton, Callable[[int], tuple[Rule, ...]]]:
    """The words of all sets of which a rule's every match holds one, each with the bits of the sets that it is of; and the rules
    of whose sets all are among some bits."""
    needs = [all_needed_words(rule.pattern.pattern) for rule in rules]
    bits = {words: 1 << place for place, words in enumerate(dict.fromkeys(chain.from_iterable(needs)))}
    automaton = ahocorasick.Automaton()
    for word in sorted(frozenset().union(*bits)):
        automaton.add_word(word, sum(bit for words, bit in bits.items() if word in words))
    automaton.make_automaton()
    sets = [sum(bits[words] for words in set(own)) for own in needs]

    @lru_cache(maxsize=_MOST_KINDS)
    def rules_of(held: int) -> tuple[Rule, ...]:
        return tuple(rule for rule, own in zip(rules, sets, strict=True) if held & own == own)

    return automaton, rules_of


def lexicon_strength(text: str) -> float:
    """How strongly the sentence patterns speak for a whole text: the strongest of each line, added up. No model needed."""
    lexicon = load_lexicon()
    lines = (lexicon.hits(lexicon.mask(line)) for line in text.split("\n"))
    return sum(max((hit.rule.weight for hit in hits), default=0.0) for hits in lines)
