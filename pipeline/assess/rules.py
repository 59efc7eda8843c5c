"""The tables of judgement, read and checked in one place.

``decision_table.csv`` is the table of 国办发〔2020〕49号 by stage (环节) and rank of the basis; ``stages.csv`` says which stage
a function's clause is at; ``levels.csv`` puts the levels into the table's columns; ``cautions.csv`` holds what a person
must look at (过惩, 修复严) and the parts of a list's procedure; ``limits.csv`` the longest periods some laws allow;
``wording.csv`` every sentence that a user reads. Marks: V read in an excerpt of the text, M from memory.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.document import Disposition, Level

TABLES = Path(__file__).with_name("tables")
NOTICE = "国办发〔2020〕49号"
GROUPS = ("法律行政法规", "党中央国务院政策", "地方性法规", "部门规章", "地方政府规章", "规范性文件", "无依据")
NO_BASIS = GROUPS[-1]
MARKS = {"V": "已按摘录核对", "M": "凭记忆整理，待核", "V/M": "部分已核对"}


class RuleDataError(ValueError):
    """A table of this room breaks its form; the message, in Chinese, names it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One cell of the decision table: what follows from a basis of this rank at this stage."""

    stage: str
    group: str
    disposition: Disposition
    condition: str
    article: str
    asks: str
    mark: str

    @property
    def text(self) -> str:
        """The rule as shown to the user, with the article of the notice and how far it was checked."""
        return f"{NOTICE}{self.article}：{self.asks}（{MARKS[self.mark]}）"


@dataclass(frozen=True, slots=True)
class Stage:
    """One row of ``stages.csv``: a clause of ``function`` that ``cue`` matches and ``unless`` does not."""

    function: str
    cue: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    issuer: str
    stage: str


@dataclass(frozen=True, slots=True)
class Caution:
    """Words that a person must look at, and why."""

    kind: str
    pattern: re.Pattern[str]
    why: str


@dataclass(frozen=True, slots=True)
class Limit:
    """The longest period (years) that an article allows for a category of measure."""

    title: str
    article: int
    category: str
    years: int
    source: str


def table(name: str) -> list[dict[str, str]]:
    """Rows of one table of this room. Raises RuleDataError where a column is missing from a row."""
    with (TABLES / name).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise RuleDataError(f"{name} 第{line}行的列数不对")
    return rows


@cache
def decision_table() -> dict[tuple[str, str], Rule]:
    """(stage, group) -> rule; complete for every stage. Raises RuleDataError for a gap or an unknown word."""
    rules: dict[tuple[str, str], Rule] = {}
    for row in table("decision_table.csv"):
        if row["group"] not in GROUPS or row["mark"] not in MARKS:
            raise RuleDataError(f"decision_table.csv：不识“{row['group']}”或“{row['mark']}”")
        rule = Rule(
            row["stage"],
            row["group"],
            Disposition(row["disposition"]),
            row["condition"],
            row["article"],
            row["asks"],
            row["mark"],
        )
        rules[rule.stage, rule.group] = rule
    for stage in {stage for stage, _ in rules}:
        if missing := [group for group in GROUPS if (stage, group) not in rules]:
            raise RuleDataError(f"decision_table.csv：{stage}缺少{'、'.join(missing)}")
    return rules


@cache
def groups() -> dict[Level, str]:
    """The table's column for each level."""
    return {Level(row["level"]): row["group"] for row in table("levels.csv")}


@cache
def level_names() -> dict[Level, str]:
    """How a level is named to the user."""
    return {Level(row["level"]): row["name"] for row in table("levels.csv")}


@cache
def stages() -> tuple[Stage, ...]:
    def compiled(text: str) -> re.Pattern[str] | None:
        return re.compile(text) if text else None

    return tuple(
        Stage(row["function"], compiled(row["cue"]), compiled(row["unless"]), row["issuer"], row["stage"])
        for row in table("stages.csv")
    )


def stage_of(function: str, text: str, issuer: str) -> str:
    """The stage of a clause for one of its functions; ``issuer`` is 全国 or 地方."""
    for row in stages():
        if row.function != function or (row.issuer and row.issuer != issuer):
            continue
        if row.cue and not row.cue.search(text):
            continue
        if row.unless and row.unless.search(text):
            continue
        return row.stage
    raise RuleDataError(f"stages.csv：没有“{function}”")


@cache
def measure_stages() -> dict[str, tuple[str, str]]:
    """Category of measure -> (function, stage); an empty stage is found from the clause's words."""
    return {row["category"]: (row["function"], row["stage"]) for row in table("measure_functions.csv")}


def punishes(category: str) -> bool:
    """Whether a category of measure is a punishment (惩戒), and not a list, publicity or the pushing of records."""
    return measure_stages()[category][0] == "惩戒"


@cache
def cautions(kind: str) -> tuple[Caution, ...]:
    return tuple(
        Caution(row["kind"], re.compile(row["pattern"]), row["why"]) for row in table("cautions.csv") if row["kind"] == kind
    )


@cache
def limits() -> tuple[Limit, ...]:
    return tuple(
        Limit(row["title"], int(row["article"]), row["category"], int(row["max_years"]), row["source"])
        for row in table("limits.csv")
    )


@cache
def _wording() -> dict[str, str]:
    return {row["key"]: row["template"] for row in table("wording.csv")}


def say(key: str, **facts: object) -> str:
    """The sentence ``key`` of ``wording.csv`` with its blanks filled."""
    return _wording()[key].format(**facts)
