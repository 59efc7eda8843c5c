"""A linear support vector machine on features scaled by how far they part the classes (Wang and Manning 2012, NB-SVM).

With a few thousand clauses, a word that is nearly always relevant counts for more than one that a machine happens to find
useful. Each feature is multiplied by the size of its log-count ratio before the machine is fitted.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.svm import LinearSVC


class RatioSVM(ClassifierMixin, BaseEstimator):
    """Two classes, 0 and 1; ``C`` is the machine's own."""

    def __init__(self, C: float = 0.1) -> None:
        self.C = C

    def fit(self, features: csr_matrix, labels: np.ndarray) -> RatioSVM:
        here = (features != 0).astype(float)
        counts = [np.asarray(here[labels == label].sum(axis=0)).ravel() + 1 for label in (1, 0)]
        ratio = np.abs(np.log((counts[0] / counts[0].sum()) / (counts[1] / counts[1].sum())))
        scale = ratio / ratio.mean()
        machine = LinearSVC(C=self.C, class_weight="balanced").fit(features.multiply(scale).tocsr(), labels)
        # Scaling the features and then weighing them is one product: kept as one, so that judging costs nothing more.
        self.coef_ = machine.coef_[0] * scale
        self.intercept_ = float(machine.intercept_[0])
        self.classes_ = np.array([0, 1])
        return self

    def decision_function(self, features: csr_matrix) -> np.ndarray:
        return features @ self.coef_ + self.intercept_

    def predict(self, features: csr_matrix) -> np.ndarray:
        return (self.decision_function(features) > 0).astype(int)
