"""Extraction: the legal bases (依据) that a text cites, resolved and dated, and the punishment measures it sets."""

from pipeline.extract.authorities.registry import Registry, RegistryError, load_registry
from pipeline.extract.measures import find_measures
from pipeline.extract.resolve import find_citations, find_vague

__all__ = ["Registry", "RegistryError", "find_citations", "find_measures", "find_vague", "load_registry"]
