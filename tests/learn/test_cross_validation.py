"""Measuring honestly: groups are not parted, and nothing is settled on the clauses that it is measured on."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.classify.lexicon import FUNCTIONS
from pipeline.classify.model import present
from pipeline.learn.annotations import Annotations, as_annotations
from pipeline.learn.comparison import compare
from pipeline.learn.cross_validation import Judged, folds, judge, settle


def clauses(count: int, groups: int, *, decided: bool = False) -> Annotations:
    """Clauses of which every other one is relevant, with the functions in turn."""
    functions = [[FUNCTIONS[row // 2 % 7]] if row % 2 else [] for row in range(count)]
    return as_annotations(
        [(f"{decided}{row}", f"组{row * groups // count}", f"第{row}条", functions[row]) for row in range(count)],
        decided=decided,
    )


@pytest.fixture
def data() -> Annotations:
    return clauses(280, 14)


@pytest.fixture
def values(data: Annotations) -> np.ndarray:
    """Decision values that lean to the right side, with much noise."""
    return 2.0 * data.labels - 1 + np.random.default_rng(1).normal(0, 1.2, data.labels.shape)


def test_a_group_is_never_parted_between_folds(data: Annotations) -> None:
    fold = folds(data)
    assert len(set(fold)) == 5
    assert all(
        len({number for number, its in zip(fold, data.groups, strict=True) if its == group}) == 1 for group in set(data.groups)
    )


def test_decided_clauses_do_not_move_the_annotated_ones_to_other_folds(data: Annotations) -> None:
    decided = clauses(40, 9, decided=True)
    together = data.followed_by(decided)
    assert folds(together)[: len(data)].tolist() == folds(data).tolist()
    assert len(set(folds(together)[len(data) :])) == 5


def test_what_is_said_of_a_fold_does_not_depend_on_its_own_labels(data: Annotations, values: np.ndarray) -> None:
    fold = folds(data)
    here = fold == 2
    other = data.labels.copy()
    other[here] = 1 - other[here]
    for before, after in zip(judge(values, data.labels, fold), judge(values, other, fold), strict=True):
        assert (before[here] == after[here]).all()


def test_each_function_has_the_threshold_that_suits_it(data: Annotations, values: np.ndarray) -> None:
    settings = settle(values, data.labels)
    assert set(settings.functions) == set(FUNCTIONS)
    assert all(0.15 <= threshold <= 0.85 for threshold in settings.functions.values())
    assert len(set(settings.functions.values())) > 1


def test_the_operating_point_finds_nearly_all_relevant_clauses(data: Annotations, values: np.ndarray) -> None:
    settings = settle(values, data.labels)
    relevant = data.labels[:, 0] == 1
    slope, intercept = settings.calibration["相关"]
    chances = 1 / (1 + np.exp(-(values[:, 0] * slope + intercept)))
    assert (chances[relevant] >= settings.flag - 0.001).mean() >= 0.97
    assert settings.flag <= 0.4


def test_a_relevant_clause_has_its_likeliest_function_and_one_below_the_floor_none(
    data: Annotations, values: np.ndarray
) -> None:
    settings = settle(values, data.labels)
    chances = np.array([[0.9, *[0.01] * 6, 0.02], [0.1, *[0.9] * 7]])
    said = present(chances, 0.5, settings)
    assert said[0].tolist() == [False] * 6 + [True]
    assert not said[1].any()


def said_at_random(data: Annotations, errors: float, seed: int) -> Judged:
    wrong = np.random.default_rng(seed).random(data.labels.shape) < errors
    return Judged(data.labels.astype(float), (data.labels == 1) ^ wrong)


def test_the_same_judgement_is_not_worse_than_itself(data: Annotations) -> None:
    judged = said_at_random(data, 0.2, 3)
    assert not any(change.worse for change in compare(data, judged, judged))


def test_more_errors_are_worse_and_fewer_are_not(data: Annotations) -> None:
    good, bad = said_at_random(data, 0.05, 4), said_at_random(data, 0.3, 5)
    assert all(change.worse for change in compare(data, good, bad))
    assert not any(change.worse for change in compare(data, bad, good))


def test_an_equal_model_is_seldom_called_worse(data: Annotations) -> None:
    pairs = [(said_at_random(data, 0.1, 2 * run), said_at_random(data, 0.1, 2 * run + 1)) for run in range(40)]
    refused = sum(any(change.worse for change in compare(data, *pair)) for pair in pairs)
    assert refused <= 4


def test_few_decided_documents_are_shown_and_not_judged_by(data: Annotations) -> None:
    together = data.followed_by(clauses(12, 3, decided=True))
    good, bad = said_at_random(together, 0.0, 8), said_at_random(together, 0.0, 8)
    bad.said[len(data) :] ^= True
    changes = compare(together, good, bad)
    decided = [change for change in changes if change.part == "人工决定"]
    assert decided and decided[0].after < decided[0].before
    assert not any(change.worse for change in changes)
