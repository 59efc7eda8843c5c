"""An invented unit's ledger, decided, as letters are drafted from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.ledger import LedgerRow, build_rows
from pipeline.ledger.letters import Facts
from pipeline.ledger.timetable import load_timetable
from tests.ledger.ledger_samples import UNIT, entries

SUM = "0123abcd-0123abcd-0123abcd-0123abcd"
TODAY = date(2021, 7, 1)
_DECISIONS = ("修订", "废止", "保留", "立法")
_PROGRESS = {1: "已废止（云住建〔2021〕5号）", 4: "已起草修订稿，正在征求意见"}


def rows() -> tuple[LedgerRow, ...]:
    """Ten rows in all four decisions: two of them due on 30 June, one done, one under way, one without any deadline."""
    own = [row for row in build_rows(entries(), UNIT) if row.belongs]
    return tuple(
        replace(
            row,
            decision=_DECISIONS[number % 4],
            deadline="" if number == 0 else "2021-06-30" if number < 6 else "2021年11月底",
            progress=_PROGRESS.get(number, ""),
        )
        for number, row in enumerate(own)
    )


def facts(**changes) -> Facts:
    made = Facts(
        rows=rows(),
        unit=replace(UNIT, contact="王某某", phone="0000-0000000"),
        timetable=load_timetable(),
        today=TODAY,
        counts={"found": 63, "screened": 52, "duplicates": 6, "problems": 5, "flagged": 12},
        sum=SUM,
    )
    return replace(made, **changes)
