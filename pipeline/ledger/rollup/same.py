"""The same document from two units (同一文件): by its bytes, its number, its title, or a near text that nothing contradicts."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.ledger.rollup.units import UnitList, bare
from pipeline.ledger.row import LedgerRow

_HASHES, _BANDS, _GRAM = 32, 8, 4
_NEAR = 0.8  # of the hashes: the likeness of the quoted measures
_NEAR_TITLE = 0.6
_LEAST = 24  # characters of title and quotations; less says nothing
_MOST_PAIRS = 200  # that one row is compared with: hundreds of units copied one model text
_rng = np.random.Generator(np.random.PCG64(1))
_MULTIPLIERS = _rng.integers(1, 1 << 62, _HASHES, dtype=np.uint64) | np.uint64(1)
_POWERS = np.array([1_000_003**power % (1 << 61) for power in range(_GRAM)], np.uint64)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One document that is reported more than once: who, where, with which decisions, how it was recognised, and who is
    proposed to report it (牵头单位: the first issuer)."""

    title: str
    number: str
    units: tuple[str, ...]
    cells: tuple[str, ...]
    decisions: tuple[str, ...]
    why: str
    leader: str = ""

    @property
    def conflict(self) -> bool:
        return len({decision for decision in self.decisions if decision}) > 1


def signature(row: LedgerRow) -> bytes:
    """The MinHash of the quoted measures' 4-grams: 32 unsigned 32-bit numbers; empty where the row quotes too little."""
    text = bare(row.title + "".join(line.content.partition("\n")[2] or line.content for line in row.details))
    if len(text) < _LEAST or not row.details:
        return b""
    codes = np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.uint64)
    count = len(codes) - _GRAM + 1
    grams = np.zeros(count, np.uint64)
    for place, power in enumerate(_POWERS):
        grams += codes[place : place + count] * power
    hashed = (grams[:, None] * _MULTIPLIERS[None, :]) >> np.uint64(32)
    return hashed.min(axis=0).astype("<u4").tobytes()


def duplicates(
    rows: Sequence[LedgerRow], places: Sequence[str], files: Sequence[str], signatures: Sequence[bytes], units: UnitList
) -> tuple[list[Duplicate], int]:
    """The groups, conflicts first; and how many rows are left where each document counts once.

    Rows of one file are never joined: a document twice in one ledger is a problem of that ledger.
    """
    joined = _Groups(rows, files)
    for why, pairs in (
        ("文件内容相同", _by(rows, _content)),
        ("发文字号相同", _by(rows, _number)),
        ("标题和日期相同", _by_title(rows)),
        ("措施内容相近", _near(rows, signatures, files)),
    ):
        joined.join(pairs, why)
    found = [_duplicate([rows[at] for at in group], [places[at] for at in group], why, units) for group, why in joined.groups()]
    found.sort(key=lambda each: (not each.conflict, each.number, each.title))
    return found, len(rows) - sum(len(each.cells) - 1 for each in found)


class _Groups:
    """Rows joined to groups, each with the first rule that joined two of it."""

    def __init__(self, rows: Sequence[LedgerRow], files: Sequence[str]):
        self._rows, self._files = rows, files
        self._parent = list(range(len(rows)))
        self._why: dict[int, str] = {}

    def _root(self, at: int) -> int:
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at

    def join(self, pairs: Iterator[tuple[int, int]], why: str) -> None:
        for first, second in pairs:
            if self._files[first] == self._files[second] and self._rows[first].reporter == self._rows[second].reporter:
                continue
            one, other = sorted((self._root(first), self._root(second)))
            if one != other:
                self._parent[other] = one
                self._why.setdefault(one, self._why.get(other, why))

    def groups(self) -> Iterator[tuple[list[int], str]]:
        members: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self._rows)):
            members[self._root(at)].append(at)
        yield from ((group, self._why[root]) for root, group in members.items() if len(group) > 1)


def _duplicate(rows: Sequence[LedgerRow], cells: Sequence[str], why: str, units: UnitList) -> Duplicate:
    first = next((row for row in rows if row.number), rows[0])
    reporters, decided = tuple(row.reporter for row in rows), tuple(row.decision for row in rows)
    return Duplicate(first.title, first.number, reporters, tuple(cells), decided, why, _leader(rows, units))


def _leader(rows: Sequence[LedgerRow], units: UnitList) -> str:
    """Who should report it: the first issuer, whether it has reported it or not."""
    issuer = next((lead for row in rows if (lead := _issuer(row))), "")
    if not issuer:
        return "待定（没有发文机关）"
    name = units.own_name(issuer)
    reporters = {row.reporter for row in rows}
    same = next((unit for unit in sorted(reporters) if bare(unit) == bare(name)), "")
    return same or f"{name}（没有填报本文件）"


def _issuer(row: LedgerRow) -> str:
    return row.issuers.partition("、")[0].strip()


# Rules: pairs of rows


def _by(rows: Sequence[LedgerRow], key: Callable[[LedgerRow], object]) -> Iterator[tuple[int, int]]:
    """Pairs that join all the rows that share a key."""
    groups: dict[object, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if (value := key(row)) is not None:
            groups[value].append(at)
    for members in groups.values():
        yield from ((members[0], other) for other in members[1:])


def _content(row: LedgerRow) -> object:
    return row.document_id if re.fullmatch(r"[0-9a-f]{16}", row.document_id) else None


def _number(row: LedgerRow) -> object:
    """A number with a year and a serial; 令第1号 of two bodies are two documents."""
    number = bare(row.number)
    return number if re.search(r"(?:19|20)\d\d\d+号$", number) else None


def _by_title(rows: Sequence[LedgerRow]) -> Iterator[tuple[int, int]]:
    """One title on one date; two numbers under it are two documents, and a row without number may be either."""
    groups: dict[object, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if row.title and row.date:
            groups[bare(row.title), row.date].append(at)
    for members in groups.values():
        numbers = {bare(rows[at].number) for at in members} - {""}
        if len(numbers) > 1:
            continue  # those of one number are joined by it
        yield from ((members[0], other) for other in members[1:])


def _near(rows: Sequence[LedgerRow], signatures: Sequence[bytes], files: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs whose quoted measures are nearly the same, and whose number, issuer, date, title and file allow it.

    One of a pair has no number: two with one number were joined by it, two numbers are two documents.
    """
    wide = _HASHES // _BANDS * 4
    numbers, issuers = [bare(row.number) for row in rows], [bare(_issuer(row)) for row in rows]
    for band in range(_BANDS):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for at, each in enumerate(signatures):
            if each:
                buckets[each[band * wide : (band + 1) * wide]].append(at)
        for members in buckets.values():
            unnumbered = [at for at in members if not numbers[at]]
            if not unnumbered or len(members) < 2:
                continue
            by_issuer: dict[str, list[int]] = defaultdict(list)
            for at in members:
                by_issuer[issuers[at]].append(at)
            for at in unnumbered:
                near = by_issuer[issuers[at]] + by_issuer[""] if issuers[at] else members
                for other in near[:_MOST_PAIRS]:
                    if files[at] != files[other] and _alike(rows[at], rows[other], signatures[at], signatures[other]):
                        yield at, other


def _alike(one: LedgerRow, other: LedgerRow, first: bytes, second: bytes) -> bool:
    if one.date and other.date and one.date != other.date:
        return False
    if np.mean(np.frombuffer(first, "<u4") == np.frombuffer(second, "<u4")) < _NEAR:
        return False
    return difflib.SequenceMatcher(None, bare(one.title), bare(other.title)).ratio() >= _NEAR_TITLE
