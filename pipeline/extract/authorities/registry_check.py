"""What the registry holds and what is doubtful in it (依据库自查)."""

from __future__ import annotations

import csv
from collections import Counter
from typing import NamedTuple

from pipeline.document import Authority, Level
from pipeline.extract.authorities.divisions import provinces
from pipeline.extract.authorities.in_force import first_effective
from pipeline.extract.authorities.provisions import checked_rows
from pipeline.extract.authorities.registry import load_registry
from pipeline.shipped import ANNOTATED

CREDIT_ACT = "信用"


class RegistryState(NamedTuple):
    """Counts by level, articles read one by one and by machine, provinces whose credit act (条例) is not held, and the doubts:
    (title, what is doubtful), both in Chinese."""

    levels: dict[str, int]
    articles_checked: int
    articles_read: int
    without_credit_act: list[str]
    doubts: list[tuple[str, str]]


def check_registry() -> RegistryState:
    """Go through every entry of the shipped registry."""
    registry = list(load_registry())
    local = [entry for entry in registry if entry.level is Level.LOCAL_REGULATION and CREDIT_ACT in entry.title]
    missing = [name for name in provinces() if not any(_short(name) in f"{entry.title}{entry.region}" for entry in local)]
    with (ANNOTATED / "article_provisions.csv").open(encoding="utf-8", newline="") as file:
        read = sum(1 for _ in csv.DictReader(file))
    return RegistryState(
        levels=dict(Counter(str(entry.level) for entry in registry).most_common()),
        articles_checked=sum(1 for _ in checked_rows()),
        articles_read=read,
        without_credit_act=missing,
        doubts=[(entry.title, doubt) for entry in registry if (doubt := _doubt(entry))],
    )


def _short(province: str) -> str:
    return province[:3] if province.startswith(("内蒙古", "黑龙江")) else province[:2]


def _doubt(entry: Authority) -> str:
    if entry.status == "待核":
        return "时效待核"
    if entry.status in ("废止", "失效") and not entry.repealed_on and not entry.superseded_by:
        return f"记为{entry.status}，但没有日期和替代文件"
    if entry.level.qualified and entry.status == "有效" and not first_effective(entry) and not entry.adopted:
        return "没有通过和施行日期"
    return ""
