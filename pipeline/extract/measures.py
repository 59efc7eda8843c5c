"""Punishment measures (惩戒措施) in text, by category of the national basic list of punishment measures.

What counts as a measure is data: ``measure_triggers.csv`` holds a phrase a row (pieces in order, ``…`` between them for
a bounded gap within one comma-free stretch, ``|`` between alternatives), ``measure_subjects.csv`` those punished,
``measure_exclusions.csv`` the words that negate a phrase and the words that must stand nearby for a weak one. The
rarest piece of each row is looked for with one Aho-Corasick automaton, and a row's own pattern runs only on sentences
that hold it: time grows with the text, not with the number of rows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import ahocorasick

from pipeline.document import Measure, Span
from pipeline.shipped import ANNOTATED

TABLES = Path(__file__).with_name("tables")
SENTENCE = re.compile(r"[^。；;！!？?\n]+")
#: A sentence longer than this (a table without marks) is read in pieces: the patterns stay linear.
LONGEST_SENTENCE = 600
#: How far before a list's item its lead-in (…采取下列措施：) may stand, whose words may make a weak phrase a measure.
LEAD_IN_REACH = 600
ITEM = re.compile(r"\s*(?:[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．])")
LEAD_IN = re.compile(r"[^。\n]*：\s*(?:\n|$|(?=[（(]一))")
#: Words that belong to the measure where they follow it (参加政府采购活动的资格).
TAIL = r"(?:活动|项目|名单|制度)?(?:的?(?:资格|权利|政策|资金|档案|系统|平台|对象|范围|管理))?"
NUMERALS = "0123456789一二三四五六七八九十两半百"
NUMERAL = f"[{NUMERALS}]+"
DURATION = re.compile(
    rf"(?:自[^，。；]{{2,20}}?之日起)?{NUMERAL}(?:[至到—－\-~～]{NUMERAL})?(?:个)?(?:年|月|日|天|个季度|个月|学期|学年)"
    r"(?:以上)?(?:(?:至|到|以上)" + NUMERAL + r"(?:个)?(?:年|月)(?:以下)?)?(?:之?内|以内|以下)?"
    r"|终身|永久|永远|无限期|(?<!中)长期|当年|本年度|当年度|次年"
)
#: A period before these words is a condition (三年内累计两次), not the measure's length.
CONDITION_AFTER = re.compile(
    r"[，、]?(?:累计|发生|连续|被|因|未|没有|无|有过|出现|存在|受到|两次|三次|多次|[二两三四五]次|向|提出|作出|书面)"
)
CONDITION_BEFORE = re.compile(r"(?:连续|最近|近|满|成立|此前|过去|前|超过|逾期|每|第)$")


class MeasureDataError(ValueError):
    """A row of the measure tables breaks their form; the message, in Chinese, names it."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of ``measure_triggers.csv``: its category, its pattern, and whether it counts by itself."""

    category: str
    pattern: re.Pattern[str]
    strong: bool


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
    """The fourteen categories, in the order of ``data/annotated/measures.csv``."""
    with (ANNOTATED / "measures.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(row["measure"] for row in csv.DictReader(stream))


def natural_persons() -> frozenset[str]:
    """The subjects that can only be natural persons (自然人)."""
    rows = _rows("measure_subjects.csv", {"word", "subject", "natural_person"})
    return frozenset(row["subject"] for row in rows if row["natural_person"] == "是")


def _trigger(row: dict[str, str]) -> tuple[Trigger, list[str]]:
    """A row compiled, and the alternatives of its rarest piece (the one whose shortest word is longest)."""
    if row["category"] not in categories():
        raise MeasureDataError(f"measure_triggers.csv：没有这个类别：{row['category']}")
    pieces = [piece.split("|") for piece in row["pattern"].split("…")]
    gap = rf"[^。；;，！？：\n]{{0,{int(row['gap'])}}}?"
    pattern = re.compile(gap.join(f"(?:{_alternation(piece)})" for piece in pieces) + TAIL)
    anchor = max(pieces, key=lambda piece: (min(map(len, piece)), -len(piece)))
    return Trigger(row["category"], pattern, row["strength"] == "强"), anchor


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
    )


def _sentences(text: str) -> Iterator[Span]:
    for match in SENTENCE.finditer(text):
        for start in range(match.start(), match.end(), LONGEST_SENTENCE):
            yield Span(start, min(start + LONGEST_SENTENCE, match.end()))


