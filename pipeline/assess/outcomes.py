"""The judgement (判断) on one subject: what it rests on and what follows, by the decision table of 国办发〔2020〕49号."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.assess.basis import CHAPTER, ELSEWHERE, HEAD, HERE, NOWHERE, Bases, Reach, is_said_repealed, names, rank
from pipeline.assess.carriage import Support, carriage
from pipeline.assess.periods import years
from pipeline.assess.places import Place
from pipeline.assess.rules import NO_BASIS, Rule, cautions, decision_table, groups, level_names, limits, say
from pipeline.assess.subjects import NO_BREAK, Subject
from pipeline.document import Citation, Disposition, Level, Verdict
from pipeline.extract.authorities.registry import title_key
from pipeline.extract.measures import natural_persons, subjects_named
from pipeline.structure.chinese_numerals import to_int

#: A basis whose article is there under another number, or was miscounted: revised, not struck.
MOVED = re.compile("条号已变动|超出该文件最后一条|修订前的条号")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A judgement before it is worded into a Finding."""

    verdict: Verdict
    disposition: Disposition
    rule: Rule
    body: str
    basis: tuple[Citation, ...] = ()
    basis_from: str = NOWHERE


@dataclass(frozen=True, slots=True)
class Setting:
    """What the judgement of one document needs to know of it as a whole."""

    title: str
    issuer: str  # 全国 or 地方
    place: Place
    reach: Reach
    on: str = ""  # the day of judgement (ISO), today where empty
    #: the document's place, else the one that its text begins with (山东省某市某局：): enough to propose by, not to judge by
    proposing_for: Place = field(default_factory=Place)
    about: str = ""  # title and issuers, which tell its field


def with_stop(body: str) -> str:
    return f"{body}。{say('stop')}"


def _tabled(subject: Subject, cited: Sequence[Citation], reached: str, setting: Setting) -> Outcome:
    """The cell of the table for the best of ``cited`` (qualified, in reach): what carries the subject first, then the rank."""
    about = f"{setting.about}，{setting.reach.lead_of(subject.clause)}"
    answers = {id(citation): carriage(citation, subject, setting.on, setting.place, about) for citation in cited}
    support = min((answers[id(citation)].support for citation in cited), key=list(Support).index)
    held = [citation for citation in cited if answers[id(citation)].support is support]
    rules = [(decision_table()[subject.stage, rank(citation)], citation) for citation in held]
    rule, leading = min(rules, key=lambda pair: (pair[0].disposition is not Disposition.RETAIN, groups_order(pair[0].group)))
    same = [citation for found, citation in rules if found.group == rule.group]
    body = say("good", bases=names(same), level=level_names()[leading.level], reach=reached)
    why = "；".join(dict.fromkeys(answers[id(citation)].why for citation in same))
    if rule.condition:
        body += "；" + say("condition", condition=rule.condition)
    if rule.disposition is not Disposition.RETAIN:
        return Outcome(Verdict.FAILS, rule.disposition, rule, with_stop(body), tuple(same), reached)
    if support is Support.OTHER:
        return _speaks_of_else(subject, same, why, reached)
    natural = rule.group == "党中央国务院政策" and subject.stage == "公开" and _names_natural_persons(subject)
    warning = "；" + say("natural_public") if natural else ""
    if support is Support.OPEN:
        longer = any(answers[id(citation)].longer for citation in same)
        disposition = Disposition.REVISE if longer else Disposition.PERSON
        return Outcome(Verdict.PERSON, disposition, rule, why + warning, tuple(same), reached)
    body += "；" + why
    if natural:
        return Outcome(Verdict.PERSON, Disposition.PERSON, rule, body + warning, tuple(same), reached)
    if all(citation.in_force is None for citation in same):
        body += "；" + say("good_unknown", titles=names(same))
        return Outcome(Verdict.PERSON, Disposition.PERSON, rule, body, tuple(same), reached)
    return Outcome(Verdict.CONFORMS, Disposition.RETAIN, rule, body, tuple(same), reached)


