"""The model card (模型说明) with its plot and the metrics file, written by the training run and never by hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from pipeline.classify.model import METRICS_FILE
from pipeline.learn.intervals import Share
from pipeline.learn.reliability import reliability_svg
from pipeline.learn.report import TrainingReport

_MOST_LISTED = 30


def write_card(report: TrainingReport, folder: Path, candidates: Path) -> None:
    """Write ``metrics.json``, ``reliability.svg`` and ``README.md`` into the model's folder.

    ``candidates`` is the table that `benchmarks.candidates` writes; the card does without it where it is not there.
    """
    metrics = json.dumps(asdict(report), ensure_ascii=False, indent=1)
    (folder / METRICS_FILE).write_text(metrics + "\n", encoding="utf-8")
    tenths = [(mean, Share(hits, total)) for mean, hits, total in report.reliability]
    (folder / "reliability.svg").write_text(reliability_svg(tenths), encoding="utf-8")
    template = Environment(undefined=StrictUndefined, autoescape=False).from_string(
        Path(__file__).with_name("card.txt").read_text(encoding="utf-8")
    )
    card = template.render(
        r=report,
        f=lambda figure: f"{figure:.3f}",
        i=lambda name: "[{:.3f}, {:.3f}]".format(*report.intervals[name]),
        documents={name: Share(*share) for name, share in report.documents.items()},
        document_total=report.documents["查全率"][1] + report.documents["误报率"][1],
        tenths=tenths,
        candidates=_candidates(candidates),
        listing=_listing,
    )
    (folder / "README.md").write_text(card.rstrip() + "\n", encoding="utf-8")


def _listing(counts: dict[str, int]) -> str:
    shown = "、".join(f"{name} {count}" for name, count in list(counts.items())[:_MOST_LISTED])
    left = list(counts.values())[_MOST_LISTED:]
    return shown + (f"，其余 {len(left)} 类共 {sum(left)}" if left else "")


def _candidates(path: Path) -> str:
    """The table of candidates as Markdown: a list of rows (name of column -> value), or nothing."""
    if not path.is_file():
        return ""
    rows = json.loads(path.read_text(encoding="utf-8"))
    heads = list(dict.fromkeys(head for row in rows for head in row))
    lines = [[_cell(row.get(head, "")) for head in heads] for row in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [heads, ["---"] * len(heads), *lines])


def _cell(value: object) -> str:
    """A figure with the ends of its interval in three decimals; anything else as it is."""
    if isinstance(value, list):
        middle, low, high = value
        return "—" if middle is None else f"{middle:.3f} [{low:.3f}, {high:.3f}]"
    return str(value)
