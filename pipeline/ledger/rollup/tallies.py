"""The sums of a roll-up (汇总统计): by unit, level, function, disposition and level of basis, each tying with the rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.document import Function, Level
from pipeline.ledger.choices import NOT_LISTED
from pipeline.ledger.confirm import tally
from pipeline.ledger.detail import DetailLine
from pipeline.ledger.rollup.merging import MISSING, Merged, Reporting
from pipeline.ledger.rollup.streaming import EMPTY
from pipeline.ledger.rollup.units import UnitList
from pipeline.ledger.workbook.read import LedgerError

#: From the highest down (国办发〔2020〕49号 puts central policy before local regulations).
_HIGH = (Level.LAW, Level.ADMINISTRATIVE_REGULATION, Level.CENTRAL_POLICY)
_LEVELS = tuple(str(level) for level in (*_HIGH, *(level for level in Level if level not in _HIGH)))
_PRINTED = re.compile(rf"［({'|'.join(map(re.escape, _LEVELS))})[；］]")
NO_BASIS, NOT_TOLD = "没有依据", "台账未写明级别"
NO_LEVEL = "未列名单或未写层级"
LISTED = tuple(name for name in tally([]) if name != NOT_LISTED)


class Tally(NamedTuple):
    """A table of sums. ``total`` is the last line; ``adds`` says whether its lines add up to it (functions overlap)."""

    title: str
    head: tuple[str, ...]
    lines: tuple[tuple[str | int, ...], ...]
    total: tuple[str | int, ...]
    adds: bool = True
    note: str = ""


def tallies(merged: Merged, units: UnitList) -> list[Tally]:
    """Every table. Raises LedgerError where one does not tie with the rows."""
    made = [_by_disposition(merged), _by_level(merged), *_by_parent(merged, units), _by_function(merged), _by_basis(merged)]
    for table in made:
        _tie(table, merged)
    return made


def _tie(table: Tally, merged: Merged) -> None:
    for column in range(1, len(table.head)):
        numbers = [line[column] for line in table.lines if isinstance(line[column], int)]
        if table.adds and sum(numbers) != table.total[column]:  # type: ignore[arg-type]
            raise LedgerError(f"汇总表“{table.title}”的“{table.head[column]}”合计不符，请把各单位台账交给维护人员查看")
    rows = table.total[table.head.index("文件数")] if "文件数" in table.head and table.adds else None
    if rows is not None and rows != len(merged.rows):
        raise LedgerError(f"汇总表“{table.title}”的文件数与台账行数不符，请把各单位台账交给维护人员查看")


def _by_disposition(merged: Merged) -> Tally:
    counts = tally(merged.rows)
    lines = tuple((name, counts[name]) for name in LISTED)
    return Tally("处置意见", ("处置意见", "文件数"), lines, ("合计", len(merged.rows)))


def _by_level(merged: Merged) -> Tally:
    """Units and their documents by the units' level, in the order of the list."""
    levels = list(dict.fromkeys(each.level or NO_LEVEL for each in merged.reporting))
    lines = tuple(_sums(level, [each for each in merged.reporting if (each.level or NO_LEVEL) == level]) for level in levels)
    return Tally("单位层级", _HEAD, lines, _sums("合计", merged.reporting))


def _by_parent(merged: Merged, units: UnitList) -> Iterator[Tally]:
    """Each unit that gathers others, itself and all below it included; nested ones overlap."""
    parents = [member.name for member in units.members if any(other.parent == member.name for other in units.members)]
    if parents:
        lines = tuple(
            _sums(f"{name}（{units.level_of(name)}）" if units.level_of(name) else name, _of(merged, units.below(name)))
            for name in parents
        )
        note = "含本级和所辖各级；上级包含下级，各行不相加"
        yield Tally("汇总单位（含所辖）", _HEAD, lines, _sums("全部单位", merged.reporting), adds=False, note=note)


_HEAD = ("名称", "单位数", "已报送", "其中空表", "未报送", "文件数", *LISTED)


def _of(merged: Merged, names: set[str]) -> list[Reporting]:
    return [each for each in merged.reporting if each.unit in names]


def _sums(name: str, units: Sequence[Reporting]) -> tuple[str | int, ...]:
    missing = sum(each.state == MISSING for each in units)
    empty = sum(each.state.startswith(EMPTY) for each in units)
    counts: Counter[str] = Counter()
    for each in units:
        counts.update(each.counts)
    rows = [counts[key] for key in LISTED]
    return (name, len(units), len(units) - missing, empty, missing, sum(rows), *rows)


def _by_function(merged: Merged) -> Tally:
    documents, measures = Counter[str](), Counter[str]()
    for row in merged.rows:
        each = [set(line.functions.split("、")) & {str(f) for f in Function} for line in row.details]
        measures.update(name for names in each for name in names)
        documents.update(set().union(*each))
    lines = tuple((str(name), documents[name], measures[name]) for name in Function)
    total = sum(len(row.details) for row in merged.rows)
    note = "一个文件、一项措施可涉及几个环节，各行之和可大于合计"
    return Tally(
        "涉及环节", ("环节", "文件数", "措施数"), lines, ("合计（不重复）", len(merged.rows), total), adds=False, note=note
    )


def _by_basis(merged: Merged) -> Tally:
    """Each measure once, by the highest level that its bases name."""
    counts = Counter(_highest(line) for row in merged.rows for line in row.details)
    names = [name for name in (*_LEVELS, NO_BASIS, NOT_TOLD) if counts[name]]
    lines = tuple((name, counts[name]) for name in names)
    note = "按每项措施所列依据中最高的一级计一次"
    return Tally("依据效力级别", ("依据效力级别", "措施数"), lines, ("合计", sum(counts.values())), note=note)


def _highest(line: DetailLine) -> str:
    said = line.bases.strip()
    if said in ("", "无"):
        return NO_BASIS
    found = set(_PRINTED.findall(said))
    return next((level for level in _LEVELS if level in found), NOT_TOLD)
