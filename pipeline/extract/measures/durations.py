"""How long a measure lasts (期限): which of a sentence's periods is the measure's, and which a condition's."""

from __future__ import annotations

import re

NUMERALS = "0123456789一二三四五六七八九十两半百"
_NUMERAL = f"[{NUMERALS}]{{1,12}}"  # an endless row of digits is no period
DURATION = re.compile(
    rf"(?:自[^，。；]{{2,20}}?之日起)?{_NUMERAL}(?:[至到—－\-~～]{_NUMERAL})?(?:个)?(?:年度|年|月|日|天|个季度|个月|学期|学年)"
    rf"(?:以上)?(?:(?:至|到)?{_NUMERAL}(?:个)?(?:年|月)(?:以下)?)?(?:之?内|以内|以下)?(?:直?至终身)?"
    r"|终身|永久|永远|无限期|(?<!中)长期|当年|本年度|当年度|次年"
)
#: A period before these words is a condition (三年内累计两次), not the measure's length.
_CONDITION_AFTER = re.compile(
    r"[，、]?(?:累计|发生|连续|被|因|未|没有|无|有过|出现|存在|受到|两次|三次|多次|[二两三四五]次|向|提出|作出|书面|前|后)"
)
_CONDITION_BEFORE = re.compile(r"(?:连续|最近|近|满|成立|此前|过去|前|超过|逾期|每|第|不足|不满)$")
#: 连续三年不受理 lasts three years, 连续三年不合格 is a condition.
_BAR_AFTER = re.compile(r"不得|不予|不再|不准|不能|不受理|不接受|不安排|不参加|禁止|取消|停止|暂停|限制")
_ANOTHER_AFTER = re.compile(r"不|禁止|取消|限制|暂停|停止|责令|列入|纳入")
#: What leads from a measure to its length: nothing (暂停业务三个月), or words for a term.
_ITS_LENGTH = re.compile(r"(?:保留|公示|挂|贴)$|期限|时间|为期|有效期|期[为是一二三四五六七八九十两半\d]?$|^[^，。；、]{0,10}$")


def duration(sentence: str, start: int, end: int) -> str:
    """The period that bounds a measure at ``start`` to ``end``: inside its words, else the nearest before them, else the first
    after; empty where none does."""
    best, best_distance = "", len(sentence) + 100
    for match in DURATION.finditer(sentence):
        condition = _CONDITION_BEFORE.search(sentence, 0, match.start()) and not _BAR_AFTER.match(sentence, match.end())
        if condition or _CONDITION_AFTER.match(sentence, match.end()):
            continue
        if match.start() < start:
            distance = max(0, start - match.end()) + 2 * (match.end() < start)
            if distance > 20 and "，" in sentence[match.end() : start]:
                continue
        elif match.start() < end:
            distance = 0
        else:
            distance = 30 + match.start() - end if match.start() > end else 1  # 暂停考试三年 before 当年 that stands far off
            if not _ITS_LENGTH.search(sentence[end : match.start()]) or _ANOTHER_AFTER.match(sentence, match.end()):
                continue
        if distance < best_distance:
            best, best_distance = match.group(), distance
    return best


def whole_from(sentence: str, start: int) -> int:
    """The place from which a period that ``start`` lies inside is whole (十|二个月内, 三|年内)."""
    while start and sentence[start - 1] in NUMERALS and sentence[start] in NUMERALS + "年个月以":
        start -= 1
    return start
