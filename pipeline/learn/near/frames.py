"""Frames (框架): a measure stays one beside a slogan or an ordinary sentence and under any heading, and a slogan makes none.

What is learnt from gets, after some of its clauses, the same clause in a frame, with the same labels; after each that was written
without a heading, the clause under one, and under two, that say nothing of it. The frames of a clause follow it, so that they are never
parted from it. Chosen by a checksum of the clause's id: the same frames every time.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from pipeline.classify.near.features import SEPARATOR
from pipeline.learn.annotations import Annotations

SLOGANS = (
    "加强信用体系建设，",
    "大力推进诚信建设，营造诚实守信的良好环境。",
    "完善守信激励和失信惩戒机制，",
    "健全社会信用体系，发挥信用在监管中的基础作用，",
    "弘扬诚信文化，增强诚信意识。",
    "推进行业信用建设，",
    "积极探索以信用为基础的新型监管机制，",
    "开展诚信宣传教育活动，",
)
HEADINGS = (
    "一、加强领导，明确责任",
    "二、主要任务",
    "三、工作要求",
    "四、保障措施",
    "（一）提高思想认识",
    "（二）强化监督检查",
    "（三）严格时间节点",
    "第一章 总则",
    "第三章 监督管理",
    "第五章 附则",
    "六、其他事项",
    "一、总体要求",
    "二、申报条件和程序",
    "三、经费保障",
    "五、组织实施",
    "注意事项",
    "三、实施步骤 （二）全面推进阶段",
    "二、重点工作 （一）完善制度",
    "第二章 申请与受理 第一节 一般规定",
    "现将有关事项通知如下：",
    "经会议研究，议定以下事项：",
    "请遵照以下要求办理：",
    "七、会费和财务",
    "四、纪律和奖惩",
)
_FRAMED, _INSIDE = 60, 60  # of a hundred clauses
_NEIGHBOUR = 80  # characters of an ordinary sentence


def with_frames(data: Annotations, ordinary: Sequence[str]) -> Annotations:
    """``data`` with frames after some of its clauses; ``ordinary`` are sentences to stand beside them."""
    texts: list[str] = []
    rows: list[int] = []
    for index, (text, id_) in enumerate(zip(data.texts, data.ids, strict=True)):
        chance = zlib.crc32(id_.encode())
        shown = [text]
        if chance % 100 < _FRAMED and ordinary:
            shown.append(framed(text, chance // 100, ordinary))
        if chance // 100 % 100 < _INSIDE and ordinary:
            shown.append(inside(text, chance // 31, ordinary))
        if text.startswith(SEPARATOR):
            shown += [f"{heading}{text}" for heading in _headings(chance)]
        texts += shown
        rows += [index] * len(shown)
    kept = data.take(np.array(rows))
    return Annotations(texts, kept.labels, kept.groups, kept.ids, kept.decided)


def _headings(chance: int) -> tuple[str, str]:
    """One heading, and two that follow one another."""
    first, outer, inner = (HEADINGS[chance // step % len(HEADINGS)] for step in (700, 17_000, 170))
    return first, f"{outer} {inner}"


def inside(joined_text: str, chance: int, ordinary: Sequence[str]) -> str:
    """A clause (joined with its lead-in) as one sentence of a long one: ordinary sentences before and after it."""
    lead, _, text = joined_text.partition(SEPARATOR)
    before, after = (_sentence(ordinary[chance // step % len(ordinary)]) for step in (1, 977))
    return f"{lead}{SEPARATOR}{before}{text.rstrip('。')}。{after}"


def _sentence(text: str) -> str:
    return text[:_NEIGHBOUR].rstrip("，。；") + "。"


def framed(joined_text: str, chance: int, ordinary: Sequence[str]) -> str:
    """A clause (joined with its lead-in) beside a slogan, an ordinary sentence, or both."""
    lead, _, text = joined_text.partition(SEPARATOR)
    slogan = SLOGANS[chance // 5 % len(SLOGANS)]
    beside = _sentence(ordinary[chance // 40 % len(ordinary)])
    shapes = (slogan + text, beside + text, text + beside, text + slogan.rstrip("，") + "。", slogan + text + beside)
    return f"{lead}{SEPARATOR}{shapes[chance % 5]}"
