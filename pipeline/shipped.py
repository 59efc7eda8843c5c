"""Where the data that the product ships lie (models, annotations, registry tables)."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "models"
ANNOTATED = ROOT / "data" / "annotated"
