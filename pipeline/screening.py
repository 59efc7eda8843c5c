"""One file in, one `Screening` out: the rooms in the order in which a file walks through them.

A pure function of the file's bytes, the shipped data and the date of judgement (``as_of``), so that any engine may run it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.assess import (
    POINTS_BACK,
    assess,
    functions_beside_others,
    functions_by_basis,
    functions_by_words,
    names_a_basis,
    only_limits,
    only_repeals,
    titled_with_credit,
    under_dishonesty,
)
from pipeline.classify import (
    CHANCE,
    OTHER,
    Classification,
    classify,
    is_no_office_paper,
    is_ordinary_paper,
    leading,
    may_set_penalties,
)
from pipeline.document import Citation, Clause, Document, Function, Level, Measure, Metadata, Screening, Span
from pipeline.extract import Registry, find_citations, find_measures, find_vague, load_registry
from pipeline.ingest import is_address, read
from pipeline.punctuation import full_width
from pipeline.structure import IN_SCOPE, parse, policy_marks

_ACTS = frozenset({Level.LAW, Level.ADMINISTRATIVE_REGULATION, Level.LOCAL_REGULATION, Level.MINISTRY_RULE, Level.LOCAL_RULE})
#: Of a clause: its document is listed then, whatever the whole text looks like (a market's log, a slip).
_VERY_SURE = 0.97
#: Of a clause under a title of credit that names no basis: below, its words (不得缺席) alone do not list the document.
_AT_ALL_SURE = 0.15


def screen(source: str | Path | Document, *, as_of: str | None = None, registry: str | Path | None = None) -> Screening:
    """Screen a path, a `Document` or bare text.

    A string that names an existing file (or ``a.zip!b.doc``, or ends like a document file) is a path; any other string is text.
    ``as_of`` is the ISO date on which bases are judged to be in force, today by default; ``registry`` a user's own CSV of
    authorities, added to the shipped ones.
    Raises `UnreadableFile` where a path gives no text, `RegistryError` where the user's table is wrong.
    """
    document = source if isinstance(source, Document) else _document(source)
    metadata, clauses = parse(document)
    return judge(document, metadata, clauses, as_of=as_of, registry=registry)


def judge(
    document: Document,
    metadata: Metadata,
    clauses: Sequence[Clause],
    *,
    as_of: str | None = None,
    registry: str | Path | None = None,
) -> Screening:
    """Classify, extract and assess a document whose structure is known."""
    known = load_registry(registry)
    legislation = is_legislation(metadata, known)
    classification = classify(clauses, metadata, legislation=legislation, names_a_measure=names_a_measure)
    printed, clauses = clauses, [_in_full_width(clause) for clause in clauses]
    mentions = find_citations(document.text, repeats=True, date=metadata.date or None, as_of=as_of, registry=known)
    bases = sorted([*mentions, *find_vague(document.text)], key=lambda citation: (citation.start, citation.end))
    cited = _by_clause(bases, clauses)
    functions, added = _with_lines(clauses, classification, cited, metadata, as_of or "", legislation=legislation)
    annotated = tuple(
        replace(clause, functions=said, evidence=evidence, citations=tuple(named), measures=_measures(clause, said, named))
        for clause, said, evidence, named in zip(clauses, functions, classification.evidence, cited, strict=True)
    )
    document_functions = {
        name: max([chance, *(said.get(name, 0.0) for said in functions)]) for name, chance in classification.document.items()
    }
    metadata = replace(metadata, repeals=only_repeals(metadata, clauses))
    found = not metadata.repeals and any(
        (reached or own) and not only_limits(clause.text)
        for clause, reached, own in zip(clauses, classification.reached, added, strict=True)
    )
    doubtful = found and classification.score < _VERY_SURE and metadata.material in IN_SCOPE
    if doubtful and not policy_marks(document.text, metadata) and is_no_office_paper(document.text):
        metadata = replace(metadata, material=OTHER)
    policy = metadata.material in ("", *IN_SCOPE)
    screening = Screening(
        document=document,
        metadata=metadata,
        clauses=tuple(map(_as_printed, annotated, printed)),
        citations=tuple(citation for citation in mentions if not citation.repeat),
        functions=document_functions if any(added) else classification.document,
        score=max(classification.score, CHANCE) if any(added) else classification.score,
        flagged=found and policy,
        mentioned=found and not policy,
    )
    if not screening.flagged:
        return screening
    findings, suggestion = assess(annotated, bases, metadata, as_of=as_of)
    return replace(screening, findings=findings, suggestion=suggestion)


def names_a_measure(text: str) -> bool:
    """Whether the words of some measure stand in a text, weak words too (三年内不安排, 不再邀请)."""
    return bool(find_measures(text, context="失信"))


def is_legislation(metadata: Metadata, registry: Registry) -> bool:
    """Whether a document is an act of legislation: its own words prove it, or it bears the title of a registered one (机动车驾驶证申领和使用规定)
    and nothing that only ordinary papers bear."""
    known = registry.by_title(metadata.title)
    registered = known is not None and known.level in _ACTS and not is_ordinary_paper(metadata)
    return registered or may_set_penalties(metadata)


def _in_full_width(clause: Clause) -> Clause:
    """What is read for measures: punctuated as official documents are, whoever typed it."""
    text = full_width(clause.text)
    return clause if text == clause.text else replace(clause, text=text)


def _as_printed(clause: Clause, printed: Clause) -> Clause:
    if clause.text == printed.text:
        return clause
    start = printed.start
    measures = [replace(found, text=printed.text[found.start - start : found.end - start]) for found in clause.measures]
    return replace(clause, text=printed.text, measures=tuple(measures))


def likeliest(screening: Screening) -> Clause | None:
    """The clause that speaks most for a document's relevance; None where no clause was shown to the model."""
    metadata, clauses = parse(screening.document)
    relevance = classify(
        clauses, metadata, legislation=is_legislation(metadata, load_registry()), names_a_measure=names_a_measure
    ).relevance
    best = max(range(len(clauses)), key=lambda index: relevance[index], default=None)
    return clauses[best] if best is not None and relevance[best] > 0 else None


