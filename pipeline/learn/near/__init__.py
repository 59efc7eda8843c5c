"""Training of the near judge: scikit-learn learns, `pipeline.classify.near.stack` judges with the arrays that come out."""

from pipeline.learn.near.recipe import RECIPE_FILE, load_recipe, save_recipe
from pipeline.learn.near.stack import StackLearner

__all__ = ["RECIPE_FILE", "StackLearner", "load_recipe", "save_recipe"]
