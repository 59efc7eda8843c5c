"""The order of review (复核次序): which document next. Pure functions over a list of items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.ledger import NOT_LISTED

#: What stands on the buttons of decision, where it is not the decision itself.
LABELS = {NOT_LISTED: "不属失信约束文件"}


class Pick(StrEnum):
    """Which documents to look through."""

    FLAGGED = "命中文件"
    OUTSIDE = "不属本单位的命中文件"
    MENTIONED = "非政策文件中提到"
    NEAR = "得分接近的未命中文件"
    ALL = "全部"


class State(StrEnum):
    """Whether a person has decided."""

    OPEN = "未决定"
    DECIDED = "已决定"
    ANY = "不限"


@dataclass(frozen=True, slots=True)
class Item:
    """One document as the list shows it. ``functions`` are Chinese labels; ``decision`` is empty until a person decides;
    ``own`` is False where the ledger lists it as another unit's (不属本单位); ``lines`` counts the findings of a flagged one;
    ``mentioned``: measures in what is no policy document (非政策文件中提到)."""

    document_id: str
    sha256: str
    path: str
    title: str
    number: str
    date: str
    score: float
    flagged: bool
    functions: tuple[str, ...] = ()
    suggestion: str = ""
    decision: str = ""
    note: str = ""
    decided_at: str = ""
    own: bool = True
    who: str = ""
    issuers: tuple[str, ...] = ()
    format: str = ""
    verdicts: tuple[str, ...] = ()
    lines: int = 1
    mentioned: bool = False
    material: str = ""

    @property
    def expected(self) -> float:
        """How many lines of the ledger reading it is expected to settle (预计发现): its chance times its lines."""
        return self.score * self.lines


def in_order(items: Iterable[Item]) -> list[Item]:
    """The likeliest constraint documents first, so that who stops early has read what matters most.

    The unit's own come before other units', the program's flag before the score; equal scores by path, so that the order
    is the same on every machine.
    """
    return sorted(items, key=lambda item: (not item.flagged, not item.own, -item.score, item.path))


def kind(item: Item) -> Pick:
    """Which of the picks an item belongs to."""
    if not item.flagged:
        return Pick.MENTIONED if item.mentioned else Pick.NEAR
    return Pick.FLAGGED if item.own else Pick.OUTSIDE
