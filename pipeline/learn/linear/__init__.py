"""Training of the linear judges over hashed n-grams (远判、材料判), and the background that the far one learns from."""

from pipeline.learn.linear.background import read_background, rows_of
from pipeline.learn.linear.far import fit_far
from pipeline.learn.linear.material import fit_material

__all__ = ["fit_far", "fit_material", "read_background", "rows_of"]
