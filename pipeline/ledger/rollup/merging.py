"""The roll-up (汇总): the ledgers of many units as one, with sums that tie, and who has not reported, duplicates, problems.

Ledgers are read in processes, and each row keeps its file and its place there.
"""

from __future__ import annotations

import multiprocessing
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from pipeline.document import Verdict
from pipeline.ledger.carrying_out import read_date
from pipeline.ledger.choices import NOT_LISTED
from pipeline.ledger.confirm import tally, undecided
from pipeline.ledger.rollup.same import Duplicate, duplicates, signature
from pipeline.ledger.rollup.streaming import EMPTY, read_fast
from pipeline.ledger.rollup.units import UnitList
from pipeline.ledger.row import LedgerRow
from pipeline.ledger.workbook.read import CellProblem, LedgerError, ReadLedger
from pipeline.start_method import START_METHOD

_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
_FEW = 12  # ledgers that are read before processes would have started
REPORTED, TWICE, MISSING, WITHIN = "已报", "重复报送", "未报", "随上级汇总报送"


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """One ledger handed in: its unit, its file, its documents by decision (不列入 apart, not in the merged table)."""

    unit: str
    file: str
    counts: dict[str, int]

    @property
    def listed(self) -> int:
        return sum(self.counts.values()) - self.counts[NOT_LISTED]


@dataclass(frozen=True, slots=True)
class Reporting:
    """One unit, of the list or not: what it handed in (``files``), whether and how it reported, its documents by decision."""

    unit: str
    level: str
    parent: str
    state: str
    files: tuple[str, ...]
    counts: dict[str, int]
    known: bool = True

    @property
    def listed(self) -> int:
        return sum(self.counts.values()) - self.counts[NOT_LISTED]


