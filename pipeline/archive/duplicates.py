"""Duplicates: one document kept in several places, formats or drafts becomes one group with one ledger row.

Merging two different documents would lose one from the ledger, the costliest error, so a group needs more than likeness:
identical bytes; or a near-identical text that no number, title or date contradicts; or the same number and title over
texts that are clearly the same. Texts that the screening judges differently are never merged.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from pipeline.archive.store import Summary
from pipeline.minhash import PERMUTATIONS, minhash

_BANDS = 16  # of 4 rows each: a pair of likeness 0.8 shares a band with probability > 0.999
_SHINGLE = 5
_CHARACTERS = 20_000  # beginnings that long tell two documents apart; annexes may be missing from one copy
_SAME_TEXT = 0.95
_SAME_DOCUMENT = 0.6
_NO_SIGNATURE = bytes(4 * PERMUTATIONS)
_NEXT_ONES = 50
_AT_ONCE = 10_000  # pairs compared in one step: 5 MB
# The signed or final copy leads its group: layouts as issued before editable files, editable files before bare text.
_FORMAT_RANK = {"ofd": 0, "pdf": 1, "docx": 2, "doc": 3, "wps": 3}


def signature(text: str) -> bytes:
    """The MinHash of a text's character 5-grams, white space apart: 64 unsigned 32-bit numbers, little-endian."""
    bare = "".join(text[:_CHARACTERS].split())
    shingles = {bare[i : i + _SHINGLE] for i in range(max(1, len(bare) - _SHINGLE + 1))}
    return minhash([shingle.encode("utf-8", "surrogatepass") for shingle in shingles]).astype("<u4").tobytes()


class Group(NamedTuple):
    """A document's place among its copies: the SHA-256 that names its group, and its rank; the lowest leads."""

    sha256: str
    name: str
    rank: int


def group(summaries: Iterable[Summary]) -> list[Group]:
    """The group of every document: those that hold one text, as far as nothing contradicts it."""
    table = _Table(summaries)
    parent = list(range(len(table.sha256)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for first, second in _candidates(table):
        same = table.same(first, second)
        for one, other in zip(first[same].tolist(), second[same].tolist(), strict=True):
            parent[root(other)] = root(one)
    return [Group(sha256, table.sha256[root(number)], int(table.rank[number])) for number, sha256 in enumerate(table.sha256)]


def same_document(first: Summary, second: Summary) -> bool:
    """Whether two distinct files hold one document."""
    return bool(_Table([first, second]).same(np.array([0]), np.array([1]))[0])


class _Table:
    """The summaries as arrays, a few hundred bytes a document: likeness of an archive's documents is a matter of columns.

    Of number, date and title only sameness counts, so that a hash of 64 bits stands for each; 0 for an empty one.
    """

    def __init__(self, summaries: Iterable[Summary]):
        self.sha256: list[str] = []
        packed, known = bytearray(), array("Q")
        for summary in summaries:
            self.sha256.append(summary.sha256)
            packed.extend(summary.signature or _NO_SIGNATURE)
            known.extend((_hash(summary.number), _hash(summary.date), _hash(summary.title), summary.flagged, summary.draft))
            known.extend((bool(summary.signature), _rank(summary)))
        self.signatures = np.frombuffer(packed, "<u4").reshape(-1, PERMUTATIONS)
        columns = np.frombuffer(known, np.uint64).reshape(-1, 7)
        self.number, self.date, self.title = columns[:, 0], columns[:, 1], columns[:, 2]
        self.flagged, self.draft, self.signed, self.rank = (columns[:, at] for at in range(3, 7))

    def same(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """Whether the documents numbered ``first`` and ``second`` are one, pair by pair."""
        likeness = self._likeness(first, second)
        same_title = (self.title[first] == self.title[second]) & (self.title[first] != 0)
        same_number = (self.number[first] == self.number[second]) & (self.number[first] != 0)
        same_name = same_title & (same_number | (self.draft[first] | self.draft[second]).astype(bool))
        contradicted = _contradict(self.number, first, second) | _contradict(self.date, first, second)
        alike = (likeness >= np.where(same_name, _SAME_DOCUMENT, _SAME_TEXT)) & (
            (likeness == 1) | ~_contradict(self.title, first, second)
        )
        return alike & ~contradicted & (self.flagged[first] == self.flagged[second])

    def _likeness(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """The estimated Jaccard likeness of texts; 0 where one has no signature."""
        alike = np.zeros(len(first))
        for start in range(0, len(first), _AT_ONCE):
            one, other = first[start : start + _AT_ONCE], second[start : start + _AT_ONCE]
            alike[start : start + _AT_ONCE] = (self.signatures[one] == self.signatures[other]).mean(axis=1)
        return alike * (self.signed[first] & self.signed[second])


def _contradict(column: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return (column[first] != 0) & (column[second] != 0) & (column[first] != column[second])


def _hash(text: str) -> int:
    if not text:
        return 0
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1


def _candidates(table: _Table) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs worth comparing: those that share a band of their signatures, or a title. One band in memory at a time."""
    width = PERMUTATIONS // _BANDS
    for band in range(_BANDS):
        keys = np.ascontiguousarray(table.signatures[:, band * width : (band + 1) * width]).view(np.uint64)
        yield from _neighbours(np.flatnonzero(table.signed), keys)
    yield from _neighbours(np.flatnonzero(table.title), table.title[:, None])


def _neighbours(numbers: np.ndarray, keys: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The pairs with equal keys; in a bucket of many forms each with the next ones only, no square of work."""
    keys = keys[numbers]
    order = np.lexsort(keys.T)
    numbers, keys = numbers[order], keys[order]
    for step in range(1, _NEXT_ONES):
        alike = np.flatnonzero((keys[step:] == keys[:-step]).all(axis=1))
        if not alike.size:
            return
        yield numbers[alike], numbers[alike + step]


def _rank(summary: Summary) -> int:
    """Lowest for the copy that should lead a group: a final text before a draft, one with number and date before one without."""
    lacks = 4 * summary.draft + 2 * (not summary.number) + (not summary.date)
    return 10 * lacks + _FORMAT_RANK.get(summary.format, 9)
