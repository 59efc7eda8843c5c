"""The far judge's arithmetic: the same values as scikit-learn's on the same n-grams, for any texts at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipeline.classify.linear import LinearJudge, load_linear, save_linear
from pipeline.classify.ngrams import BITS, LONGEST, grams, sums
from pipeline.learn.linear.background import rows_of

TEXTS = ["将失信企业列入黑名单。", "今天天气很好", "骗取补助的三年内不得申报", "请按说明书安装打印机驱动程序", "", "信"]


def test_decision_values_are_those_of_scikit_learn() -> None:
    rows = rows_of(TEXTS[:4])
    fitted = LogisticRegression(C=10).fit(rows, [1, 0, 1, 0])
    judge = LinearJudge(fitted.coef_[0], float(fitted.intercept_[0]), 0.0)
    assert np.abs(judge.values([""] * 4, TEXTS[:4]) - fitted.decision_function(rows)).max() < 1e-9


def test_a_lead_in_counts_as_part_of_the_clause() -> None:
    weights = np.random.default_rng(0).normal(size=2**BITS)
    judge = LinearJudge(weights, 0.5, 0.0)
    both = weights[np.concatenate([grams("有下列情形的："), grams("列入名单")])]
    expected = both.sum() / np.sqrt(len(both)) + 0.5
    assert abs(judge.values(["有下列情形的："], ["列入名单"])[0] - expected) < 1e-9


@given(st.lists(st.text(max_size=40), max_size=8))
def test_sums_of_many_texts_are_the_sums_of_each(texts: list[str]) -> None:
    weights = np.random.default_rng(1).normal(size=2**BITS)
    totals, counts = sums(texts, weights)
    for text, total, count in zip(texts, totals, counts, strict=True):
        assert count == sum(max(len(text) - length + 1, 0) for length in range(1, LONGEST + 1))
        assert abs(total - weights[grams(text)].sum()) < 1e-9


def test_rows_hold_each_n_gram_over_the_root_of_their_number() -> None:
    rows: csr_matrix = rows_of(["信用"])
    assert abs(rows.sum() - np.sqrt(3)) < 1e-12


def test_a_saved_judge_comes_back(tmp_path) -> None:
    judge = LinearJudge(np.arange(2**BITS, dtype=np.float64), 0.25, -4.0)
    save_linear(judge, tmp_path / "judge.npz")
    back = load_linear(tmp_path / "judge.npz")
    assert (back.weights == judge.weights).all() and (back.intercept, back.bound) == (0.25, -4.0)
