"""The report (report.html): one self-contained page in Chinese that needs no network, to read and to print."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.document import Disposition, Function
from pipeline.ledger.cell import cell_text
from pipeline.ledger.detail import Evidence
from pipeline.ledger.report.charts import charts
from pipeline.ledger.row import LedgerRow, ScanFacts
from pipeline.ledger.timetable import Standing
from pipeline.ledger.unit import Unit
from pipeline.ledger.workbook.explanation import NO_UNIT
from pipeline.whole_files import whole

#: path, kind, reason, remedy of a file that could not be screened
Problem = tuple[str, str, str, str]


#: More documents than this are packed: a browser unpacks those that are looked at.
_PLAIN, _PACK = 400, 100


_DOUBTFUL_SHOWN = 200  # of those near by score alone


class NearMiss(NamedTuple):
    """An unflagged document whose score is near the threshold: worth a look (得分接近); ``material`` is set where it speaks of
    measures and is no policy document (非政策文件中提到)."""

    path: str
    title: str
    score: float
    material: str = ""


def write_report(
    rows: Sequence[LedgerRow],
    path: str | Path,
    unit: Unit | None,
    facts: ScanFacts,
    problems: Iterable[Problem],
    doubtful: Iterable[NearMiss] = (),
    unread: Iterable[Problem] = (),
    calendar: Sequence[Standing] = (),
) -> None:
    """Write the report of a scan; ``doubtful`` are unflagged documents near the threshold, the likeliest first, ``unread``
    what could not be read inside files that were screened (部分未读), ``calendar`` the items of the notice as they stand."""
    own = [row for row in rows if row.belongs]
    outside = [row for row in rows if not row.belongs]
    listed = [tuple(cell_text(part) for part in problem) for problem in problems]
    near = [NearMiss(cell_text(each.path), cell_text(each.title), each.score, each.material) for each in doubtful]
    templates = _templates()
    packed = len(rows) > _PLAIN
    groups = [(name, group) for name, group in (("台账", own), ("不属本单位台账", outside)) if group]
    article = templates.get_template("report_document.html").module.article  # type: ignore[attr-defined]
    script = Path(__file__).with_name("report.js").read_text(encoding="utf-8")
    page = templates.get_template("report.html").render(
        unit=unit,
        facts=facts,
        no_unit=NO_UNIT,
        rows=rows,
        own=own,
        outside=outside,
        listed=[(number, row, _functions_of(row)) for _, group in groups for number, row in enumerate(group, 1)],
        groups=[] if packed else groups,
        packs=list(_packs(article, groups)) if packed else [],
        pack_size=_PACK,
        totals=_totals(facts),
        steps=_steps(rows, facts, near, listed),
        charts=charts(rows),
        dispositions=_dispositions(own, outside),
        functions=list(_functions(rows)),
        problems=listed,
        problem_kinds=sorted(Counter(problem[1] for problem in listed).items(), key=lambda pair: (-pair[1], pair[0])),
        doubtful=[each for each in near if not each.material][:_DOUBTFUL_SHOWN],
        unshown=max(0, sum(not each.material for each in near) - _DOUBTFUL_SHOWN),
        calendar=calendar,
        mentioned=[each for each in near if each.material],
        unread=[tuple(cell_text(part) for part in problem) for problem in unread],
        rules=sorted({rule for row in rows for rule in row.rules}),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with whole(Path(path)) as written:
        written.write_text(page, encoding="utf-8", errors="replace", newline="\n")


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals["pieces"] = pieces
    return environment


def _packs(article: Callable[[int, LedgerRow], str], groups: Iterable[tuple[str, Sequence[LedgerRow]]]) -> Iterator[str]:
    """The documents' parts of the page, a hundred at a time, in the order of the list, as deflated base64."""
    drawn = (str(article(number, row)) for _, group in groups for number, row in enumerate(group, 1))
    while chunk := list(islice(drawn, _PACK)):
        squeezed = zlib.compress("\0".join(chunk).encode("utf-8", "replace"), 6)
        yield base64.b64encode(squeezed).decode()


def _steps(rows: Sequence[LedgerRow], facts: ScanFacts, near: Sequence[NearMiss], problems: Sequence[tuple]) -> list[str]:
    """What to do next, the most urgent first; each says what is waiting and how it is done."""
    waiting = sum(not row.decision for row in rows)
    doubtful, mentioned = sum(not each.material for each in near), sum(bool(each.material) for each in near)
    steps = []
    if problems:
        steps.append(f"先处理 {len(problems)} 个没能筛查的文件（见“问题文件”）：漏掉的文件往往在这里。")
    if waiting:
        steps.append(f"复核：还有 {waiting} 个命中文件没有决定。运行 shixin review 输出目录，逐个看原文、作出决定。")
    if doubtful:
        steps.append(f"查漏：翻阅 {doubtful} 个得分接近的未命中文件；台账上报后原则上不能再增加。")
    if mentioned:
        steps.append(f"看一遍 {mentioned} 个非政策文件中提到的措施，确认它们确实不必列入。")
    if rows and not waiting:
        steps.append("命中文件都已有决定：核对台账，运行 shixin audit 输出目录 作查全抽查，再运行 shixin seal 输出目录 封存。")
    if not rows:
        steps.append("没有命中文件：处理完上面各项后，可打印空表，经主要负责人签字盖章上报。")
    return steps


_NAMES = tuple(map(str, Function))


def _functions_of(row: LedgerRow) -> str:
    found = {name for line in row.details for name in line.functions.split("、")}
    return "、".join(name for name in _NAMES if name in found)


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
    documents, lines = Counter[str](), Counter[str]()
    for row in rows:
        said = [name for line in row.details for name in set(line.functions.split("、"))]
        lines.update(said)
        documents.update(set(said))
    for name in map(str, Function):
        yield name, documents[name], lines[name]


def pieces(evidence: Evidence) -> Iterator[tuple[str, bool]]:
    """The quotation cut into (text, whether it is marked)."""
    at = 0
    for start, end in evidence.marks:
        yield evidence.quote[at:start], False
        yield evidence.quote[start:end], True
        at = end
    yield evidence.quote[at:], False