class Source(NamedTuple):
    """Where a row stands: the file as it was found, and the cell of its decision (``台账!N7``)."""

    file: str
    cell: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The roll-up. ``rows`` carry their unit in ``reporter`` and are as many as the counts of ``units`` listed, and as those of
    ``reporting``; ``sources`` go with the rows; ``distinct`` counts each document once."""

    rows: tuple[LedgerRow, ...]
    units: tuple[UnitCounts, ...]
    duplicates: tuple[Duplicate, ...]
    problems: tuple[CellProblem, ...]
    sources: tuple[Source, ...] = ()
    reporting: tuple[Reporting, ...] = ()
    distinct: int = 0


class _Read(NamedTuple):
    """What a process brings back of one file; ``problem`` where it could not be read."""

    file: str
    ledger: ReadLedger | None
    signatures: tuple[bytes, ...] = ()
    empty: tuple[str, ...] = ()
    problem: str = ""


def merge(paths: Iterable[str | Path], units: UnitList | None = None, *, leave_out: Path | None = None) -> Merged:
    """Roll up ledgers (files, or folders of them), by unit and file name. A file that can't be read is a problem, and the
    others are merged. ``leave_out`` is the roll-up itself, where it lies in the folder from the last time.

    Rows marked 不列入 and the sheets 不属本单位台账 are left out; a document that two units report is kept for both.
    """
    units = units or UnitList()
    rows: list[LedgerRow] = []
    sources: list[Source] = []
    signatures: list[bytes] = []
    counts: list[UnitCounts] = []
    problems: list[CellProblem] = []
    per_unit: dict[str, Counter[str]] = defaultdict(Counter)
    empty: set[str] = set()
    for read in _read_all([each for each in _files(paths) if each[0].resolve() != leave_out]):
        if read.ledger is None:
            problems.append(CellProblem(read.file, "整个文件", f"没有汇总：{read.problem}"))
            continue
        ledger, file = read.ledger, read.file
        name = units.own_name(ledger.unit or _unit_from_file(Path(file)))
        if not ledger.unit:
            problems.append(CellProblem(file, "填报单位", f"没有填写填报单位，暂用文件名“{name}”"))
        problems += [problem._replace(file=file) for problem in (*ledger.problems, *undecided(ledger), *_checked(ledger))]
        own = [row for row in ledger.rows if row.belongs]
        counts.append(UnitCounts(name, file, tally(own)))
        empty |= {units.own_name(unit) for unit in read.empty}
        for row, cell, mark in zip(ledger.rows, ledger.decision_cells, read.signatures, strict=True):
            if row.belongs:
                reporter = units.own_name(row.reporter or name)
                per_unit[reporter].update(tally([row]))
                if row.decision != NOT_LISTED:
                    rows.append(replace(row, reporter=reporter))
                    sources.append(Source(file, cell))
                    signatures.append(mark)
    reporting = tuple(_reporting(units, counts, per_unit, empty))
    problems += _problems_of_units(units, reporting)
    places = [f"{source.file} {source.cell}" for source in sources]
    same, distinct = duplicates(rows, places, [source.file for source in sources], signatures, units)
    merged = Merged(tuple(rows), tuple(counts), tuple(same), tuple(problems), tuple(sources), reporting, distinct)
    if not len(rows) == sum(unit.listed for unit in counts) == sum(unit.listed for unit in reporting):
        raise LedgerError("汇总行数与各单位合计不符，请把各单位台账交给维护人员查看")
    return merged


# Reading


def _files(paths: Iterable[str | Path]) -> list[tuple[Path, str]]:
    """The files with the names that they are told by: below a folder, the path within it. What Excel left behind is passed over."""
    found: dict[Path, str] = {}
    for path in map(Path, paths):
        if not path.is_dir():
            found.setdefault(path, path.name)
            continue
        for file in sorted(path.rglob("*")):
            if file.is_file() and file.suffix.lower() in _ENDINGS and not file.name.startswith(("~$", ".")):
                found.setdefault(file, file.relative_to(path).as_posix())
    return list(found.items())


def _read_all(files: Sequence[tuple[Path, str]]) -> list[_Read]:
    """Every file read, by unit and name, so that the order of the arguments changes nothing."""
    if len(files) <= _FEW:
        read = list(map(_read, files))
    else:
        context = multiprocessing.get_context(START_METHOD)
        with ProcessPoolExecutor(min(os.cpu_count() or 1, 8), mp_context=context) as pool:
            read = list(pool.map(_read, files, chunksize=4))
    return sorted(read, key=lambda each: (each.ledger.unit if each.ledger else "", each.file))


def _read(file: tuple[Path, str]) -> _Read:
    path, name = file
    try:
        ledger, empty = read_fast(path)
    except (LedgerError, OSError) as error:
        said = "找不到文件" if isinstance(error, FileNotFoundError) else str(error).removeprefix(f"{path}：")
        return _Read(name, None, problem=said)
    return _Read(name, ledger, tuple(signature(row) for row in ledger.rows), empty)


def _unit_from_file(path: Path) -> str:
    return re.sub(r"(?:信用相关制度文件|失信约束)?.{0,4}台账.*$", "", path.stem).strip("-_ —（(") or path.stem


# Checks


def _checked(ledger: ReadLedger) -> Iterator[CellProblem]:
    """What a person must look at though the form can be read; each is named by its cell."""
    file = Path(ledger.path).name
    for row, cell in zip(ledger.rows, ledger.decision_cells, strict=True):
        if not row.belongs or row.decision == NOT_LISTED:
            continue
        if row.date and read_date(row.date) is None:
            yield CellProblem(file, cell, f"《{row.title}》的成文日期“{row.date}”看不懂，应如 2018-06-04")
        failing = [line for line in row.details if line.verdict == Verdict.FAILS]
        if row.decision == "保留" and failing:
            yield CellProblem(
                file, cell, f"《{row.title}》有 {len(failing)} 项措施不符合《指导意见》，处置意见却是保留，请核对"
            )


def _problems_of_units(units: UnitList, reporting: Sequence[Reporting]) -> Iterator[CellProblem]:
    for each in reporting:
        files = "、".join(each.files)
        if each.state == TWICE:
            yield CellProblem(files, "填报单位", f"{each.unit}已在{each.files[0]}中报过一次，请核对是否重复报送")
        elif each.state == MISSING:
            yield CellProblem("", "填报单位", f"{each.unit}没有报送台账")
        if not each.known and units.members:
            yield CellProblem(files, "填报单位", f"{each.unit}不在单位名单中，请核对名称")


# Who reported


def _reporting(
    units: UnitList, counts: Sequence[UnitCounts], per_unit: dict[str, Counter[str]], empty: set[str]
) -> Iterator[Reporting]:
    """Every unit of the list in its order, then the others by name."""
    files: dict[str, list[str]] = defaultdict(list)
    for each in counts:
        files[each.unit].append(each.file)
    listed = [member.name for member in units.members]
    members = {member.name: member for member in units.members}
    others = sorted((files.keys() | per_unit.keys() | empty) - members.keys())
    blank = tally([])
    for name in (*listed, *others):
        member = members.get(name)
        own = per_unit.get(name, Counter())
        rows = sum(own.values()) - own[NOT_LISTED]
        if len(files[name]) > 1:
            state = TWICE
        elif files[name]:
            state = REPORTED if rows else EMPTY if name in empty or not own else f"{EMPTY}（均不列入）"
        elif rows or own:
            state = WITHIN
        else:
            state = f"{EMPTY}（{WITHIN}）" if name in empty else MISSING
        level, parent = (member.level, member.parent) if member else ("", "")
        yield Reporting(name, level, parent, state, tuple(files[name]), {key: own[key] for key in blank}, member is not None)
