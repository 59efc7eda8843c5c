"""The annotated short documents (标注文件): never learnt from, so that they show what the shipped model does with a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from pipeline.classify.classification import classify
from pipeline.classify.lexicon import FUNCTIONS
from pipeline.classify.model import Model
from pipeline.document import Document, Span
from pipeline.learn.intervals import Share, bounds, f1, outcome, resampled, total
from pipeline.screening import names_a_measure
from pipeline.structure import parse


def measure_documents(rows: Iterable[dict[str, Any]], model: Model) -> dict[str, Share]:
    """Recall by tier, precision and false alarms of ``model`` on rows of ``data/annotated/documents``."""
    return document_shares([(row["relevant"] == 1, row["tier"], _flagged(row["text"], model)) for row in rows])


def document_shares(documents: Sequence[tuple[bool, str, bool]]) -> dict[str, Share]:
    """Shares from what is known of documents and what was said: (relevant, tier, flagged) of each."""

    def share(name: str, among: list[bool]) -> tuple[str, Share]:
        return name, Share(sum(among), len(among))

    return dict(
        [
            share("查全率", [flagged for relevant, _, flagged in documents if relevant]),
            *(
                share(f"查全率（{tier}）", [flagged for relevant, its, flagged in documents if relevant and its == tier])
                for tier in ("core", "embedded")
            ),
            share("查准率", [relevant for relevant, _, flagged in documents if flagged]),
            share("误报率", [flagged for relevant, _, flagged in documents if not relevant]),
        ]
    )


def function_scores(truth: Sequence[Sequence[bool]], said: Sequence[Sequence[bool]]) -> dict[str, tuple[float, float, float]]:
    """F1 and its 95 % interval by function, and their mean (各环节平均); rows are documents, columns the seven functions."""
    counts = outcome(np.array(truth), np.array(said), [str(row) for row in range(len(truth))])
    scores, drawn = f1(total(counts))[0], f1(resampled(counts))
    columns = [*zip(FUNCTIONS, scores, drawn.T, strict=True), ("各环节平均", scores.mean(), drawn.mean(axis=1))]
    return {name: (round(float(score), 4), *bounds(draws)) for name, score, draws in columns}


def _flagged(text: str, model: Model) -> bool:
    metadata, clauses = parse(Document("", "text", "", text, (Span(0, len(text)),)))
    return classify(clauses, metadata, model, names_a_measure=names_a_measure).flagged
