"""The report (筛查报告): one self-contained HTML file that opens offline and prints on A4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup, escape

from pipeline.document import Clause, Function
from pipeline.ledger.facts import ScanFacts
from pipeline.ledger.rows import Entry, masked
from pipeline.ledger.unit import Unit, scope_of

_CLAUSES = 12  # a document in the report shows its strongest clauses; the ledger shows all
_TEMPLATE = "report.html.jinja"


def write_report(
    entries: Sequence[dict],
    near: Sequence[tuple[str, float, str]],
    path: Path,
    unit: Unit | None,
    facts: ScanFacts,
    problems: Sequence[tuple[str, str, str, str]],
) -> None:
    """Write the report. ``entries`` come from `report_entry`; ``near`` are unflagged documents (path, score, title) by
    falling score; ``problems`` are (path, kind, reason, remedy)."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape(default_for_string=True, default=True)
    )
    functions = Counter(function for entry in entries for function in entry["functions"])
    page = environment.get_template(_TEMPLATE).render(
        unit=unit.name if unit else "",
        facts=facts,
        entries=entries,
        near=near,
        problems=problems,
        dispositions=Counter(entry["disposition"] for entry in entries).most_common(),
        functions=[(str(function), functions[str(function)]) for function in Function],
    )
    path.write_text(page, encoding="utf-8", errors="backslashreplace")


def report_entry(entry: Entry, unit: Unit | None) -> dict:
    """What the report shows of a flagged document, so that the document itself need not stay in memory."""
    screening = entry.screening
    metadata = screening.metadata
    relevant = sorted(
        (clause for clause in screening.clauses if clause.functions), key=lambda clause: -max(clause.functions.values())
    )
    shown = sorted(relevant[:_CLAUSES], key=lambda clause: clause.start)
    return {
        "title": metadata.title or entry.places[0],
        "number": metadata.number,
        "issuers": "、".join(metadata.issuers),
        "date": metadata.date,
        "scope": str(scope_of(metadata, unit)),
        "score": screening.score,
        "functions": sorted({function for clause in relevant for function in clause.functions}),
        "disposition": str(screening.suggestion.disposition) if screening.suggestion else "",
        "reasons": list(screening.suggestion.reasons) if screening.suggestion else [],
        "clauses": [(clause.label, clause.page, "、".join(clause.functions), _marked(clause)) for clause in shown],
        "more": len(relevant) - len(shown),
        "places": entry.places,
    }


def _marked(clause: Clause) -> Markup:
    """The clause's text with the words that made the flag marked, all else escaped."""
    pieces, last = [], 0
    for span in clause.evidence:
        start, end = span.start - clause.start, span.end - clause.start
        pieces += [escape(masked(clause.text[last:start])), Markup("<mark>{}</mark>").format(clause.text[start:end])]
        last = end
    return Markup("").join([*pieces, escape(masked(clause.text[last:]))])
