"""Punishment measures (惩戒措施) in text, by category of the national basic list of punishment measures."""

from pipeline.extract.measures.durations import DURATION
from pipeline.extract.measures.find import find_measures
from pipeline.extract.measures.words import (
    OUTSIDE_THE_LIST,
    MeasureDataError,
    categories,
    in_capacity,
    load_words,
    natural_persons,
    subjects_named,
)

__all__ = [
    "DURATION",
    "OUTSIDE_THE_LIST",
    "MeasureDataError",
    "categories",
    "find_measures",
    "in_capacity",
    "load_words",
    "natural_persons",
    "subjects_named",
]
