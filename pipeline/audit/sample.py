"""The elusion sample (漏报抽查样本): unflagged documents drawn at random, more of those that came near to a flag.

The order of drawing is fixed by each file's bytes and by the rules that judged it: whoever draws again from the same archive
draws the same documents, and a larger sample holds the smaller one. Under changed rules (a retrained model, a new lexicon)
the draw is a new one: the old sample may have taught them, and what it found may now be flagged, so that it would say less
than the truth. What was read before counts again only where the new draw falls on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.archive import Store

NEAR = 0.05  # a score below this: nothing in the document resembles a measure
STRATA = ("较可疑", "其余")
_NEAR_SHARE = 3  # every third document at least comes from those that came near to a flag


@dataclass(frozen=True, slots=True)
class Unflagged:
    """A screened document that the program did not flag; ``stratum`` is an index of STRATA, ``turn`` orders
    the drawing."""

    sha256: str
    path: str
    title: str
    number: str
    score: float
    stratum: int
    turn: bytes


def unflagged(store: Store) -> tuple[list[Unflagged], list[Unflagged]]:
    """The unflagged documents, one a group of duplicates, by stratum, each in the order in which they are drawn."""
    leaders, version = store.leaders(), rules_version(store)
    screened = {summary.sha256: summary for summary in store.summaries()}
    strata: tuple[list[Unflagged], list[Unflagged]] = ([], [])
    for record in store.files():
        if record.kind or leaders[record.path] != record.path or screened[record.sha256].flagged:
            continue
        summary = screened[record.sha256]
        stratum = 0 if summary.score >= NEAR else 1
        turn = _turn(record.sha256, version)
        elements = (summary.title, summary.number, summary.score)
        strata[stratum].append(Unflagged(record.sha256, record.path, *elements, stratum, turn))
    for documents in strata:
        documents.sort(key=lambda document: document.turn)
    return strata


def rules_version(store: Store) -> str:
    """The version of model, lexicon, rules and registries behind the scan, whatever its date of judgement."""
    return store.get_meta("version").partition("@")[0]


def _turn(sha256: str, version: str) -> bytes:
    """When a document's turn comes. A hash of the hash: nobody who names or dates files can choose who is drawn."""
    return hashlib.sha256(f"抽查 {version} {sha256}".encode()).digest()


def shares(total: int, sizes: Sequence[int]) -> tuple[int, int]:
    """How many of a sample of ``total`` come from each stratum; neither falls when ``total`` rises."""
    near, rest = sizes
    total = min(total, near + rest)
    proportional = -(-total * near // (near + rest)) if total else 0
    from_rest = min(rest, total - min(near, max(proportional, total // _NEAR_SHARE)))
    return total - from_rest, from_rest
