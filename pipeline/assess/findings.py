"""The findings (逐项判断) of a document: every subject judged and worded, with what the document as a whole lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.assess.basis import ITSELF
from pipeline.assess.outcomes import Outcome, Setting, carried_out, heavier, judge, with_stop
from pipeline.assess.proposals import propose
from pipeline.assess.rules import NO_BASIS, cautions, decision_table, groups, level_names, say
from pipeline.assess.subjects import Subject, quote, subjects
from pipeline.document import Clause, Disposition, Finding, Level, Proposal, Verdict

LIST_STAGES = frozenset({"名单领域", "名单标准全国", "名单标准地方"})


def _worded(subject: Subject, outcome: Outcome, setting: Setting) -> Finding:
    proposals: tuple[Proposal, ...] = ()
    if outcome.verdict is Verdict.FAILS and outcome.rule.group not in ("法律行政法规", "党中央国务院政策"):
        proposals = propose(subject, setting.title, setting.proposing_for, setting.on)
    return Finding(
        clause=subject.index,
        function=subject.function,
        measure=subject.category,
        verdict=outcome.verdict,
        disposition=outcome.disposition,
        rule=outcome.rule.text,
        reason=f"{subject.clause.label or '正文'}“{quote(subject)}”：{outcome.body}。".replace("。。", "。"),
        basis=outcome.basis,
        basis_from=outcome.basis_from,
        proposals=proposals,
    )


def _procedure(clauses: Sequence[Clause], listed: Sequence[Subject], setting: Setting) -> Iterator[Finding]:
    """One finding where the document sets up a list and says nothing of notice, objection or removal."""
    if not listed:
        return
    missing = [part.why for part in cautions("名单程序") if not any(part.pattern.search(clause.text) for clause in clauses)]
    if missing:
        body = say("procedure", missing="、".join(missing))
        rule = decision_table()["名单程序", NO_BASIS]
        yield _worded(listed[0], Outcome(Verdict.FAILS, Disposition.REVISE, rule, with_stop(body)), setting)


def _denied(clauses: Sequence[Clause], setting: Setting) -> Iterator[Finding]:
    """One finding where the document says in so many words that those listed are not told, or may not object."""
    for index, clause in enumerate(clauses):
        for caution in cautions("拒绝程序"):
            if caution.pattern.search(clause.text) and (found := next(subjects([clause], setting.issuer), None)):
                rule = decision_table()["名单程序", NO_BASIS]
                outcome = Outcome(Verdict.FAILS, Disposition.REVISE, rule, with_stop(say("denied", why=caution.why)))
                yield _worded(replace(found, index=index), outcome, setting)


def find(clauses: Sequence[Clause], setting: Setting) -> list[Finding]:
    """Every finding of a document, in the order of its clauses."""
    found: list[Finding] = []
    listed: list[Subject] = []
    judged = []
    for subject in subjects(clauses, setting.issuer):
        outcome = judge(subject, setting)
        judged.append((subject, heavier(subject, outcome) or outcome))
        if subject.stage in LIST_STAGES:
            listed.append(subject)
    for subject, outcome in judged:
        found.append(_worded(subject, carried_out(subject, outcome, judged) or outcome, setting))
    found.extend(_procedure(clauses, listed, setting))
    found.extend(_denied(clauses, setting))
    return sorted(found, key=lambda finding: finding.clause)


def find_in_basis_itself(clauses: Sequence[Clause], issuer: str, level: Level, *, draft: bool) -> list[Finding]:
    """The findings of a document that is itself a law, a regulation or a central policy."""
    key, verdict, disposition = (
        ("own_draft", Verdict.PERSON, Disposition.PERSON) if draft else ("own", Verdict.CONFORMS, Disposition.RETAIN)
    )
    findings = []
    for subject in subjects(clauses, issuer):
        rule = decision_table()[subject.stage, groups()[level]]
        body = say(key, level=level_names()[level])
        reason = f"{subject.clause.label or '正文'}“{quote(subject)}”：{body}。"
        findings.append(
            Finding(
                clause=subject.index,
                function=subject.function,
                measure=subject.category,
                verdict=verdict,
                disposition=disposition,
                rule=rule.text,
                reason=reason,
                basis_from=ITSELF,
            )
        )
    return findings
