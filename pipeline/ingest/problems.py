"""Why a file could not be screened, and what a person can do about it: one table (problems.csv) for all rooms."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from pipeline.document import UnreadableFile


@cache
def remedies() -> dict[str, str]:
    """The remedy of each kind of problem, both in Chinese."""
    with Path(__file__).with_name("problems.csv").open(encoding="utf-8", newline="") as file:
        return {row["kind"]: row["remedy"] for row in csv.DictReader(file)}


def problem(kind: str, path: str, detail: str = "") -> UnreadableFile:
    """The problem of a file. ``detail`` says more than the kind does. Raises KeyError for an unknown kind."""
    return UnreadableFile(path, f"{kind}：{detail}" if detail else kind, remedies()[kind], kind)


class Unreadable(Exception):
    """Raised by a reader, which knows no path; `read_document` turns it into an `UnreadableFile`."""

    def __init__(self, kind: str, detail: str = ""):
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail
