"""Document -> the elements of an official document (GB/T 9704) and its clause tree."""

from pipeline.structure.clauses import parse, parse_clauses
from pipeline.structure.elements.metadata import parse_metadata

__all__ = ["parse", "parse_clauses", "parse_metadata"]
