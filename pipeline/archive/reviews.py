"""What people decided in review (复核): kept beside the store, one line a document, until a confirmed ledger takes it over.

The last word counts: a review pre-fills the draft ledger, over what an earlier confirmed ledger said of that document;
a ledger that is confirmed later replaces the reviews of every document that it decides. No scan touches them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.archive.audit_marks import NO, YES, Mark, add_marks
from pipeline.archive.store import Store
from pipeline.document import Disposition
from pipeline.ledger import NOT_LISTED, LedgerError, LedgerRow, load_seal

REVIEWS = "复核记录.csv"
#: What a person may decide in review, in the order of the buttons.
CHOICES = (*(str(d) for d in Disposition if d is not Disposition.PERSON), NOT_LISTED)
_NOTE = "复核意见："
#: A spreadsheet program would take a cell that begins so for a formula; an apostrophe stands before it in the file.
_GUARDED = ("=", "+", "-", "@", "'")


class Review(NamedTuple):
    """One decision. ``document_id`` is the ledger's (16 characters of the SHA-256), ``decision`` one of CHOICES,
    ``decided_at`` an ISO time in UTC; title and path are for whoever opens the file."""

    document_id: str
    decision: str
    note: str
    decided_at: str
    title: str
    path: str


class Decision(msgspec.Struct):
    """One decision as the page saves it; an empty ``decision`` takes an earlier one back."""

    document_id: str
    decision: str
    note: str = ""
    decided_at: str = ""


class Saved(msgspec.Struct):
    """The file that the page saves."""

    decisions: list[Decision]


def read_reviews(out: Path) -> dict[str, Review]:
    """The decisions of review by document id; none where nobody has reviewed yet."""
    if not (out / REVIEWS).is_file():
        return {}
    with (out / REVIEWS).open(encoding="utf-8-sig", newline="") as file:
        rows = [Review(*(_read(row[name]) for name in Review._fields)) for row in csv.DictReader(file)]
    return {review.document_id: review for review in rows if review.decision in CHOICES}


def decide(out: Path, document_id: str, decision: str, note: str = "") -> None:
    """Keep a decision, at once and for good; an empty ``decision`` takes back what review said before.

    An unflagged document that is to be kept, revised, legislated or repealed enters the ledger by it. Raises LedgerError
    where the document is in a sealed ledger, KeyError where it is not in the scan, ValueError where the word is none of CHOICES.
    """
    if decision and decision not in CHOICES:
        raise ValueError(decision)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if _keep(out, [Decision(document_id, decision, note, now)]):
        raise KeyError(document_id)


def take_reviews(out: str | Path, file: str | Path) -> tuple[int, int]:
    """Take in the decisions that the page 复核.html saved: how many were taken, and how many are about no document of this scan.

    Where both sides decided a document, the later decision stays. Raises FileNotFoundError, LedgerError where the file holds
    none, or none of this scan, or one of a sealed ledger.
    """
    out, file = Path(out), Path(file)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    try:
        saved = msgspec.json.decode(file.read_bytes(), type=Saved)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LedgerError(f"{file}：不是复核页面保存的决定；请在 复核.html 中点“保存决定”，再读入所保存的文件") from error
    wrong = next((each.decision for each in saved.decisions if each.decision and each.decision not in CHOICES), None)
    if wrong is not None:
        raise LedgerError(f"{file}：决定“{wrong}”应为{'、'.join(CHOICES)}之一")
    unknown = _keep(out, saved.decisions)
    if saved.decisions and unknown == len(saved.decisions):
        raise LedgerError(f"{file}：其中没有一个文件属于 {out} 的扫描结果，请核对输出目录")
    return len(saved.decisions) - unknown, unknown


def _keep(out: Path, decisions: Sequence[Decision]) -> int:
    """Keep those that are about documents of the scan and not older than what is kept; how many are about none."""
    sealed = load_seal(out)
    if sealed is not None and any(each.document_id in sealed.documents for each in decisions):
        raise LedgerError("台账已封存，其中的文件不能再改。")
    with Store(out / "scan.sqlite") as store:
        leaders = store.leaders()
        files = sorted(
            (record for record in store.files() if not record.kind), key=lambda record: leaders[record.path] == record.path
        )
        records = {record.sha256[:16]: record for record in files}  # of copies, the leading file
        summaries = {summary.sha256: summary for summary in store.summaries()}
    kept, marks = read_reviews(out), []
    known = [each for each in decisions if each.document_id in records]
    for each in known:
        record, before = records[each.document_id], kept.get(each.document_id)
        if before is not None and before.decided_at > each.decided_at:
            continue
        summary, note = summaries[record.sha256], " ".join(each.note.split())
        kept[each.document_id] = Review(each.document_id, each.decision, note, each.decided_at, summary.title, record.path)
        if not summary.flagged:
            says = (NO if each.decision == NOT_LISTED else YES) if each.decision else ""
            marks.append(Mark(record.sha256, says, record.path, note))
    _write(out, [review for review in kept.values() if review.decision])
    if marks:
        add_marks(out, marks)
    return len(decisions) - len(known)


def drop_reviews(out: Path, document_ids: Iterable[str]) -> None:
    """Forget the decisions that a confirmed ledger has taken over."""
    gone = set(document_ids)
    kept = read_reviews(out)
    if gone & kept.keys():
        _write(out, [review for review in kept.values() if review.document_id not in gone])


def with_reviews(rows: Iterable[LedgerRow], out: Path) -> list[LedgerRow]:
    """The ledger's rows with what was decided in review filled in; the reviewer's note begins the remark (备注)."""
    reviews = read_reviews(out)
    return [_filled(row, reviews[row.document_id]) if row.document_id in reviews else row for row in rows]


def _filled(row: LedgerRow, review: Review) -> LedgerRow:
    others = [line for line in row.remark.split("\n") if line and not line.startswith(_NOTE)]
    noted = [f"{_NOTE}{review.note}"] if review.note else []
    return replace(row, decision=review.decision, remark="\n".join([*noted, *others]))


def _write(out: Path, reviews: Iterable[Review]) -> None:
    """Whole or not at all: a kill leaves the file as it was."""
    written = out / f".{REVIEWS}"
    with written.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(Review._fields)
        for review in sorted(reviews, key=lambda review: (review.path, review.document_id)):
            writer.writerow(["'" + cell if cell.startswith(_GUARDED) else cell for cell in review])
    written.replace(out / REVIEWS)


def _read(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell
