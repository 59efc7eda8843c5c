"""What the journal says now (现行决定): the last word on each field of each document, what was undone left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.decisions.events import ADDED, DECISION, FIELDS, ROW, UNDO, Event


@dataclass(slots=True)
class Standing:
    """What holds of one document: the last event of each field."""

    document: str
    last: dict[str, Event] = field(default_factory=dict)

    def says(self, name: str) -> str:
        """The value of a field; empty where nobody has said anything, or took it back."""
        event = self.last.get(name)
        return event.after if event else ""

    @property
    def decision(self) -> str:
        return self.says(DECISION)

    @property
    def keeps_a_row(self) -> bool:
        """Whether the ledger must show the document, whatever a scan says."""
        return bool(self.decision or self.says(ADDED))

    @property
    def latest(self) -> Event | None:
        """The last thing that a person said of the document's row."""
        said = [event for name, event in self.last.items() if name in (*FIELDS, ROW, ADDED)]
        return max(said, key=lambda event: event.seq, default=None)

    def joined(self, other: Standing) -> Standing:
        """Two standings of one document, known under two ids: of each field the later word."""
        last = dict(self.last)
        for name, event in other.last.items():
            if name not in last or last[name].seq < event.seq:
                last[name] = event
        return Standing(self.document, last)


def standing(events: Iterable[Event]) -> dict[str, Standing]:
    """What holds of every document, by its id."""
    events = list(events)
    undone = _undone(events)
    held: dict[str, Standing] = {}
    for event in events:
        if event.reading not in undone and event.document:
            held.setdefault(event.document, Standing(event.document)).last[event.field] = event
    return held


def batches(events: Iterable[Event]) -> dict[int, list[Event]]:
    """The events that hold, by reading; those of undone readings left out."""
    events = list(events)
    undone = _undone(events)
    found: dict[int, list[Event]] = {}
    for event in events:
        if event.reading not in undone:
            found.setdefault(event.reading, []).append(event)
    return found


def _undone(events: Iterable[Event]) -> set[int]:
    return {int(event.after) for event in events if event.field == UNDO}
