"""What a document's findings are about (判断对象): each category of measure and each function in each clause, with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.assess.rules import measure_stages, stage_of
from pipeline.document import Clause, Function, Measure

QUOTE_LENGTH = 48
_A_DOCUMENT = 2048  # clauses
LIKELY = 0.7  # a function of which the model is less sure has no line beside those that the clause's own words prove
NO_BREAK = re.compile(r"\s+")
#: Why the document is made (目的条款): names other documents, sets nothing.
PURPOSE = re.compile(
    r"^\s*+(?:第一条)?\s*+(?:为了?|根据|依据|按照|为贯彻|为进一步|为规范)[^。]{0,300}(?:制定|制订|结合[^。]{0,20}实际)[^。]{0,30}。?\s*$"
    r"|^[^。]{0,300}现(?:就|将|对)?[^。]{0,60}(?:如下|以下)[^。]{0,10}[：:。]?\s*$"
)
#: Notice, objection, removal, remedy (程序条款), and the words by which they refer to the measures themselves.
PROCEDURE = re.compile(
    r"告知|陈述|申辩|听证|异议|申诉|复核|复议|诉讼|移出|移除|退出|撤下|停止公示|终止公示|信用修复|修复|解除(?:限制|惩戒|约束|措施)"
)
REFERRED_TO = re.compile(
    r"(?:对|不服|拟|被|已|未|作出|决定|不再|停止|终止|撤销|可以|应当)?(?:列入|纳入|认定)(?:的?决定|不服|前|后|之前|期间|期满|的(?=[，、]))?[^，。；]{0,16}?(?:名单|名录|失信|决定)?(?:不服|前|之前|决定)"
    r"|(?:移出|移除|退出)[^，。；]{0,20}|停止公示|终止公示|撤下公示|履行公示义务|公示义务|被列入[^，。；]{0,20}|列入(?:的?事由|的?理由|后果|依据)|公示期|信用修复|解除(?:限制|惩戒|约束|措施)"
)
SETS = re.compile(r"列入|纳入|录入|记入|计入|载入|归集|共享|推送|报送|通报|公示|公布|公开|曝光|惩戒|限制|禁止|不得|取消|名单")
SETS_ANYTHING = re.compile(
    SETS.pattern.replace("|名单", "") + "|建立|设立|评价|评定|实行|实施|记录|张贴|悬挂|加大|提高|停止|暂停|不予|不适用|扣|降|停"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What one finding is about: a clause, one of its functions, and the measures there (none: the function itself)."""

    index: int
    clause: Clause
    function: str
    stage: str
    measures: tuple[Measure, ...] = ()

    @property
    def category(self) -> str:
        return self.measures[0].category if self.measures else ""


def subjects(clauses: Sequence[Clause], issuer: str) -> Iterator[Subject]:
    """One subject a category of measure in a clause, and one a function that no measure there stands for. A list is one with the
    sentence that leads in to it: its conditions have no line of their own, nor has the sentence where its items say what is done."""
    told_by = _lists(clauses)
    for index, clause in enumerate(clauses):
        if not (clause.measures or clause.functions):
            continue
        by_category: dict[str, list[Measure]] = {}
        for measure in _not_limits(clause):
            by_category.setdefault(measure.category, []).append(measure)
        if PURPOSE.match(clause.text) or (set(by_category) <= _LISTS and sets_nothing(clause.text)):
            continue
        covered: set[str] = set()
        for category, found in by_category.items():
            function, stage = measure_stages()[category]
            if category == PUBLICITY and not PUBLISHED.search("".join(measure.text for measure in found)):
                function, stage = ("归集" if ON_A_PLATFORM.search(clause.text) else "记录"), ""
            covered.add(function)
            stage = stage or stage_of(function, clause.text, issuer)
            yield Subject(index, clause, function, stage, tuple(found))
        for function in Function:
            if function.value not in clause.functions or function.value in covered:
                continue
            if (
                function is Function.RECOGNITION
                and (covered or clause.citations)
                and not RECOGNISES.search(ALREADY.sub("", clause.text))
            ):
                continue
            if function is Function.PUBLICITY and not PUBLISHED.search(clause.text):
                continue
            if covered and clause.functions.get(function.value, 0.0) < LIKELY:
                continue
            if index in told_by and any(function.value in clauses[other].functions for other in told_by[index]):
                continue
            yield Subject(index, clause, function.value, stage_of(function.value, clause.text, issuer))


