"""What slips of character recognition cost: `python -m benchmarks.robustness`.

Clauses by grouped cross-validation, with and without misread copies among what is learnt; then real documents, and our own
annotated ones, through the whole product with the shipped model.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from sklearn.base import BaseEstimator, clone

from benchmarks.documents import SHARED, labelled
from pipeline.document import Document, Span
from pipeline.learn import Share
from pipeline.learn.annotations import Annotations, annotated, read_annotations
from pipeline.learn.cross_validation import figures, folds, judge, out_of_fold
from pipeline.learn.slips import slipping
from pipeline.learn.training import new_classifier
from pipeline.screening import screen

RATES = (0.0, 0.01, 0.03)
_SHOWN = ("查全率", "误报率", "各环节平均")


class WithMisread(BaseEstimator):
    """A candidate that learns from a misread copy of every other clause as well (not shipped: it does not help)."""

    def __init__(self, candidate: BaseEstimator) -> None:
        self.candidate = candidate

    def fit(self, texts: list[str], labels: np.ndarray) -> WithMisread:
        alter = slipping(0.06, salt=1)  # other slips than those that are measured
        self._fitted = clone(self.candidate).fit([*texts, *map(alter, texts[::2])], np.vstack([labels, labels[::2]]))
        return self

    def decision_function(self, texts: list[str]) -> np.ndarray:
        return self._fitted.decision_function(texts)


def clauses(data: Annotations) -> None:
    """Recall, false alarms and macro-F1 by rate; the settings are those of clean clauses, as in use."""
    fold = folds(data)
    for name, model in (("随附模型", new_classifier()), ("另学错字", WithMisread(new_classifier()))):
        clean, *misread = out_of_fold(model, data, fold, altered=[slipping(rate) for rate in RATES[1:]])
        for rate, values in zip(RATES, (clean, *misread), strict=True):
            found = figures(data, judge(clean, data.labels, fold, values))
            shown = (f"{key} {found.values[key]:.3f} {_interval(found.intervals[key])}" for key in _SHOWN)
            print(f"条款（{name}）错字 {rate:.0%}\t" + "\t".join(shown))


def _interval(ends: tuple[float, float]) -> str:
    return f"[{ends[0]:.3f}, {ends[1]:.3f}]"


def documents(name: str, known: Iterable[tuple[Document, bool]]) -> None:
    """Document recall and false alarms by rate."""
    known = list(known)
    for rate in RATES:
        alter = slipping(rate)
        flagged = [(relevant, screen(_misread(document, alter(document.text))).flagged) for document, relevant in known]
        found = [said for relevant, said in flagged if relevant]
        false = [said for relevant, said in flagged if not relevant]
        print(f"{name}错字 {rate:.0%}\t查全率 {Share(sum(found), len(found))}\t误报率 {Share(sum(false), len(false))}")


def _misread(document: Document, text: str) -> Document:
    return replace(document, text=text, pages=(Span(0, len(text)),))


def _own() -> Iterable[tuple[Document, bool]]:
    for _, row in annotated("documents"):
        yield Document(row["id"], "text", row["id"], row["text"], (Span(0, len(row["text"])),)), row["relevant"] == 1


def main() -> None:
    clauses(read_annotations())
    documents("标注短文件", _own())
    if SHARED.is_dir():
        documents("真实公文", ((document, row["relevant"] == "1") for row, document in labelled(SHARED)))


if __name__ == "__main__":
    main()