def _names_natural_persons(subject: Subject) -> bool:
    named = {word for measure in subject.measures for word in measure.subjects} | set(subjects_named(subject.clause.text))
    return bool(named & ({"自然人"} | natural_persons()))


def _speaks_of_else(subject: Subject, cited: Sequence[Citation], why: str, reached: str) -> Outcome:
    """Every basis is known to speak of something else: as if there were none, but its number may only have moved."""
    rule = decision_table()[subject.stage, NO_BASIS]
    disposition = Disposition.REVISE if MOVED.search(why) else rule.disposition
    return Outcome(Verdict.FAILS, disposition, rule, with_stop(why), tuple(cited), reached)


def groups_order(group: str) -> int:
    """Place of a column in the table, the strongest first."""
    return list(dict.fromkeys(groups().values())).index(group)


def _dead(subject: Subject, cited: Sequence[Citation], reached: str) -> Outcome:
    """A basis repealed, replaced or not yet in force: revised, with the successor named where it is known."""
    first = cited[0]
    successor = first.authority.superseded_by if first.authority else ""
    if is_said_repealed(first):
        rule = decision_table()[subject.stage, rank(first)]
        body = say("dead_unsure", bases=names([first]), status=first.status.split("；")[0])
        return Outcome(Verdict.PERSON, Disposition.REVISE, rule, body, tuple(cited), reached)
    facts = {"bases": names([first]), "status": first.status.split("；")[0] or "当日无效", "successor": f"《{successor}》"}
    body = say("dead_successor" if successor else "dead", **facts)
    rule = decision_table()[subject.stage, rank(first)]
    return Outcome(Verdict.FAILS, Disposition.REVISE, rule, with_stop(body), tuple(cited), reached)


def _person(subject: Subject, key: str, cited: Sequence[Citation], reached: str, disposition: Disposition) -> Outcome:
    rule = decision_table()[subject.stage, rank(cited[0])]
    return Outcome(Verdict.PERSON, disposition, rule, say(key, bases=names(cited)), tuple(cited), reached)


def _unsupported(subject: Subject, nearest: Sequence[tuple[Bases, str]]) -> Outcome:
    """Nothing qualified within reach: what there is instead decides the column and the words."""
    for found, reached in nearest:
        for cited, key in ((found.foreign, "foreign"), (found.lower, "lower")):
            if not cited:
                continue
            best = min(cited, key=lambda citation: groups_order(rank(citation)))
            group = NO_BASIS if key == "foreign" else rank(best)
            if all(citation.level is Level.UNKNOWN for citation in cited):
                rule = decision_table()[subject.stage, group]
                body = say("level_unknown", bases=names(cited))
                return Outcome(Verdict.PERSON, Disposition.PERSON, rule, body, tuple(cited), reached)
            return _fails(subject, group, say(key, bases=names(cited), level=level_names()[best.level]), cited, reached)
    for found, reached in nearest:
        if found.vague:
            words = NO_BREAK.sub("", found.vague[0].title or "有关规定")
            return _fails(subject, NO_BASIS, say("vague", bases=words), found.vague, reached)
    return _fails(subject, NO_BASIS, say("none"), (), NOWHERE)


def _fails(subject: Subject, group: str, body: str, cited: Sequence[Citation], reached: str) -> Outcome:
    rule = decision_table()[subject.stage, group]
    if rule.disposition is Disposition.RETAIN:  # 部门规章 for a list of the whole country
        body += "；" + say("condition", condition=rule.condition)
        return Outcome(Verdict.PERSON, Disposition.RETAIN, rule, body, tuple(cited), reached)
    if subject.stage == "惩戒" and group in ("地方政府规章", "规范性文件", NO_BASIS):
        key = "listed" if subject.category else "listed_any"
        body += "；" + say(key, category=subject.category)
    return Outcome(Verdict.FAILS, rule.disposition, rule, with_stop(body), tuple(cited), reached)


