"""The summary of a scan (概况): counts that close, and bars by function, level, suggestion and decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from pipeline.archive import CHOICES
from pipeline.document import Disposition, Function, Level
from pipeline.review.display import Shown, style, templates

#: name, count, width of the bar in per cent
Bar = tuple[str, int, float]


def summary(documents: pd.DataFrame, measures: pd.DataFrame, citations: pd.DataFrame) -> Shown:
    """The summary as HTML with its style, from the tables of `Scan`."""
    screened = documents[documents["结果"] == "已筛查"]
    flagged = screened[screened["命中"].astype(bool)]
    outcomes = Counter(documents["结果"])
    functions = Counter(name for names in flagged["涉及环节"] for name in names.split("、"))
    cited = citations[citations["命中"].astype(bool)]
    decided = Counter(name or "未决定" for name in flagged["人工决定"])
    page = templates().get_template("summary.html")
    return Shown(
        page.render(
            style=style(),
            found=len(documents),
            outcomes=[(name, outcomes[name]) for name in ("已筛查", "重复", "问题")],
            flagged=len(flagged),
            measures=len(measures),
            charts=[
                ("涉及环节（文件数）", bars(functions, map(str, Function)), "一个文件可涉及多个环节"),
                ("机器建议（文件数）", bars(Counter(flagged["处置建议"]), map(str, Disposition)), f"合计 {len(flagged)}"),
                (
                    "命中文件引用的依据（按效力级别）",
                    bars(Counter(cited["效力级别"]), map(str, Level)),
                    f"合计 {len(cited)}，前四级可作依据",
                ),
                ("人工决定（命中文件）", bars(decided, (*CHOICES, "未决定")), f"合计 {len(flagged)}"),
            ],
        )
    )


def bars(counts: Counter[str], names: Iterable[str]) -> list[Bar]:
    """A bar for each name, in this order; the longest is 100 wide."""
    most = max(counts.values(), default=0) or 1
    return [(name, counts[name], 100 * counts[name] / most) for name in names]
