"""Whether a basis carries a measure (依据是否承载措施): only if its article is known to speak of it.

Three answers. 相符: a table says that this article, as it stood on the day, sets this kind of measure or function. 不符: the
article is known to speak of something else, lies beyond the last one, or its number has moved. 待核: anything else; a person
must read it, and is told what. Only 相符 makes a measure 「符合」 (国办发〔2020〕49号（九）: 直接引用).
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pipeline.assess.carriage.same_matter import bars_from_another, of_another_field, strikes_kin
from pipeline.assess.periods import years
from pipeline.assess.places import Place
from pipeline.assess.rules import say
from pipeline.assess.subjects import Subject
from pipeline.document import Citation, Level
from pipeline.extract.authorities.in_force import article_number
from pipeline.extract.authorities.provisions import Act, Provision, act_read, checked_provision, earlier_provision
from pipeline.extract.measures import DURATION, OUTSIDE_THE_LIST, in_capacity, subjects_named


class Support(StrEnum):
    """What is known of a basis for a measure."""

    MATCHES = "相符"
    OPEN = "待核"
    OTHER = "不符"


class Carriage(NamedTuple):
    """The answer, the sentence, in Chinese, that says why, and whether the measure lasts longer than its basis allows."""

    support: Support
    why: str
    longer: bool = False


#: Functions whose words overlap in acts: what one article calls recording, the document may call collecting.
_SAME = {
    "记录": {"记录", "归集"},
    "归集": {"归集", "记录"},
    "认定": {"认定"},
    "共享": {"共享"},
    "公开": {"公开"},
    "惩戒": {"惩戒"},
}
#: Categories that no reader would overlook or call by another name.
_PLAIN = frozenset({"限制消费（高消费及有关消费）", "限制出境"})
#: Measures named in the checked table without a category of their own.
_JOINT = frozenset({"联合惩戒（措施依其他规定）", "联合惩戒", "失信惩戒", "信用分级分类监管"})
#: An article that leaves each measure to some other law: whoever rests on it needs that law as well.
_FURTHER = frozenset({"联合惩戒（措施依其他规定）"})
_JOINT_ONLY = re.compile("(?:联合|失信|信用)惩戒(?:措施)?$")
_ORGAN = re.compile(r"(?<!国家)机关$|部门$|政府|^统计机构$|管理机构$|公共(?:信用信息提供单位|管理和服务机构)$")
_PRIVATE = frozenset(
    {"企业", "施工单位", "供应商", "投标人", "经营者", "用人单位", "建设单位", "社会组织", "医疗机构", "个体工商户", "中介机构"}
)
#: Words for those struck that leave open who they are.
_ANY_PERSON = re.compile(r"人员|个人|自然人|公民|当事人|主体|申请人|行为人|被执行人|单位和|成员|会员")
_SAME_WORDS = 4  # of a measure outside the list: 取消资格, 联网结算


def carriage(citation: Citation, subject: Subject, on: str, place: Place, about: str = "") -> Carriage:
    """Whether ``citation`` (a qualified basis in force) carries ``subject`` in a document of ``place`` on a day (ISO; today
    where empty). A local act carries in its own place only: where the document's is not known, a person must tell. What the
    document is ``about`` (its title, its issuers) helps to tell whether it is of the act's field."""
    on = on or date.today().isoformat()
    name = f"《{citation.title}》" if citation.title else citation.number or ""
    if citation.authority is None:
        return Carriage(Support.OPEN, say("carry_unregistered", name=name, level=citation.level))
    title = citation.authority.title
    if citation.level is Level.LOCAL_REGULATION and not place.province:
        return Carriage(Support.OPEN, say("carry_place", name=name))
    if not citation.articles:
        return _whole(citation, subject, title, name, on)
    if citation.level is Level.CENTRAL_POLICY and not any(checked_provision(title, each, on) for each in citation.articles):
        return _whole(citation, subject, title, name, on)  # what is known of a policy is known of the whole of it
    answers = [_in_field(title, citation, article, subject, on, about) for article in citation.articles]
    order = (Support.MATCHES, Support.OPEN, Support.OTHER)
    return min(answers, key=lambda answer: order.index(answer.support))


