"""Recall that is proved (查全证明): a random sample of what was not flagged and what follows from a person's marks; simulation."""

from pipeline.audit.audit import Audit, audit
from pipeline.audit.curves import curves_svg
from pipeline.audit.simulate import Simulation, simulate

__all__ = ["Audit", "Simulation", "audit", "curves_svg", "simulate"]
