"""Which model to ship: candidates side by side by grouped cross-validation and on real documents.

`python -m benchmarks.candidates` prints the table and writes it to models/candidates.json, where the model card finds it.
"""

from __future__ import annotations

import json
import random
import time
import warnings
from typing import Any, NamedTuple

import numpy as np
import spacy
from scipy.special import logit
from sklearn.base import BaseEstimator, clone
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch

from benchmarks.documents import SHARED, labelled
from pipeline.classify.classification import classify
from pipeline.classify.lexicon import FUNCTIONS
from pipeline.classify.model import LABELS, Model, load_model
from pipeline.classify.near.features import SEPARATOR, masked_text
from pipeline.document import Clause, Metadata
from pipeline.learn import cross_validation
from pipeline.learn.annotations import Annotations, read_annotations
from pipeline.learn.held_out import document_shares
from pipeline.learn.near.features import PatternFeatures, clause_features
from pipeline.learn.near.ratio_svm import RatioSVM
from pipeline.learn.training import new_classifier
from pipeline.shipped import MODELS
from pipeline.structure import parse

SHIPPED = "随附模型：线性机器初判，梯度提升复判"
_EDGE = 1e-4


class Parsed(NamedTuple):
    """A labelled document as classification sees it."""

    metadata: Metadata
    clauses: tuple[Clause, ...]
    relevant: bool
    tier: str
    functions: tuple[str, ...]


class LexiconOnly(BaseEstimator):
    """No learning: a clause is as relevant to a function as the strongest sentence pattern that speaks for it."""

    def fit(self, texts: list[str], labels: np.ndarray) -> LexiconOnly:
        return self

    def decision_function(self, texts: list[str]) -> np.ndarray:
        strengths = PatternFeatures().fit(texts).transform(texts).toarray()[:, -len(FUNCTIONS) - 1 : -1]
        return np.column_stack([strengths.max(axis=1), strengths])


class Boosting(BaseEstimator):
    """Gradient boosting over the sentence patterns and 150 latent dimensions of characters and words."""

    def fit(self, texts: list[str], labels: np.ndarray) -> Boosting:
        tfidf = FeatureUnion([step for step in clause_features().transformer_list if step[0] != "句式"])
        self._latent = Pipeline([("字词", tfidf), ("降维", TruncatedSVD(150, random_state=0))])
        values = self._features(texts, self._latent.fit_transform(texts))
        boosting = HistGradientBoostingClassifier(max_iter=150, learning_rate=0.08, random_state=0)
        self._boosting = OneVsRestClassifier(boosting).fit(values, labels)
        return self

    def decision_function(self, texts: list[str]) -> np.ndarray:
        chances = self._boosting.predict_proba(self._features(texts, self._latent.transform(texts)))
        return logit(np.clip(chances, _EDGE, 1 - _EDGE))

    @staticmethod
    def _features(texts: list[str], latent: np.ndarray) -> np.ndarray:
        return np.column_stack([latent, PatternFeatures().fit(texts).transform(texts).toarray()])


class SpacyTextcat(BaseEstimator):
    """spaCy's `textcat_multilabel` over characters: a bag of n-grams, or the ensemble with a convolutional network."""

    def __init__(self, architecture: str = "bow", epochs: int = 12) -> None:
        self.architecture, self.epochs = architecture, epochs

    def fit(self, texts: list[str], labels: np.ndarray) -> SpacyTextcat:
        fix_random_seed(0)
        self._nlp = spacy.blank("zh")
        self._nlp.add_pipe("textcat_multilabel", config=_TEXTCAT[self.architecture])
        rows = [dict(zip(LABELS, map(float, row), strict=True)) for row in labels]
        examples = [
            Example.from_dict(self._nlp.make_doc(masked_text(text)), {"cats": row})
            for text, row in zip(texts, rows, strict=True)
        ]
        optimizer = self._nlp.initialize(lambda: examples)
        shuffle = random.Random(0).shuffle
        for _ in range(self.epochs):
            shuffle(examples)
            for batch in minibatch(examples, 32):
                self._nlp.update(batch, sgd=optimizer, drop=0.2)
        return self

    def decision_function(self, texts: list[str]) -> np.ndarray:
        docs = self._nlp.pipe(masked_text(text) for text in texts)
        chances = np.array([[doc.cats[label] for label in LABELS] for doc in docs])
        return logit(np.clip(chances, _EDGE, 1 - _EDGE))


_BOW = {
    "@architectures": "spacy.TextCatBOW.v3",
    "exclusive_classes": False,
    "ngram_size": 3,
    "no_output_layer": False,
    "length": 262144,
}
_TOK2VEC = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "width": 64,
    "depth": 3,
    "embed_size": 4000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": False,
    "pretrained_vectors": None,
}
_TEXTCAT = {
    "bow": {"model": _BOW},
    "ensemble": {"model": {"@architectures": "spacy.TextCatEnsemble.v2", "tok2vec": _TOK2VEC, "linear_model": _BOW}},
}  # fmt: skip