def _not_limits(clause: Clause) -> list[Measure]:
    """The measures of a clause that strike somebody: what an organ may not do is none."""
    if not clause.measures:
        return []
    limits = [
        (clause.start + found.start(), clause.start + found.end())
        for said in (LIMITS, STAFF)
        for found in said.finditer(clause.text)
    ]
    return [m for m in clause.measures if not any(start <= m.start and m.end <= end for start, end in limits)]


def _lists(clauses: Sequence[Clause]) -> dict[int, list[int]]:
    """For clauses of lists, those that say the same instead: of an item that names a condition, its lead-in; of a lead-in, those of
    its items that set something themselves."""
    told_by: dict[int, list[int]] = {}
    lead = -1
    for index, clause in enumerate(clauses):
        text = clause.text.rstrip()
        if lead >= 0 and clause.label.startswith(clauses[lead].label) and clause.label != clauses[lead].label:
            if clause.measures or SETS.search(text):
                told_by.setdefault(lead, []).append(index)
            else:
                told_by[index] = [lead]
        else:
            lead = index if text.endswith(("：", ":")) else -1
    return told_by


#: Categories whose words also stand in clauses on notice, objection and removal.
PUBLICITY = "共享公示失信信息"
_LISTS = frozenset({"纳入严重失信主体名单", PUBLICITY, "推送政府部门自主参考", "推送市场主体自主参考"})
PUBLISHED = re.compile(r"公示|公布|公开|公告|曝光|通报|发布|披露|张榜|张贴|亮相|悬挂|挂牌|警示牌")
#: Those recognised already are whom another measure strikes (被列为…的, 列入名单的企业); nobody is recognised by that.
ALREADY = re.compile(
    r"(?:被|已|经|曾|因)(?:依法)?[^，。；]{0,12}(?:列入|列为|纳入|认定)[^，。；]{0,24}(?:的|后|期间)|(?:列入|列为|纳入)[^，。；]{0,24}?的(?=[^，。；]{0,8}(?:企业|单位|主体|人员|机构|对象|个人|，))"
)
RECOGNISES = re.compile(
    r"列为|(?:列入|纳入)[^，。；]{0,30}(?:名单|名录|对象|失信|黑榜|库)|认定(?!的?决定)|确定为|评定|定为|评为|计分|扣分|视为|属于|等级|认定标准|评价标准|(?:下列|以下|列)情形|情形之一"
)
ON_A_PLATFORM = re.compile(r"平台|系统|数据库|信用信息|归集|报送")


