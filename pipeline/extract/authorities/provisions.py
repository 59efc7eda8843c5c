"""What an article provides (条文规定的事项): looked up by title, article and the day that decides which version counts.

``article_provisions.csv`` and ``acts_read.csv`` were read by machine from the texts of acts (`provisions_import`);
``provisions_checked.csv`` was read article by article and wins. A central policy may be cited as a whole. What no table
tells is not known.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.extract.authorities.in_force import article_number
from pipeline.extract.authorities.registry import title_key
from pipeline.extract.measures import OUTSIDE_THE_LIST, find_measures
from pipeline.shipped import ANNOTATED


class Provision(NamedTuple):
    """What an article sets: functions, categories of measures, those punished (empty: not told), and who says so."""

    functions: frozenset[str]
    measures: frozenset[str]
    subjects: frozenset[str]
    gist: str
    source: str


class Act(NamedTuple):
    """A version of an act whose text was read: its day, last article, what its articles set, and, for each function, the
    numbers of the articles whose words come near it."""

    day: str
    last_article: int
    provisions: dict[int, Provision]
    near: dict[str, frozenset[int]]


FUNCTIONS = ("认定", "记录", "归集", "共享", "公开", "惩戒", "修复")


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (ANNOTATED / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _provision(row: dict[str, str]) -> Provision:
    functions, measures, subjects = (
        frozenset(filter(None, row[name].split(";"))) for name in ("functions", "measures", "subjects")
    )
    said = f"{row.get('gist', '')}；{row['measures']}"  # the checked table also names measures in words of its own
    if "gist" in row:
        measures |= {measure.category for measure in find_measures(said, context="失信")} - {OUTSIDE_THE_LIST}
    return Provision(functions, measures, subjects, row.get("gist", ""), row["source"])


@cache
def _acts() -> dict[str, tuple[Act, ...]]:
    """The versions read of each act, oldest first."""
    provisions: dict[tuple[str, str], dict[int, Provision]] = {}
    for row in _rows("article_provisions.csv"):
        provisions.setdefault((row["title"], row["version_date"]), {})[article_number(row["article"])] = _provision(row)
    acts: dict[str, list[Act]] = {}
    for row in _rows("acts_read.csv"):
        near = {name: frozenset(map(int, row[name].split())) for name in FUNCTIONS}
        held = provisions.get((row["title"], row["version_date"]), {})
        acts.setdefault(title_key(row["title"]), []).append(Act(row["version_date"], int(row["last_article"]), held, near))
    return {key: tuple(sorted(found)) for key, found in acts.items()}


@cache
def _checked() -> tuple[dict[str, str], ...]:
    return tuple(_rows("provisions_checked.csv"))


@cache
def _sets(number: int) -> Provision:
    """What a row of the checked table sets: made when it is asked for, for measures are looked for in its words."""
    return _provision(_checked()[number])


@cache
def _by_title() -> dict[str, list[tuple[int | str, str, str, int]]]:
    """By title: (article by its number where it has one, first day, last day or empty, the row)."""
    found: dict[str, list[tuple[int | str, str, str, int]]] = {}
    for number, row in enumerate(_checked()):
        article = article_number(row["article"]) or row["article"]
        held = (article, row["version_effective"], row["version_end"], number)
        found.setdefault(title_key(row["title"]), []).append(held)
    return found


def checked_rows() -> Iterator[tuple[str, str, str, str, Provision]]:
    """Every article that was read one by one: title, article, first day, last day or empty, what it sets."""
    for number, row in enumerate(_checked()):
        yield row["title"], row["article"], row["version_effective"], row["version_end"], _sets(number)


def read_rows() -> Iterator[tuple[str, str, str, Provision]]:
    """Every article of the latest version of an act in which a machine found that it sets something: title, article, the version's
    day, what it sets."""
    latest = {title: versions[-1].day for title, versions in _acts().items()}
    for row in _rows("article_provisions.csv"):
        if latest.get(title_key(row["title"])) == row["version_date"]:
            yield row["title"], row["article"], row["version_date"], _provision(row)


@lru_cache(maxsize=4096)
def checked_provision(title: str, article: str, on: str) -> Provision | None:
    """What was written down of an article (第十条, also （十） of a policy; empty: of the whole text) as it stood on a day."""
    return _union([number for since, until, number in _versions(title, article) if since <= on and (not until or on < until)])


@lru_cache(maxsize=4096)
def earlier_provision(title: str, article: str, on: str) -> Provision | None:
    """What was written down of an article of that number in versions that had ended by a day."""
    return _union([number for _, until, number in _versions(title, article) if until and until <= on])


def _versions(title: str, article: str) -> Iterator[tuple[str, str, int]]:
    """First day, last day or empty, and row of what was written down of an article; of every article where it is empty."""
    wanted = article_number(article) or article
    for known, since, until, number in _by_title().get(title_key(title), ()):
        if not article or known == wanted:
            yield since, until, number


def _union(rows: list[int]) -> Provision | None:
    """What some rows set together: paragraphs of one article; None for no row."""
    held = [_sets(number) for number in rows]
    if not held:
        return None
    return Provision(
        functions=frozenset().union(*(each.functions for each in held)),
        measures=frozenset().union(*(each.measures for each in held)),
        subjects=frozenset().union(*(each.subjects for each in held)),
        gist="；".join(dict.fromkeys(each.gist for each in held if each.gist)),
        source=held[0].source,
    )


def act_read(title: str, on: str) -> Act | None:
    """The version of an act, of those read, that counts on a day: the latest until then, else the oldest; None for none."""
    acts = _acts().get(title_key(title), ())
    return next((act for act in reversed(acts) if act.day <= on), acts[0] if acts else None)
