"""One trial: a filled ledger, one random edit, the reading, and whether anything was lost, altered or misplaced in silence.

What a person sees in the workbook that they hand back is compared with what they see in the ledger that the program makes
afterwards, every column of it; both are read without the product's code.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from pipeline.archive import Confirmed, Store, confirm, decided, rewrite_outputs
from pipeline.archive.people.records import journal_to_read
from pipeline.decisions import ADDED, standing
from pipeline.ledger import LedgerError, row_from_json
from tests.archive.filled import EDITS, Edited, fill
from tests.archive.seen import Seen, decisions_seen, seen

#: A workbook that another program wrote can't be read by the one that looks: it is the same as before it was saved so.
_READABLE = {".xlsx"}


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
    before = seen(out / "ledger.xlsx")
    filled = seen(handed)
    edited = EDITS[kind](handed, rng)
    try:
        told = confirm(out, edited.path)
    except LedgerError as error:
        if os.environ.get("SHOW"):
            print(kind, str(error)[:600])
        if not str(error).strip() or decisions(out):
            return Trial(kind, True, "refused, yet something was read")
        return Trial(kind, True, _untold(edited, str(error)))
    if os.environ.get("SHOW"):
        print(kind, told)
    if edited.must_refuse:
        return Trial(kind, False, "what can't be understood was taken")
    rewrite_outputs(out)
    try:
        shown = seen(edited.path) if edited.path.suffix in _READABLE else filled
    except Exception:  # strict or other forms that openpyxl can't read
        shown = filled
    wrong = _wrong(before, shown or filled, seen(out / "ledger.xlsx"), edited, told)
    if not edited.decided and decisions(out) != {
        title: word for title, word in decisions_seen(seen(out / "ledger.xlsx")).items() if word
    }:
        wrong.append("ledger and journal differ")
    return Trial(kind, False, "; ".join(wrong))


def decisions(out: Path) -> dict[str, str]:
    """By title as the ledger has it, without white space: what the journal says."""
    with Store(out / "scan.sqlite") as store:
        titles = {summary.sha256[:16]: summary.title for summary in store.summaries()}
    with journal_to_read(out) as journal:
        for id_, each in standing(journal.events()).items():
            if each.says(ADDED):
                titles[id_] = row_from_json(each.says(ADDED)).title
            if each.says("title"):
                titles[id_] = each.says("title")
    return {"".join(titles[id_].split()): review.decision for id_, review in decided(out).items()}


def _told(told: Confirmed) -> str:
    return "\n".join([*told.problems, *told.conflicts, *told.missing, *told.cleared, *told.notes])


def _untold(edited: Edited, said: str) -> str:
    flat = "".join(said.split())
    untold = [text for text in edited.tells if "".join(text.split()) not in flat]
    return f"not told: {untold}" if untold else ""


def _wrong(before: Seen, shown: Seen, now: Seen, edited: Edited, told: Confirmed) -> list[str]:
    """What the new ledger ``now`` does not show as the person left it (``shown``)."""
    wrong = [untold] if (untold := _untold(edited, _told(told))) else []
    if told.read != told.decided + told.unchanged + told.added + told.refused:
        wrong.append("the sum does not close")
    for title in edited.no_rows:
        shown.pop("".join(title.split()), None)
    for new, old in edited.renamed.items():
        kept = shown.pop("".join(old.split()), {})
        about = shown.setdefault("".join(new.split()), {})
        for field, values in kept.items():
            if field != "title":
                about.setdefault(field, set()).update(values)
        for field in ("number",):
            about[field] = (
                set(list(about.get(field, set()))[:1]) if len(about.get(field, set())) > 1 else about.get(field, set())
            )
    for title, word in edited.decided.items():
        shown.setdefault("".join(title.split()), {})["decision"] = {word} - {None, ""}
    for title, about in shown.items():
        if title not in now:
            wrong.append(f"{title}: gone")
            continue
        wrong += [
            f"{title} {field}: seen {sorted(values)}, kept {sorted(now[title].get(field, ()))}"
            for field, values in about.items()
            if values != now[title].get(field, set()) and not _as_told(field, values, now[title].get(field, set()), told)
        ]
    named = "".join(_told(told).split())
    for title in now.keys() - shown.keys():
        if title not in before:
            wrong.append(f"{title}: nobody wrote it")
        elif title not in named:
            wrong.append(f"{title}: not named as missing")
        elif now[title].get("decision"):
            wrong.append(f"{title}: decided by nobody")
    return wrong


def _as_told(field: str, values: set[str], kept: set[str], told: Confirmed) -> bool:
    """An emptied decision stands where that is told; a title of which one line was corrected is the corrected one."""
    return (field == "decision" and not values and bool(told.cleared)) or (field in ("title", "number") and kept < values)


def tally(trials: list[Trial]) -> Counter[str]:
    """Trials, refusals and silent faults."""
    return Counter(
        trials=len(trials), refused=sum(each.refused for each in trials), silent=sum(bool(each.silent) for each in trials)
    )
