"""Why a file could not be screened, and what a person can do about it: one table (problems.csv) for all rooms."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.document import UnreadableFile


class Kind(NamedTuple):
    """A kind of problem: what a person can do (Chinese), the key that programs know it by, which never changes, and what
    it may cost: 1 a whole document missed, 2 a part of one, or a picture, 3 hardly anything, 4 no document at all."""

    remedy: str
    key: str
    cost: int


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of problem by its Chinese name."""
    with Path(__file__).with_name("problems.csv").open(encoding="utf-8", newline="") as file:
        return {row["kind"]: Kind(row["remedy"], row["key"], int(row["cost"])) for row in csv.DictReader(file)}


def remedies() -> dict[str, str]:
    """The remedy of each kind of problem, both in Chinese."""
    return {name: kind.remedy for name, kind in kinds().items()}


def problem(kind: str, path: str, detail: str = "") -> UnreadableFile:
    """The problem of a file. ``detail`` says more than the kind does. Raises KeyError for an unknown kind."""
    return UnreadableFile(path, f"{kind}：{detail}" if detail else kind, kinds()[kind].remedy, kind)


class Unreadable(Exception):
    """Raised by a reader, which knows no path; `read_document` turns it into an `UnreadableFile`."""

    def __init__(self, kind: str, detail: str = ""):
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail
