"""What a training run measured (训练报告)."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.learn.comparison import Difference


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What training measured, all in cross-validation, and whether the new model was put in place.

    ``decided`` clauses come from people's decisions. ``recall``, ``false_rate`` and ``precision`` are of clauses at the
    operating point ``flag``; ``f1`` is of each function at its own of the ``thresholds``; ``brier`` is the mean squared error
    of the calibrated relevance; ``reliability`` has mean chance, relevant clauses and all clauses by tenth. ``intervals``
    holds the 95 % interval of each figure by its Chinese name; ``slips`` the figures by rate of misread characters;
    ``documents`` hits and totals on the annotated documents. ``changes`` compares with the model that was in place, on the
    same folds in the same run; ``learned`` are the ids of the clauses learnt from, parted by spaces. ``forgotten`` is how many
    decided clauses the model in place had learnt, where none were given this time.
    """

    version: str
    trained: str
    clauses: int
    relevant: int
    decided: int
    flag: float
    thresholds: dict[str, float]
    recall: float
    false_rate: float
    precision: float
    f1: dict[str, float]
    macro_f1: float
    brier: float
    intervals: dict[str, tuple[float, float]]
    reliability: list[tuple[float, int, int]]
    slips: dict[str, dict[str, float]]
    counts: dict[str, dict[str, int]]
    learned: str
    documents: dict[str, tuple[int, int]] = field(default_factory=dict)
    changes: list[Difference] = field(default_factory=list)
    forgotten: int = 0
    replaced: bool = True
