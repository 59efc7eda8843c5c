"""What the served page shows and keeps (复核席的内容): items with everybody's decisions, views, lines, groups, search."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import msgspec

from pipeline.archive import CHOICES, Contradicted, Sitting
from pipeline.decisions import CHECKED, DECISION, LINES, NOTE, SECOND, Change, Standing
from pipeline.document import Screening
from pipeline.extract.measures import categories
from pipeline.ledger import lines_as_json
from pipeline.review.desk.catalogue import Filters, groups, offered, passing, rank
from pipeline.review.desk.lines import Edit, edited, shown_lines
from pipeline.review.display import document_view
from pipeline.review.glance import items
from pipeline.review.queue import LABELS, Item, kind
from pipeline.review.second import disputes

_WHOLE_TEXT = 60_000  # characters of a document's full text in a view; the file holds the rest
_GROUP_SHOWN = 200


class _Words(msgspec.Struct):
    """Of a document only its text."""

    text: str


class Board:
    """One output folder under review. ``second``: a blind second reading of these documents by this person, who sees nobody's
    decisions and whose own change nothing but the agreement."""

    def __init__(self, out: Path, *, second: str = "", sample: Sequence[str] = ()):
        """Raises ScanUnfinished, StoreInUse."""
        self.out, self.second = out, second
        self._sitting = Sitting(out)
        self._lock = threading.RLock()
        with self._sitting.open() as desk:
            found = {item.document_id: item for item in items(desk.store)}
        self._items = {id_: found[id_] for id_ in sample if id_ in found} if second else found
        self._bare = dict(self._items)
        self._seen: dict[str, Standing] = {}
        self._news: dict[str, int] = {}
        self._refresh()

    # what is shown

    def start(self) -> dict[str, Any]:
        """What the page needs once."""
        self._refresh()
        everything = list(self._items.values())
        return {
            "out": self.out.resolve().name,
            "second": self.second,
            "choices": [(choice, LABELS.get(choice, choice)) for choice in CHOICES],
            "offered": offered(everything),
            "measures": list(categories()),
            "seq": self._sitting.changed,
        }

    def order(self, filters: Filters) -> dict[str, Any]:
        """The ids that pass, the undecided first, and how far the review has come."""
        self._refresh()
        everything = list(self._items.values())
        holding = self._holding(filters.text.strip(), self._sitting.version) if len(filters.text.strip()) > 1 else frozenset()
        if self.second:
            listed = sorted(everything, key=lambda item: (bool(item.decision), *rank(item)))
            flagged = everything
        else:
            disputed = frozenset(each.document_id for each in disputes(self.out)) if filters.reviewer else frozenset()
            listed = passing(everything, filters, holding, disputed)
            flagged = [item for item in everything if item.flagged and item.own]
        return {
            "ids": [item.document_id for item in listed],
            "decided": [item.document_id for item in listed if item.decision],
            "progress": self._progress(flagged),
            "seq": self._sitting.changed,
        }

    def facts(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """The lines of the list for these ids."""
        return [self._facts(self._items[id_]) for id_ in ids if id_ in self._items]

    def news(self, since: int) -> dict[str, Any]:
        """What others have done since."""
        self._refresh()
        moved = [id_ for id_, seq in self._news.items() if seq > since]
        flagged = [item for item in self._items.values() if self.second or (item.flagged and item.own)]
        return {"seq": self._sitting.changed, "items": self.facts(moved), "progress": self._progress(flagged)}

    def view(self, id_: str) -> dict[str, Any]:
        """One document: its view, the lines of the ledger, the note, its group. Raises KeyError."""
        self._refresh()
        item = self._items[id_]
        screening = self.screening(id_)
        with self._sitting.open() as desk:
            places = desk.places(id_)
            stands = desk.standing(id_)
            lines = [] if self.second or not (item.flagged or stands.decision) else shown_lines(*desk.lines(id_), stands)
        like = [] if self.second else [self._items[each] for each in self._groups.get(id_, []) if each in self._items]
        return {
            **self._facts(item),
            "html": document_view(screening, places=places, longest=_WHOLE_TEXT, with_findings=not lines),
            "lines": lines,
            "checked": bool(stands.says(CHECKED)),
            "like": [self._facts(each) for each in like if each.document_id != id_][:_GROUP_SHOWN],
            "pages": len(screening.document.pages),
            "format": screening.document.format,
        }

    def screening(self, id_: str) -> Screening:
        with self._sitting.open() as desk:
            return desk.store.screening(self._items[id_].sha256, self._items[id_].path)

    # what is kept

    def decide(self, ids: list[str], decision: str, note: str, who: str, before: dict[str, str]) -> list[dict[str, Any]]:
        """Keep a decision on these documents. Raises Contradicted, LedgerError, KeyError, ValueError."""
        with self._sitting.open() as desk:
            if self.second:
                if decision and decision not in CHOICES:
                    raise ValueError(decision)
                changes = [Change(id_, SECOND, desk.standing(id_).says(SECOND), decision) for id_ in ids]
                desk.keep(changes, self.second)
            else:
                desk.decide(ids, decision, note, who, before)
        self._refresh()
        return self.facts(ids)

    def undo(self, who: str) -> list[dict[str, Any]]:
        """Take back this person's last entry, wherever it was. Raises LedgerError."""
        with self._sitting.open() as desk:
            ids = desk.undo(self.second or who)
        self._refresh()
        return self.facts(ids)

    def edit(self, id_: str, edit: Edit, who: str, before: str) -> list[dict[str, Any]]:
        """Keep, strike, relabel or add one line of the ledger; all lines as they stand then. ``before`` is what the page saw of
        them. Raises Contradicted, LedgerError, KeyError, ValueError."""
        if self.second:
            raise ValueError(self.second)
        screening = self.screening(id_)
        with self._sitting.open() as desk:
            stands = desk.standing(id_)
            drafted, left = desk.lines(id_)
            if before != _version(stands):
                raise Contradicted("这些行已被他人改动，已重新显示，请再看一遍")
            lines, checked = edited(screening, drafted, left, stands.says(CHECKED), edit)
            written = [(LINES, left, lines_as_json(lines)), (CHECKED, stands.says(CHECKED), checked)]
            changes = [Change(id_, field, was, now) for field, was, now in written if was != now]
            desk.keep(changes + desk.identity(id_, stands), who)
            stands = desk.standing(id_)
            shown = shown_lines(*desk.lines(id_), stands)
        self._refresh()
        return shown

    def told(self) -> tuple[int, int]:
        """How many are decided, of how many: the unit's own flagged documents, or the sample."""
        self._refresh()
        progress = self._progress([item for item in self._items.values() if self.second or (item.flagged and item.own)])
        return progress["done"], progress["of"]

    # what lies behind it

    def _facts(self, item: Item) -> dict[str, Any]:
        return {
            "id": item.document_id,
            "title": item.title or item.path.replace("!", "/").rpartition("/")[2],
            "number": item.number,
            "date": item.date,
            "pick": str(kind(item)),
            "material": item.material if item.mentioned else "",
            "suggestion": "" if self.second else item.suggestion,
            "decision": item.decision,
            "note": item.note,
            "who": item.who,
            "lines_version": _version(self._seen.get(item.document_id)),
            "like_count": 0 if self.second else len(self._groups.get(item.document_id, [])),
        }

    def _refresh(self) -> None:
        """Lay what people said over the items; only what is new is touched."""
        with self._lock, self._sitting.open() as desk:
            for id_, stands in desk.said.items():
                if id_ in self._items and self._seen.get(id_) is not stands:
                    self._seen[id_] = stands
                    self._items[id_] = self._overlaid(self._bare[id_], stands)
                    self._news[id_] = desk.changed

    def _overlaid(self, item: Item, stands: Standing) -> Item:
        if self.second:
            event = stands.last.get(SECOND)
            own = event.after if event and event.who == self.second else ""
            return replace(item, decision=own, who=self.second if own else "")
        event = stands.last.get(DECISION)
        if not event or not event.after:
            return replace(item, note=stands.says(NOTE))
        who = event.who or event.source
        return replace(item, decision=event.after, note=stands.says(NOTE), decided_at=event.at, who=who)

    @staticmethod
    def _progress(listed: Sequence[Item]) -> dict[str, int]:
        return {"done": sum(bool(item.decision) for item in listed), "of": len(listed)}

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        return groups(self._sitting.signatures())

    @lru_cache(maxsize=8)  # noqa: B019 - a board lives as long as its server
    def _holding(self, words: str, _version: str) -> frozenset[str]:
        """The ids of the documents whose text holds these words."""
        with self._sitting.open() as desk:
            return frozenset(sha256[:16] for sha256, each in desk.store.glances(_Words, "documents") if words in each.text)


def _version(stands: Standing | None) -> str:
    """Which state of the lines a page has seen: the number of the last event on them."""
    events = [stands.last[name].seq for name in (LINES, CHECKED) if name in stands.last] if stands else []
    return str(max(events, default=0))
