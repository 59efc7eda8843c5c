"""What counts as a measure is data (惩戒措施词表): ``measure_triggers.csv`` holds a phrase a row (pieces in order, ``…`` between them
for a bounded gap within one comma-free stretch, ``|`` between alternatives), ``measure_objects.csv`` what a bar may take away, by
category, ``measure_subjects.csv`` those punished, ``measure_exclusions.csv`` the words that negate a phrase and the words that must
stand nearby for a weak one."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import ahocorasick

from pipeline.shipped import ANNOTATED

TABLES = Path(__file__).parents[1] / "tables"
#: Words that belong to the measure where they follow it (参加政府采购活动的资格).
TAIL = r"(?:活动|项目|名单|制度)?(?:的?(?:资格|权利|政策|资金|档案|系统|平台|对象|范围|管理))?"
OUTSIDE_THE_LIST = "清单外"


class MeasureDataError(ValueError):
    """A row of the measure tables breaks their form; the message, in Chinese, names it."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of ``measure_triggers.csv``: its category, its pattern, and its strength: 强 counts by itself, 弱 only beside a word
    of the context, 泛 (what may be applied for is not said) only where no other row says what the measure is."""

    category: str
    expression: str
    strength: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text first holds a word of it: most texts hold few."""
        return _compiled(self.expression)


@dataclass(frozen=True, slots=True)
class Words:
    """All that the matcher needs, read once."""

    triggers: tuple[Trigger, ...]
    anchors: ahocorasick.Automaton
    subjects: dict[str, str]
    subject_pattern: re.Pattern[str]
    negated: re.Pattern[str]
    sentence_negated: re.Pattern[str]
    referring: re.Pattern[str]
    turning: re.Pattern[str]
    context: re.Pattern[str]
    bars: re.Pattern[str]
    bars_behind: re.Pattern[str]
    listed_bars: re.Pattern[str]
    only_known: tuple[str, ...]
    objects: dict[str, str]
    object_pattern: re.Pattern[str]


_compiled = cache(re.compile)


def _rows(name: str, columns: set[str]) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for number, row in enumerate(rows, start=2):
        if missing := [column for column in columns if not row.get(column)]:
            raise MeasureDataError(f"{name} 第{number}行缺少：{'、'.join(missing)}")
    return rows


def _alternation(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def categories() -> tuple[str, ...]:
    """The fourteen categories in the order of ``data/annotated/measures.csv``, then `OUTSIDE_THE_LIST`."""
    with (ANNOTATED / "measures.csv").open(encoding="utf-8", newline="") as stream:
        return (*(row["measure"] for row in csv.DictReader(stream)), OUTSIDE_THE_LIST)


def natural_persons() -> frozenset[str]:
    """The subjects that can only be natural persons (自然人)."""
    rows = _rows("measure_subjects.csv", {"word", "subject", "natural_person"})
    return frozenset(row["subject"] for row in rows if row["natural_person"] == "是")


#: Natural persons who may be anybody; the others act in one capacity.
_ANYBODY = frozenset(
    {"自然人", "直接责任人员", "法定代表人", "从业人员", "村民居民", "职工", "公职人员", "董事监事高级管理人员"}
)


@lru_cache(maxsize=1)
def in_capacity() -> frozenset[str]:
    """The subjects who are natural persons in one capacity (专家, 考生, 参保人)."""
    return natural_persons() - _ANYBODY


def subjects_named(text: str) -> list[str]:
    """The subjects whose words stand in a text, in its order."""
    words = load_words()
    return [words.subjects[found] for found in words.subject_pattern.findall(text)]


def _trigger(row: dict[str, str]) -> tuple[Trigger, list[str]]:
    """A row compiled, and the alternatives of its rarest piece (the one whose shortest word is longest)."""
    if row["category"] not in categories():
        raise MeasureDataError(f"measure_triggers.csv：没有这个类别：{row['category']}")
    if row["strength"] not in "强弱泛":
        raise MeasureDataError(f"measure_triggers.csv：没有这种强度：{row['strength']}")
    pieces = [piece.split("|") for piece in row["pattern"].split("…")]
    gap = rf"[^。；;，！？：\n\t]{{0,{int(row['gap'])}}}?"
    expression = gap.join(f"(?:{_alternation(piece)})" for piece in pieces) + TAIL
    anchor = max(pieces, key=lambda piece: (min(map(len, piece)), -len(piece)))
    return Trigger(row["category"], expression, row["strength"]), anchor


@lru_cache(maxsize=1)
def load_words() -> Words:
    """The tables of this module, checked and compiled. Raises MeasureDataError for a row out of form."""
    triggers: list[Trigger] = []
    anchored: dict[str, set[int]] = {}
    for row in _rows("measure_triggers.csv", {"category", "pattern", "strength", "gap", "source"}):
        trigger, anchor = _trigger(row)
        for word in anchor:
            anchored.setdefault(word, set()).add(len(triggers))
        triggers.append(trigger)
    automaton = ahocorasick.Automaton()
    for word, indices in anchored.items():
        automaton.add_word(word, tuple(sorted(indices)))
    automaton.make_automaton()
    subjects = {row["word"]: row["subject"] for row in _rows("measure_subjects.csv", {"word", "subject", "source"})}
    objects = {
        word: row["category"]
        for row in _rows("measure_objects.csv", {"category", "words", "source"})
        for word in row["words"].split("|")
    }
    if unknown := set(objects.values()) - set(categories()):
        raise MeasureDataError(f"measure_objects.csv：没有这个类别：{'、'.join(sorted(unknown))}")
    kinds: dict[str, list[str]] = {}
    for row in _rows("measure_exclusions.csv", {"kind", "phrase", "source"}):
        kinds.setdefault(row["kind"], []).append(row["phrase"])
    return Words(
        triggers=tuple(triggers),
        anchors=automaton,
        subjects=subjects,
        subject_pattern=re.compile(_alternation(list(subjects))),
        negated=re.compile(rf"(?:{_alternation(kinds['前否定'])})(?:被|将其?|把其?|对其|再|予以|得以|向其)?$"),
        sentence_negated=re.compile(_alternation(kinds["句否定"])),
        referring=re.compile("|".join(kinds["后否定"])),
        turning=re.compile(_alternation(kinds["中断词"])),
        context=re.compile(_alternation(kinds["语境"])),
        bars=re.compile(
            rf"(?:{_alternation(kinds['禁限词'] + kinds['限物词'])})(?!{_alternation(kinds['非惩戒'])})[^，。；;、：！？\n\t]{{2,36}}"
        ),
        only_known=tuple(kinds["限物词"]),
        bars_behind=re.compile(
            rf"(?:(?:{_alternation(list(objects))})[^，。；;、：！？\n\t]{{0,12}}?(?:{_alternation(kinds['倒置词'])})|{_alternation(kinds['独用词'])})(?=[，。；;、：！？\s]|$)"
        ),
        listed_bars=re.compile(
            rf"在(?P<listed>[^，。；：\n]{{2,80}}?)(?:等)?(?:方面|活动中|时|中)[，,]?(?:{_alternation(kinds['方面词'])})"
        ),
        objects=objects,
        object_pattern=re.compile(_alternation(list(objects))),
    )
