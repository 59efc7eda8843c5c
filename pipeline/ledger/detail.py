"""Detail lines (明细行): each measure of a document with its evidence, bases, verdict and reason, worded for cells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.document import Citation, Clause, Disposition, Finding, Proposal, Screening, Span
from pipeline.ledger.cell import cell_text
from pipeline.ledger.mask import mask
from pipeline.ledger.quotation import quotation

#: Formats whose pages are the paper's; others flow, and have page numbers only where the reader found page breaks.
PAGED_FORMATS = frozenset({"pdf", "ofd", "image", "tiff", "png", "jpg", "jpeg"})
MOST_BASES = 6
MOST_PROPOSALS = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a detail line comes from: clause label, page (0: the file has none), the masked quotation, words to mark in it."""

    clause: str
    page: int
    quote: str
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class DetailLine:
    """One measure or function of one clause, in the words of the ledger's cells."""

    row_id: str
    content: str
    functions: str = ""
    measure: str = ""
    bases: str = ""
    verdict: str = ""
    reason: str = ""
    evidence: Evidence | None = field(default=None, compare=False)


def detail_lines(screening: Screening, reasons: tuple[str, ...]) -> tuple[DetailLine, ...]:
    """One line a measure, one a function; findings that say the same of the same words share a line.

    The first line's reason begins with what the suggestion says of the document as a whole.
    """
    general = "\n".join(reason for reason in reasons if not _told_by_findings(reason, screening.findings))
    drafts = _lines_of_findings(screening) or _lines_without_findings(screening)
    lines: list[DetailLine] = []
    seen: dict[str, int] = {}
    for draft in drafts:
        key = hashlib.sha256("\0".join((draft.content, draft.functions, draft.measure)).encode("utf-8", "replace"))
        digest = key.hexdigest()[:8]
        seen[digest] = seen.get(digest, 0) + 1
        suffix = digest if seen[digest] == 1 else f"{digest}.{seen[digest]}"
        reason = "\n".join(part for part in (general if not lines else "", draft.reason) if part)
        lines.append(
            DetailLine(
                row_id=f"{screening.document.sha256[:16]}-{suffix}",
                content=draft.content,
                functions=draft.functions,
                measure=draft.measure,
                bases=draft.bases,
                verdict=draft.verdict,
                reason=cell_text(reason),
                evidence=draft.evidence,
            )
        )
    return tuple(lines)


def _body(reason: str) -> str:
    """What a finding's reason says, without the quotation that it begins with (第三条“……”：body)."""
    return reason.partition("”：")[2] or reason


def _told_by_findings(reason: str, findings: Iterable[Finding]) -> bool:
    """Whether a reason of the suggestion only repeats a finding, which has its own line."""
    return any(mask(_body(finding.reason)) in reason for finding in findings if finding.reason)


def _lines_of_findings(screening: Screening) -> list[DetailLine]:
    groups: dict[tuple, list[Finding]] = {}
    for finding in screening.findings:
        clause = screening.clauses[finding.clause]
        quoted = quotation(clause, _leading_span(clause, finding))
        basis = tuple((citation.start, citation.end) for citation in finding.basis)
        key = (finding.clause, quoted.start, finding.measure, finding.verdict, finding.disposition, basis)
        groups.setdefault(key, []).append(finding)
    return [_line(screening, findings) for findings in groups.values()]


def _line(screening: Screening, findings: list[Finding]) -> DetailLine:
    first = findings[0]
    clause = screening.clauses[first.clause]
    evidence = _evidence(screening, clause, _leading_span(clause, first))
    return DetailLine(
        row_id="",
        content=_content(evidence),
        functions="、".join(dict.fromkeys(finding.function for finding in findings)),
        measure=cell_text(first.measure),
        bases=cell_text(_bases(first.basis, first.basis_from)),
        verdict=str(first.verdict),
        reason="\n".join(dict.fromkeys(_reason(finding) for finding in findings)),
        evidence=evidence,
    )


