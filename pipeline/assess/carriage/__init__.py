"""Whether a basis carries a measure (依据是否承载措施): what is known of the article, and whether it speaks of the same matter."""

from pipeline.assess.carriage.support import Carriage, Support, carriage, provides_for

__all__ = ["Carriage", "Support", "carriage", "provides_for"]
