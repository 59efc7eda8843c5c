"""Readers by format. A new format is one new file in this room or a folder of it whose function is decorated with `@reader`.

A reader takes the bytes of a file and gives its lines; joining lines into paragraphs is `layout`'s work.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import numpy as np

from pipeline.document import Part

Kind = Literal["line", "paragraph", "rest", "row"]
Look = Literal["glance", "look", "whole"]


@dataclass(slots=True)
class Line:
    """A stretch of text as the format holds it.

    ``kind`` is ``line`` for a physical line that may have to be joined with its neighbours, ``paragraph`` for a whole one,
    ``rest`` for what of it stands on the next page, ``row`` for a table row with its cells joined by tabs. Positions are in points from the page's top left, 0 where the
    format has no layout; ``size`` is the font size in points.
    """

    text: str
    page: int = 1
    kind: Kind = "paragraph"
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    size: float = 0.0


@dataclass(slots=True, eq=False)
class Picture:
    """A picture that may hold text, not looked at yet; `ocr.pictures` decides what becomes of it.

    ``load`` gives its pixels (height x width x BGR): small ones for a ``look``, where that is cheaper and enough to tell text from
    none, grey ones of one plane for a ``glance``, where that is cheaper still; it raises Unreadable where the picture can't be
    opened. ``after`` is the line after which it stands, None at the beginning. ``box`` is its place on the page in points
    (x0, top, x1, bottom), None where the format has no layout. ``instead_of`` are lines to be dropped once it is recognised;
    ``whole`` says that it is a page, recognised without a look. Pictures of the same ``stored`` bytes look the same.
    """

    load: Callable[[Look], np.ndarray]
    place: str
    page: int = 1
    after: Line | None = None
    box: tuple[float, float, float, float] | None = None
    instead_of: Sequence[Line] = ()
    whole: bool = False
    stored: bytes = b""


@dataclass(slots=True)
class Reading:
    """What a reader gives: lines in reading order, the number of pages, remarks in Chinese for the person, what the file says of
    itself beside its text (``facts``, each 名称：值), the pictures that stand among the lines, and the parts of which the reader
    itself knows what became of them."""

    lines: list[Line]
    pages: int = 1
    notes: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


Reader = Callable[[bytes], Reading]

_READERS: dict[str, Reader] = {}


def reader(*formats: str) -> Callable[[Reader], Reader]:
    """Register a function as the reader of these formats (names as `sniff` gives them)."""

    def register(function: Reader) -> Reader:
        for format_ in formats:
            _READERS[format_] = function
        return function

    return register


def reader_for(format_: str) -> Reader | None:
    """The reader of a format, None where there is none."""
    _import_readers()
    return _READERS.get(format_)


def formats() -> list[str]:
    """Every format that can be read."""
    _import_readers()
    return sorted(_READERS)


@cache
def _import_readers() -> None:
    """Import every module of this room and its folders once, so that each can register itself."""
    package = __name__.rpartition(".")[0]
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        importlib.import_module(module.name)