#: What an organ may not do (不得自行设定, 不得以注册地…, 任何单位不得自建名单), and how it is kept to its work (对推诿的予以通报).
LIMITS = re.compile(
    r"(?:不得|严禁|不准|不可|禁止|防止|不应)(?:再)?(?:违法|违规|擅自|自行|自建|自设|自定|随意|任意|变相|以(?!后|内|上|下)|设置|设定|增设|另行|另设|扩大|扩展|超出|超越|要求|指定|内定|收费|收取|收受|索取|参与|变相参与|利用职务|向[^，。；]{0,12}(?:收取|索要|索取)|刁难|推诿|拖延|拒绝受理|泄露|泄漏|透露|篡改|修改|删除|"
    r"伪造|变更|挪用|代行|代替|替代|重复|包含|含有|用于|挂钩|对外提供|向[^，。；]{0,12}(?:传播|泄露|提供)|传播|公开(?=$|[，。；])|扩散|歧视|排斥|限定|强制|干预|隐瞒|瞒报|漏报|迟报|作为|仅凭|只凭|将[^，。；]{0,24}(?:挂钩|用于|作为)|把[^，。；]{0,24}(?:当作|作为))[^。；]*"
    r"|没有[^。；]{0,40}(?:依据|规定)的?[，,](?:一律)?不(?:得|能)[^。；]*|(?:不得|严禁)(?:将|把)[^。；]{0,60}(?:信用|失信|诚信|黑名单)[^。；]*"
    r"|[^，。；]{0,12}不(?:同意|愿)公开[^，。；]*"
    r"|对[^。；]{0,30}(?:该列不列|逾期未报|未按时报送|逾期未清理|工作不力|推诿|不作为|瞒报|漏报|落实不力|进展缓慢)[^。；]*(?:通报|提醒|问责|追责|考核|约谈)[^。；]*"
    r"|逾期(?:未|不)(?:报|清理|上报)[^。；]*(?:考核|通报|提醒)[^。；]*"
)
#: What is said of those who do the work (工作人员应当保密, 执法人员不得…).
STAFF = re.compile(
    r"(?:(?:工作|执法|检查|监管|考核|统计|税务|监督|抽取|经办|承办|复核|调查|档案管理|公职)人员|复核专家|经办人)"
    r"(?:在[^，。；]{0,24}|对[^，。；]{0,30})?(?:应当|不得|要|须|必须|玩忽|徇私|滥用|泄露|收受|违反|有下列|失职)[^。；]*"
)
#: What precedes a measure: 记入档案前，应当书面告知…
BEFORE_IT = re.compile(r"(?:^|(?<=[。；]))[^。；，]{2,30}前，[^。；]*(?:告知|核对|听取|反馈|征求|陈述|核实)[^。；]*")
_LABEL = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百零\d]+条|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)])\s*"
)
#: To what the document applies, and what its words mean.
SCOPE = re.compile(
    r"[^。；]{0,80}(?:适用|按照|遵守)本(?:办法|规定|细则|通知|规程|意见|方案|指引|制度)[^。；]{0,6}|本[^。；，]{2,6}所称[^。；]*?是?指[^。；]*"
)


def only_limits(text: str) -> bool:
    """Whether a clause says nothing but what an organ may not do (反面规定): it sets no measure."""
    left = LIMITS.sub("", text)
    return left != text and not SETS_ANYTHING.search(left)


@lru_cache(maxsize=_A_DOCUMENT)  # asked of a clause by several of the questions about it
def sets_nothing(text: str) -> bool:
    """Whether a clause only says why the document is made, what it applies to, what the organ itself may not do, or how those listed are
    heard, removed and repaired."""
    if PURPOSE.match(text):
        return True
    text = _LABEL.sub("", text)
    left = BEFORE_IT.sub("", SCOPE.sub("", LIMITS.sub("", STAFF.sub("", text))))
    if left != text and not SETS_ANYTHING.search(left):
        return True
    return PROCEDURE.search(text) is not None and not SETS.search(REFERRED_TO.sub("", left)) and "修复" not in text


def quote(subject: Subject) -> str:
    """The words of the clause that the finding is about, short enough for a cell."""
    clause, text = subject.clause, subject.clause.text
    if subject.measures:
        start, end = subject.measures[0].start - clause.start, subject.measures[0].end - clause.start
    elif clause.evidence:
        start, end = clause.evidence[0].start - clause.start, clause.evidence[0].end - clause.start
    else:
        start, end = 0, min(len(text), QUOTE_LENGTH)
    if not 0 <= start < end <= len(text):
        start, end = 0, min(len(text), QUOTE_LENGTH)
    left = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    if end - left > QUOTE_LENGTH:  # begin after a comma rather than inside a word
        comma = text.find("，", end - QUOTE_LENGTH, start)
        left = comma + 1 if comma >= 0 else start
    right = min((at for at in (text.find(mark, end) for mark in "。；\n") if at >= 0), default=len(text))
    right = min(right, max(left + QUOTE_LENGTH, end))
    quoted = NO_BREAK.sub("", text[left:right])
    return quoted.removeprefix(clause.label) or quoted
