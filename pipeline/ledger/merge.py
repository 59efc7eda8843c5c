"""The roll-up (汇总): the ledgers of many units in one workbook, with sums that tie, duplicates and problems named."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.ledger.choices import NOT_LISTED
from pipeline.ledger.confirm import tally, undecided
from pipeline.ledger.row import LedgerRow
from pipeline.ledger.workbook.read import CellProblem, LedgerError, ReadLedger, read_ledger


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
class Duplicate:
    """One document that more than one unit reports: who, where, with which decisions, and how it was recognised."""

    title: str
    number: str
    units: tuple[str, ...]
    cells: tuple[str, ...]
    decisions: tuple[str, ...]
    why: str

    @property
    def conflict(self) -> bool:
        return len({decision for decision in self.decisions if decision}) > 1


@dataclass(frozen=True, slots=True)
class Merged:
    """The roll-up. ``rows`` carry their unit in ``reporter``; they are as many as the counts of ``units`` listed."""

    rows: tuple[LedgerRow, ...]
    units: tuple[UnitCounts, ...]
    duplicates: tuple[Duplicate, ...]
    problems: tuple[CellProblem, ...]


def merge(paths: Iterable[str | Path]) -> Merged:
    """Roll up ledgers, by unit and file name. A file that can't be read is a problem, and the others are merged.

    Rows marked 不列入 and the sheets 不属本单位台账 are left out; a document that two units report is kept for both.
    """
    rows: list[LedgerRow] = []
    units: list[UnitCounts] = []
    problems: list[CellProblem] = []
    places: list[str] = []
    for ledger in _read_all(paths, problems):
        file = Path(ledger.path).name
        name = ledger.unit or _unit_from_file(Path(ledger.path))
        if not ledger.unit:
            problems.append(CellProblem(file, "填报单位", f"没有填写填报单位，暂用文件名“{name}”"))
        problems.extend(ledger.problems)
        problems.extend(undecided(ledger))
        units.append(UnitCounts(name, file, tally(row for row in ledger.rows if row.belongs)))
        for row, cell in zip(ledger.rows, ledger.decision_cells, strict=True):
            if row.belongs and row.decision != NOT_LISTED:
                rows.append(replace(row, reporter=row.reporter or name))
                places.append(f"{file} {cell}")
    _warn_of_units_twice(units, problems)
    merged = Merged(tuple(rows), tuple(units), tuple(_duplicates(rows, places)), tuple(problems))
    if len(merged.rows) != sum(unit.listed for unit in merged.units):
        raise LedgerError("汇总行数与各单位合计不符，请把各单位台账交给维护人员查看")
    return merged


def _read_all(paths: Iterable[str | Path], problems: list[CellProblem]) -> Iterable[ReadLedger]:
    """The ledgers that can be read, by unit and file name, so that the order of the arguments changes nothing."""
    read = []
    for path in map(Path, paths):
        try:
            read.append(read_ledger(path))
        except (LedgerError, OSError) as error:
            reason = "找不到文件" if isinstance(error, FileNotFoundError) else str(error).removeprefix(f"{path}：")
            problems.append(CellProblem(path.name, "整个文件", f"没有汇总：{reason}"))
    return sorted(read, key=lambda ledger: (ledger.unit, ledger.path))


def _unit_from_file(path: Path) -> str:
    return re.sub(r"(?:信用相关制度文件|失信约束)?.{0,4}台账.*$", "", path.stem).strip("-_ —（(") or path.stem


def _warn_of_units_twice(units: Sequence[UnitCounts], problems: list[CellProblem]) -> None:
    seen: dict[str, str] = {}
    for unit in units:
        if unit.unit in seen:
            problems.append(
                CellProblem(unit.file, "填报单位", f"{unit.unit}已在{seen[unit.unit]}中报过一次，请核对是否重复报送")
            )
        seen.setdefault(unit.unit, unit.file)


# Duplicates across units


def _duplicates(rows: Sequence[LedgerRow], places: Sequence[str]) -> list[Duplicate]:
    """Documents that more than one unit reports: the same file, else the same number, else the same title and date."""
    found = []
    seen: set[frozenset[int]] = set()
    for why, key in (("文件内容相同", _by_content), ("发文字号相同", _by_number), ("标题和日期相同", _by_title)):
        groups: dict[object, list[int]] = defaultdict(list)
        for position, row in enumerate(rows):
            if (value := key(row)) is not None:
                groups[value].append(position)
        for members in groups.values():
            whole = frozenset(members)
            if len({rows[i].reporter for i in members}) > 1 and not any(whole <= earlier for earlier in seen):
                seen.add(whole)
                found.append(_duplicate([rows[i] for i in members], [places[i] for i in members], why))
    return sorted(found, key=lambda duplicate: (not duplicate.conflict, duplicate.number, duplicate.title))


def _duplicate(rows: Sequence[LedgerRow], cells: Sequence[str], why: str) -> Duplicate:
    first = rows[0]
    units, decided = tuple(row.reporter for row in rows), tuple(row.decision for row in rows)
    return Duplicate(first.title, first.number, units, tuple(cells), decided, why)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


def _by_content(row: LedgerRow) -> object:
    return row.document_id if re.fullmatch(r"[0-9a-f]{16}", row.document_id) else None


def _by_number(row: LedgerRow) -> object:
    """A number with a year and a serial; 令第1号 of two bodies are two documents."""
    bare = _bare(row.number)
    return bare if re.search(r"(?:19|20)\d\d\d+号$", bare) else None


def _by_title(row: LedgerRow) -> object:
    return (_bare(row.title), row.date) if row.title and row.date else None
