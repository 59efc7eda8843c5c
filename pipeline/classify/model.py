"""The shipped model: what it says of clauses. Loaded with skops, which builds only the types named here; never pickle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import skops.io
from scipy.special import expit
from sklearn.pipeline import Pipeline

from pipeline.classify.lexicon import FUNCTIONS
from pipeline.shipped import MODELS

RELEVANT = "相关"
LABELS = (RELEVANT, *FUNCTIONS)
MODEL_FILE, SETTINGS_FILE = "classifier.skops", "model.json"
_TRUSTED = [
    "pipeline.classify.features.PatternFeatures",
    "pipeline.classify.features.masked_text",
    "pipeline.classify.features.skeletons",
    "pipeline.classify.features.words",
]


class ModelMissing(Exception):
    """No trained model in ``models/``."""

    def __str__(self) -> str:
        return "models/ 中没有训练好的模型，请先运行 make train。"


@dataclass(frozen=True, slots=True)
class Settings:
    """What training settled besides the model itself.

    ``calibration`` holds for each label the slope and intercept that turn its decision value into a probability (Platt);
    ``flag`` is the document score from which a document is flagged, ``function`` the probability from which a clause is
    said to have a function.
    """

    calibration: dict[str, tuple[float, float]]
    flag: float
    function: float
    version: str


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted pipeline (list of joined clauses -> decision values, one column a label) and its settings."""

    pipeline: Pipeline
    settings: Settings

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Calibrated probabilities, clauses x LABELS, for clauses joined with their lead-ins."""
        if not texts:
            return np.zeros((0, len(LABELS)))
        values = self.pipeline.decision_function(list(texts))
        slopes, intercepts = np.array([self.settings.calibration[label] for label in LABELS]).T
        return expit(values * slopes + intercepts)


@cache
def load_model(folder: Path = MODELS) -> Model:
    """The model in a folder. Raises ModelMissing."""
    try:
        pipeline = skops.io.load(folder / MODEL_FILE, trusted=_TRUSTED)
        settings = msgspec.json.decode((folder / SETTINGS_FILE).read_bytes(), type=Settings)
    except FileNotFoundError as error:
        raise ModelMissing from error
    return Model(pipeline, settings)


def save_model(model: Model, folder: Path = MODELS) -> None:
    """Write the model and its settings; the folder is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    skops.io.dump(model.pipeline, folder / MODEL_FILE, compression=8)
    settings = msgspec.json.format(msgspec.json.encode(model.settings), indent=1)
    (folder / SETTINGS_FILE).write_bytes(settings + b"\n")
