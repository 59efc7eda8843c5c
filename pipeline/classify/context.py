"""The words that a clause stands under: its headings and the sentence that leads in to it (引语)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Clause

ITEM = re.compile(
    r"^[\s　]*(?:[（(][一二三四五六七八九十百\d]{1,4}[）)]|\d{1,3}[.．、)]|[一二三四五六七八九十]{1,3}、|[①-⑳]|[a-zA-Z][.、)])"
)
#: The ranks of a number, by what stands round it: 一、 is above （一）, which is above 1.
_RANKS = tuple(
    map(
        re.compile,
        (
            r"[一二三四五六七八九十百]{1,4}、",
            r"[（(][一二三四五六七八九十百]{1,4}[）)]",
            r"\d{1,3}[.．、)]",
            r"[（(]\d{1,3}[）)]",
            r"[①-⑳]",
        ),
    )
)
LEAD_END = (":", "：")
LONGEST_LEAD = 400
LONGEST_LIST = 6000


def lead_ins(clauses: Sequence[Clause]) -> list[str]:
    """For each clause the text that leads in to it: the sentence ended by a colon above its list, or "".

    A clause is in a list if it starts as an item (（一）, 1.) and follows a lead-in or another item of it; what is numbered as the
    lead-in itself is numbered (三、…下列措施：, 四、…) stands beside it.
    """
    leads = []
    lead, lead_start, lead_rank = "", 0, -1
    for clause in clauses:
        text = clause.text.strip()
        rank = _rank(text)
        if not ITEM.match(text) or clause.start - lead_start > LONGEST_LIST or (rank >= 0 and rank == lead_rank):
            lead = ""
        leads.append(lead)
        if text.endswith(LEAD_END):
            lead, lead_start, lead_rank = text[-LONGEST_LEAD:], clause.start, rank
    return leads


def _rank(text: str) -> int:
    """Of the number with which a clause starts; -1 for none."""
    return next((rank for rank, pattern in enumerate(_RANKS) if pattern.match(text)), -1)


def standing_under(clauses: Sequence[Clause]) -> list[str]:
    """For each clause what the model is shown above it: its two innermost headings and its lead-in."""
    return [" ".join((*clause.path[-2:], lead)) for clause, lead in zip(clauses, lead_ins(clauses), strict=True)]
