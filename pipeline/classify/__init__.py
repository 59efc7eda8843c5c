"""Clauses -> functions; document -> relevance: what judges in every scan, and nothing else."""

from pipeline.classify.classification import Classification, classify
from pipeline.classify.context import standing_under
from pipeline.classify.features import joined
from pipeline.classify.lexicon import lexicon_strength
from pipeline.classify.model import ModelMissing, load_model

__all__ = [
    "Classification",
    "ModelMissing",
    "classify",
    "joined",
    "lexicon_strength",
    "load_model",
    "standing_under",
]
