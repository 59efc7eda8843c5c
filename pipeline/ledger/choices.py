"""What a person may decide of a document (处置意见)."""

from __future__ import annotations

from pipeline.document import Disposition

#: What a person may decide; the machine never decides (处置意见).
DECISIONS = tuple(d.value for d in (Disposition.RETAIN, Disposition.REVISE, Disposition.LEGISLATE, Disposition.REPEAL))
#: A person's finding that a document is no constraint document after all; typed, not offered in the list.
NOT_LISTED = "不列入"
