"""Duplicates: one document kept in several places, formats or drafts becomes one group with one ledger row.

Merging two different documents would lose one from the ledger, the costliest error, so a group needs more than likeness:
identical bytes; or a near-identical text that no number, title or date contradicts; or the same number and title over
texts that are clearly the same. Texts that the screening judges differently are never merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np

from pipeline.archive.store import Summary
from pipeline.minhash import PERMUTATIONS, minhash

_BANDS = 16  # of 4 rows each: a pair of likeness 0.8 shares a band with probability > 0.999
_SHINGLE = 5
_CHARACTERS = 20_000  # beginnings that long tell two documents apart; annexes may be missing from one copy
_SAME_TEXT = 0.95
_SAME_DOCUMENT = 0.6
# The signed or final copy leads its group: layouts as issued before editable files, editable files before bare text.
_FORMAT_RANK = {"ofd": 0, "pdf": 1, "docx": 2, "doc": 3, "wps": 3}


def signature(text: str) -> bytes:
    """The MinHash of a text's character 5-grams, white space apart: 64 unsigned 32-bit numbers, little-endian."""
    bare = "".join(text[:_CHARACTERS].split())
    shingles = {bare[i : i + _SHINGLE] for i in range(max(1, len(bare) - _SHINGLE + 1))}
    return minhash([shingle.encode("utf-8", "surrogatepass") for shingle in sorted(shingles)]).astype("<u4").tobytes()


def group(summaries: Sequence[Summary], paths: dict[str, list[str]]) -> dict[str, str]:
    """The leading path of each path. ``paths`` maps a SHA-256 to the files with those bytes."""
    by_sha = {summary.sha256: summary for summary in summaries if paths.get(summary.sha256)}
    parent = {sha: sha for sha in by_sha}

    def root(sha: str) -> str:
        while parent[sha] != sha:
            parent[sha] = parent[parent[sha]]
            sha = parent[sha]
        return sha

    for first, second in _candidates(by_sha.values()):
        if same_document(by_sha[first], by_sha[second]):
            parent[root(second)] = root(first)
    groups: dict[str, list[str]] = defaultdict(list)
    for sha in by_sha:
        groups[root(sha)].append(sha)
    leaders = {}
    for members in groups.values():
        leader = min(members, key=lambda sha: _rank(by_sha[sha], min(paths[sha])))
        leading_path = min(paths[leader])
        leaders.update({path: leading_path for sha in members for path in paths[sha]})
    return leaders


def same_document(first: Summary, second: Summary) -> bool:
    """Whether two distinct files hold one document."""
    if first.flagged != second.flagged:
        return False
    if _contradict(first.number, second.number) or _contradict(first.date, second.date):
        return False
    likeness = _likeness(first.signature, second.signature)
    same_name = first.title == second.title != "" and (first.number == second.number != "" or first.draft or second.draft)
    return likeness >= (_SAME_DOCUMENT if same_name else _SAME_TEXT) and not (
        _contradict(first.title, second.title) and likeness < 1
    )


def _contradict(first: str, second: str) -> bool:
    return bool(first and second and first != second)


def _likeness(first: bytes, second: bytes) -> float:
    """The estimated Jaccard likeness of two signatures."""
    return float(np.mean(np.frombuffer(first, "<u4") == np.frombuffer(second, "<u4")))


def _candidates(summaries: Collection[Summary]) -> Iterator[tuple[str, str]]:
    """Pairs worth comparing: those that share a band of their signatures, or a title. One band in memory at a time."""
    rows = 4 * PERMUTATIONS // _BANDS
    keys: list[Callable[[Summary], object]] = [
        lambda summary, start=band * rows: summary.signature[start : start + rows]  # type: ignore[misc]
        for band in range(_BANDS)
    ]
    for key in (*keys, lambda summary: summary.title):
        buckets: dict[object, list[str]] = defaultdict(list)
        for summary in summaries:
            if key(summary):
                buckets[key(summary)].append(summary.sha256)
        for members in buckets.values():
            for position, first in enumerate(members):
                for second in members[position + 1 : position + 50]:  # a bucket of forms is no reason for a square of work
                    yield first, second


def _rank(summary: Summary, path: str) -> tuple:
    """Sorts the copy that should lead a group first."""
    return (summary.draft, not summary.number, not summary.date, _FORMAT_RANK.get(summary.format, 9), path)
