"""Frames (框架): a measure stays one beside a slogan or an ordinary sentence, and a slogan makes none.

What is learnt from gets, after some of its clauses, the same clause in a frame, with the same labels. The frames of a clause
follow it, so that they are never parted from it. Chosen by a checksum of the clause's id: the same frames every time.
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
_FRAMED = 60  # of a hundred clauses
_NEIGHBOUR = 80  # characters of an ordinary sentence


def with_frames(data: Annotations, ordinary: Sequence[str]) -> Annotations:
    """``data`` with frames after some of its clauses; ``ordinary`` are sentences to stand beside them."""
    texts: list[str] = []
    rows: list[int] = []
    for index, (text, id_) in enumerate(zip(data.texts, data.ids, strict=True)):
        texts.append(text)
        rows.append(index)
        chance = zlib.crc32(id_.encode())
        if chance % 100 < _FRAMED and ordinary:
            texts.append(framed(text, chance // 100, ordinary))
            rows.append(index)
    kept = data.take(np.array(rows))
    return Annotations(texts, kept.labels, kept.groups, kept.ids, kept.decided)


def framed(joined_text: str, chance: int, ordinary: Sequence[str]) -> str:
    """A clause (joined with its lead-in) beside a slogan, an ordinary sentence, or both."""
    lead, _, text = joined_text.partition(SEPARATOR)
    slogan = SLOGANS[chance // 5 % len(SLOGANS)]
    beside = ordinary[chance // 40 % len(ordinary)][:_NEIGHBOUR].rstrip("，。；") + "。"
    shapes = (slogan + text, beside + text, text + beside, text + slogan.rstrip("，") + "。", slogan + text + beside)
    return f"{lead}{SEPARATOR}{shapes[chance % 5]}"
