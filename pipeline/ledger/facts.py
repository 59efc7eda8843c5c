"""What a ledger and a report say of the scan that they come from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """Counts of files (found = screened + duplicates + problems), the date of judgement, the version of the rules."""

    found: int
    screened: int
    duplicates: int
    problems: int
    flagged: int
    as_of: str
    version: str
