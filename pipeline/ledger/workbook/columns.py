"""The columns of the ledger (台账), read from ``columns.csv``: order, headers, other names they go by, widths, meaning."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["document", "detail", "person", "hidden"]
_PUNCTUATION = re.compile(r"[\W_]+")
_IN_PARENTHESES = re.compile(r"[（(][^（()）]*[)）]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``kind`` says what a cell is about: the document, one detail line, a person's entry, or the program."""

    key: str
    header: str
    aliases: tuple[str, ...]
    width: float
    kind: Kind
    meaning: str
    source: str


@cache
def columns() -> tuple[Column, ...]:
    """All columns in the order of the form (DOMAIN section 4), the hidden ones last."""
    with Path(__file__).with_name("columns.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(
            Column(
                row["key"],
                row["header"],
                tuple(row["aliases"].split("|")),
                float(row["width"]),
                row["kind"],  # type: ignore[arg-type]
                row["meaning"],
                row["source"],
            )
            for row in csv.DictReader(stream)
        )


def form(*, merged: bool = False) -> tuple[Column, ...]:
    """The columns of a unit's ledger, or of a merged one, which says who reported each row (填报单位)."""
    return tuple(column for column in columns() if merged or column.key != "reporter")


def bare(header: str) -> str:
    """A header without what typists change: white space, width of characters, punctuation, letter case."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", header)).lower()


@cache
def _names() -> dict[str, str]:
    """Every bare name that a column goes by -> its key; a name of its own comes before another's alias."""
    names: dict[str, str] = {}
    for column in columns():
        names.setdefault(bare(column.header), column.key)
        names.setdefault(bare(_IN_PARENTHESES.sub("", column.header)), column.key)
    for column in columns():
        for alias in column.aliases:
            names.setdefault(bare(alias), column.key)
    return names


def column_of(header: str) -> str | None:
    """The key of the column that a header means, None where it means none of ours.

    >>> column_of("处 置 意 见"), column_of("文号（必填）"), column_of("天气")
    ('decision', 'number', None)
    """
    names = _names()
    return names.get(bare(header)) or names.get(bare(_IN_PARENTHESES.sub("", header)))
