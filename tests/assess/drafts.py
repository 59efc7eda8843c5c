"""Invented documents for the tests of this room: lines become clauses, as the rooms before would hand them on."""

from __future__ import annotations

from pipeline.assess import assess
from pipeline.document import Clause, Document, Metadata, Screening, Span
from pipeline.extract import find_citations, find_measures, find_vague

AS_OF = "2026-11-01"


def screened(lines, metadata: Metadata, as_of: str = AS_OF) -> Screening:
    """A Screening of ``lines``: (label, text, functions) or (label, text, functions, path)."""
    text = "\n".join(line[1] for line in lines)
    bases = sorted(
        [*find_citations(text, repeats=True, date=metadata.date or None, as_of=as_of), *find_vague(text)],
        key=lambda citation: citation.start,
    )
    clauses, start = [], 0
    for label, words, functions, *path in lines:
        end = start + len(words)
        clauses.append(
            Clause(
                label=label,
                text=words,
                start=start,
                end=end,
                path=path[0] if path else (),
                functions=dict.fromkeys(functions, 0.9),
                citations=tuple(basis for basis in bases if start <= basis.start < end),
                measures=tuple(find_measures(words, start)) if functions else (),
            )
        )
        start = end + 1
    findings, suggestion = assess(clauses, bases, metadata, as_of=as_of)
    return Screening(
        document=Document("草案.docx", "docx", "0" * 64, text, (Span(0, len(text)),)),
        metadata=metadata,
        clauses=tuple(clauses),
        citations=tuple(basis for basis in bases if not basis.repeat),
        functions={},
        score=0.9,
        flagged=True,
        findings=findings,
        suggestion=suggestion,
    )


def city(title: str, **more) -> Metadata:
    """A document of a city's department."""
    issuers = more.pop("issuers", ["长治市工业和信息化局"])
    return Metadata(title=title, issuers=issuers, date="2019-03-01", **more)
