"""The columns of the ledger (台账), read from ``columns.csv``: order, headers, other names they go by, widths, meaning."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["document", "detail", "person", "working", "hidden"]
_PUNCTUATION = re.compile(r"[\W_]+")
_IN_PARENTHESES = re.compile(r"[（(][^（()）]*[)）]")
_LEDGER, _MERGED, _WORKING = "台账", "汇总台账", "核对底稿"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``sheets`` are those that show it; ``width`` is in units of Excel at A4; ``kind`` says what a cell is about:
    the document, one detail line, a person's entry, the machine's working, or the program."""

    key: str
    sheets: tuple[str, ...]
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
                tuple(row["sheets"].split("|")),
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
    shown = {_LEDGER, _MERGED} if merged else {_LEDGER}
    return tuple(column for column in columns() if shown & set(column.sheets))


def working() -> tuple[Column, ...]:
    """The columns of the sheet 核对底稿: what the machine offers for checking, with the hidden ids of the ledger's lines."""
    return tuple(column for column in columns() if _WORKING in column.sheets)


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
        for alias in filter(None, column.aliases):
            names.setdefault(bare(alias), column.key)
    return names


def column_of(header: str) -> str | None:
    """The key of the column that a header means, None where it means none of ours.

    >>> column_of("处 置 意 见"), column_of("文号（必填）"), column_of("天气")
    ('decision', 'number', None)
    """
    names = _names()
    return names.get(bare(header)) or names.get(bare(_IN_PARENTHESES.sub("", header)))
