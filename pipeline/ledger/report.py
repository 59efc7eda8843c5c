"""The report (report.html): one self-contained page in Chinese that needs no network, to read and to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.document import Disposition, Function
from pipeline.ledger.cell import cell_text
from pipeline.ledger.detail import Evidence
from pipeline.ledger.row import LedgerRow, ScanFacts
from pipeline.ledger.unit import Unit
from pipeline.ledger.workbook.explanation import NO_UNIT
from pipeline.whole_files import whole

#: path, kind, reason, remedy of a file that could not be screened
Problem = tuple[str, str, str, str]


class NearMiss(NamedTuple):
    """An unflagged document that is worth a look (得分接近); ``remark`` says why where it is not the score alone."""

    path: str
    title: str
    score: float
    remark: str = ""


_DOUBTFUL_SHOWN = 200  # by score; those with a remark are always shown


def write_report(
    rows: Sequence[LedgerRow],
    path: str | Path,
    unit: Unit | None,
    facts: ScanFacts,
    problems: Iterable[Problem],
    doubtful: Iterable[NearMiss] = (),
    unread: Iterable[Problem] = (),
) -> None:
    """Write the report of a scan; ``doubtful`` are unflagged documents near the threshold, the likeliest first, ``unread``
    what could not be read inside files that were screened (部分未读)."""
    own = [row for row in rows if row.belongs]
    outside = [row for row in rows if not row.belongs]
    listed = [tuple(cell_text(part) for part in problem) for problem in problems]
    doubtful = list(doubtful)
    shown = [near for near in doubtful if near.remark]
    shown += [near for near in doubtful if not near.remark][:_DOUBTFUL_SHOWN]
    page = _template().render(
        unit=unit,
        facts=facts,
        no_unit=NO_UNIT,
        rows=rows,
        own=own,
        outside=outside,
        groups=[("台账", own), ("不属本单位台账", outside)],
        totals=_totals(facts),
        dispositions=_dispositions(own, outside),
        functions=list(_functions(rows)),
        problems=listed,
        problem_kinds=sorted(Counter(problem[1] for problem in listed).items(), key=lambda pair: (-pair[1], pair[0])),
        doubtful=[(*map(cell_text, (near.path, near.title, near.remark)), near.score) for near in shown],
        unshown=len(doubtful) - len(shown),
        unread=[tuple(cell_text(part) for part in problem) for problem in unread],
        rules=sorted({rule for row in rows for rule in row.rules}),
        pieces=pieces,
    )
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with whole(Path(path)) as written:
        written.write_text(page, encoding="utf-8", errors="replace", newline="\n")


def _template():
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("report.html")


def _totals(facts: ScanFacts) -> list[tuple[str, int]]:
    return [
        ("发现文件", facts.found),
        ("已筛查", facts.screened),
        ("命中", facts.flagged),
        ("重复", facts.duplicates),
        ("问题", facts.problems),
    ]


def _dispositions(own: Sequence[LedgerRow], outside: Sequence[LedgerRow]) -> list[tuple[str, int, int]]:
    """Each suggestion with its documents on the two sheets; they add up to all rows."""
    ours, others = Counter(row.suggestion for row in own), Counter(row.suggestion for row in outside)
    return [(d.value, ours[d.value], others[d.value]) for d in Disposition]


def _functions(rows: Sequence[LedgerRow]) -> Iterator[tuple[str, int, int]]:
    """Each function with its documents and detail lines."""
    for function in Function:
        per_row = [sum(function.value in line.functions.split("、") for line in row.details) for row in rows]
        yield function.value, sum(count > 0 for count in per_row), sum(per_row)


def pieces(evidence: Evidence) -> Iterator[tuple[str, bool]]:
    """The quotation cut into (text, whether it is marked)."""
    at = 0
    for start, end in evidence.marks:
        yield evidence.quote[at:start], False
        yield evidence.quote[start:end], True
        at = end
    yield evidence.quote[at:], False
