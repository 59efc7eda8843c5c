"""Clauses -> functions; document -> relevance: what judges in every scan, and nothing else."""

from pipeline.classify.certain import CHANCE
from pipeline.classify.classification import POINTS, Classification, Points, classify, is_ordinary_paper, may_set_penalties
from pipeline.classify.context import leading, standing_under
from pipeline.classify.lexicon import lexicon_strength
from pipeline.classify.material import OTHER, is_no_office_paper
from pipeline.classify.model import ModelMissing, load_model
from pipeline.classify.near.features import joined

__all__ = [
    "CHANCE",
    "OTHER",
    "POINTS",
    "Classification",
    "ModelMissing",
    "Points",
    "classify",
    "is_no_office_paper",
    "is_ordinary_paper",
    "joined",
    "leading",
    "lexicon_strength",
    "load_model",
    "may_set_penalties",
    "standing_under",
]
