"""The note under the title of a law (题注): who passed it, which order promulgated it, when it was last revised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.structure.elements.dates import DATE, find_dates

_ACT = re.compile(r"通过|公布|发布|批准|修订|修正|颁布|印发|修改|废止")
_IN_FORCE = re.compile(r"施行|实施|生效|执行")
_CONGRESS = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{0,24}?)第[一二三四五六七八九十]{1,3}届(?:全国)?(?P<body>人民代表大会)(?P<committee>常务委员会)?"
)
_COLLEGE = re.compile(
    r"(?P<body>最高人民(?:法院|检察院)|国务院|[\u4e00-\u9fff]{2,20}(?:人民政府|委员会|办公室|部|厅|局|署|行|院))(?:审判委员会|检察委员会|第|令|发布|公布|批准|\d)"
)
_ORDER = re.compile(
    r"(?P<body>[\u4e00-\u9fff、]{2,60}?)令\s*(?:\d{4}年)?\s*第\s*(?P<serial>[\d〇零一二三四五六七八九十百]+)\s*号"
)


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says: the makers, the number of the latest order, the latest date of passing or revision."""

    issuers: list[str] = field(default_factory=list)
    number: str = ""
    date: str = ""


def read_note(lines: Sequence[str]) -> Note:
    """The note from its lines; empty where there are none."""
    text = "\n".join(line.strip("（）() 　") for line in lines)
    if not text:
        return Note()
    orders = [found for found in _ORDER.finditer(_without_titles(text)) if not found["body"].endswith("主席")]
    number = f"{_body_of(orders[-1]['body'])}令第{orders[-1]['serial']}号" if orders else ""
    return Note(_makers(text, orders), number, _latest(text))


def _without_titles(text: str) -> str:
    return re.sub(r"《[^》\n]*》", "", text)


def _body_of(words: str) -> str:
    return re.sub(r"^.*[日根据经由和]|^中(?=中华)", "", words) if "日" in words else re.sub(r"^中(?=中华)", "", words)


def _makers(text: str, orders: Sequence[re.Match[str]]) -> list[str]:
    """The body that passed the act first (not the one that approved it); else the body whose order it was."""
    for line in _without_titles(text).split("\n"):
        if "批准" in line and "通过" not in line:
            continue
        words = DATE.sub("", line).strip()
        if found := _CONGRESS.match(words):
            return [(found["place"] or "全国") + found["body"] + (found["committee"] or "")]
        if orders and "令" in line:
            return [_plain(body) for body in _body_of(orders[0]["body"]).split("、")]
        if found := _COLLEGE.match(words):
            return [_plain(found["body"])]
    return []


def _plain(body: str) -> str:
    return re.sub(r"^中华人民共和国(?=国务院|中央军事委员会|最高人民)", "", body)


def _latest(text: str) -> str:
    """The latest date of passing, promulgation or revision; the date of entry into force only where there is no other."""
    acts: list[str] = []
    force: list[str] = []
    for line in text.split("\n"):
        found = list(DATE.finditer(line))
        for place, date in enumerate(found):
            words = line[date.end() : found[place + 1].start() if place + 1 < len(found) else len(line)]
            days = find_dates(date[0])
            (acts if _ACT.search(words) or not _IN_FORCE.search(words) else force).extend(days)
    return max(acts, default="") or max(force, default="")
