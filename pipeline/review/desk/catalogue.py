"""The queue of the served page (复核队列): filters, order, pages, and groups of like documents. Pure functions over items."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.document import Disposition, Function, Verdict
from pipeline.review.queue import Item, Pick, State, kind

PAGE = 200  # lines of the list that are sent at once
_LIKE = 0.7  # of the text: a form filled in for another company, a notice of another year
_BANDS = 16
_MOST_OFFERED = 60  # issuers, reviewers and formats in a filter: the most frequent

NOBODY = "（尚无人）"
DISPUTED = "两人意见不同"


class Filters(NamedTuple):
    """What passes; an empty field lets everything pass. ``text`` is sought in title, number, path and, by ``holding``, in the words."""

    pick: str = str(Pick.FLAGGED)
    state: str = ""
    function: str = ""
    year: str = ""
    issuer: str = ""
    format: str = ""
    disposition: str = ""
    verdict: str = ""
    reviewer: str = ""
    text: str = ""


def passing(
    items: Iterable[Item], filters: Filters, holding: frozenset[str] = frozenset(), disputed: frozenset[str] = frozenset()
) -> list[Item]:
    """The items that pass, the undecided first, by expected finds. ``holding`` are ids whose full text holds the words sought."""
    words = filters.text.strip().lower()

    def passes(item: Item) -> bool:
        return (
            filters.pick in ("", Pick.ALL, kind(item))
            and (filters.state in ("", State.ANY) or bool(item.decision) == (filters.state == State.DECIDED))
            and (not filters.function or filters.function in item.functions)
            and (not filters.year or year(item) == filters.year)
            and (not filters.issuer or filters.issuer in item.issuers)
            and (not filters.format or item.format == filters.format)
            and (not filters.disposition or item.suggestion == filters.disposition)
            and (not filters.verdict or filters.verdict in item.verdicts)
            and (not filters.reviewer or _by(item, filters.reviewer, disputed))
            and (not words or words in f"{item.title}\n{item.number}\n{item.path}".lower() or item.document_id in holding)
        )

    return sorted(filter(passes, items), key=lambda item: (bool(item.decision), *rank(item)))


def rank(item: Item) -> tuple:
    """Flagged before the rest, the unit's own before others', then by expected finds; equal ones by path."""
    return not item.flagged, not item.own, -item.expected, item.path


def year(item: Item) -> str:
    return item.date[:4] or "无日期"


def _by(item: Item, reviewer: str, disputed: frozenset[str]) -> bool:
    if reviewer == DISPUTED:
        return item.document_id in disputed
    return (item.who or NOBODY) == reviewer


def offered(items: Sequence[Item]) -> dict[str, list[str]]:
    """What stands in each filter: the values that occur, with the fixed ones in their own order."""
    return {
        "pick": [str(pick) for pick in Pick],
        "state": [str(State.OPEN), str(State.DECIDED)],
        "function": [str(name) for name in Function],
        "year": sorted({year(item) for item in items}, reverse=True),
        "issuer": _frequent(issuer for item in items for issuer in item.issuers),
        "format": _frequent(item.format for item in items),
        "disposition": [str(name) for name in Disposition],
        "verdict": [str(name) for name in Verdict],
        "reviewer": [*_frequent(item.who for item in items if item.who), NOBODY, DISPUTED],
    }


def _frequent(values: Iterable[str]) -> list[str]:
    return [value for value, _ in Counter(values).most_common(_MOST_OFFERED) if value]


def groups(signatures: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The like documents of each document that has any, itself among them, by id; from the texts' MinHash signatures.

    Candidates share a band of the signature; each is compared with the first of its group, so that a group is no chain of
    slowly drifting texts.
    """
    whole = {id_: np.frombuffer(signature, "<u4") for id_, signature in signatures.items()}
    whole = {id_: signature for id_, signature in whole.items() if signature.size}
    leads: dict[str, str] = {}
    buckets: dict[tuple[int, bytes], str] = {}
    for id_ in sorted(whole):
        signature = whole[id_]
        keys = [(number, band.tobytes()) for number, band in enumerate(np.split(signature, _BANDS))]
        near = dict.fromkeys(buckets[key] for key in keys if key in buckets)
        lead = next((each for each in near if float(np.mean(whole[each] == signature)) >= _LIKE), id_)
        leads[id_] = lead
        if lead == id_:
            for key in keys:
                buckets.setdefault(key, id_)
    members: dict[str, list[str]] = defaultdict(list)
    for id_, lead in leads.items():
        members[lead].append(id_)
    return {id_: members[lead] for id_, lead in leads.items() if len(members[lead]) > 1}
