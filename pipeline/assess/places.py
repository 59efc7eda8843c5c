"""Where a document or a local regulation belongs: province and city, from names in titles and issuers."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.assess.rules import table

MUNICIPALITIES = ("北京", "天津", "上海", "重庆")


class Place(NamedTuple):
    """Province and city by their short names, empty where the words do not tell."""

    province: str = ""
    city: str = ""


@cache
def _cities() -> dict[str, str]:
    return {city: row["province"] for row in table("places.csv") for city in row["cities"].split(";")}


@cache
def _pattern() -> re.Pattern[str]:
    names = [*_cities(), *(row["province"] for row in table("places.csv")), *MUNICIPALITIES]
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


def place_of(*names: str) -> Place:
    """The place named in the first of ``names`` that names one (海南州 and 海南省 apart only by their ending)."""
    for name in names:
        if found := _pattern().search(name):
            word = found.group()
            if word in _cities() and name[found.end() : found.end() + 1] != "省":
                return Place(_cities()[word], word)
            return Place(word)
    return Place()


def same_place(authority: Place, document: Place) -> bool:
    """Whether a local regulation of ``authority`` can reach a document of ``document``; unknown places may."""
    if not authority.province or not document.province:
        return True
    if authority.province != document.province:
        return False
    return not authority.city or not document.city or authority.city == document.city