def judge(subject: Subject, setting: Setting) -> Outcome:
    """What one subject rests on and what follows. The cases in the order in which a person would ask:"""
    reach = setting.reach
    if subject.stage == "修复":
        return _repair(subject)
    here, chapter, head = reach.here(subject.clause), reach.chapter(subject.clause), reach.head
    near = ((here, HERE), (chapter, CHAPTER))
    # 1. a good basis in the article or the chapter
    for found, reached in near:
        if found.good:
            return _tabled(subject, found.good, reached, setting)
    # 2. one that has ended
    for found, reached in near:
        if found.dead:
            return _dead(subject, found.dead, reached)
    # 3. one of which a person must say what it is worth
    for found, reached in (*near, (head, HEAD)):
        if found.judicial:
            return _person(subject, "judicial", found.judicial, reached, Disposition.PERSON)
        if found.approved:
            return _person(subject, "approved", found.approved, reached, Disposition.PERSON)
    # 4. a good one at the head only
    if head.good:
        return _from_head(subject, here, chapter, head)
    # 5. a good one in the clause that is not said to be its basis
    known = [c for c in here.mentioned if c.qualified and c.in_force is not False]
    if known:
        return _person(subject, "mention", known, HERE, Disposition.REVISE)
    # 6. nothing qualified near; one that has ended at the head, or a lower one, or words that name nothing
    if head.dead and not (here.lower or chapter.lower):
        return _dead(subject, head.dead, HEAD)
    return _unsupported(subject, (*near, (head, HEAD)))


def _from_head(subject: Subject, here: Bases, chapter: Bases, head: Bases) -> Outcome:
    """A basis named only where the document says why it is made carries no measure by itself."""
    lower = here.lower or chapter.lower
    best = min(head.good, key=lambda citation: groups_order(rank(citation)))
    rule = decision_table()[subject.stage, rank(best)]
    if rule.disposition is not Disposition.RETAIN:
        body = say("good", bases=names(head.good), level=level_names()[best.level], reach=HEAD)
        return Outcome(Verdict.FAILS, rule.disposition, rule, with_stop(body), tuple(head.good), HEAD)
    if lower:
        body = say("lower_here", lower=names(lower), bases=names(head.good))
        return Outcome(Verdict.FAILS, Disposition.REVISE, rule, with_stop(body), tuple(head.good), HEAD)
    return Outcome(Verdict.PERSON, Disposition.PERSON, rule, say("head_only", bases=names(head.good)), tuple(head.good), HEAD)


#: Words of repair: without any of them the model's word alone makes nothing conform.
_REPAIRS = re.compile(
    r"修复|恢复|移出|移除|退出|撤下|撤销|撤除|删除|屏蔽|解除|取消(?:标记|限制|公示)|终止|停止(?:公示|公布|披露|发布|执行|惩戒)|不再(?:公示|公布|列入|作为|适用|保留|披露)|届满|期满|缩短|提前|异议|更正|纠正|申诉|复核|复议|申辩|整改|改正|失效|注销|清零|重新|归还|结清|还清|补缴|履行|消除|抹|划掉|摘|销号|出榜|下榜|转为|回到"
)


def _repair(subject: Subject) -> Outcome:
    rule = decision_table()["修复", NO_BASIS]
    if not _REPAIRS.search(subject.clause.text):
        return Outcome(Verdict.PERSON, Disposition.PERSON, rule, say("repair_doubtful"))
    for caution in cautions("修复严"):
        if caution.pattern.search(subject.clause.text):
            body = say("repair_strict", why=caution.why)
            return Outcome(Verdict.PERSON, Disposition.REVISE, rule, body)
    return Outcome(Verdict.CONFORMS, Disposition.RETAIN, rule, say("repair_ok"))


