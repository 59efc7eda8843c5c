"""The suggested disposition (处置意见) of a document from its findings, with reasons in the order in which they weighed.

Never LEGISLATE: where nothing supports a document's core purpose, REPEAL is offered, with 立法 as the person's choice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipeline.assess.basis import HEAD, ITSELF
from pipeline.assess.nothing_set import sets_nothing
from pipeline.assess.outcomes import MOVED
from pipeline.assess.rules import NOTICE, say
from pipeline.document import Citation, Clause, Disposition, Finding, Level, Metadata, Role, Suggestion, Verdict
from pipeline.extract.authorities.registry import load_registry

#: A title that says that the document is about credit: its purpose stands or falls with its measures.
CORE_TITLE = re.compile(r"信用|失信|诚信|黑名单|红黑|(?<!教育)惩戒(?!规则)|守信")
#: A document is about its measures, too, where at least this share of its clauses sets them.
CORE_SHARE = 0.5
NATIONAL_LIST = re.compile(r"^全国(?:失信惩戒措施基础清单|公共信用信息基础目录)")
#: The article of the notice on notice, objection and removal: a list without them wants a procedure, not a basis.
PROCEDURE_OF_LISTS = f"{NOTICE}（八）"
MOST_REASONS = 12
WEIGHT = {Disposition.REPEAL: 0, Disposition.REVISE: 1, Disposition.PERSON: 2, Disposition.RETAIN: 3}


def _ended(metadata: Metadata, as_of: str | None) -> str:
    """Why the document itself is no longer in force; empty where nothing says so."""
    on = as_of or date.today().isoformat()
    if metadata.expires and len(metadata.expires) == 10 and metadata.expires < on:
        return say("expired", date=metadata.expires)
    registry = load_registry()
    known = registry.by_number(metadata.number) if metadata.number else None
    if known and known.status in ("废止", "失效") and (not known.repealed_on or known.repealed_on <= on):
        successor = f"，由《{known.superseded_by}》替代" if known.superseded_by else ""
        return say("replaced", status=f"{known.repealed_on}{known.status}{successor}")
    return ""


def titled_with_credit(metadata: Metadata) -> bool:
    """Whether the title, that of the carried document where there is one, says that it is about credit."""
    return CORE_TITLE.search(metadata.carried_title or metadata.title) is not None


def is_core(clauses: Sequence[Clause], metadata: Metadata) -> bool:
    """Whether measures against dishonest conduct are what the document is mainly for."""
    if titled_with_credit(metadata):
        return True
    numbered = [clause for clause in clauses if clause.text.strip()]
    setting = sum(1 for clause in numbered if clause.functions)
    return bool(numbered) and setting / len(numbered) >= CORE_SHARE


def _rules(findings: Sequence[Finding]) -> str:
    """国办发〔2020〕49号（一）（九）: the articles that the findings follow, each once."""
    named = dict.fromkeys(finding.rule.partition("：")[0].removeprefix(NOTICE) for finding in findings)
    return NOTICE + "".join(named)


def _reasons(findings: Sequence[Finding]) -> list[str]:
    """One reason a kind of fault: clauses that share it are named together, the heaviest first."""
    grouped: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: (WEIGHT[finding.disposition], finding.clause)):
        _, _, body = finding.reason.partition("”：")
        grouped.setdefault(body, []).append(finding)
    reasons = []
    for body, alike in grouped.items():
        first = alike[0].reason.partition("”：")[0] + "”"
        others = len({finding.clause for finding in alike}) - 1
        rules = "" if alike[0].basis_from == ITSELF else f"（{_rules(alike)}）"
        reasons.append(f"{first}{f'等{others + 1}处' if others else ''}：{body}{rules}")
    if len(reasons) > MOST_REASONS:
        reasons[MOST_REASONS:] = [say("more", count=len(reasons) - MOST_REASONS)]
    return reasons


def _carried_is_missing(clauses: Sequence[Clause], metadata: Metadata) -> bool:
    return bool(metadata.carried_title) and not any(clause.part != "正文" for clause in clauses)


def suggest(
    clauses: Sequence[Clause], findings: Sequence[Finding], metadata: Metadata, *, as_of: str | None = None
) -> Suggestion:
    """The document's disposition. Cases in the order in which they decide."""
    # 1. the document has ended
    if ended := _ended(metadata, as_of):
        return Suggestion(Disposition.REPEAL, [ended, *_reasons([f for f in findings if f.verdict is Verdict.FAILS])])
    # 2. nothing to judge
    if not findings:
        if {name for clause in clauses for name in clause.functions} == {"修复"}:
            return Suggestion(Disposition.RETAIN, [say("repair_only")])
        missing = _carried_is_missing(clauses, metadata)
        reason = say("missing_annex", title=metadata.carried_title) if missing else say("no_clause")
        return Suggestion(Disposition.PERSON, [reason])
    open_ones = [f for f in findings if f.disposition is not Disposition.RETAIN]
    failed = [f for f in findings if f.verdict is Verdict.FAILS]
    # 3. every measure has its basis
    if not open_ones:
        return Suggestion(Disposition.RETAIN, [say("all_good", count=len(findings)), *_reasons(findings)])
    # 4. the core purpose is without support: nothing but repair stands
    standing = [f for f in findings if f.verdict is not Verdict.FAILS and f.function != "修复"]
    repealed_basis = any(f.basis and f.basis[0].qualified and f.basis[0].in_force is False for f in failed)
    rests = _rests_elsewhere(clauses, failed) or any(MOVED.search(finding.reason) for finding in failed)
    if failed and not standing and not repealed_basis and not rests and _unsupported(failed):
        if is_core(clauses, metadata):
            return Suggestion(Disposition.REPEAL, [say("core_unsupported", count=len(failed)), *_reasons(open_ones)])
        if len({finding.clause for finding in failed}) > 1 and not any(map(_rests_near_one, failed)):
            return Suggestion(Disposition.REPEAL, [say("embedded_unsupported", count=len(failed)), *_reasons(open_ones)])
    # 5. faults that can be mended one by one: also that a basis is named without its article, where others show how it is done
    revised = [f for f in open_ones if f.disposition in (Disposition.REVISE, Disposition.REPEAL)]
    if any(f.verdict is Verdict.CONFORMS and f.function != "修复" for f in findings):
        revised = revised or [f for f in open_ones if _names_no_article(f)]
    if revised:
        key = "separable" if is_core(clauses, metadata) else "embedded"
        count = len(revised)
        return Suggestion(Disposition.REVISE, [say(key, total=len(findings), failed=count), *_reasons(open_ones)])
    # 6. only a person can tell
    return Suggestion(Disposition.PERSON, [say("doubtful", count=len(open_ones)), *_reasons(open_ones)])


