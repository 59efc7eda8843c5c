"""The terms and patterns of clauses as scikit-learn's estimators, from the functions that judging uses."""

from __future__ import annotations

from collections.abc import Iterable

from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from pipeline.classify.near.features import PARTS, PATTERNS, WEIGHTS, patterns, read, tokens
from pipeline.classify.ngrams import LONGEST

_MOST = {"字": 40_000, "词": 20_000}  # terms; the skeleton has fewer by itself


class PatternFeatures(TransformerMixin, BaseEstimator):
    """`patterns` as an estimator; there is nothing to learn."""

    def fit(self, texts: Iterable[str], labels: object = None) -> PatternFeatures:
        return self

    def transform(self, texts: Iterable[str]) -> csr_matrix:
        return csr_matrix(patterns(read(texts)))


def clause_features(share: float = 1.0) -> FeatureUnion:
    """Characters, words, skeletons and patterns side by side, unfitted; ``share`` of the usual number of terms."""
    parts: list[tuple[str, BaseEstimator]] = []
    for name, (seen, words) in PARTS.items():
        most = int(_MOST[name] * share) if name in _MOST else None
        cut = {"tokenizer": tokens, "token_pattern": None} if words else {"analyzer": "char", "ngram_range": (1, LONGEST)}
        parts.append((name, TfidfVectorizer(preprocessor=seen, min_df=2, max_features=most, sublinear_tf=True, **cut)))
    return FeatureUnion([*parts, (PATTERNS, PatternFeatures())], transformer_weights=WEIGHTS)
