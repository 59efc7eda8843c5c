"""The measures of a text: every row of the word list that holds in a sentence, and bars that no row knows.

The rarest piece of each row is looked for with one Aho-Corasick automaton, and a row's own pattern runs only on sentences
that hold it: time grows with the text, not with the number of rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.document import Measure, Span
from pipeline.extract.measures.durations import DURATION, duration, whole_from
from pipeline.extract.measures.words import OUTSIDE_THE_LIST, Trigger, Words, load_words

SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_TITLE = re.compile(r"《[^》\n]{0,80}(?<!报)》")  # a newspaper is where something is published
_BLANK = "□"
#: A sentence longer than this (a table without marks) is read in pieces: the patterns stay linear.
LONGEST_SENTENCE = 600
#: How far before a list's item its lead-in (…采取下列措施：) may stand, whose words may make a weak phrase a measure.
LEAD_IN_REACH = 600
#: A bar of so few characters names nothing (不予登记, 一概不接待); how far before it what it bars may stand.
_NAMES_NOTHING, _OBJECT_REACH = 5, 40
#: Words that only say who is meant: 经法院通报的失信被执行人.
_OF_THOSE = re.compile("(?:通报|公布|公示|曝光|披露|发布)的(?:失信|严重失信|违法)")
_AND = re.compile("或者|以及|、|和|及|或")
_BARS = ("限制", "纳入重点监管", OUTSIDE_THE_LIST)
ITEM = re.compile(r"\s*(?:[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．])")
LEAD_IN = re.compile(r"[^。\n]*：\s*(?:\n|$|(?=[（(]一))")


def _sentences(text: str) -> Iterator[Span]:
    for match in SENTENCE.finditer(text):
        for start in range(match.start(), match.end(), LONGEST_SENTENCE):
            yield Span(start, min(start + LONGEST_SENTENCE, match.end()))


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
    if _OF_THOSE.search(sentence, start, end):
        return True
    reach = sentence[:end]
    for turn in words.turning.finditer(sentence, 0, start):
        reach = sentence[turn.end() : end]
    return words.sentence_negated.search(reach) is not None


def _narrowed(trigger: Trigger, sentence: str, start: int, end: int) -> int:
    """The last place before ``end`` from which the pattern still holds: 限制高消费、限制出境 is two measures, not one."""
    while later := trigger.pattern.search(sentence, start + 1, end):
        if later.end() != end or not re.search("[、并和或及]", sentence[start : later.start()]):
            break
        start = later.start()
    return whole_from(sentence, start)


def _lead_in(text: str, span: Span) -> str:
    """The sentence that leads in the list of which this sentence is an item; empty where it is none."""
    if not ITEM.match(text, span.start, span.end):
        return ""
    leads = LEAD_IN.findall(text, max(0, span.start - LEAD_IN_REACH), span.start)
    return leads[-1] if leads else ""


def _in_sentence(words: Words, text: str, untitled: str, span: Span, context: str) -> Iterator[tuple[str, int, int]]:
    """(category, start, end) of every measure of one sentence, offsets in ``text``; ``untitled`` has its titles blanked."""
    sentence, printed = untitled[span.start : span.end], text[span.start : span.end]
    wanted: set[int] = set()
    for _, indices in words.anchors.iter(sentence):
        wanted.update(indices)
    above = (context, _lead_in(text, span))
    plain: list[tuple[str, int, int]] = []
    loose: list[tuple[str, int, int]] = []
    for index in sorted(wanted):
        trigger = words.triggers[index]
        for match in trigger.pattern.finditer(sentence):
            end = match.end()
            start = _narrowed(trigger, sentence, match.start(), end)
            if _negated(words, sentence, start, end):
                continue
            if trigger.strength == "强" or _about_misconduct(words, printed[:start], printed[end:], *above):
                category = trigger.category
                if category == OUTSIDE_THE_LIST and words.bars.search(sentence, start, end) and "、" not in sentence[start:end]:
                    category = _category(words, sentence, start, end)
                (loose if trigger.strength == "泛" else plain).append((category, start, end))
    bars = [*_bars(words, sentence, above)]
    known = [bar for bar in bars if bar[0] != OUTSIDE_THE_LIST]
    for more in (known, loose, bars, [*_listed(words, sentence, above)]):
        plain += [found for found in more if not any(start < found[2] and found[1] < end for _, start, end in plain)]
    for category, start, end in _longest(plain, sentence):
        yield category, span.start + start, span.start + end


def _longest(found: list[tuple[str, int, int]], sentence: str) -> list[tuple[str, int, int]]:
    """Without what begins where a longer one begins (不得参加政府投资项目 of 不得参加政府投资项目投标), or what of the two is outside the list;
    of two things barred together (不得出境或者升学) each stays."""
    kept = []
    for category, start, end in found:
        if not category.startswith(_BARS) or (category != OUTSIDE_THE_LIST and _AND.match(sentence, end)):
            kept.append((category, start, end))
            continue
        others = [
            (other, stop) for other, begin, stop in found if begin == start and other != category and other.startswith(_BARS)
        ]
        shorter = any(stop > end and other != OUTSIDE_THE_LIST for other, stop in others)
        if not shorter and not (category == OUTSIDE_THE_LIST and others):
            kept.append((category, start, end))
    return kept


def _about_misconduct(words: Words, *around: str) -> bool:
    return any(words.context.search(part) for part in around)


def _bars(words: Words, sentence: str, above: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    """What is barred, stopped or taken away after misconduct, or for a period: a penalty, of the category of what it takes away."""
    for match in (*words.bars.finditer(sentence), *words.bars_behind.finditer(sentence)):
        before = sentence[: match.start()]
        period = next((found for found in DURATION.finditer(before) if found.end() == match.start()), None)
        start = whole_from(sentence, period.start() if period else match.start())
        if match.group().endswith("的") or _negated(words, sentence, start, match.end()):
            continue  # 撤销资格的，… is whom the measure strikes
        if not (period or _about_misconduct(words, before, *above)):
            continue
        for category in _categories(words, sentence, match.start(), match.end()):
            if category == OUTSIDE_THE_LIST and match.group().startswith(words.only_known):
                continue  # 限制其自由裁量权: a word of many uses, a measure only where it takes away what measures take away
            yield category, start, match.end()


def _listed(words: Words, sentence: str, above: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    """What several things are listed that those struck are barred from (在政府采购、融资贷款等方面予以限制): each its category."""
    for match in words.listed_bars.finditer(sentence):
        if _negated(words, sentence, match.start(), match.end()):
            continue
        if _about_misconduct(words, sentence[: match.start()], *above):
            named = words.object_pattern.findall(match["listed"])
            for category in dict.fromkeys(words.objects[each] for each in named):
                yield category, match.start(), match.end()


def _categories(words: Words, sentence: str, start: int, end: int) -> list[str]:
    """What a bar takes away, each thing of several (不得出境或者升学复学): a category each; one where the words do not part them."""
    ends = [start + turn.start() for turn in _AND.finditer(sentence[start:end])]
    parts = [_category(words, sentence, begin, stop) for begin, stop in pairwise([start, *ends, end]) if stop - begin > 1]
    named = [category for category in dict.fromkeys(parts) if category != OUTSIDE_THE_LIST]
    return named if len(named) > 1 else [_category(words, sentence, start, end)]


def _category(words: Words, sentence: str, start: int, end: int) -> str:
    """By what is barred: the last that the bar's own words name (停止上市辅导财政奖励); of one that names nothing (不予登记, 直接刷下),
    the last before it. Outside the list where that is unknown."""
    named = [*words.object_pattern.finditer(sentence, start, end)]
    if not named and end - start <= _NAMES_NOTHING:
        named = [*words.object_pattern.finditer(sentence, max(0, start - _OBJECT_REACH), start)]
    return words.objects[named[-1].group()] if named else OUTSIDE_THE_LIST


def find_measures(text: str, offset: int = 0, *, context: str = "") -> list[Measure]:
    """Every punishment measure in ``text``, in the order of the text.

    ``offset`` is added to ``start`` and ``end``; ``context`` is what stands above the text (headings, the sentence that
    leads a list in) and may hold the word that makes a weak phrase a measure. Overlapping finds of one category are one
    measure; a phrase that serves two categories is two. Ordinary penalties (罚款, 警告) are none.
    """
    words = load_words()
    measures: list[Measure] = []
    untitled = _TITLE.sub(lambda title: _BLANK * len(title.group()), text)  # 《失信惩戒办法》 is a name
    for span in _sentences(text):
        merged: dict[str, list[tuple[int, int]]] = {}
        for category, start, end in sorted(_in_sentence(words, text, untitled, span, context), key=lambda hit: hit[1:]):
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
                        duration=duration(sentence, start - span.start, end - span.start),
                    )
                )
    return sorted(measures, key=lambda measure: (measure.start, measure.end, measure.category))
