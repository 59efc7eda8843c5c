"""The words of a clause to quote (原文摘录): whole where it is short, else the sentence that counts, with its marked words."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.document import Clause, Span

WHOLE = 180  # characters; a clause no longer than that is quoted whole
LONGEST = 260
_SENTENCE_ENDS = "。；！？\n"
ELLIPSIS = "……"


class Quotation(NamedTuple):
    """``text`` as shown (with …… where cut); ``source`` its range in the document; ``marks`` ranges of ``text`` to mark."""

    text: str
    source: Span
    marks: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.source.start


def quotation(clause: Clause, leading: Span) -> Quotation:
    """Quote ``clause`` round the range ``leading`` of the document (the measure or the words that made the flag)."""
    text = clause.text
    start, end = _trim(text, *_range(text, leading.start - clause.start, leading.end - clause.start))
    if clause.label and text.startswith(clause.label, start) and len(clause.label) < end - start:
        start, end = _trim(text, start + len(clause.label), end)
    before = ELLIPSIS if start > _head(clause) else ""
    after = ELLIPSIS if end < len(text.rstrip()) and text[end - 1] not in "。！？" else ""
    source = Span(clause.start + start, clause.start + end)
    spans = sorted({*clause.evidence, *(Span(measure.start, measure.end) for measure in clause.measures)})
    marks = _within(spans, source, len(before))
    return Quotation(before + text[start:end] + after, source, marks)


def _head(clause: Clause) -> int:
    """Where the clause's words begin, its printed label apart."""
    bare = clause.text.lstrip()
    if clause.label and bare.startswith(clause.label):
        bare = bare[len(clause.label) :].lstrip()
    return len(clause.text) - len(bare)


def _range(text: str, start: int, end: int) -> tuple[int, int]:
    if len(text) <= WHOLE or not 0 <= start <= end <= len(text):
        return 0, min(len(text), LONGEST)
    left = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    right = min((at + 1 for at in (text.find(mark, end) for mark in _SENTENCE_ENDS) if at >= 0), default=len(text))
    if right - left <= LONGEST:
        return left, right
    # a sentence as long as a page (tables): the words themselves with what stands round them
    left = max(left, start - LONGEST // 3)
    return left, min(right, max(end, left + LONGEST), left + 2 * LONGEST)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _within(spans: list[Span], source: Span, shift: int) -> tuple[Span, ...]:
    """The spans inside ``source`` as ranges of the quotation, joined where they touch."""
    joined: list[Span] = []
    for span in spans:
        start, end = max(span.start, source.start), min(span.end, source.end)
        if start >= end:
            continue
        start, end = start - source.start + shift, end - source.start + shift
        if joined and start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    return tuple(joined)
