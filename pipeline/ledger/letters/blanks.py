"""What is not known (留白): marked where it stands in a text, so that the page shows it and the command lists it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPEN, _SHOWN, _CLOSE = (
    "\ue000",
    "\ue001",
    "\ue002",
)  # private use: no document's own text holds them once `plain` took them out
_BLANK = re.compile(f"{_OPEN}([^{_SHOWN}]*){_SHOWN}([^{_CLOSE}]*){_CLOSE}")
_SIGNS = re.compile(f"[{_OPEN}{_SHOWN}{_CLOSE}]")


class Piece(NamedTuple):
    """A stretch of text; ``blank`` names what a person must fill in there, empty where the text is known."""

    text: str
    blank: str = ""


def blank(name: str, shown: str = "") -> str:
    """A place to fill in: shown as ［name］, or as ``shown`` (×××〔××××〕×号)."""
    return f"{_OPEN}{name}{_SHOWN}{shown or f'［{name}］'}{_CLOSE}"


def or_blank(text: str, name: str, shown: str = "") -> str:
    """The text where it is known, else a blank."""
    return plain(text).strip() or blank(name, shown)


def plain(text: str) -> str:
    """A text from outside without the signs that mark a blank."""
    return _SIGNS.sub("", text)


def pieces(text: str) -> Iterator[Piece]:
    """The text cut at its blanks."""
    at = 0
    for match in _BLANK.finditer(text):
        if match.start() > at:
            yield Piece(text[at : match.start()])
        yield Piece(match.group(2), match.group(1))
        at = match.end()
    if at < len(text):
        yield Piece(text[at:])
