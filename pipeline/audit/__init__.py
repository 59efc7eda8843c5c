"""Recall that is proved (查全证明): a random sample of what was not flagged, and what follows from a person's marks."""

from pipeline.audit.audit import Audit, audit

__all__ = ["Audit", "audit"]
