"""What people decided (人工决定): a confirmed ledger is kept beside the store, and no rescan changes its rows."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from pipeline.archive.store import Store
from pipeline.ledger import LedgerError, LedgerRow, Seal, decisions, keep_confirmed, load_seal, read_ledger, seal

CONFIRMED = "已确认台账.xlsx"


def confirm(out: str | Path, ledger: str | Path) -> int:
    """Take over the decisions of a ledger; the number of decided lines. Raises LedgerError that names every wrong cell."""
    out, ledger = Path(out), Path(ledger)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(out / "scan.sqlite")
    if load_seal(out) is not None:
        raise LedgerError(f"{out} 中的台账已封存，不能再改；新发现的文件见增补台账。")
    decided = decisions(read_ledger(ledger))
    if ledger.resolve() != (out / CONFIRMED).resolve():
        shutil.copyfile(ledger, out / CONFIRMED)
    return len(decided)


def with_decisions(rows: list[LedgerRow], out: Path) -> list[LedgerRow]:
    """The rows of a scan with every confirmed row as the person left it."""
    confirmed = out / CONFIRMED
    return keep_confirmed(rows, read_ledger(confirmed).rows) if confirmed.is_file() else rows


def seal_out(out: str | Path) -> Seal:
    """Seal the confirmed ledger (封存). Raises LedgerError where none was confirmed or a row is undecided."""
    out = Path(out)
    if not (out / CONFIRMED).is_file():
        raise LedgerError(f"{out} 中还没有已确认的台账，请先运行 shixin confirm {out} 台账.xlsx")
    with Store(out / "scan.sqlite") as store:
        screened = sorted(summary.sha256[:16] for summary in store.summaries())
    return seal(out / CONFIRMED, out, on=date.today().isoformat(), screened=screened)
