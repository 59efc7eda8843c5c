"""What was handed in and when (报送登记), and how the items of the calendar stand (日程)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline.archive.people.records import journal_to_read, open_journal
from pipeline.archive.people.reviewing import person
from pipeline.decisions import BY_REVIEW, REPORTED, UNDO, Batch, Change, Journal, standing
from pipeline.errors import Refusal
from pipeline.ledger import load_seals
from pipeline.ledger.timetable import FILE, LEDGER, SHIPPED, Timetable, load_timetable
from pipeline.whole_files import whole

_ITEM = "事项："


def handed_in(out: Path, journal: Journal, timetable: Timetable) -> dict[str, date]:
    """The day of each item that is done: as a person says; of the ledger the day of its seal, unless a person says another."""
    found = {
        document.removeprefix(_ITEM): date.fromisoformat(each.says(REPORTED))
        for document, each in standing(journal.events(fields=[REPORTED, UNDO])).items()
        if each.says(REPORTED)
    }
    if seals := load_seals(out):
        sealed_on = date.fromisoformat(seals[0].sealed_on)
        found = {item.name: sealed_on for item in timetable.items if item.by == LEDGER} | found
    return found


def report_done(out: str | Path, name: str, on: date | None, *, who: str = "") -> str:
    """Keep that an item was handed in on a day (None takes it back); the item's whole name. Raises Refusal where the calendar
    has no such item, or several that the name fits."""
    out = Path(out)
    items = load_timetable(out).items
    exact = [item for item in items if item.name == name]
    fitting = exact or [item for item in items if name and (name in item.name or name == item.by)]
    if len(fitting) != 1:
        known = "、".join(item.name for item in items)
        raise Refusal(f"日程中{'有不止一个' if fitting else '没有'}“{name}”；事项有：{known}。没有登记任何内容。")
    document = _ITEM + fitting[0].name
    with open_journal(out) as journal:
        held = standing(journal.events(document=document)).get(document)
        change = Change(document, REPORTED, held.says(REPORTED) if held else "", on.isoformat() if on else "")
        journal.append([change], Batch(BY_REVIEW, "", person(who)))
    return fitting[0].name


def set_up_timetable(out: str | Path) -> Path:
    """Write the shipped calendar into the output folder, to be changed there. Raises Refusal where there is one already."""
    path = Path(out) / FILE
    if path.exists():
        raise Refusal(f"{path} 已经存在，没有改动它；请直接修改其中的日期和通知名称。")
    with journal_to_read(Path(out)):
        pass  # the folder must be one of ours
    with whole(path) as written:
        written.write_bytes(SHIPPED.read_bytes())
    return path
