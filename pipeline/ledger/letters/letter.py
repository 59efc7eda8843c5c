"""What a letter is made of (公文要素), before it is set on the page."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Form(StrEnum):
    """How the first page looks （GB/T 9704-2012, 7.2 and 10.1）; a form alone has no issuer's mark."""

    DOCUMENT = "文件"
    REPORT = "上行文"  # with 签发人
    LETTER = "信函"
    FORM = "表格"


class Text(NamedTuple):
    """A paragraph. ``level`` 1 to 4 is a heading (一、 （一） 1. （1）), 0 is running text. ``keep``: stays with the next."""

    text: str
    level: int = 0
    keep: bool = False


class Table(NamedTuple):
    """A table with a header that is repeated on every page; ``widths`` are shares of the type area."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


Block = Text | Table


class Annex(NamedTuple):
    """An annex (附件) on a page of its own."""

    title: str
    blocks: tuple[Block, ...]


class Letter(NamedTuple):
    """One document to draft. ``file`` is its name without ending; ``listed`` are annexes that lie outside it, named in the
    附件说明 before those in it; ``note`` stands in parentheses under the date (附注); ``copies_to`` and ``printer`` are those of
    the 版记 (抄送机关、印发机关)."""

    file: str
    form: Form
    issuer: str
    number: str
    title: str
    addressee: str
    body: tuple[Block, ...]
    date: str
    listed: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    note: str = ""
    copies_to: tuple[str, ...] = ()
    printer: str = ""