def _in_field(title: str, citation: Citation, article: str, subject: Subject, on: str, about: str) -> Carriage:
    """What is known of an article; where nothing shows that the clause is of its field, a person must tell."""
    answer, known = _article(title, citation, article, subject, on), checked_provision(title, article, on)
    if answer.support is Support.MATCHES and of_another_field(title, known, subject, about):
        gist = known.gist if known else _what(subject)
        return Carriage(Support.OPEN, say("carry_field", name=f"《{citation.title}》{article}", gist=gist))
    return answer


def _whole(citation: Citation, subject: Subject, title: str, name: str, on: str) -> Carriage:
    """A basis cited without an article or a part of it: a person must read it, and is told what the whole of a policy speaks of."""
    if citation.level is not Level.CENTRAL_POLICY:
        return Carriage(Support.OPEN, say("carry_no_article", name=name))
    known = checked_provision(title, "", on)
    key = "carry_policy" if known is not None and provides_for(known, subject) else "carry_policy_open"
    return Carriage(Support.OPEN, say(key, name=name, what=_what(subject)))


def _article(title: str, citation: Citation, article: str, subject: Subject, on: str) -> Carriage:
    number, name = article_number(article), f"《{citation.title}》{article}"
    last = citation.authority.last_article if citation.authority else 0
    checked = checked_provision(title, article, on)
    if checked is not None and provides_for(checked, subject):
        if others := _strikes_others(checked, subject):
            return Carriage(Support.OPEN, say("carry_others", name=name, theirs=others, gist=checked.gist))
        if another := bars_from_another(checked, subject):
            return Carriage(Support.OPEN, say("carry_another", name=name, here=another, gist=checked.gist))
        if longest := _longer(checked, subject):
            return Carriage(Support.OPEN, say("carry_longer", name=name, here=longest, gist=checked.gist), longer=True)
        if _wider(checked, subject):
            return Carriage(Support.OPEN, say("carry_wider", name=name, gist=checked.gist), longer=True)
        if kin := strikes_kin(checked, subject):
            return Carriage(Support.OPEN, say("carry_kin", name=name, kin=kin, gist=checked.gist), longer=True)
        return Carriage(Support.MATCHES, say("carry_match", name=name, gist=checked.gist or _what(subject)))
    act = act_read(title, on)
    # What was read of the article speaks of the same function: its categories of measure may be incomplete.
    akin = checked is not None and bool(checked.functions & _SAME.get(subject.function, {subject.function}))
    machine_may_add = checked is None or akin or (bool(checked.functions) and subject.function != "惩戒")
    if checked is not None and checked.measures & _FURTHER and subject.category:
        return Carriage(Support.OPEN, say("carry_further", name=name, what=_what(subject)))
    earlier = earlier_provision(title, article, on)
    if (
        (checked is not None or earlier is None)
        and machine_may_add
        and act is not None
        and number
        and (read := act.provisions.get(number))
        and provides_for(read, subject)
    ):
        return Carriage(Support.MATCHES, say("carry_match_read", name=name, what=_what(subject), source=read.source))
    if (last and number > last) or (act is not None and number > act.last_article):
        return Carriage(Support.OTHER, say("carry_beyond", name=name, last=max(last, act.last_article if act else 0)))
    if "条号变动" in citation.status and article in citation.status:
        return Carriage(Support.OTHER, say("carry_moved", name=name, status=_moved(citation.status)))
    if earlier is not None and provides_for(earlier, subject):
        return Carriage(Support.OTHER, say("carry_renumbered", name=name, gist=earlier.gist))
    if checked is not None and not _generic(subject) and (not akin or subject.category in _PLAIN):
        return Carriage(Support.OTHER, say("carry_else", name=name, gist=checked.gist or "、".join(sorted(checked.functions))))
    if not akin and act is not None and number and not _near(act, number, subject):
        return Carriage(Support.OTHER, say("carry_else_read", name=name, what=_what(subject)))
    if checked is not None and (longest := _longer(checked, subject)):
        return Carriage(Support.OPEN, say("carry_longer", name=name, here=longest, gist=checked.gist), longer=True)
    return Carriage(Support.OPEN, say("carry_open", name=name, what=_what(subject)))


