"""Training of the far judge, and the background that it learns from."""

from pipeline.learn.far.background import read_background, rows_of
from pipeline.learn.far.training import fit_far

__all__ = ["fit_far", "read_background", "rows_of"]
