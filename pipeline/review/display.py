"""The display of one screening (文件视图): evidence in its place, bases with level and force, findings with their rules.

Plain HTML with its own style, that works in a notebook, in a page and on paper; every text is escaped, and numbers of
private persons are blotted out as in the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.document import Citation, Clause, Finding, Function, Part, PartKind, PartOutcome, Screening, Span
from pipeline.ledger import mask
from pipeline.review.tables import force, named
from pipeline.screening import likeliest

_WHOLE_TEXT = 200_000  # characters of a document shown in full; the rest is in the file
_HIDDEN = "隐藏文字"  # as the readers name the place of such text
_EVIDENCE, _MEASURE, _BASIS = "sx-evidence", "sx-measure", "sx-basis"


class Shown(str):
    """HTML that a notebook shows as such."""

    def _repr_html_(self) -> str:
        return str(self)


class Piece(NamedTuple):
    """A stretch of text and the classes of the marks upon it, parted by spaces."""

    text: str
    marks: str


@cache
def templates() -> Environment:
    """The room's templates, escaping whatever is put into them."""
    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def style() -> str:
    """The style sheet of the room."""
    return Path(__file__).with_name("review.css").read_text(encoding="utf-8")


def show(screening: Screening, *, places: Sequence[str] = ()) -> Shown:
    """One document with its evidence, as HTML with its style; of an unflagged one, the clause that comes nearest to a flag.

    ``places`` are the files that hold it, itself first.
    """
    return Shown(f"<style>{style()}</style>{document_view(screening, places=places)}")


def document_view(
    screening: Screening, *, places: Sequence[str] = (), longest: int = _WHOLE_TEXT, with_findings: bool = True
) -> str:
    """The same without the style, for a page that has it once; of the full text, ``longest`` characters; ``with_findings``:
    the judgement on each clause under it, for a page that does not list it itself."""
    findings: dict[int, list[Finding]] = {}
    for finding in screening.findings:
        findings.setdefault(finding.clause, []).append(finding)
    flagged = [index for index, clause in enumerate(screening.clauses) if clause.functions or index in findings]
    text = screening.document.text
    return (
        templates()
        .get_template("screening.html")
        .render(
            screening=screening,
            metadata=screening.metadata,
            places=list(places) or [screening.document.path],
            functions=[(name, screening.functions.get(name, 0.0), name in present(screening)) for name in map(str, Function)],
            clauses=[(screening.clauses[index], findings.get(index, []) if with_findings else []) for index in flagged],
            nearest=None if screening.flagged else likeliest(screening),
            reasons=[mask(reason) for reason in screening.suggestion.reasons] if screening.suggestion else [],
            whole=list(_whole(screening, longest)),
            cut=len(text) > longest,
            beside=_beside(screening.document.parts),
            pieces=pieces,
            named=named,
            force=force,
            mask=mask,
            where=_where,
        )
    )


def present(screening: Screening) -> tuple[str, ...]:
    """The functions that at least one clause has, in the order of the notice."""
    found = {name for clause in screening.clauses for name in clause.functions}
    return tuple(str(name) for name in Function if str(name) in found)


def pieces(clause: Clause) -> Iterator[Piece]:
    """The clause's text cut where a mark begins or ends: words that made the flag, measures, bases."""
    layers = [
        (_EVIDENCE, clause.evidence),
        (_MEASURE, [Span(measure.start, measure.end) for measure in clause.measures]),
        (_BASIS, [Span(citation.start, citation.end) for citation in clause.citations]),
    ]
    return cut(mask(clause.text), clause.start, layers)


def cut(text: str, start: int, layers: Sequence[tuple[str, Sequence[Span]]]) -> Iterator[Piece]:
    """``text``, which begins at the offset ``start``, cut at the ends of every layer's spans; nothing is lost or doubled."""
    spans = [(name, max(0, span.start - start), min(len(text), span.end - start)) for name, layer in layers for span in layer]
    edges = sorted({0, len(text), *(edge for _, low, high in spans if low < high for edge in (low, high))})
    for low, high in pairwise(edges):
        names = dict.fromkeys(name for name, first, last in spans if first <= low and high <= last)
        yield Piece(text[low:high], " ".join(names))


def _whole(screening: Screening, longest: int) -> Iterator[tuple[int, int, list[Piece]]]:
    """The document page by page (number, offset, pieces), with the marks of its flagged clauses."""
    document = screening.document
    text = mask(document.text[:longest])
    evidence = [span for clause in screening.clauses for span in clause.evidence]
    for number, page in enumerate(document.pages, 1):
        part = text[page.start : page.end].rstrip("\n")
        if part.strip():
            inside = [span for span in evidence if span.start < page.end and page.start < span.end]
            yield number, page.start, list(cut(part, page.start, [(_EVIDENCE, inside)]))


def _beside(parts: Sequence[Part]) -> list[tuple[str, list[Part]]]:
    """What a person should know of beside the text, under headings: comments and what else never makes a flag, files that are
    screened by themselves, what nobody sees on the page, what was not read."""
    listed = [part for part in parts if part.outcome is PartOutcome.LISTED]
    headings = {
        "批注（不是正文，不作判断）": [part for part in listed if part.kind is PartKind.NOTE],
        "正文以外的文字（不作判断）": [part for part in listed if part.kind is PartKind.TEXT],
        "附带的文件（另行筛查）": [part for part in listed if part.kind is PartKind.OBJECT],
        "隐藏文字（页面上看不到，已作为正文判断）": [part for part in parts if part not in listed and _HIDDEN in part.place],
        "没有读到的部分": [part for part in parts if part.outcome is PartOutcome.UNREAD],
    }
    return [(heading, found) for heading, found in headings.items() if found]


def _where(screening: Screening, citation: Citation) -> str:
    """Where a basis is named: clause and page."""
    clause = next((clause for clause in screening.clauses if clause.start <= citation.start < clause.end), None)
    page = f"第{screening.document.page_of(citation.start)}页" if len(screening.document.pages) > 1 else ""
    return "，".join(part for part in (clause.label if clause else "标题或文首", page) if part)
