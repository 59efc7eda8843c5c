"""What a document's findings are about (判断对象): each category of measure and each function in each clause, with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.assess.nothing_set import has_words_that_set, is_purpose, limits, sets_nothing
from pipeline.assess.rules import measure_stages, stage_of
from pipeline.document import Clause, Function, Measure

QUOTE_LENGTH = 48
_TABLE_FOLLOWS = re.compile(r"(?:下表|附表)[^。；]{0,8}[：:]\s*$")  # whose rows have their own lines
LIKELY = 0.7  # a function of which the model is less sure has no line beside those that the clause's own words prove
NO_BREAK = re.compile(r"\s+")


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
    told_by, leads = _lists(clauses)
    for index, clause in enumerate(clauses):
        read = leads.get(index, "") + clause.text
        if not (clause.measures or clause.functions):
            continue
        by_category: dict[str, list[Measure]] = {}
        for measure in _not_limits(clause):
            by_category.setdefault(measure.category, []).append(measure)
        if (
            is_purpose(clause.text)
            or _TABLE_FOLLOWS.search(clause.text)
            or (set(by_category) <= _LISTS and sets_nothing(clause.text))
        ):
            continue
        covered: set[str] = set()
        for category, found in by_category.items():
            function, stage = measure_stages()[category]
            if category == PUBLICITY and not PUBLISHED.search("".join(measure.text for measure in found)):
                function, stage = ("归集" if ON_A_PLATFORM.search(clause.text) else "记录"), ""
            covered.add(function)
            stage = stage or stage_of(function, read, issuer)
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
            if function is Function.PUNISHMENT and covered and not _PUNISHES.search(clause.text):
                continue
            if function is Function.PUBLICITY and not PUBLISHED.search(_NAMES.sub("", clause.text)):
                continue
            if covered and clause.functions.get(function.value, 0.0) < LIKELY:
                continue
            if index in told_by and any(function.value in clauses[other].functions for other in told_by[index]):
                continue
            yield Subject(index, clause, function.value, stage_of(function.value, read, issuer))


def _not_limits(clause: Clause) -> list[Measure]:
    """The measures of a clause that strike somebody: what an organ may not do is none."""
    if not clause.measures:
        return []
    struck_out = [(clause.start + begin, clause.start + end) for begin, end in limits(clause.text)]
    return [m for m in clause.measures if not any(start <= m.start and m.end <= end for start, end in struck_out)]


def _lists(clauses: Sequence[Clause]) -> tuple[dict[int, list[int]], dict[int, str]]:
    """For clauses of lists, those that say the same instead: of an item that names a condition, its lead-in; of a lead-in, those of
    its items that set something themselves. Then the lead-in's words (依照《…》第四十八条，采取下列措施：) of each item."""
    told_by: dict[int, list[int]] = {}
    leads: dict[int, str] = {}
    lead = -1
    for index, clause in enumerate(clauses):
        text = clause.text.rstrip()
        if lead >= 0 and clause.label.startswith(clauses[lead].label) and clause.label != clauses[lead].label:
            leads[index] = clauses[lead].text
            if clause.measures or has_words_that_set(text):
                told_by.setdefault(lead, []).append(index)
            else:
                told_by[index] = [lead]
        else:
            lead = index if text.endswith(("：", ":")) else -1
    return told_by, leads


#: Categories whose words also stand in clauses on notice, objection and removal.
PUBLICITY = "共享公示失信信息"
_LISTS = frozenset({"纳入严重失信主体名单", PUBLICITY, "推送政府部门自主参考", "推送市场主体自主参考"})
_NAMES = re.compile(r"《[^》\n]{0,120}》")
_PUNISHES = re.compile(
    r"限制|不得|禁止|取消|停止|暂停|不予|不再|不给|不让|从严|从重|重点|惩戒|约束|扣|降|罚|减|清退|淘汰|优先|慎"
)
PUBLISHED = re.compile(r"公示|公布|公开|公告|曝光|通报|发布|披露|张榜|张贴|亮相|播报|播放|悬挂|挂牌|警示牌")
#: Those recognised already are whom another measure strikes (被列为…的, 列入名单的企业); nobody is recognised by that.
ALREADY = re.compile(
    r"(?:被|已|经|曾|因)(?:依法)?[^，。；]{0,12}(?:列入|列为|纳入|认定)[^，。；]{0,24}(?:的|后|期间)|(?:列入|列为|纳入)[^，。；]{0,24}?的(?=[^，。；]{0,8}(?:企业|单位|主体|人员|机构|对象|个人|，))"
)
RECOGNISES = re.compile(
    r"列为|(?:列入|纳入)[^，。；]{0,30}(?:名单|名录|对象|失信|黑榜|库)|认定(?!的?决定)|确定为|评定|定为|评为|计分|扣分|视为|属于|等级|认定标准|评价标准|(?:下列|以下|列)情形|情形之一"
)
ON_A_PLATFORM = re.compile(r"平台|系统|数据库|信用信息|归集|报送")


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
