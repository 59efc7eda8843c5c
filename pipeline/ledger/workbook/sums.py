"""The sum printed on a sealed ledger (校验值): over every cell of the workbook and over the manifest behind it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from pipeline.ledger.workbook.mark import CORE
from pipeline.ledger.workbook.read import as_text, open_ledger

FOOT = "封存校验值："
_PRINTED = re.compile(rf"{FOOT}([0-9a-f]{{8}}(?:-[0-9a-f]{{8}}){{3}})")


def sum_of(cells: str, core: str) -> str:
    """The sum: 32 hex digits in four groups."""
    digest = hashlib.sha256(f"{cells}{core}".encode()).hexdigest()
    return "-".join(digest[start : start + 8] for start in range(0, 32, 8))


def printed(sum_: str) -> str:
    """The line below the signatures."""
    return f"{FOOT}{sum_}（任何改动都会使校验值不符，可用 shixin verify 核对）"


def cells_digest(path: Path) -> str:
    """The digest of every cell of every sheet, the sum itself apart."""
    book = open_ledger(path)
    said = [
        [
            sheet.title,
            sheet.sheet_state,
            [
                [cell.coordinate, as_text(cell.value)]
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None and not str(cell.value).startswith((FOOT, CORE))
            ],
        ]
        for sheet in book.worksheets
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def sums_in(path: Path) -> tuple[set[str], set[str]]:
    """The sums printed in a workbook, and the manifest's digests that it carries hidden."""
    sums, cores = set(), set()
    for sheet in open_ledger(path).worksheets:
        for row in sheet.iter_rows(values_only=True):
            for value in row:
                if isinstance(value, str) and value.startswith(FOOT):
                    found = _PRINTED.match(value)
                    sums.add(found.group(1) if found else "")
                elif isinstance(value, str) and value.startswith(CORE):
                    cores.add(value.removeprefix(CORE))
    return sums, cores
