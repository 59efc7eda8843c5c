"""What a document is known by (同一文件): its bytes; else its number, title and the nearness of its text.

A file that was saved again, renamed, moved, recognised again or converted is the same document: what people decided follows it.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pipeline.archive.store import FileRecord, Store, Summary
from pipeline.decisions import ADDED, IDENTITY, ROW, Standing
from pipeline.ledger import bare, row_from_json

CHANGED = "文件有变动，请复核"
GONE = "档案中已无此文件"
UNREADABLE = "文件现在无法读取，见 problems.csv"
_SAME_NAME = 0.3  # of the text, where number and title are the same: even an OCR text of a bad scan shares this much
_SAME_TITLE = 0.6
_SAME_TEXT = 0.9
_NEAR_TITLE = 0.85


class Place(NamedTuple):
    """Where a document that people decided is now: the id that the scan knows it by (empty: nowhere), and what to mark."""

    document: str
    mark: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document is known by when its bytes have changed."""

    title: str = ""
    number: str = ""
    date: str = ""
    signature: str = ""
    path: str = ""


def facts(summary: Summary, path: str) -> str:
    """The facts of a screened document as the journal keeps them."""
    said = {
        "title": summary.title,
        "number": summary.number,
        "date": summary.date,
        "signature": summary.signature.hex(),
        "path": path,
    }
    return json.dumps(said, ensure_ascii=False)


def leading(store: Store) -> tuple[dict[str, str], dict[str, FileRecord]]:
    """The id of the leading document of each screened id; the leading file of each leading id."""
    leaders = store.leaders()
    records = {record.path: record for record in store.files() if not record.kind}
    ids = {record.sha256[:16]: records[leaders[path]].sha256[:16] for path, record in records.items()}
    first = {records[path].sha256[:16]: records[path] for path in sorted(set(leaders.values()))}
    return ids, first


def places(held: Mapping[str, Standing], store: Store) -> dict[str, Place]:
    """Where each document that people spoke of is now."""
    if not held:
        return {}
    ids, first = leading(store)
    found = {document: Place(ids[document], "") for document in held if document in ids}
    lost = [document for document in held if document not in ids]
    if not lost:
        return found
    summaries = {summary.sha256[:16]: summary for summary in store.summaries()}
    taken = {place.document for place in found.values()}
    free = [summaries[id_] for id_ in first if id_ not in taken and id_ in summaries]
    search = _Search(free)
    followed = {facts(summaries[id_], record.path): id_ for id_, record in first.items() if id_ in summaries}
    problems = {record.path for record in store.files() if record.kind}
    for document in lost:
        known = _facts(held[document])
        # One that was followed before is where it was followed to, though people have spoken of it under its new id since.
        again = followed.get(held[document].says(IDENTITY), "") or search.best(known)
        if again:
            found[document] = Place(again, "" if document.startswith("h") else CHANGED)
        elif document.startswith("h"):
            found[document] = Place("", "")  # added by hand: it never was in the archive
        else:
            found[document] = Place("", UNREADABLE if known.path in problems else GONE)
    return found


def _facts(standing: Standing) -> Facts:
    if said := standing.says(IDENTITY):
        return Facts(**json.loads(said))
    if kept := standing.says(ROW) or standing.says(ADDED):
        row = row_from_json(kept)
        return Facts(row.title, row.number, row.date)
    return Facts()


class _Search:
    """Looks for a document among those that nobody spoke of yet."""

    def __init__(self, free: Iterable[Summary]):
        self._free = list(free)
        signatures = [np.frombuffer(summary.signature, "<u4") for summary in self._free]
        whole = [sig if sig.size else np.zeros(64, "<u4") for sig in signatures]
        self._signatures = np.vstack(whole) if whole else np.zeros((0, 64), "<u4")

    def best(self, known: Facts) -> str:
        """The id of the document that it is now; empty where none is surely the same."""
        if not self._free:
            return ""
        signature = np.frombuffer(bytes.fromhex(known.signature), "<u4")
        alike = (self._signatures == signature).mean(axis=1) if signature.size else np.ones(len(self._free))
        order = np.argsort(-alike, kind="stable")
        for position in order:
            if alike[position] < _SAME_NAME:
                return ""
            if _same(known, self._free[position], float(alike[position]), bool(signature.size)):
                return self._free[position].sha256[:16]
        return ""


def _same(known: Facts, summary: Summary, alike: float, has_text: bool) -> bool:
    """Cases in the order in which they decide."""
    number = bare(known.number), bare(summary.number)
    title = bare(known.title), bare(summary.title)
    # 1. two numbers are two documents
    if all(number) and number[0] != number[1]:
        return False
    same_title = all(title) and (title[0] == title[1])
    # 2. one number and one title
    if all(number) and same_title:
        return True
    if not has_text:
        return same_title and not any(number)
    # 3. one title, as printed or as badly recognised, over a text that is clearly the same
    if same_title or (all(title) and difflib.SequenceMatcher(None, *title).ratio() >= _NEAR_TITLE):
        return alike >= _SAME_TITLE and not (known.date and summary.date and known.date != summary.date and alike < _SAME_TEXT)
    # 4. nearly the same text that nothing contradicts
    return alike >= _SAME_TEXT and not all(title)