def _document(source: str | Path) -> Document:
    if isinstance(source, Path) or is_address(source):
        return read(source)
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(path="", format="text", sha256=digest, text=source, pages=(Span(0, len(source)),))


def _measures(clause: Clause, functions: dict[str, float], cited: Sequence[Citation]) -> tuple[Measure, ...]:
    """Measures are looked for only in clauses that speak of dishonest conduct: elsewhere they are ordinary penalties. In one that
    punishes it, or names the article that it rests on, weak words need no word of it beside them."""
    if not functions:
        return ()
    about = "失信" if str(Function.PUNISHMENT) in functions or any(citation.articles for citation in cited) else ""
    return tuple(find_measures(clause.text, clause.start, context=about + "".join(clause.path)))


def _with_lines(
    clauses: Sequence[Clause],
    classification: Classification,
    cited: Sequence[Sequence[Citation]],
    metadata: Metadata,
    on: str,
    *,
    legislation: bool,
) -> tuple[list[dict[str, float]], list[bool]]:
    """The functions of each clause with the lines that the model passed over, and which of these flag the document: none in an act
    of legislation, which names other acts' articles without setting what they set. An item rests on what its lead-in names."""
    functions = list(classification.functions)
    titled, title = titled_with_credit(metadata), metadata.carried_title or metadata.title
    relied_on = [
        [
            *named,
            *(() if lead is None else cited[lead]),
            *(cited[index - 1] if index and POINTS_BACK.search(clause.text) else ()),
        ]
        for index, (clause, named, lead) in enumerate(zip(clauses, cited, leading(clauses), strict=True))
    ]
    proved = [
        functions_by_basis(clause, named, on)
        | (functions_by_words(clause, title, lead) if titled or under_dishonesty(clause) else set())
        for clause, named, lead in zip(clauses, relied_on, classification.above, strict=True)
    ]
    rests = zip(proved, relied_on, classification.relevance, strict=True)
    added = [not legislation and bool(own) and (names_a_basis(named) or chance >= _AT_ALL_SURE) for own, named, chance in rests]
    if not (classification.flagged or any(added)):
        return functions, added
    if not legislation:
        beside = map(functions_beside_others, clauses, classification.relevance)
        proved = [own | others for own, others in zip(proved, beside, strict=True)]
    lines = [dict.fromkeys([str(name) for name in Function if name in own], CHANCE) for own in proved]
    return [said or line for said, line in zip(functions, lines, strict=True)], added


def _by_clause(citations: Iterable[Citation], clauses: Sequence[Clause]) -> list[list[Citation]]:
    """The citations that begin in each clause; clauses are disjoint and in text order."""
    starts = [clause.start for clause in clauses]
    cited: list[list[Citation]] = [[] for _ in clauses]
    for citation in citations:
        index = bisect_right(starts, citation.start) - 1
        if index >= 0 and citation.start < clauses[index].end:
            cited[index].append(citation)
    return cited
