"""Whether an article and a clause speak of the same matter (同一事项): the same field, and the same thing barred.

That both have a category of the national list in common does not prove it: 护士条例第三十二条 bars a nurse from registering again, and
carries no ban of a caterer from procurement. What is not proved is for a person (国办发〔2020〕49号（九）: 直接引用).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.assess.likeness import pairs
from pipeline.assess.rules import table
from pipeline.assess.subjects import Subject
from pipeline.extract.authorities.provisions import Provision

_LISTS_MANY = 3  # categories: an article of an act on credit
_CITED = re.compile(r"《[^》\n]{0,120}》(?:[（(][^）)\n]{0,40}[）)])?(?:第[〇零一二三四五六七八九十百千\d]+[条款项][、和及]?)*")
_KIN = re.compile("近亲属|亲属|家属|配偶|子女|父母|家庭成员|全家")
_KIND = re.compile(r"^中华人民共和国|条例|办法|规定|细则|法$|的")
#: Acts that speak of any field.
ANY_FIELD = re.compile(
    "信用|行政许可法|行政处罚法|行政强制法|公务员法|公司法|企业信息公示|登记管理条例|优化营商环境|刑法|民事诉讼法|反不正当竞争法|中小企业"
)
#: Words that clauses and articles of every field hold.
_OF_ANY = re.compile(
    "管理|企业|单位|人员|机构|责任|负责人|负责|主体|个人|组织|违法|违规|虚假|造假|弄虚作假|申请|许可|从业|公告|公开|处罚|执业|代表|法定|工作|服务"
    "|监督|监管|检查|行为|信息|受理|提供|从事|活动|造成|县级|人民政府|政府|市级|处理|措施|依照|本办法|本市|实施|制度|建立|档案|采取|行业|经营者|经营"
    "|当事人|生产|材料|报告|骗取|撤销|被吊|吊销|证书|业务|资料|终身|禁业|其他|主管|直接|终止|限制|相关|方面|情况|列为|重点|对象|任职|担任|不予|停止"
    "|享受|政策|优惠|资金|项目|评优|荣誉|财政|出境|阻止|其出|止其|记入|公司|促进|若干|保护|诚信"
)


@cache
def _things() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Category, what within it is barred, its words (``barred_things.csv``)."""
    return tuple((row["category"], row["thing"], re.compile(row["words"])) for row in table("barred_things.csv"))


def _barred(category: str, words: str) -> set[str]:
    return {thing for of, thing, pattern in _things() if of == category and pattern.search(words)}


def bars_from_another(provision: Provision, subject: Subject) -> str:
    """What a clause bars from, where its article is known to bar from something else of the same category; empty where they may be one,
    where either does not say, and for an article that lists measures of many kinds."""
    if len(provision.measures) > _LISTS_MANY:
        return ""
    theirs = _barred(subject.category, provision.gist)
    ours = _barred(subject.category, "；".join(measure.text for measure in subject.measures))
    return "" if not theirs or not ours or ours & theirs else "、".join(sorted(ours))


def strikes_kin(provision: Provision, subject: Subject) -> str:
    """The relatives whom a clause strikes beside whoever did wrong, where its article does not speak of them; empty for none."""
    found = _KIN.search(subject.clause.text) if subject.function == "惩戒" else None
    return found.group() if found and not _KIN.search(provision.gist + "".join(provision.subjects)) else ""


@lru_cache(maxsize=4096)
def _telling(words: str) -> frozenset[str]:
    return pairs(_OF_ANY.sub("，", _CITED.sub("，", words)))


def of_another_field(title: str, provision: Provision | None, subject: Subject, about: str) -> bool:
    """Whether nothing in a clause, the headings above it and what its document is ``about`` (title, issuers) names the field of an
    act, or those of whom its article speaks. Never of an act for every field."""
    if ANY_FIELD.search(title):
        return False
    held = [_KIND.sub("", title), *((*sorted(provision.subjects), provision.gist) if provision else ())]
    said = "，".join((subject.clause.text, *subject.clause.path, about))
    return not _telling("，".join(held)) & _telling(said)
