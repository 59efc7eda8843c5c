"""Runs of text with their places on a page, joined into lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.ingest.readers import Line

_SAME_LINE = 0.5  # of the font size: runs whose baselines are nearer stand on one line
_CELL_GAP = 2.0  # font sizes: a gap that wide parts two cells
_SPACE_GAP = 0.4
_LEAST_SIZE = 3.0  # points


class Run(NamedTuple):
    """A stretch of text: where its baseline begins, how wide it is, the size of its font, in points from the top left."""

    text: str
    x: float
    y: float
    width: float
    size: float


def run_lines(runs: list[Run], number: int) -> Iterator[Line]:
    """The lines of page ``number`` from top to bottom; a wide gap parts cells."""
    for line in _grouped(list(_unique(runs))):
        yield _line(line, number)


def _unique(runs: list[Run]) -> Iterator[Run]:
    """Runs drawn twice at one spot are a bold face made by hand."""
    seen: set[tuple[str, int, int]] = set()
    for run in runs:
        key = (run.text, round(run.x * 1.4), round(run.y * 1.4))
        if key not in seen and run.text.strip():
            seen.add(key)
            yield run


def _grouped(runs: list[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x)):
        anchor = lines[-1][0] if lines else None
        if anchor is not None and run.y - anchor.y <= _SAME_LINE * max(min(run.size, anchor.size), _LEAST_SIZE):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.x) for line in lines]


def _line(runs: list[Run], number: int) -> Line:
    size = max(min(run.size for run in runs), _LEAST_SIZE)
    parts = [runs[0].text]
    for last, run in pairwise(runs):
        gap = run.x - last.x - last.width
        parts.append("\t" if gap > _CELL_GAP * size else " " if gap > _SPACE_GAP * size else "")
        parts.append(run.text)
    text = "".join(parts).strip()
    low, high = max(run.y for run in runs), min(run.y - run.size for run in runs)
    x1 = max(run.x + run.width for run in runs)
    return Line(text, number, "row" if "\t" in text else "line", runs[0].x, x1, high, low, size)
