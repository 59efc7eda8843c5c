"""One trial: a filled ledger, one random edit, the reading, and whether anything was lost, altered or misplaced in silence."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from pipeline.archive import Confirmed, Store, confirm, decided
from pipeline.archive.people.records import journal_to_read
from pipeline.decisions import ADDED, standing
from pipeline.ledger import LedgerError, row_from_json
from tests.archive.filled import EDITS, fill
from tests.archive.seen import seen


class Trial(NamedTuple):
    """``silent`` names what went wrong without being told; ``refused`` whether the reading was refused."""

    kind: str
    refused: bool
    silent: str


def trial(scan: Path, folder: Path, kind: str, seed: int) -> Trial:
    """Hand back a ledger with one edit of ``kind``. ``scan`` is a folder as `filled.scanned` makes it; it is not touched."""
    rng = random.Random(f"{kind} {seed}")
    shutil.rmtree(folder, ignore_errors=True)
    out = Path(shutil.copytree(scan, folder / "out"))
    handed = fill(out / "ledger.xlsx", folder / "交回.xlsx", rng, part=rng.choice([1.0, 1.0, 0.6]))
    edited = EDITS[kind](handed, rng)
    shown = seen(edited.path if edited.path.suffix == ".csv" else handed)
    try:
        told = confirm(out, edited.path)
    except LedgerError as error:
        if os.environ.get("SHOW"):
            print(kind, str(error)[:600])
        return Trial(kind, True, "" if str(error).strip() and not decisions(out) else "refused, yet something was read")
    if edited.must_refuse:
        return Trial(kind, False, "what can't be understood was taken")
    return Trial(kind, False, _wrong(out, shown, edited.renamed, told))


def decisions(out: Path) -> dict[str, str]:
    """By title as the scan or the added row has it: what the journal says."""
    with Store(out / "scan.sqlite") as store:
        titles = {summary.sha256[:16]: summary.title for summary in store.summaries()}
    with journal_to_read(out) as journal:
        for id_, each in standing(journal.events()).items():
            if each.says(ADDED):
                titles[id_] = row_from_json(each.says(ADDED)).title
    return {titles[id_].strip(): review.decision for id_, review in decided(out).items()}


def _wrong(out: Path, shown: dict[str, str], renamed: dict[str, str], told: Confirmed) -> str:
    expected = {renamed.get(title, title): word for title, word in shown.items() if word}
    found = decisions(out)
    wrong = [
        f"{title}: seen {expected.get(title, '')!r}, kept {found.get(title, '')!r}"
        for title in sorted(expected.keys() | found.keys())
        if expected.get(title, "") != found.get(title, "")
    ]
    if told.read != told.decided + told.unchanged + told.added + told.refused:
        wrong.append("the sum does not close")
    with Store(out / "scan.sqlite") as store:
        listed = {summary.title.strip() for summary in store.summaries()}
    named = " ".join(told.missing)
    gone = [title for title in listed - {renamed.get(title, title) for title in shown} if title not in named]
    if gone:
        wrong.append(f"not named as missing: {gone}")
    return "; ".join(wrong)


def tally(trials: list[Trial]) -> Counter[str]:
    """Trials, refusals and silent faults."""
    return Counter(
        trials=len(trials), refused=sum(each.refused for each in trials), silent=sum(bool(each.silent) for each in trials)
    )
