"""Terms and machines as arrays: the values that scikit-learn gives, on any text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.classify import load_model
from pipeline.classify.near.features import PARTS, WEIGHTS
from pipeline.classify.near.tfidf import Terms, runs_of
from pipeline.classify.near.votes import Votes, reading
from pipeline.learn.annotations import read_annotations
from pipeline.learn.near.features import clause_features
from pipeline.learn.near.votes import as_votes

LETTERS = "将失信企业列入黑名单，骗取补助的三年内不得申报；记入诚信档案。‖ \t\nABc3"


@pytest.fixture(scope="module")
def fitted():
    """scikit-learn's features on some clauses, with machines of chance, and the same as arrays."""
    features = clause_features().fit(read_annotations().take(np.arange(0, 2000, 9)).texts)
    random = np.random.default_rng(0)
    width = features.transform(["‖"]).shape[1]
    coef, intercept = random.normal(size=(width, 4)), random.normal(size=4)
    return features, coef, intercept, as_votes(features, coef, intercept)


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet=LETTERS, max_size=80) | st.text(max_size=40))
def test_decision_values_are_those_of_scikit_learn_for_any_text(fitted, text: str) -> None:
    features, coef, intercept, votes = fitted
    expected = features.transform([text]) @ coef + intercept
    assert np.abs(votes.values(reading([text]))[:1] - expected).max() < 1e-9


def test_decision_values_are_those_of_scikit_learn_on_clauses_not_seen(fitted) -> None:
    features, coef, intercept, votes = fitted
    texts = read_annotations().take(np.arange(4, 2000, 11)).texts
    assert np.abs(votes.values(reading(texts))[: len(texts)] - (features.transform(texts) @ coef + intercept)).max() < 1e-9


def test_every_part_weighs_what_the_model_says(fitted) -> None:
    votes: Votes = fitted[3]
    assert list(votes.terms) == list(PARTS)
    assert list(votes.coef) == list(WEIGHTS)


def test_unknown_terms_weigh_nothing_and_known_ones_have_a_length_of_one() -> None:
    terms = Terms(["信", "信用", "用"], np.array([1.0, 2.0, 3.0]))
    once, nothing, empty = terms.values(runs_of(["信", "无关", ""]), np.eye(3))
    assert once.tolist() == [1, 0, 0]
    assert not nothing.any() and not empty.any()
    assert np.linalg.norm(terms.values(runs_of(["信用，用"]), np.eye(3))) == pytest.approx(1)


def test_a_run_ends_with_its_text() -> None:
    assert not Terms(["信用"], np.array([1.0])).values(runs_of(["信", "用"]), np.eye(1)).any()


def test_no_two_terms_of_the_shipped_model_share_a_hash() -> None:
    for terms in load_model().classifier.votes.terms.values():
        assert (np.diff(terms._known.table) > 0).all()
