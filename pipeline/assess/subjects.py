"""What a document's findings are about (判断对象): each category of measure and each function in each clause, with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.assess.rules import measure_stages, stage_of
from pipeline.document import Clause, Function, Measure

QUOTE_LENGTH = 48
NO_BREAK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Subject:
    """What one finding is about: a clause, one of its functions, and the measures there (none: the function itself)."""

    index: int
    clause: Clause
    function: str
    stage: str
    measures: tuple[Measure, ...] = ()

    @property
    def category(self) -> str:
        return self.measures[0].category if self.measures else ""


def subjects(clauses: Sequence[Clause], issuer: str) -> Iterator[Subject]:
    """One subject a category of measure in a clause, and one a function that no measure there stands for."""
    for index, clause in enumerate(clauses):
        by_category: dict[str, list[Measure]] = {}
        for measure in clause.measures:
            by_category.setdefault(measure.category, []).append(measure)
        covered: set[str] = set()
        for category, found in by_category.items():
            function, stage = measure_stages()[category]
            covered.add(function)
            stage = stage or stage_of(function, clause.text, issuer)
            yield Subject(index, clause, function, stage, tuple(found))
        for function in Function:
            if function.value in clause.functions and function.value not in covered:
                yield Subject(index, clause, function.value, stage_of(function.value, clause.text, issuer))


def quote(subject: Subject) -> str:
    """The words of the clause that the finding is about, short enough for a cell."""
    clause, text = subject.clause, subject.clause.text
    if subject.measures:
        start, end = subject.measures[0].start - clause.start, subject.measures[0].end - clause.start
    elif clause.evidence:
        start, end = clause.evidence[0].start - clause.start, clause.evidence[0].end - clause.start
    else:
        start, end = 0, min(len(text), QUOTE_LENGTH)
    if not 0 <= start < end <= len(text):
        start, end = 0, min(len(text), QUOTE_LENGTH)
    left = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    if end - left > QUOTE_LENGTH:  # begin after a comma rather than inside a word
        comma = text.find("，", end - QUOTE_LENGTH, start)
        left = comma + 1 if comma >= 0 else start
    right = min((at for at in (text.find(mark, end) for mark in "。；\n") if at >= 0), default=len(text))
    right = min(right, max(left + QUOTE_LENGTH, end))
    quoted = NO_BREAK.sub("", text[left:right])
    return quoted.removeprefix(clause.label) or quoted
