"""From the clauses and citations of a flagged document to its findings and its suggested disposition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.assess.basis import Reach
from pipeline.assess.findings import find, find_in_basis_itself
from pipeline.assess.outcomes import Setting
from pipeline.assess.places import Place, place_of
from pipeline.assess.suggest import suggest
from pipeline.document import Citation, Clause, Finding, Level, Metadata, Suggestion
from pipeline.extract.authorities.levels import judge_level
from pipeline.extract.authorities.registry import load_registry, title_key

#: How sure the rule must be of the document's own level before its measures are taken as their own basis.
SURE = 0.7
NATIONAL = re.compile(
    r"^(?:国家|国务院|中共中央|中央|最高人民|全国|中国(?!.{0,8}(?:公司|银行.{0,6}分行))|[^省市县区]{2,8}部(?:办公厅)?$)"
)
OPENS = re.compile(
    r"\s*([^，。；：:]{2,30}(?:局|厅|委员会|政府|办公室|中心|省|市|县))[：:]|\s*(?:在)?([^，。；：:]{1,16}(?:省|自治区|市|州|县|区))(?:行政区域|范围|境)?内"
)
#: To what a document says that it applies: 湖南省某某市行政区域内的家政服务企业，适用本办法.
APPLIES_IN = re.compile(
    r"(?<![^，。；\n])\s*(?:第[^，。；\s]{1,6}条\s*)?(?:在)?([^，。；\s]{2,24})(?:行政区域|辖区|境内|区域)内?"
)
CONGRESS = re.compile("人民代表大会|人大常委会")
#: A title that ends so sets no rule of its own level (…条例的通知 is a notice).
ORDINARY_END = re.compile(r"(?:通知|函|批复|报告|请示|纪要|通报|解读|说明|方案|要点)(?:（.*）)?$")


def own_level(metadata: Metadata) -> Level | None:
    """The level of the document where it is itself a qualified basis (法律, 条例, 中央文件), else None."""
    title, issuer = metadata.title, "、".join(metadata.issuers)
    if not title:
        return None
    ordinary = ORDINARY_END.search(title)
    known = None if ordinary else load_registry().by_title(title, issuer)
    if known is not None:
        return known.level if known.level.qualified else None
    if CONGRESS.search(issuer) and not ordinary:
        return Level.LAW if issuer.startswith("全国") else Level.LOCAL_REGULATION
    judged = judge_level(title, metadata.number or None, issuer)
    if not judged.level.qualified or judged.confidence < SURE:
        return None
    if ordinary and judged.level is not Level.CENTRAL_POLICY:
        return None
    return judged.level


def _said_place(clauses: Sequence[Clause]) -> Place:
    """The place of the organ, or the area (某某省内), with which a text begins."""
    opening = OPENS.match(clauses[0].text) if clauses else None
    return place_of(opening.group(opening.lastindex or 1)) if opening else Place()


def _applies_in(clauses: Sequence[Clause]) -> Iterator[str]:
    """The regions to which a text says that it applies."""
    for clause in clauses:
        if "适用" in clause.text and (found := APPLIES_IN.search(clause.text)):
            yield found.group(1)


def assess(
    clauses: Sequence[Clause], citations: Sequence[Citation], metadata: Metadata, *, as_of: str | None = None
) -> tuple[tuple[Finding, ...], Suggestion]:
    """Judge a flagged document: a finding for each function and measure of each clause, then what to do with it.

    ``clauses`` bear their functions and measures; ``citations`` are all of the document's, later mentions and vague ones
    too, with ``in_force`` already judged on the wanted date; ``as_of`` (ISO, default today) dates the document's own end.
    Rules: 国办发〔2020〕49号 as in ``decision_table.csv``.
    """
    issuers = metadata.issuers or [metadata.title]
    issuer = "全国" if any(NATIONAL.match(name) for name in issuers) else "地方"
    level = own_level(metadata)
    if level is not None:
        findings = find_in_basis_itself(clauses, issuer, level, draft=metadata.draft)
        return tuple(findings), suggest(clauses, findings, metadata, as_of=as_of)
    own = {title_key(name) for name in (metadata.title, metadata.carried_title) if name}
    citations = [citation for citation in citations if title_key(citation.title) not in own or not citation.title]
    place = place_of(*metadata.issuers, metadata.title, metadata.carried_title, *_applies_in(clauses))
    title = f"{metadata.title}{metadata.carried_title}"
    proposing_for = place if place.province else _said_place(clauses)
    about = "，".join((title, *metadata.issuers))
    findings = find(clauses, Setting(title, issuer, place, Reach(clauses, citations, place), as_of or "", proposing_for, about))
    return tuple(findings), suggest(clauses, findings, metadata, as_of=as_of)
