"""The shipped model: what it says of clauses. Arrays and JSON, read with NumPy; never pickle."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from pipeline.classify.far import FAR_FILE
from pipeline.classify.lexicon import FUNCTIONS
from pipeline.classify.linear import LinearJudge, load_linear, save_linear
from pipeline.classify.near.stack import NEAR_FILE, Stack, load_near, save_near
from pipeline.errors import Refusal
from pipeline.shipped import MODELS

RELEVANT = "相关"
LABELS = (RELEVANT, *FUNCTIONS)
SETTINGS_FILE, METRICS_FILE, RECIPE_FILE = "model.json", "metrics.json", "recipe.skops"
MATERIAL_FILE = "material.npz"
FILES = (NEAR_FILE, FAR_FILE, MATERIAL_FILE, SETTINGS_FILE, METRICS_FILE, RECIPE_FILE, "README.md", "reliability.svg")
INCOMING = ".incoming"


class ModelMissing(Refusal):
    """No trained model in ``models/``."""

    def __str__(self) -> str:
        return "models/ 中没有训练好的模型，请先运行 make train。"


@dataclass(frozen=True, slots=True)
class Settings:
    """What training settled besides the model itself.

    ``calibration`` holds for each label the slope and intercept that turn its decision value into a probability (Platt);
    ``flag`` is the document score from which a document is flagged, ``listed`` the relevance from which a clause of a
    document that is surely relevant is listed, ``functions`` the probability from which a clause is said to have each.
    """

    calibration: dict[str, tuple[float, float]]
    flag: float
    listed: float
    functions: dict[str, float]
    version: str


@dataclass(frozen=True, slots=True)
class Model:
    """The near judge (list of joined clauses -> decision values, one column a label), its settings, the far judge and the material judge."""

    classifier: Stack
    settings: Settings
    far: LinearJudge
    material: LinearJudge

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Calibrated probabilities, clauses x LABELS, for clauses joined with their lead-ins."""
        if not texts:
            return np.zeros((0, len(LABELS)))
        return calibrated(self.classifier.decision_function(list(texts)), self.settings.calibration)


def calibrated(values: np.ndarray, calibration: dict[str, tuple[float, float]]) -> np.ndarray:
    """Probabilities from decision values, both clauses x LABELS."""
    slopes, intercepts = np.array([calibration[label] for label in LABELS]).T
    return chance(values * slopes + intercepts)


def chance(logits: np.ndarray) -> np.ndarray:
    """The logistic function; no overflow at either end."""
    return (1 + np.tanh(logits / 2)) / 2


def present(chances: np.ndarray, floor: float, settings: Settings) -> np.ndarray:
    """Which functions clauses have (clauses x FUNCTIONS, true or false), from their chances (clauses x LABELS).

    A clause whose relevance is below ``floor`` has none; any other has at least its likeliest one.
    """
    by_function = chances[:, 1:]
    reached = by_function >= np.array([settings.functions[name] for name in FUNCTIONS])
    likeliest = by_function == by_function.max(axis=1, keepdims=True)
    return (reached | likeliest) & (chances[:, :1] >= floor)


@cache
def load_model(folder: Path = MODELS) -> Model:
    """The model in a folder. Raises ModelMissing."""
    finish_move(folder)
    try:
        classifier = load_near(folder)
        settings = msgspec.json.decode((folder / SETTINGS_FILE).read_bytes(), type=Settings)
        far, material = load_linear(folder / FAR_FILE), load_linear(folder / MATERIAL_FILE)
    except FileNotFoundError as error:
        raise ModelMissing from error
    return Model(classifier, settings, far, material)


def finish_move(folder: Path) -> None:
    """Move what lies in ``.incoming`` (a whole model) to its place: also where a crash stopped the move before."""
    if not (folder / INCOMING).is_dir():
        return
    for name in FILES:
        with contextlib.suppress(FileNotFoundError):  # already moved, by us or by another process
            (folder / INCOMING / name).replace(folder / name)
    with contextlib.suppress(FileNotFoundError):
        (folder / INCOMING).rmdir()


def save_model(model: Model, folder: Path = MODELS) -> None:
    """Write the model and its settings; the folder is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    save_near(model.classifier, folder)
    save_linear(model.far, folder / FAR_FILE)
    save_linear(model.material, folder / MATERIAL_FILE)
    settings = msgspec.json.format(msgspec.json.encode(model.settings), indent=1)
    (folder / SETTINGS_FILE).write_bytes(settings + b"\n")
