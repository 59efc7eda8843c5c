"""What a pattern needs (必要字词), so that most texts never meet it: the characters it may begin with, and sets of words of each of
which every match holds at least one. Read off the pattern's own parse tree; where the tree tells nothing the answer is None, and the pattern
is tried everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import cache, lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_CATEGORIES = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_NOT_DIGIT: lambda mark: not mark.isdecimal(),
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_NOT_SPACE: lambda mark: not mark.isspace(),
    op.CATEGORY_WORD: lambda mark: mark.isalnum() or mark == "_",
    op.CATEGORY_NOT_WORD: lambda mark: not (mark.isalnum() or mark == "_"),
}
_MOST = 1_000  # characters of a range that are told apart


def first_characters(pattern: str) -> frozenset[str] | None:
    """The characters with which a match may begin; None where that may be any."""
    found, empty = _first(_parsed(pattern))
    return None if empty or found is None else frozenset(found)


def needed_words(pattern: str) -> frozenset[str] | None:
    """Words of which every match holds at least one; None where there are none such."""
    return _needed(_parsed(pattern))


def one_of(characters: Set[str]) -> str:
    """A pattern of any one of some characters. Digits, where all are among them, by their name: listed one by one, those outside
    the basic plane would each be compared with every character of a text."""
    digits = _digits()
    named, listed = ("\\d", characters - digits) if digits <= characters else ("", characters)
    return f"[{named}{re.escape(''.join(sorted(listed)))}]"


def all_needed_words(pattern: str) -> tuple[frozenset[str], ...]:
    """Every such set of words: a match holds a word of each."""
    return tuple(words for words in _parts(_parsed(pattern)) if words)


def second_characters(pattern: str) -> frozenset[str] | None:
    """The characters that may stand second in a match; None where that may be any, or where a match may end after the first."""
    return _second(list(_parsed(pattern)))


def alternatives(pattern: str) -> list[str]:
    """A pattern split at its outermost bars."""
    parts, depth, begin, index = [], 0, 0, 0
    while index < len(pattern):
        mark = pattern[index]
        if mark == "\\":
            index += 1
        elif mark == "[":
            index = pattern.index("]", index + 2)
        elif mark in "()":
            depth += 1 if mark == "(" else -1
        elif mark == "|" and not depth:
            parts.append(pattern[begin:index])
            begin = index + 1
        index += 1
    return [*parts, pattern[begin:]]


_parsed = lru_cache(maxsize=_MOST)(_parser.parse)  # one pattern is asked several questions


def looks_past(pattern: str, marks: str) -> bool:
    """Whether a match may hold or look at one of some marks, or ask for the end of the text: where none does, a text parted after
    such marks is matched part by part."""
    return _past(_parsed(pattern), marks)


@cache
def _digits() -> frozenset[str]:
    return frozenset(re.findall(r"\d", "".join(map(chr, range(0x20000)))))


def _first(items: Iterable[Any]) -> tuple[set[str] | None, bool]:
    """The first characters of a sequence, None for any, and whether it may match nothing."""
    found: set[str] = set()
    for kind, value in items:
        chars, empty = _first_of(kind, value)
        if chars is None:
            return None, False
        found |= chars
        if not empty:
            return found, False
    return found, True


def _first_of(kind: Any, value: Any) -> tuple[set[str] | None, bool]:
    if kind is op.LITERAL:
        return {chr(value)}, False
    if kind is op.IN:
        return _of_class(value), False
    if kind is op.BRANCH:
        branches = [_first(branch) for branch in value[1]]
        known = [chars for chars, _ in branches if chars is not None]
        return (set().union(*known) if len(known) == len(branches) else None), any(empty for _, empty in branches)
    if kind is op.SUBPATTERN:
        return _first(value[3])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        chars, empty = _first(value[2])
        return chars, empty or value[0] == 0
    if kind in (op.ASSERT, op.ASSERT_NOT, op.AT):
        return set(), True
    return None, False


def _second(items: list[Any]) -> frozenset[str] | None:
    if not items:
        return None
    (kind, value), rest = items[0], items[1:]
    if kind in (op.LITERAL, op.IN):
        found, empty = _first(rest)
        return None if empty or found is None else frozenset(found)
    if kind is op.SUBPATTERN:
        return _second([*value[3], *rest])
    if kind is op.BRANCH:
        return _union(_second([*branch, *rest]) for branch in value[1])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[:2] == (0, 1):
        return _union([_second([*value[2], *rest]), _second(rest)])
    return None


def _union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found = list(sets)
    known = [each for each in found if each is not None]
    return frozenset().union(*known) if len(known) == len(found) else None


def _past(items: Iterable[Any], marks: str) -> bool:
    return any(_past_item(kind, value, marks) for kind, value in items)


def _past_item(kind: Any, value: Any, marks: str) -> bool:
    if kind is op.LITERAL:
        return chr(value) in marks
    if kind is op.IN:
        return any(_is_in(value, mark) for mark in marks)
    if kind is op.BRANCH:
        return any(_past(branch, marks) for branch in value[1])
    if kind is op.SUBPATTERN:
        return _past(value[3], marks)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        return _past(value[2], marks)
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return _past(value[1], marks)
    return True


def _is_in(items: list[Any], mark: str) -> bool:
    """Whether a class of characters, which may be negated, has one among it."""
    negated = items[0][0] is op.NEGATE
    return negated != any(_names(kind, value, mark) for kind, value in items[negated:])


def _names(kind: Any, value: Any, mark: str) -> bool:
    if kind is op.LITERAL:
        return chr(value) == mark
    if kind is op.RANGE:
        return value[0] <= ord(mark) <= value[1]
    return _CATEGORIES[value](mark)


def _of_class(items: Iterable[Any]) -> set[str] | None:
    found: set[str] = set()
    for kind, value in items:
        if kind is op.LITERAL:
            found.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < _MOST:
            found |= set(map(chr, range(value[0], value[1] + 1)))
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            found |= _digits()
        else:
            return None
    return found


def _needed(items: Iterable[Any]) -> frozenset[str] | None:
    """Of the parts of a sequence that must be there, the one whose shortest word is longest."""
    best: frozenset[str] | None = None
    for words in _parts(items):
        if words and (best is None or _worth(words) > _worth(best)):
            best = words
    return best


def _worth(words: frozenset[str]) -> tuple[int, int]:
    return min(map(len, words)), -len(words)


def _parts(items: Iterable[Any]) -> Iterator[frozenset[str] | None]:
    run = ""
    for kind, value in items:
        if kind is op.LITERAL:
            run += chr(value)
            continue
        if run:
            yield frozenset([run])
            run = ""
        if kind is op.BRANCH:
            branches = [_needed(branch) for branch in value[1]]
            yield frozenset().union(*(each for each in branches if each)) if all(branches) else None
        elif kind is op.SUBPATTERN:
            yield _needed(value[3])
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:
            yield _needed(value[2])
        elif kind is op.IN and (chars := _of_class(value)) is not None and len(chars) < _MOST:
            yield frozenset(chars)
    if run:
        yield frozenset([run])