def provides_for(provision: Provision, subject: Subject) -> bool:
    """Whether a provision sets what the subject is about: its category of measure, else its function. One that only names
    joint punishment in general rests on any article that punishes; one outside the list on one that says the same words."""
    if _generic(subject):
        return "惩戒" in provision.functions or bool(provision.measures & _JOINT)
    if subject.category == OUTSIDE_THE_LIST:
        said = provision.gist + "；".join(provision.measures)
        return all(_says(said, measure.text) for measure in subject.measures)
    if subject.category and subject.function == "惩戒":
        return subject.category in provision.measures
    wanted = _SAME.get(subject.function, {subject.function})
    return (
        bool(provision.functions & wanted)
        or (subject.category != "" and subject.category in provision.measures)
        or (subject.function == "惩戒" and bool(provision.measures & _JOINT))
    )


def _says(said: str, words: str) -> bool:
    """Whether some words of a measure stand in what is known of an article."""
    return any(words[at : at + _SAME_WORDS] in said for at in range(max(1, len(words) - _SAME_WORDS + 1)))


def _generic(subject: Subject) -> bool:
    """Whether the subject's words name joint punishment (联合惩戒) and no measure."""
    return bool(subject.measures) and all(_JOINT_ONLY.search(measure.text) for measure in subject.measures)


def _strikes_others(provision: Provision, subject: Subject) -> str:
    """Those whom an article strikes, where a clause strikes people in another capacity (评审专家 for 供应商); empty where it may be the
    same ones, or either says too little."""
    struck = {name for measure in subject.measures for name in measure.subjects}
    theirs = "、".join(sorted(provision.subjects))
    if struck and struck <= _PRIVATE and provision.subjects and all(map(_ORGAN.search, provision.subjects)):
        return theirs  # what an organ of the State answers for (统计法第四十一条) strikes no enterprise
    roles, known = in_capacity(), set(subjects_named(theirs))
    if not struck or not struck <= roles or not known or roles & known or _ANY_PERSON.search(theirs):
        return ""
    return theirs


def _longer(provision: Provision, subject: Subject) -> str:
    """The period in the clause that is longer than any in the article's gist; empty where none is, or the gist gives none."""
    allowed = years(provision.gist)
    if subject.function != "惩戒" or not allowed:
        return ""
    printed = [measure.duration for measure in subject.measures] or DURATION.findall(subject.clause.text)
    return next((period for period in printed if years(period) > allowed), "")


#: Graver events on which an article strikes, and the words by which a clause says that it means them too; lesser ones beside them.
_GRAVE = re.compile(r"吊|判[^，；]{0,4}刑|徒刑|刑罚|刑事|犯罪|撤职|开除")
_OR_LESS = re.compile("无证|或吊|取缔")


def _wider(provision: Provision, subject: Subject) -> bool:
    """Whether an article strikes only those whose licence was revoked or who were sentenced, and a clause strikes whoever did less."""
    bars = subject.function == "惩戒" and any(measure.duration for measure in subject.measures)
    parts = [part for part in re.split("[;；,，]", provision.gist) if part]
    grave = bool(parts) and all(_GRAVE.search(part) and not _OR_LESS.search(part) for part in parts)
    return bars and grave and not _GRAVE.search(subject.clause.text)


def _near(act: Act, number: int, subject: Subject) -> bool:
    """Whether the words of an article come near what the subject is about, so that only a reader can tell."""
    return number in act.provisions or any(number in act.near[name] for name in _SAME.get(subject.function, {subject.function}))


def _what(subject: Subject) -> str:
    """What a reader must look for; of what has no category, its own words."""
    return subject.category if subject.category not in ("", OUTSIDE_THE_LIST) else _quoted(subject)


def _quoted(subject: Subject) -> str:
    return f"“{subject.measures[0].text}”" if subject.measures else subject.function


def _moved(status: str) -> str:
    return next((part for part in status.split("；") if "条号变动" in part), "").partition("：")[2] or "条号已变动"
