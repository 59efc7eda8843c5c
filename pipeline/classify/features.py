"""What the model sees of a clause: its words, and which sentence patterns of the lexicon it matches.

A clause reaches the model as one string, its lead-in before a separator, so that every step is an ordinary scikit-learn
estimator over lists of strings.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import rjieba
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.pipeline import FeatureUnion

from pipeline.classify.lexicon import FUNCTIONS, load_lexicon
from pipeline.classify.skeleton import skeleton
from pipeline.classify.vectorizer import PackedTfidf

SEPARATOR = "‖"
_A_DOCUMENT = 2048  # clauses; each is asked for by several of the features, one feature after the other
# Chosen in cross-validation: words say more than characters, of which there are more; patterns are few and strong already.
_WEIGHTS = {"词": 1.5, "骨架": 0.7, "句式": 0.5}


def joined(text: str, lead: str) -> str:
    """A clause and the words that lead in to it, as one string for the model."""
    return f"{lead}{SEPARATOR}{text}"


def words(text: str) -> list[str]:
    """jieba's words of a clause, decoys (信用卡, 诚实信用原则 ...) blanked."""
    return [word for word in rjieba.cut(masked_text(text)) if word.strip()]


def masked_text(text: str) -> str:
    """The clause with its decoys blanked; the preprocessor of the character n-grams."""
    return _masked(text)


def skeletons(joined_text: str) -> str:
    """The skeletons of a clause and of its lead-in; the preprocessor of the n-grams of marks."""
    return _skeletons(joined_text)


# Kept apart from the functions above, which the saved model names: skops can't save a function with a memory.
@lru_cache(maxsize=_A_DOCUMENT)
def _masked(text: str) -> str:
    return load_lexicon().mask(text)


@lru_cache(maxsize=_A_DOCUMENT)
def _skeletons(joined_text: str) -> str:
    lead, _, text = masked_text(joined_text).partition(SEPARATOR)
    return f"{skeleton(lead)}{SEPARATOR}{skeleton(text)}"


@lru_cache(maxsize=_A_DOCUMENT)
def _patterns(joined_text: str) -> tuple[float, ...]:
    lexicon = load_lexicon()
    lead, _, text = masked_text(joined_text).partition(SEPARATOR)
    row = [0.0] * (len(lexicon.rules) + len(FUNCTIONS) + 1)
    position = {rule.id: index for index, rule in enumerate(lexicon.rules)}
    for hit in lexicon.hits(text, lead):
        row[position[hit.rule.id]] = abs(hit.rule.weight)
        if hit.rule.slogan:
            row[-1] = 1.0
        for function in hit.rule.functions:
            column = len(lexicon.rules) + FUNCTIONS.index(function)
            row[column] = max(row[column], hit.rule.weight)
    return tuple(row)


class PatternFeatures(TransformerMixin, BaseEstimator):
    """One column a rule of the lexicon with its weight where it matches, then the strongest weight for each function."""

    def fit(self, texts: Iterable[str], labels: object = None) -> PatternFeatures:
        self.n_features_out_ = len(load_lexicon().rules) + len(FUNCTIONS) + 1
        return self

    def transform(self, texts: Iterable[str]) -> csr_matrix:
        """Sparse matrix, clauses x (rules + functions + 1); the last column says that a slogan matched."""
        return csr_matrix(np.array([_patterns(text) for text in texts], dtype=np.float64))


def clause_features() -> FeatureUnion:
    """Characters, words, skeletons and patterns side by side, unfitted."""
    characters = PackedTfidf(
        preprocessor=masked_text, analyzer="char", ngram_range=(1, 4), min_df=2, max_features=40_000, sublinear_tf=True
    )
    tokens = PackedTfidf(
        tokenizer=words, token_pattern=None, ngram_range=(1, 2), min_df=2, max_features=20_000, sublinear_tf=True
    )
    marks = PackedTfidf(preprocessor=skeletons, analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True)
    parts = [("字", characters), ("词", tokens), ("骨架", marks), ("句式", PatternFeatures())]
    return FeatureUnion(parts, transformer_weights=_WEIGHTS)
