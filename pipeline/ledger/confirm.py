"""What people decided (处置意见), out of a ledger that they filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from pipeline.ledger.choices import DECISIONS, NOT_LISTED
from pipeline.ledger.row import LedgerRow
from pipeline.ledger.workbook.read import CellProblem, LedgerError, ReadLedger

UNDECIDED = "待定"
_MOST_SHOWN = 20
_COLUMNS = ["document_id", "row_id", "decision", "reason", "deadline", "progress", "contact", "remark", "title", "cell"]


def decisions(ledger: ReadLedger) -> pd.DataFrame:
    """One row a detail line of the sheet 台账 whose document has a decision.

    Columns: document_id, row_id, decision (保留, 修订, 立法, 废止 or 不列入), reason, deadline, progress, contact, remark,
    title, cell (where the decision stands). Raises LedgerError with every problem of the ledger, by cell.
    """
    refuse(ledger.problems)
    rows = [
        [
            row.document_id,
            line.row_id,
            row.decision,
            line.reason,
            row.deadline,
            row.progress,
            row.contact,
            row.remark,
            row.title,
            cell,
        ]
        for row, cell in zip(ledger.rows, ledger.decision_cells, strict=True)
        if row.belongs and row.decision
        for line in row.details
    ]
    return pd.DataFrame(rows, columns=_COLUMNS, dtype=str)


def refuse(problems: Sequence[CellProblem]) -> None:
    """Raise LedgerError that lists the problems, if there are any."""
    if problems:
        shown = "\n".join(str(problem) for problem in problems[:_MOST_SHOWN])
        more = f"\n……共{len(problems)}处" if len(problems) > _MOST_SHOWN else ""
        raise LedgerError(f"{shown}{more}\n请改正后再试。")


def undecided(ledger: ReadLedger) -> list[CellProblem]:
    """The rows of the sheet 台账 that still wait for a person, as problems."""
    file = Path(ledger.path).name
    return [
        CellProblem(file, cell, f"《{row.title}》尚未填写处置意见")
        for row, cell in zip(ledger.rows, ledger.decision_cells, strict=True)
        if row.belongs and not row.decision
    ]


def tally(rows: Iterable[LedgerRow]) -> dict[str, int]:
    """Documents by decision: 保留, 修订, 立法, 废止, 待定, 不列入; the values add up to the rows."""
    counts = Counter(row.decision or UNDECIDED for row in rows)
    return {name: counts[name] for name in (*DECISIONS, UNDECIDED, NOT_LISTED)}
