"""Whether a new model is worse than the one in place (比较): both judged on the same clauses, group by group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.learn.annotations import Annotations
from pipeline.learn.cross_validation import Judged, measured
from pipeline.learn.intervals import bounds, outcome, resampled, total

_COMPARED = {"查全率": 1, "误报率": -1, "各环节平均": 1}  # 1: more is better
_LEVEL = 0.99  # up to six figures are looked at together: an equal model should be refused in few runs of a hundred
_FEWEST_GROUPS = 5  # with fewer, drawing groups says nothing


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure on one part of the data (随附标注, 人工决定), before and after, and the 99 % interval of the change."""

    part: str
    name: str
    before: float
    after: float
    low: float
    high: float
    worse: bool


def compare(data: Annotations, old: Judged, new: Judged) -> list[Difference]:
    """The figures of both models, each judged in cross-validation on these clauses.

    A figure is *worse* where even the favourable end of the 99 % interval of its change, by a bootstrap that draws the
    same groups for both models, is a change for the worse. Figures of a part with fewer than five groups are shown, and
    never called worse.
    """
    parts = [("随附标注", ~data.decided), ("人工决定", data.decided)]
    return [difference for part, rows in parts if rows.any() for difference in _differences(part, data, old, new, rows)]


def _differences(part: str, data: Annotations, old: Judged, new: Judged, rows: np.ndarray) -> list[Difference]:
    chosen = data.take(np.flatnonzero(rows))
    counts = [outcome(chosen.labels, judged.said[rows], chosen.groups) for judged in (old, new)]
    before, after = (measured(total(each)) for each in counts)
    drawn_before, drawn_after = (measured(resampled(each)) for each in counts)
    differences = []
    for name, sign in _COMPARED.items():
        low, high = bounds(drawn_after[name] - drawn_before[name], _LEVEL)
        worse = len(set(chosen.groups)) >= _FEWEST_GROUPS and (high if sign > 0 else -low) < 0
        values = round(float(before[name][0]), 4), round(float(after[name][0]), 4)
        differences.append(Difference(part, name, *values, low, high, worse))
    return differences
