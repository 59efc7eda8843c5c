"""The annotated data (标注数据): clauses to learn from, short documents to be measured on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.classify.lexicon import FUNCTIONS
from pipeline.classify.near.features import SEPARATOR, joined
from pipeline.shipped import ANNOTATED


@dataclass(frozen=True, slots=True)
class Annotations:
    """Clauses joined with their context, their labels (clauses x LABELS, 0 or 1), the group and the id of each.

    Clauses of one group (a batch and sector, or one document that a person decided) are never parted between learning
    and measuring. An ``id`` tells the same clause again in a later run; ``decided`` says which come from people's decisions.
    """

    texts: list[str]
    labels: np.ndarray
    groups: list[str]
    ids: list[str]
    decided: np.ndarray

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, chosen: np.ndarray) -> Annotations:
        """The clauses at these positions."""
        at = [int(index) for index in chosen]
        texts, groups, ids = ([values[index] for index in at] for values in (self.texts, self.groups, self.ids))
        return Annotations(texts, self.labels[at], groups, ids, self.decided[at])

    @staticmethod
    def joined(parts: Sequence[Annotations]) -> Annotations | None:
        """All parts in one; None where there is no part."""
        return reduce(Annotations.followed_by, parts) if parts else None

    def followed_by(self, more: Annotations) -> Annotations:
        """These clauses, then those."""
        return Annotations(
            self.texts + more.texts,
            np.vstack([self.labels, more.labels]),
            self.groups + more.groups,
            self.ids + more.ids,
            np.concatenate([self.decided, more.decided]),
        )


def as_annotations(rows: Sequence[tuple[str, str, str, Sequence[str]]], *, decided: bool = False) -> Annotations:
    """Rows of (id, group, joined text, functions) as `Annotations`."""
    labels = [[int(bool(functions)), *(int(name in functions) for name in FUNCTIONS)] for *_, functions in rows]
    return Annotations(
        texts=[text for _, _, text, _ in rows],
        labels=np.array(labels, dtype=int).reshape(len(rows), 1 + len(FUNCTIONS)),
        groups=[group for _, group, _, _ in rows],
        ids=[id_ for id_, *_ in rows],
        decided=np.full(len(rows), decided),
    )


def annotated(kind: str, folder: Path = ANNOTATED) -> list[tuple[str, dict[str, Any]]]:
    """Every row of ``folder/kind/*.jsonl`` with the name of its batch. Raises FileNotFoundError where there is none."""
    rows = [
        (path.stem, json.loads(line))
        for path in sorted((folder / kind).glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    if not rows:
        raise FileNotFoundError(2, "no annotations", str(folder / kind))
    return rows


ORDINARY = "ordinary"


def read_annotations(folder: Path = ANNOTATED) -> Annotations:
    """Every annotated clause in ``folder/clauses/*.jsonl``, and every piece of ordinary material (普通材料) in
    ``folder/ordinary``, which sets nothing. Raises FileNotFoundError where there are no clauses."""
    clauses = [
        (row["id"], f"{batch}/{row['sector']}", joined(row["text"], row["context"]), row["functions"])
        for batch, row in annotated("clauses", folder)
    ]
    ordinary: list[tuple[str, str, str, list[str]]] = []
    if (folder / ORDINARY).is_dir():
        ordinary = [
            (id_, f"{batch}/{ORDINARY}/{row['material']}", joined(line, ""), [])
            for batch, row in annotated(ORDINARY, folder)
            for id_, line in _lines(row)
        ]
    return as_annotations([*clauses, *ordinary])


_SHORTEST = 12  # characters of a line of a whole document that is learnt from


def _lines(row: dict[str, Any]) -> list[tuple[str, str]]:
    """A piece of one line as it is; of a whole document each line, as a reader of clauses would meet it."""
    lines = [line.strip() for line in row["text"].splitlines()]
    if len(lines) == 1:
        return [(row["id"], row["text"])]
    return [(f"{row['id']}.{number}", line) for number, line in enumerate(lines, 1) if len(line) >= _SHORTEST]


def is_ordinary(data: Annotations) -> np.ndarray:
    """Which rows are ordinary material, as a mask."""
    return np.array([f"/{ORDINARY}/" in group for group in data.groups], dtype=bool)


def ordinary_texts(data: Annotations) -> list[str]:
    """The ordinary material's texts, without their empty lead-ins."""
    return [text.lstrip(SEPARATOR) for text, ordinary in zip(data.texts, is_ordinary(data), strict=True) if ordinary]
