"""What the next scan shows to be done (跟进): proposals, from notices of repeal with their lists and from new versions."""

from pipeline.archive.following.proposals import Proposal, look_for

__all__ = ["Proposal", "look_for"]
