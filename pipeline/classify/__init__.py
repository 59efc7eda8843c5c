"""Clauses -> functions; document -> relevance: lexicon, features, model, training."""

from pipeline.classify.annotations import Annotations, as_annotations
from pipeline.classify.classification import Classification, classify
from pipeline.classify.comparison import Difference
from pipeline.classify.context import standing_under
from pipeline.classify.features import joined
from pipeline.classify.held_out import document_shares, function_scores
from pipeline.classify.intervals import Share
from pipeline.classify.lexicon import lexicon_strength
from pipeline.classify.model import ModelMissing, load_model
from pipeline.classify.training import TrainingReport, train
from pipeline.classify.versions import Version, VersionError, list_versions, read_metrics, rollback

__all__ = [
    "Annotations",
    "Classification",
    "Difference",
    "ModelMissing",
    "Share",
    "TrainingReport",
    "Version",
    "VersionError",
    "as_annotations",
    "classify",
    "document_shares",
    "function_scores",
    "joined",
    "lexicon_strength",
    "list_versions",
    "load_model",
    "read_metrics",
    "rollback",
    "standing_under",
    "train",
]