def _lines_without_findings(screening: Screening) -> list[DetailLine]:
    """The clauses that made the flag; a single line that says so where no clause is known."""
    lines = []
    for clause in screening.clauses:
        if clause.functions:
            evidence = _evidence(screening, clause, _first(clause.evidence, clause))
            lines.append(
                DetailLine("", _content(evidence), "、".join(clause.functions), verdict="需人工判断", evidence=evidence)
            )
    return lines or [DetailLine("", "（没有找到具体条款，请人工通读）", "、".join(screening.functions), verdict="需人工判断")]


def _leading_span(clause: Clause, finding: Finding) -> Span:
    measure = next((m for m in clause.measures if finding.measure and m.category == finding.measure), None)
    return Span(measure.start, measure.end) if measure else _first(clause.evidence, clause)


def _first(spans: tuple[Span, ...], clause: Clause) -> Span:
    return spans[0] if spans else Span(clause.start, clause.start)


def _evidence(screening: Screening, clause: Clause, leading: Span) -> Evidence:
    quoted = quotation(clause, leading)
    label = clause.label or "正文"
    document = screening.document
    paged = document.format.lower() in PAGED_FORMATS or len(document.pages) > 1
    page = document.page_of(quoted.source.start) if paged else 0
    where = f"{clause.part} {label}" if clause.part not in ("", "正文", label) else label
    return Evidence(cell_text(where), page, cell_text(mask(quoted.text)), quoted.marks)


def _content(evidence: Evidence) -> str:
    page = f"第{evidence.page}页" if evidence.page else "未分页"
    return cell_text(f"{evidence.clause}（{page}）\n“{evidence.quote}”")


def _bases(cited: tuple[Citation, ...], where: str) -> str:
    if where == "本文件":
        return "本文件即可作为依据"
    if not cited:
        return "无"
    lines = [_basis(citation) for citation in cited[:MOST_BASES]]
    if len(cited) > MOST_BASES:
        lines.append(f"……等共{len(cited)}项")
    return "\n".join(lines) + (f"（引于{where}）" if where not in ("无", "") else "")


def _basis(citation: Citation) -> str:
    if citation.vague:
        return f"“{mask(citation.title)}”（未写明文件）"
    name = f"《{citation.title}》" if citation.title else ""
    number = f"（{citation.number}）" if citation.number and name else citation.number or ""
    force = citation.status or {True: "现行有效", False: "不是现行有效", None: "时效待核"}[citation.in_force]
    return f"{name}{number}{'、'.join(citation.articles)}［{citation.level}；{force}］"


def _reason(finding: Finding) -> str:
    """What the finding says, with the article of the notice that it follows and articles a person might check."""
    rule = finding.rule.partition("：")[0]
    intended = {
        Disposition.RETAIN: "本条可保留",
        Disposition.REVISE: "本条须修订",
        Disposition.REPEAL: "本条拟废止",
        Disposition.LEGISLATE: "本条拟立法",
        Disposition.PERSON: "本条需人工判断",
    }[finding.disposition]
    proposals = "；".join(_proposal(proposal) for proposal in finding.proposals[:MOST_PROPOSALS])
    offered = f"\n可核对能否作为依据：{proposals}" if proposals else ""
    return f"{intended}：{mask(_body(finding.reason))}" + (f"（{rule}）" if rule else "") + offered


def _proposal(proposal: Proposal) -> str:
    return f"《{proposal.title}》{proposal.article}［{proposal.level}］"


def selected_line(screening: Screening, start: int, end: int, functions: str, measure: str = "", bases: str = "") -> DetailLine:
    """A line that a person adds by selecting words of the document's text (``start`` to ``end``): its clause, page and the words.

    Raises ValueError where the words stand in no clause, or there are none.
    """
    clause = next((each for each in screening.clauses if each.start <= start < each.end), None)
    words = screening.document.text[start : min(end, clause.end)].strip() if clause else ""
    if clause is None or not words:
        raise ValueError("没有选中条款中的文字")
    where = _evidence(screening, clause, Span(start, start))
    evidence = Evidence(where.clause, where.page, cell_text(mask(words)))
    digest = hashlib.sha256(f"{start}\0{words}".encode("utf-8", "replace")).hexdigest()[:8]
    row_id = f"{screening.document.sha256[:16]}-m{digest}"
    reason = "人工增列"
    return DetailLine(row_id, _content(evidence), functions, cell_text(measure), cell_text(bases) or "无", "需人工判断", reason)
