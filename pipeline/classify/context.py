"""The words that a clause stands under: its headings and the sentence that leads in to it (引语)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Clause
from pipeline.structure.markers import read_marker

ITEM = re.compile(
    r"^[\s　]*(?:[（(][一二三四五六七八九十百\d]{1,4}[）)]|\d{1,3}[.．、)]|[一二三四五六七八九十]{1,3}、|[①-⑳]|[a-zA-Z][.、)])"
)
LEAD_END = (":", "：")
LONGEST_LEAD = 400
LONGEST_LIST = 6000


def leading(clauses: Sequence[Clause]) -> list[int | None]:
    """For each clause the index of the one that leads in to it: whose last sentence, ended by a colon, stands above its list; or None.

    A clause is in a list if it starts as an item (（一）, 1.) and follows a lead-in or another item of it; what is numbered as the
    lead-in itself is numbered (三、…下列措施：, 四、…) stands beside it.
    """
    found: list[int | None] = []
    lead: int | None = None
    lead_start, lead_kind = 0, ""
    for index, clause in enumerate(clauses):
        text = clause.text.strip()
        marker = read_marker(text)
        kind = marker.kind if marker else ""
        if not ITEM.match(text) or clause.start - lead_start > LONGEST_LIST or (kind and kind == lead_kind):
            lead = None
        found.append(lead)
        if text.endswith(LEAD_END):
            lead, lead_start, lead_kind = index, clause.start, kind
    return found


def lead_ins(clauses: Sequence[Clause]) -> list[str]:
    """For each clause the text that leads in to it, or ""."""
    return ["" if lead is None else clauses[lead].text.strip()[-LONGEST_LEAD:] for lead in leading(clauses)]


def standing_under(clauses: Sequence[Clause]) -> list[str]:
    """For each clause what the model is shown above it: its two innermost headings and its lead-in."""
    return [" ".join((*clause.path[-2:], lead)) for clause, lead in zip(clauses, lead_ins(clauses), strict=True)]