class WithoutContext(BaseEstimator):
    """A candidate that is shown the clause alone, without its headings and the sentence that leads in to it."""

    def __init__(self, candidate: BaseEstimator) -> None:
        self.candidate = candidate

    def fit(self, texts: list[str], labels: np.ndarray) -> WithoutContext:
        self._fitted = clone(self.candidate).fit([_alone(text) for text in texts], labels)
        return self

    def decision_function(self, texts: list[str]) -> np.ndarray:
        return self._fitted.decision_function([_alone(text) for text in texts])


def _alone(text: str) -> str:
    return SEPARATOR + text.partition(SEPARATOR)[2]


def _linear(*names: str) -> Pipeline:
    """Logistic regression over those of the features that are named."""
    features = clause_features()
    steps = [step for step in features.transformer_list if step[0] in names]
    weights = {name: weight for name, weight in (features.transformer_weights or {}).items() if name in names}
    regression = LogisticRegression(C=10.0, class_weight="balanced", max_iter=3000)
    return Pipeline([("特征", FeatureUnion(steps, transformer_weights=weights)), ("判断", OneVsRestClassifier(regression))])


def candidates() -> dict[str, BaseEstimator]:
    """Every candidate by its name in the table; the shipped one last."""
    vector_machine = OneVsRestClassifier(LinearSVC(C=0.5, class_weight="balanced"))
    return {
        "仅词表句式": LexiconOnly(),
        "线性：字": _linear("字"),
        "线性：字、词": _linear("字", "词"),
        "线性：字、词、句式": _linear("字", "词", "句式"),
        "线性：骨架": _linear("骨架"),
        "spaCy textcat（词袋）": SpacyTextcat("bow"),
        "spaCy textcat（词袋加卷积）": SpacyTextcat("ensemble"),
        "梯度提升：句式、字词降维": Boosting(),
        "线性支持向量机：全部特征": Pipeline([("特征", clause_features()), ("判断", vector_machine)]),
        "线性：全部特征": _linear("字", "词", "骨架", "句式"),
        "对数比加权支持向量机：全部特征": Pipeline([("特征", clause_features()), ("判断", OneVsRestClassifier(RatioSVM()))]),
        "随附模型，不看标题和引语": WithoutContext(new_classifier()),
        SHIPPED: new_classifier(),
    }


def measure(name: str, candidate: BaseEstimator, data: Annotations, documents: list[Parsed]) -> dict[str, Any]:
    """One row of the table: grouped cross-validation on the annotations, then real documents where they are at hand."""
    began = time.perf_counter()
    fold = cross_validation.folds(data)
    values = cross_validation.out_of_fold(candidate, data, fold)[0]
    seconds = time.perf_counter() - began
    figures = cross_validation.figures(data, cross_validation.judge(values, data.labels, fold))
    row: dict[str, Any] = {"候选": name, "秒": round(seconds, 1)}
    row |= {key: (figures.values[key], *figures.intervals[key]) for key in ("各环节平均", "查全率", "误报率")}
    if documents:
        fitted = clone(candidate).fit(data.texts, data.labels)
        row |= on_documents(
            Model(fitted, cross_validation.settle(values, data.labels), load_model().far, load_model().material), documents
        )
    return row


def on_documents(model: Model, documents: list[Parsed]) -> dict[str, Any]:
    """Recall, precision, hard negatives flagged and macro-F1 on labelled documents."""
    found = [classify(each.clauses, each.metadata, model) for each in documents]
    shares = document_shares(
        [(each.relevant, each.tier, each_found.flagged) for each, each_found in zip(documents, found, strict=True)]
    )
    truth = [[function in each.functions for function in FUNCTIONS] for each in documents if each.relevant]
    said = [
        [any(function in clause for clause in each_found.functions) for function in FUNCTIONS]
        for each, each_found in zip(documents, found, strict=True)
        if each.relevant
    ]
    row = {
        f"公文{name}": (share.value, share.low, share.high) for name, share in shares.items() if name in ("查全率", "查准率")
    }
    return row | {"公文各环节平均": round(float(f1_score(truth, said, average="macro", zero_division=0)), 4)}


def parsed_documents() -> list[Parsed]:
    """The labelled real documents beside the checkout, parsed once; none where they are not there."""
    if not SHARED.is_dir():
        return []
    return [
        Parsed(*parse(document), row["relevant"] == "1", row["tier"], tuple(row["functions"].split(";")))
        for row, document in labelled(SHARED)
    ]


def main() -> None:
    warnings.filterwarnings("ignore", category=UserWarning)
    data, documents = read_annotations(), parsed_documents()
    rows = []
    for name, candidate in candidates().items():
        rows.append(measure(name, candidate, data, documents))
        print("\t".join(f"{key} {_shown(value)}" for key, value in rows[-1].items()), flush=True)
    (MODELS / "candidates.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _shown(value: Any) -> str:
    return f"{value[0]:.3f} [{value[1]:.3f}, {value[2]:.3f}]" if isinstance(value, tuple) else str(value)


if __name__ == "__main__":
    main()
