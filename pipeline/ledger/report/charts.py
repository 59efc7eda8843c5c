"""The report's charts (统计图): bars of documents by year, issuer, function, level of basis and disposition, as inline SVG."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from pipeline.document import Disposition, Function, Level
from pipeline.ledger.row import LedgerRow
from pipeline.svg import BLUE, GRID, INK, SOFT, line, opening, text

_LEVEL = re.compile(r"［([^；［］]+)；")
_MOST_BARS, _LABEL = 12, 12
_WIDTH, _ROW, _LEFT, _RIGHT = 520.0, 24.0, 168.0, 64.0
_REST = "其他"

Bar = tuple[str, int]


def charts(rows: Sequence[LedgerRow]) -> list[tuple[str, str]]:
    """Each chart's heading and its SVG, of the listed documents."""
    years = Counter(row.date[:4] or "无日期" for row in rows)
    issuers = Counter(name for row in rows for name in (row.issuers.split("、")[:1] if row.issuers else ["未认出"]))
    functions = Counter(name for row in rows for name in {name for each in row.details for name in each.functions.split("、")})
    levels = Counter(name for row in rows for each in row.details for name in _LEVEL.findall(each.bases))
    dispositions = Counter(row.decision or f"机器建议{row.suggestion}" for row in rows)
    suggested = [*map(str, Disposition), "不列入", *(f"机器建议{name}" for name in Disposition)]
    return [
        ("按成文年份（文件数）", bars(_latest(years), "按成文年份")),
        ("按发文机关（文件数，只计牵头机关）", bars(_most(issuers), "按发文机关")),
        ("按涉及环节（文件数，一个文件可涉及多个环节）", bars(_named(functions, map(str, Function)), "按涉及环节")),
        ("按依据的效力级别（引用处数）", bars(_named(levels, map(str, Level)), "按依据的效力级别")),
        ("按处置意见（文件数；未决定的按机器建议）", bars(_named(dispositions, suggested), "按处置意见")),
    ]


def bars(counts: Sequence[Bar], label: str) -> str:
    """Horizontal bars with their numbers, the longest across the whole width."""
    height = _ROW * max(len(counts), 1) + 8
    most = max((number for _, number in counts), default=0) or 1
    parts = [*opening(_WIDTH, height, escape(label)), line(_LEFT, 2, _LEFT, height - 4, GRID)]
    for index, (name, number) in enumerate(counts):
        top = 4 + index * _ROW
        wide = (_WIDTH - _LEFT - _RIGHT) * number / most
        shown = name if len(name) <= _LABEL else name[: _LABEL - 1] + "…"
        parts.append(text(_LEFT - 8, top + 15, escape(shown), size=12.5, colour=INK, anchor="end"))
        parts.append(
            f'<rect x="{_LEFT}" y="{top + 4:.1f}" width="{wide:.1f}" height="14" rx="2" fill="{BLUE}">'
            f"<title>{escape(name)} {number}</title></rect>"
        )
        parts.append(text(_LEFT + wide + 6, top + 15, str(number), size=12.5, colour=SOFT))
    if not counts:
        parts.append(text(_LEFT + 8, 18, "无", size=12.5))
    return "\n".join([*parts, "</svg>"])


def _latest(years: Counter[str]) -> list[Bar]:
    """The years in order; the earliest together where there are too many."""
    ordered = sorted(years)
    if len(ordered) <= 2 * _MOST_BARS:
        return [(name, years[name]) for name in ordered]
    late = ordered[-2 * _MOST_BARS + 1 :]
    return [
        (f"{late[0]} 以前", sum(years.values()) - sum(years[name] for name in late)),
        *((name, years[name]) for name in late),
    ]


def _most(counts: Counter[str]) -> list[Bar]:
    """The most frequent, and all others together: the bars add up."""
    most = counts.most_common(_MOST_BARS)
    rest = sum(counts.values()) - sum(number for _, number in most)
    return [*most, *([(f"{_REST}（{len(counts) - len(most)} 个）", rest)] if rest else [])]


def _named(counts: Counter[str], names: Iterable[str]) -> list[Bar]:
    return [(name, counts[name]) for name in names if counts[name]]
