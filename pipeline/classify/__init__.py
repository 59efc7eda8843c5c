"""Clauses -> functions; document -> relevance: lexicon, features, model, training."""

from pipeline.classify.classification import Classification, classify
from pipeline.classify.model import ModelMissing, load_model
from pipeline.classify.training import TrainingReport, train

__all__ = ["Classification", "ModelMissing", "TrainingReport", "classify", "load_model", "train"]
