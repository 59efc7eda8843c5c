"""The numbers that open a unit of a text (第三条, 一、, （一）, 1., （1）, ①), told from references and figures that look alike."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.structure.chinese_numerals import NUMERAL, to_int

_N = rf"[{NUMERAL}]{{1,8}}"
_HEADING_LEVELS = ("部分", "编", "分编", "章", "节")
_HEADING = re.compile(
    rf"第\s?({_N}|\d{{1,3}})\s?(部分|分编|编|篇|章|节)(?!的|[款项，、。；）)和与及至或]|之?规定|中[，的规]|所[列规称]|[以之]外)"
)
_ARTICLE = re.compile(rf"第\s?({_N}|\d{{1,4}})\s?条(之{_N})?([\s　]*)")
_REFERENCE = re.compile(  # what follows a mention of an article rather than an article's own number
    rf"第\s?(?:{_N}|\d+)\s?[款项目条]|之?规定|[、，,；;。）)》”]|至第|[和及与或]第|[和及与或]本|所[列称述指规]|的|中[，的规]|以[外内]|情形|修改为|删[去除]|增加"
)
_ITEMS = (
    ("一、", re.compile(rf"({_N})\s?[、．.](?![、\s]*(?:{_N}|\d+)(?:[级类等、]|$))")),
    ("（一）", re.compile(rf"[（(]\s?({_N})\s?[)）](?!\s?[项款目、，和至或])")),
    ("（1）", re.compile(r"[（(]\s?(\d{1,3})\s?[)）](?!\s?[项款目、，和至或])")),
    (
        "1.1",
        re.compile(
            r"(\d{1,2}(?:[.．]\d{1,2})+)[.．、]?(?=[\s　]+\S|[\u4e00-\u9fff《“])(?!\s*(?:万|亿|元|倍|米|吨|公里|个百分点))"
        ),
    ),
    ("1.", re.compile(r"(\d{1,3})\s?(?:[．、]|\.(?!\d))(?!\s?(?:\d+[、.]|com|cn|www))")),
    ("1)", re.compile(r"(\d{1,2})[)）](?!\s?[项款目、，])")),
    ("①", re.compile(r"([①-⑳])")),
)
_BRACKETED, _FIGURES, _CIRCLED = _ITEMS[1:3], _ITEMS[3:6], _ITEMS[6:]
_RANKS = {kind: rank for rank, kind in enumerate((*_HEADING_LEVELS, "条", "一、", "（一）", "1.", "1.1", "（1）", "1)", "①"))}
ARTICLE = "条"
_NUMERALS, _BRACKETS = frozenset(NUMERAL), frozenset("（(")


@dataclass(frozen=True, slots=True)
class Marker:
    """The number of a unit: its kind, its place in the count, its label as cited; ``end`` is where the words begin.

    ``spaced`` says that white space follows, as it does after the number of a real article.
    """

    kind: str
    ordinal: int
    label: str
    end: int
    spaced: bool = False

    @property
    def rank(self) -> int:
        """Lower is higher in the tree: 编, 章, 节, 条, 一、, （一）, 1., （1）, ①."""
        return _RANKS[self.kind]

    @property
    def is_heading(self) -> bool:
        """Whether it numbers a 编, 章 or 节, which groups units and says nothing itself."""
        return self.kind in _HEADING_LEVELS


def read_marker(line: str) -> Marker | None:
    """The number that opens a line, or None; a line that opens with a reference (第三条规定……) has none."""
    if line.startswith("第"):
        return _heading_or_article(line)
    for kind, pattern in _beginning(line[:1]):
        if found := pattern.match(line):
            return Marker(kind, _ordinal(found[1]), _label(kind, found[1]), found.end())
    return None


def _heading_or_article(line: str) -> Marker | None:
    if found := _HEADING.match(line):
        kind = "编" if found[2] == "篇" else found[2]
        return Marker(kind, to_int(found[1]), re.sub(r"\s", "", found[0]), found.end())
    if found := _ARTICLE.match(line):
        if _REFERENCE.match(line, found.end()) and not _spaced_words(line, found):
            return None
        label = re.sub(r"\s", "", f"第{found[1]}条{found[2] or ''}")
        return Marker(ARTICLE, to_int(found[1]), label, found.end(), bool(found[3]))
    return None


def _beginning(first: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The kinds of item whose number may begin with a character: most lines begin with a word, and are asked no further."""
    if first in _NUMERALS:
        return _ITEMS[:1]
    if first in _BRACKETS:
        return _BRACKETED
    return _FIGURES if first.isdecimal() else _CIRCLED


def _spaced_words(line: str, article: re.Match[str]) -> bool:
    """After white space a 的 or 以外 cannot go on a reference, but 第二款 and 规定 can."""
    return bool(article[3]) and not re.match(
        rf"第\s?(?:{_N}|\d+)\s?[款项条]|之?规定的?|[、，；。]|至第|[和及与或]第", line[article.end() :]
    )


def _ordinal(number: str) -> int:
    if "①" <= number <= "⑳":
        return ord(number) - ord("①") + 1
    return to_int(re.split(r"[.．]", number)[-1])


def _label(kind: str, number: str) -> str:
    shown = number.translate(str.maketrans("．０１２３４５６７８９", ".0123456789"))
    return {
        "一、": f"{shown}、",
        "（一）": f"（{shown}）",
        "（1）": f"（{shown}）",
        "1.": f"{shown}.",
        "1)": f"{shown}）",
    }.get(kind, shown)