def _duration(sentence: str, start: int, end: int) -> str:
    """The period that bounds a measure: inside its words, else the nearest before them, else the first after."""
    best, best_distance = "", len(sentence) + 100
    for match in DURATION.finditer(sentence):
        if CONDITION_AFTER.match(sentence, match.end()) or CONDITION_BEFORE.search(sentence, 0, match.start()):
            continue
        if match.start() < start:
            distance = max(0, start - match.end())
            if distance > 20 and "，" in sentence[match.end() : start]:
                continue
        else:
            distance = 0 if match.start() < end else 30 + match.start() - end
            if match.start() >= end and not re.search(r"期限|时间|为期|有效期|期[为是]", sentence[end : match.start()]):
                continue
        if distance < best_distance:
            best, best_distance = match.group(), distance
    return best


def _subjects(words: Words, before: str, inside: str) -> list[str]:
    """Those punished: named before the measure; else inside it, before the office that they may not hold."""
    found = [words.subjects[word] for word in words.subject_pattern.findall(before)]
    if not found:
        head = re.split(r"担任|出任|充任|推送|通报|提供|报送|抄送|任职", inside)[0]
        found = [words.subjects[word] for word in words.subject_pattern.findall(head)]
    return list(dict.fromkeys(found))


def _negated(words: Words, sentence: str, start: int, end: int) -> bool:
    """Whether words around the match take it back (不得列入, 不得以…限制) or only refer to it (列入名单的企业)."""
    if words.negated.search(sentence, max(0, start - 8), start) or words.referring.match(sentence, end):
        return True
    reach = sentence[:end]
    for turn in words.turning.finditer(sentence, 0, start):
        reach = sentence[turn.end() : end]
    return words.sentence_negated.search(reach) is not None


def _narrowed(trigger: Trigger, sentence: str, start: int, end: int) -> int:
    """The last place before ``end`` from which the pattern still holds: 限制高消费、限制出境 is two measures, not one.

    A period that the match begins inside (三|年内不得) is taken in whole.
    """
    while later := trigger.pattern.search(sentence, start + 1, end):
        if later.end() != end or not re.search("[、并和或及]", sentence[start : later.start()]):
            break
        start = later.start()
    while start and sentence[start - 1] in NUMERALS and sentence[start] in "年个月以":
        start -= 1
    return start


def _lead_in(text: str, span: Span) -> str:
    """The sentence that leads in the list of which this sentence is an item; empty where it is none."""
    if not ITEM.match(text, span.start):
        return ""
    leads = LEAD_IN.findall(text, max(0, span.start - LEAD_IN_REACH), span.start)
    return leads[-1] if leads else ""


def _in_sentence(words: Words, text: str, span: Span, context: str) -> Iterator[tuple[str, int, int]]:
    """(category, start, end) of every trigger that holds in one sentence, offsets in ``text``."""
    sentence = text[span.start : span.end]
    wanted: set[int] = set()
    for _, indices in words.anchors.iter(sentence):
        wanted.update(indices)
    for index in sorted(wanted):
        trigger = words.triggers[index]
        for match in trigger.pattern.finditer(sentence):
            end = match.end()
            start = _narrowed(trigger, sentence, match.start(), end)
            if _negated(words, sentence, start, end):
                continue
            if not trigger.strong:
                around = (sentence[:start], sentence[end:], context, _lead_in(text, span))
                if not any(words.context.search(part) for part in around):
                    continue
            yield trigger.category, span.start + start, span.start + end


def find_measures(text: str, offset: int = 0, *, context: str = "") -> list[Measure]:
    """Every punishment measure in ``text``, in the order of the text.

    ``offset`` is added to ``start`` and ``end``; ``context`` is what stands above the text (headings, the sentence that
    leads a list in) and may hold the word that makes a weak phrase a measure. Overlapping finds of one category are one
    measure; a phrase that serves two categories is two. Ordinary penalties (罚款, 警告) are none.
    """
    words = load_words()
    measures: list[Measure] = []
    for span in _sentences(text):
        merged: dict[str, list[tuple[int, int]]] = {}
        for category, start, end in sorted(_in_sentence(words, text, span, context), key=lambda hit: hit[1:]):
            kept = merged.setdefault(category, [])
            if kept and start < kept[-1][1]:
                kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
            else:
                kept.append((start, end))
        sentence = text[span.start : span.end]
        for category, ranges in merged.items():
            for start, end in ranges:
                measures.append(
                    Measure(
                        category=category,
                        text=text[start:end],
                        start=start + offset,
                        end=end + offset,
                        subjects=_subjects(words, text[span.start : start], text[start:end]),
                        duration=_duration(sentence, start - span.start, end - span.start),
                    )
                )
    return sorted(measures, key=lambda measure: (measure.start, measure.end, measure.category))
