"""Simulation (模拟): on labelled documents, how many a person would have had to read to find all the relevant ones.

Each method gives an order of reading; the relevant documents found are counted along it. Work saved over sampling at a
recall (WSS, Cohen et al. 2006) is the share of documents that need not be read, less what random reading would save.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rjieba

from pipeline.audit.bounds import Stratum
from pipeline.audit.elas import elas_order
from pipeline.audit.stopping import may_stop
from pipeline.classify import lexicon_strength
from pipeline.learn.evaluation import Judged, LabelsError, judge_labelled

OURS, LEXICON, ELAS, RANDOM = "本工具得分", "仅词表", "ASReview 默认模型（ELAS u4）", "随机"
_SEEDS = 5
_LOOKS = 4
_DRAWS = 200

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Curve:
    """``runs[i, n]``: how many relevant documents were found after ``n`` documents were read, in run ``i``."""

    name: str
    runs: np.ndarray

    @property
    def found(self) -> np.ndarray:
        """The mean of the runs."""
        return self.runs.mean(axis=0)

    @property
    def relevant(self) -> int:
        return int(self.runs[0, -1])

    def read_for(self, recall: float) -> float:
        """Documents read until this share of the relevant ones is found, a mean over the runs."""
        return float((self.runs >= recall * self.relevant - 1e-9).argmax(axis=1).mean())

    def saved(self, recall: float) -> float:
        """Work saved over sampling at this recall (WSS)."""
        documents = self.runs.shape[1] - 1
        return (documents - self.read_for(recall)) / documents - (1 - recall)


@dataclass(frozen=True, slots=True)
class Stopped:
    """Where a reader who keeps the stopping rule stops, over random draws: documents read, recall reached, both means, and
    how often the goal was in fact reached."""

    goal: float
    read: float
    recall: float
    kept: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """``documents`` labelled ones, ``relevant`` of them; a curve a method, ours first; the stopping rule along ours."""

    documents: int
    relevant: int
    curves: list[Curve]
    stopped: Stopped
    unreadable: list[str]


def simulate(labels: Path, docs: Path, progress: Progress = lambda what, done, total: None) -> Simulation:
    """Screen every labelled document below ``docs`` and simulate. Raises LabelsError, FileNotFoundError."""
    judged, unreadable = judge_labelled(labels, docs, lambda done, total: progress("筛查", done, total))
    return simulate_judged(judged, unreadable, progress)


def simulate_judged(
    judged: Sequence[Judged], unreadable: Sequence[str] = (), progress: Progress = lambda *_: None
) -> Simulation:
    """The simulation on documents that were screened; raises LabelsError unless some are relevant and some are not."""
    relevant = np.array([each.label.relevant for each in judged], dtype=bool)
    if relevant.all() or not relevant.any():
        raise LabelsError("标注表里须既有失信约束文件，也有其他文件，才能模拟。")
    texts = [each.screening.document.text for each in judged]
    scores = np.array([each.screening.score for each in judged])
    runs = []
    for seed in range(_SEEDS):
        progress("模拟 ASReview", seed, _SEEDS)
        runs.append(elas_order([segmented(text) for text in texts], relevant, seed))
    curves = [
        _curve(OURS, relevant, [_by(scores)]),
        _curve(LEXICON, relevant, [_by(np.array([lexicon_strength(text) for text in texts]))]),
        _curve(ELAS, relevant, runs),
        Curve(RANDOM, np.linspace(0, relevant.sum(), len(judged) + 1)[np.newaxis]),
    ]
    flagged = np.array([each.screening.flagged for each in judged])
    return Simulation(len(judged), int(relevant.sum()), curves, _stopped(relevant, flagged, 0.95), list(unreadable))


def segmented(text: str) -> str:
    """Words parted by spaces, for models made for languages that write them so."""
    return " ".join(rjieba.cut(text))


def _by(scores: np.ndarray) -> np.ndarray:
    """Indices by falling score; equal ones in the order of the table."""
    return np.argsort(-scores, kind="stable")


def _curve(name: str, relevant: np.ndarray, orders: Sequence[np.ndarray]) -> Curve:
    return Curve(name, np.array([[0, *np.cumsum(relevant[order])] for order in orders]))


def _stopped(relevant: np.ndarray, flagged: np.ndarray, goal: float) -> Stopped:
    """The flagged documents are read first, then the rest at random, with a planned look after each quarter."""
    rest, found = relevant[~flagged], int(relevant[flagged].sum())
    draw = np.random.default_rng(0)
    outcomes = []
    for _ in range(_DRAWS):
        order = draw.permutation(rest)
        for look in range(1, _LOOKS + 1):
            read = len(rest) * look // _LOOKS
            seen = int(order[:read].sum())
            if may_stop(found, Stratum(len(rest), read, seen), goal, looks=_LOOKS):
                break
        outcomes.append((int(flagged.sum()) + read, (found + seen) / relevant.sum()))
    reads, recalls = np.array(outcomes).T
    return Stopped(goal, float(reads.mean()), float(recalls.mean()), float((recalls >= goal).mean()))
