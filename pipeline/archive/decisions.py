"""What people decided (人工决定): a confirmed ledger is kept beside the store, and no rescan changes its rows."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from pipeline.archive.reviews import Review, drop_reviews, read_reviews, with_reviews
from pipeline.archive.store import Store
from pipeline.ledger import NOT_LISTED, LedgerError, LedgerRow, Seal, decisions, keep_confirmed, load_seal, read_ledger, seal

CONFIRMED = "已确认台账.xlsx"


def confirm(out: str | Path, ledger: str | Path) -> int:
    """Take over the decisions of a ledger; the number of decided lines. Raises LedgerError that names every wrong cell."""
    out, ledger = Path(out), Path(ledger)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(out / "scan.sqlite")
    if load_seal(out) is not None:
        raise LedgerError(f"{out} 中的台账已封存，不能再改；新发现的文件见增补台账。")
    read = read_ledger(ledger)
    decided = decisions(read)
    if ledger.resolve() != (out / CONFIRMED).resolve():
        shutil.copyfile(ledger, out / CONFIRMED)
    drop_reviews(out, {row.document_id for row in read.rows if row.decision})
    return len(decided)


def with_decisions(rows: list[LedgerRow], out: Path) -> list[LedgerRow]:
    """The rows of a scan with every confirmed row as the person left it, then with what was decided in review since."""
    confirmed = out / CONFIRMED
    return with_reviews(keep_confirmed(rows, read_ledger(confirmed).rows) if confirmed.is_file() else rows, out)


def decided(out: Path) -> dict[str, Review]:
    """What people have decided so far, in review or in the confirmed ledger, by document id; the last word counts."""
    confirmed = out / CONFIRMED
    rows = read_ledger(confirmed).rows if confirmed.is_file() else []
    taken = {row.document_id: Review(row.document_id, row.decision, "", "", row.title, "") for row in rows if row.decision}
    return taken | read_reviews(out)


def seal_out(out: str | Path) -> Seal:
    """Seal the confirmed ledger (封存). Raises LedgerError where none was confirmed or a row is undecided."""
    out = Path(out)
    if not (out / CONFIRMED).is_file():
        raise LedgerError(f"{out} 中还没有已确认的台账，请先运行 shixin confirm {out} 台账.xlsx")
    with Store(out / "scan.sqlite") as store:
        screened = sorted(summary.sha256[:16] for summary in store.summaries())
        pending = _pending(store, out)
    if pending:
        raise LedgerError(
            f"复核中还有 {pending} 个决定没有进入已确认的台账；"
            f"请先运行 shixin ledger {out}，核对 ledger.xlsx 后用 shixin confirm 读入，再封存"
        )
    return seal(out / CONFIRMED, out, on=date.today().isoformat(), screened=screened)


def _pending(store: Store, out: Path) -> int:
    """The decisions of review that belong in the ledger and that no confirmed ledger has taken over."""
    leaders = store.leaders()
    flagged = {summary.sha256 for summary in store.summaries() if summary.flagged}
    reviews = read_reviews(out)
    leading = [record.sha256 for record in store.files() if leaders.get(record.path) == record.path]
    return sum(
        (review := reviews.get(sha256[:16])) is not None and (sha256 in flagged or review.decision != NOT_LISTED)
        for sha256 in leading
    )
