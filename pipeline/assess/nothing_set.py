"""Clauses that set nothing (不设措施的条款): why the document is made, what it applies to, what an organ or its staff may not do,
how those listed are heard, removed and repaired. ``sets_nothing.csv`` holds the sentences, by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pipeline.assess.rules import table

_LABEL = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百零\d]+条|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)])\s*"
)
_MAY_NOT = r"(?:不得|严禁|不准|不可|禁止|防止|不应)(?:再)?(?:{})[^。；]*"
_STOPS = "。；\n"
_A_DOCUMENT = 2048  # clauses


@cache
def _words(*kinds: str) -> str:
    return "|".join(row["pattern"] for row in table("sets_nothing.csv") if row["kind"] in kinds)


@cache
def _any(*kinds: str) -> re.Pattern[str]:
    return re.compile(_words(*kinds))


@cache
def _may_not() -> re.Pattern[str]:
    """What an organ may not do; the group ``either`` holds words that are a punishment where those struck stand before them."""
    sure, either = _MAY_NOT.format(_words("机关不得")), _MAY_NOT.format(_words("机关不得两可"))
    return re.compile(f"{sure}|(?P<either>{either})|{_words('不得设定', '督办')}")


def _limits(text: str) -> Iterator[tuple[int, int]]:
    for found in _may_not().finditer(text):
        begin = 1 + max(text.rfind(stop, 0, found.start()) for stop in _STOPS)
        if not (found["either"] and _any("受惩戒者").search(text[begin : found.start()])):
            yield found.span()


def limits(text: str) -> list[tuple[int, int]]:
    """Where a clause says what an organ or its staff may not do (不得自行设定, 任何单位不得自建名单), or how they are kept to their work
    (对推诿的予以通报): begin and end of each."""
    return [*_limits(text), *(found.span() for found in _any("工作人员").finditer(text))]


def _without(text: str, spans: Iterator[tuple[int, int]]) -> str:
    kept, end = [], 0
    for begin, stop in spans:
        kept.append(text[end:begin])
        end = stop
    return "".join([*kept, text[end:]])


def is_purpose(text: str) -> bool:
    """Whether a clause only says why the document is made (目的条款): it names other documents, and sets nothing."""
    return _any("目的").match(text) is not None


def has_words_that_set(text: str) -> bool:
    """Whether the words of some measure stand in a clause."""
    return _any("设定", "设定名单").search(text) is not None


def only_limits(text: str) -> bool:
    """Whether a clause says nothing but what an organ may not do (反面规定): it sets no measure."""
    left = _without(text, _limits(text))
    return left != text and not _any("设定", "设定其他").search(left)


@lru_cache(maxsize=_A_DOCUMENT)  # asked of a clause by several of the questions about it
def sets_nothing(text: str) -> bool:
    """Whether a clause only says why the document is made, what it applies to, what the organ itself may not do, or how those listed are
    heard, removed and repaired."""
    if is_purpose(text):
        return True
    text = _LABEL.sub("", text)
    left = _any("工作人员").sub("", text)
    left = _without(left, _limits(left))
    left = _any("事前告知").sub("", _any("适用范围").sub("", left))
    if left != text and not _any("设定", "设定其他").search(left):
        return True
    if "修复" in text or not _any("程序").search(text):
        return False
    return not has_words_that_set(_any("指称").sub("", left))
