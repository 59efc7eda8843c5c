"""Screenings -> ledger rows: one line a measure, evidence in every line, nothing personal in any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.document import Citation, Clause, Disposition, Finding, Screening, Verdict
from pipeline.ledger.unit import Scope, Unit, scope_of

_QUOTE = 260


class Entry(NamedTuple):
    """A flagged document and every place that it lies in, the leading one first."""

    screening: Screening
    places: list[str]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger: a clause of a document. Every field is text as a person reads it.

    ``serial`` numbers documents within a sheet; ``own`` says whether it stands on the unit's own sheet; ``suggested`` is
    the machine's disposition of the document; the person's fields are empty in a draft.
    """

    serial: str
    title: str
    number: str
    issuers: str
    date: str
    drafter: str
    on_behalf: str
    measure: str
    functions: str
    categories: str
    basis: str
    conforms: str
    reason: str
    remark: str
    document_id: str
    row_id: str
    version: str
    suggested: str = ""
    own: bool = True
    decision: str = ""
    decision_reason: str = ""
    deadline: str = ""
    progress: str = ""
    contact: str = ""


def build_rows(entries: Iterable[Entry], unit: Unit | None, version: str = "") -> list[LedgerRow]:
    """The lines of all entries, in their order, numbered by `renumbered`."""
    return renumbered(
        row for entry in entries for row in _document_rows(entry, unit, scope_of(entry.screening.metadata, unit), version)
    )


def renumbered(rows: Iterable[LedgerRow]) -> list[LedgerRow]:
    """The same lines with 序号 by document, counted apart for the unit's own sheet and the other."""
    serials: dict[bool, dict[str, int]] = {True: {}, False: {}}
    return [replace(row, serial=str(serials[row.own].setdefault(row.document_id, len(serials[row.own]) + 1))) for row in rows]


def _document_rows(entry: Entry, unit: Unit | None, scope: Scope, version: str) -> Iterator[LedgerRow]:
    screening = entry.screening
    metadata = screening.metadata
    document_id = screening.document.sha256[:16]
    suggestion = screening.suggestion
    suggested = str(suggestion.disposition) if suggestion else str(Disposition.PERSON)
    on_behalf = scope is Scope.ON_BEHALF or any(_is_government(issuer) for issuer in metadata.issuers)
    lines = _lines(screening)
    for position, (clause, findings) in enumerate(lines):
        yield LedgerRow(
            serial="",
            title=metadata.title or entry.places[0],
            number=metadata.number,
            issuers="、".join(metadata.issuers),
            date=metadata.date,
            drafter=_drafter(scope, unit, metadata.issuers),
            on_behalf="是" if on_behalf else "否",
            measure=_evidence(clause),
            functions="、".join(clause.functions) if clause else "",
            categories="、".join(dict.fromkeys(measure.category for measure in clause.measures)) if clause else "",
            basis=_basis(findings),
            conforms=_verdict(findings),
            reason=_reason(suggested, suggestion.reasons if suggestion and not position else [], findings),
            remark=_remark(entry, scope),
            document_id=document_id,
            row_id=f"{document_id}-{position + 1}",
            version=version,
            suggested=suggested,
            own=scope is not Scope.OTHER,
        )


def _lines(screening: Screening) -> list[tuple[Clause | None, list[Finding]]]:
    """Each clause with a function and the findings on it; one bare line where the flag rests on no single clause."""
    findings: dict[int, list[Finding]] = {}
    for finding in screening.findings:
        findings.setdefault(finding.clause, []).append(finding)
    lines: list[tuple[Clause | None, list[Finding]]] = [
        (clause, findings.get(index, [])) for index, clause in enumerate(screening.clauses) if clause.functions
    ]
    return lines or [(None, [])]


def _is_government(issuer: str) -> bool:
    return bool(re.search(r"(?:人民政府|党委|[省市县区州旗]委|国务院|中共中央|政府)(?:办公[厅室])?$", issuer))


def _drafter(scope: Scope, unit: Unit | None, issuers: list[str]) -> str:
    if unit and scope in (Scope.OWN, Scope.ON_BEHALF):
        return unit.name
    return "、".join(issuers)


def _evidence(clause: Clause | None) -> str:
    if clause is None:
        return ""
    text = " ".join(clause.text.split())
    quote = text if len(text) <= _QUOTE else _around(clause, text)
    return f"{clause.label}（第{clause.page}页）：“{masked(quote)}”"


def _around(clause: Clause, text: str) -> str:
    """The part of a long clause that holds the words that made the flag."""
    first = clause.evidence[0].start - clause.start if clause.evidence else 0
    start = max(0, first - _QUOTE // 3)
    return ("…" if start else "") + text[start : start + _QUOTE] + ("…" if start + _QUOTE < len(text) else "")


def _basis(findings: list[Finding]) -> str:
    bases = {(basis.title, basis.number, tuple(basis.articles)): basis for finding in findings for basis in finding.basis}
    shown = [_citation(basis) for basis in bases.values() if basis.title or basis.number]
    proposals = {f"{item.title}{item.article}": item for finding in findings for item in finding.proposals}
    if not shown and proposals:
        shown.append(
            "未引用合格依据。可核对：" + "；".join(f"《{item.title}》{item.article}" for item in list(proposals.values())[:3])
        )
    return "\n".join(shown) or ("未引用" if findings else "")


def _citation(basis: Citation) -> str:
    name = (f"《{basis.title}》" if basis.title else "") + (f"（{basis.number}）" if basis.number else "")
    standing = {True: "现行有效", False: "已失效", None: "效力待核"}[basis.in_force]
    return f"{name}{'、'.join(basis.articles)}，{basis.level}，{basis.status or standing}"


def _verdict(findings: list[Finding]) -> str:
    verdicts = {finding.verdict for finding in findings}
    for verdict in (Verdict.FAILS, Verdict.PERSON, Verdict.CONFORMS):
        if verdict in verdicts:
            return str(verdict)
    return str(Verdict.PERSON)


def _reason(suggested: str, reasons: list[str], findings: list[Finding]) -> str:
    """The document's suggestion and reasons on its first line, the clause's own findings on every line."""
    parts = [f"建议{suggested}：" + "".join(reasons)] if reasons else []
    parts += dict.fromkeys(finding.reason for finding in findings)
    return masked("\n".join(parts))


def _remark(entry: Entry, scope: Scope) -> str:
    parts = []
    if scope is Scope.ON_BEHALF:
        parts.append("需向党委/政府提出清理建议")
    if scope is Scope.SUBORDINATE:
        parts.append("下属单位文件")
    if entry.screening.metadata.draft:
        parts.append("疑为草稿或征求意见稿")
    parts.append("文件位置：" + "；".join(entry.places[:5]) + (f" 等{len(entry.places)}处" if len(entry.places) > 5 else ""))
    return "\n".join(parts)


_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}-?)\d{7,8}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def masked(text: str) -> str:
    """A text with phone, identity and mail numbers of persons made unreadable; nothing else is touched."""
    text = _IDENTITY.sub(r"\1********\2", text)
    text = _MOBILE.sub(r"\1****\2", text)
    return _MAIL.sub("***@***", _LANDLINE.sub(r"\1*******", text))
