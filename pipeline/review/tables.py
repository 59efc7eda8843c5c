"""Tables (表): what a scan found as DataFrames, one call each, with Chinese column names, ready to filter and to save."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pipeline.document import Citation, Finding, Screening
from pipeline.ledger import mask
from pipeline.review.queue import Item

DOCUMENTS = ("处置建议", "涉及环节", "人工决定", "复核意见")
MEASURES = (
    "路径", "标题", "条款", "页", "环节", "措施类别", "对象", "期限", "是否符合", "建议", "依据", "依据出处", "规则", "理由", "原文",
)  # fmt: skip
CITATIONS = (
    "路径", "标题", "命中", "条款", "页", "依据名称", "依据文号", "依据条款", "效力级别", "合格依据", "时效", "作用", "判断方式", "把握",
)  # fmt: skip
PROBLEMS = ("路径", "类别", "原因", "处理办法")
NEAR = ("路径", "标题", "发文字号", "成文日期", "得分", "人工决定")


def documents(base: pd.DataFrame, items: Iterable[Item]) -> pd.DataFrame:
    """The scan's table of files with what review adds; a duplicate (重复) shows what holds for its leading file."""
    known = {item.path: item for item in items}
    table = base.copy()
    leading = [known.get(row["同一文件"] or row["路径"]) for _, row in table.iterrows()]
    for name, values in zip(DOCUMENTS, zip(*map(_about, leading), strict=True) if leading else [()] * 4, strict=True):
        table[name] = list(values)
    return table


def _about(item: Item | None) -> tuple[str, str, str, str]:
    return (item.suggestion, "、".join(item.functions), item.decision, item.note) if item else ("", "", "", "")


def measures(screenings: Iterable[Screening]) -> pd.DataFrame:
    """One row a finding: a function or a punishment measure of a clause, with its basis and whether it is enough."""
    rows = [_measure(screening, finding) for screening in screenings for finding in screening.findings]
    return pd.DataFrame(rows, columns=list(MEASURES))


def _measure(screening: Screening, finding: Finding) -> list:
    clause = screening.clauses[finding.clause]
    found = next((measure for measure in clause.measures if measure.category == finding.measure), None)
    return [
        screening.document.path,
        screening.metadata.title,
        clause.label,
        clause.page,
        finding.function,
        finding.measure,
        "、".join(found.subjects) if found else "",
        found.duration if found else "",
        str(finding.verdict),
        str(finding.disposition),
        "；".join(named(citation) for citation in finding.basis),
        finding.basis_from,
        finding.rule,
        mask(finding.reason),
        mask(clause.text.strip()),
    ]


def citations(screenings: Iterable[Screening]) -> pd.DataFrame:
    """One row a legal basis that a document names, at its first mention."""
    rows = [_citation(screening, citation) for screening in screenings for citation in screening.citations]
    return pd.DataFrame(rows, columns=list(CITATIONS))


def _citation(screening: Screening, citation: Citation) -> list:
    holder = next((clause for clause in screening.clauses if clause.start <= citation.start < clause.end), None)
    return [
        screening.document.path,
        screening.metadata.title,
        screening.flagged,
        holder.label if holder else "",
        screening.document.page_of(citation.start),
        citation.title,
        citation.number or "",
        "、".join(citation.articles),
        str(citation.level),
        citation.qualified,
        force(citation),
        str(citation.role),
        citation.judged_by,
        citation.confidence,
    ]


def named(citation: Citation) -> str:
    """A basis in short: title or number, and articles."""
    name = f"《{citation.title}》" if citation.title and not citation.vague else citation.title or citation.number or ""
    return name + "、".join(citation.articles)


def force(citation: Citation) -> str:
    """Whether it is in force (时效), in words."""
    return citation.status or {True: "现行有效", False: "不是现行有效", None: "时效待核"}[citation.in_force]


def near_misses(items: Iterable[Item]) -> pd.DataFrame:
    """The unflagged documents of a list, the nearest to a flag first."""
    rows = [
        [item.path, item.title, item.number, item.date, item.score, item.decision]
        for item in sorted(items, key=lambda item: (-item.score, item.path))
        if not item.flagged
    ]
    return pd.DataFrame(rows, columns=list(NEAR))
