"""Where the data that the product ships lie (models, annotations, registry tables): inside an installed package, and at the
top of the repository while one works on it."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
_INSTALLED = PACKAGE / "shipped_files"  # made by the build of the wheel (pyproject.toml), never in the repository
_SHIPPED = _INSTALLED if _INSTALLED.is_dir() else ROOT

MODELS = _SHIPPED / "models"
ANNOTATED = _INSTALLED / "annotated" if _INSTALLED.is_dir() else ROOT / "data" / "annotated"
NOTEBOOKS = _SHIPPED / "notebooks"
