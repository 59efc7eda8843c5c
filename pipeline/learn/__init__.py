"""Training, evaluation, versions of the model. Imports what judges; nothing that judges imports this."""

from pipeline.learn.annotations import Annotations
from pipeline.learn.comparison import Difference
from pipeline.learn.evaluation import Evaluation, Judged, LabelsError, evaluate, judge_labelled
from pipeline.learn.intervals import Share
from pipeline.learn.lessons import lessons
from pipeline.learn.report import TrainingReport
from pipeline.learn.training import train
from pipeline.learn.versions import Version, VersionError, list_versions, read_metrics, rollback

__all__ = [
    "Annotations",
    "Difference",
    "Evaluation",
    "Judged",
    "LabelsError",
    "Share",
    "TrainingReport",
    "Version",
    "VersionError",
    "evaluate",
    "judge_labelled",
    "lessons",
    "list_versions",
    "read_metrics",
    "rollback",
    "train",
]