def heavier(subject: Subject, outcome: Outcome) -> Outcome | None:
    """Whether a measure may be heavier than its basis (过惩): flagged for a person, never decided."""
    rule = decision_table()["过惩", NO_BASIS]
    for limit in limits():
        for citation in outcome.basis:
            if title_key(citation.title) != limit.title or subject.category != limit.category:
                continue
            if citation.articles and not any(_article_is(article, limit.article) for article in citation.articles):
                continue
            for measure in subject.measures:
                if years(measure.duration) > limit.years:
                    body = say("limit", source=limit.source, duration=measure.duration)
                    return Outcome(Verdict.PERSON, Disposition.REVISE, rule, body, outcome.basis, outcome.basis_from)
    if outcome.verdict is Verdict.FAILS:
        return None
    for caution in cautions("过惩"):
        if (found := caution.pattern.search(subject.clause.text)) and not _in_the_basis(found.group(), subject, outcome):
            body = f"{outcome.body}；{say('caution', why=caution.why)}"
            # What must be revised for want of a basis of its own stays so, however heavy it is.
            disposition = Disposition.REVISE if outcome.disposition is Disposition.REVISE else Disposition.PERSON
            return Outcome(Verdict.PERSON, disposition, rule, body, outcome.basis, outcome.basis_from)
    return None


#: Who does the work and how it is done (工作规定): such a clause strikes nobody.
_DUTY = re.compile(
    r"负责|由[^，。；]{2,30}(?:制发|提出|审核|批准|建立|录入|保管|维护|核对|发布)|应当(?:载明|写明|准确|核对|核验|查询|注明|包括|真实|客观)|内容(?:限于|包括|应当)|(?:在[^，。；]{2,20}(?:网站|平台|窗口)发布)"
    r"|(?:渠道|期限|时限|格式)(?:为|是|按)|逐户核实|底数|(?:发布|保存|公示)期限"
)
_STRIKES = re.compile(
    r"的[，,：:]|有下列|情形之一|违反|拒不|弄虚作假|虚假|骗取|拖欠|失信(?:主体|人|企业|单位|者|个人)|名单的|(?:对|将)[^，。；]{2,24}(?:单位|企业|人员|个人|者|(?<!逐)户|主体|组织|机构|供应商)"
)


def carried_out(subject: Subject, outcome: Outcome, judged: Sequence[tuple[Subject, Outcome]]) -> Outcome | None:
    """The judgement of the measure that a clause only carries out (执行性条款), where another clause of the document sets it and names
    its basis; None for a clause that sets one itself."""
    if outcome.basis_from == HERE or not _DUTY.search(subject.clause.text) or _STRIKES.search(subject.clause.text):
        return None
    wanted = {subject.function, *_ALIKE.get(subject.function, ())}
    for other, set_there in judged:
        if set_there.basis_from == HERE and other.function in wanted and other.index != subject.index:
            body = say("carries_out", label=other.clause.label or "上文")
            return Outcome(set_there.verdict, set_there.disposition, set_there.rule, body, set_there.basis, ELSEWHERE)
    return None


#: Functions whose work is one: what is kept in a file is gathered and published.
_ALIKE = {
    "记录": ("归集", "公开"),
    "归集": ("记录", "公开"),
    "认定": ("记录", "归集", "公开"),
    "共享": ("公开", "惩戒"),
    "公开": ("记录",),
    "惩戒": (),
}


def _in_the_basis(words: str, subject: Subject, outcome: Outcome) -> bool:
    """Whether a term without end is the basis' own (娱乐场所管理条例第五十三条：终身不得), and strikes those of whom one can tell."""
    told = any(measure.subjects for measure in subject.measures)
    return told and outcome.verdict is Verdict.CONFORMS and words.startswith("终身") and "终身" in outcome.body


def _article_is(article: str, number: int) -> bool:
    found = re.match(r"第([〇零一二三四五六七八九十百千\d]+)条", article)
    return found is not None and to_int(found.group(1)) == number
