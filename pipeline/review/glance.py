"""What lists need of a screening (一瞥), read without its text and clauses' words: ten thousand take seconds, not minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from pipeline.archive import Store
from pipeline.document import Function, Metadata
from pipeline.ledger import Scope, Unit, load_unit, scope
from pipeline.review.queue import Item


class _Clause(msgspec.Struct):
    functions: dict[str, float] = {}


class _Finding(msgspec.Struct):
    verdict: str = ""


class _Suggestion(msgspec.Struct):
    disposition: str = ""


class _Glance(msgspec.Struct):
    metadata: Metadata
    score: float
    mentioned: bool = False
    clauses: list[_Clause] = []
    findings: list[_Finding] = []
    suggestion: _Suggestion | None = None


def items(store: Store) -> Iterator[Item]:
    """Every screened leading document, in the order of SHA-256, with what the filters ask for; nobody's decision yet."""
    leaders = store.leaders()
    first = {record.sha256: record for record in store.files() if not record.kind and leaders[record.path] == record.path}
    unit = _unit(store)
    formats = {summary.sha256: (summary.format, summary.flagged) for summary in store.summaries()}
    for sha256, glance in store.glances(_Glance):
        if sha256 not in first:
            continue
        metadata, (format_, flagged) = glance.metadata, formats[sha256]
        item = Item(
            document_id=sha256[:16],
            sha256=sha256,
            path=first[sha256].path,
            title=metadata.title,
            number=metadata.number,
            date=metadata.date,
            score=glance.score,
            flagged=flagged,
            issuers=tuple(metadata.issuers),
            format=format_,
            mentioned=glance.mentioned,
            material=metadata.material,
        )
        if not flagged:
            yield item
            continue
        present = {name for clause in glance.clauses for name in clause.functions}
        yield replace(
            item,
            functions=tuple(str(name) for name in Function if str(name) in present),
            suggestion=glance.suggestion.disposition if glance.suggestion else "",
            own=scope(metadata, unit) is not Scope.OUTSIDE,
            verdicts=tuple(sorted({finding.verdict for finding in glance.findings if finding.verdict})),
            lines=max(1, len(glance.findings)),
        )


def _unit(store: Store) -> Unit | None:
    """The unit of the scan, as long as its file is where it was; nobody's review waits for it."""
    file = store.get_meta("unit")
    return load_unit(file) if file and Path(file).is_file() else None