def _names_no_article(finding: Finding) -> bool:
    return bool(finding.basis) and (finding.basis_from == HEAD or not any(citation.articles for citation in finding.basis))


def _rests_elsewhere(clauses: Sequence[Clause], failed: Sequence[Finding]) -> bool:
    """Whether some clause, listed or not, names an article of a qualified basis that no failed finding has used up."""
    used = {(citation.start, citation.end) for finding in failed for citation in finding.basis}
    return any(
        citation.qualified
        and citation.in_force is not False
        and citation.articles
        and citation.role is Role.MEASURE_BASIS
        and (citation.start, citation.end) not in used
        and not sets_nothing(clause.text)
        for clause in clauses
        for citation in clause.citations
    )


def _unsupported(failed: Sequence[Finding]) -> bool:
    """Whether the faults are want of a basis, and not only of form (a list's procedure) or of rank by the table: what rests on a
    ministry's rule, or on the national catalogue, is revised to cite what that rests on."""
    wanting = [finding for finding in failed if finding.basis or PROCEDURE_OF_LISTS not in finding.rule]
    return not all(map(_rests_near_one, wanting))


def _rests_near_one(finding: Finding) -> bool:
    """Whether a finding rests on a qualified basis, though not one that carries it, or on a text that points to one."""
    return any(citation.qualified or _points_higher(citation, finding) for citation in finding.basis)


def _points_higher(citation: Citation, finding: Finding) -> bool:
    """A ministry's rule where the table says so, or where a law or regulation is known to set the same; the national catalogue."""
    ministry = citation.level is Level.MINISTRY_RULE and (finding.disposition is Disposition.REVISE or bool(finding.proposals))
    return citation.in_force is not False and (ministry or NATIONAL_LIST.search(citation.title) is not None)
