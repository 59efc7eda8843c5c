"""Document -> the elements of an official document (GB/T 9704) and its clause tree."""

from pipeline.structure.clauses import parse, parse_clauses
from pipeline.structure.elements.material import IN_SCOPE, policy_marks
from pipeline.structure.elements.metadata import parse_metadata

__all__ = ["IN_SCOPE", "parse", "parse_clauses", "parse_metadata", "policy_marks"]
