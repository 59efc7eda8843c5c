"""A mention (提及) of a text, and what hangs on a title: its number, short names (以下简称) and articles.

All positions are those of the flat text (line breaks out).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.extract.articles import read_articles
from pipeline.extract.flat import Flat
from pipeline.extract.printed_numbers import STANDARD, Number, numbers_in

PAREN = re.compile(r"\s?[（(](?P<inner>(?:[^（）()《》]|《[^《》]{1,40}》|[（(][^（）()]{0,30}[）)]){0,150})[）)]")
#: A parenthesis that nobody closed, with a number in it: （国办发〔2016〕98号精神，
UNCLOSED = re.compile(r"\s?[（(](?=[^（）()，。；]{4,40}号)(?P<inner>[^（）()，。；]{4,40}号)(?![^（(。；]*[）)])")
SHORT = re.compile(
    r"(?:(?:以下|下文|下同|以下均)?(?:统一)?(?:并称|合称|统称|简称)|(?:以下|下)称)\s?(?:为|：|:)?\s?[“”\"‘'「]?"
    r"(?P<short>《[^《》]{1,40}》|[\u4e00-\u9fffA-Za-z0-9·]{1,24})[”“\"’'」]?"
)
SHORT_ASIDE = re.compile(r"[，,]?\s?(?:(?:以下|下文)(?:统一)?(?:并称|合称|统称|简称|称)|下称)")
#: An unmarked carrier (关于印发《某办法》的通知（某发〔2019〕3号）): its number is the only one there is.
CARRIER_HEAD = re.compile(r"关于(?:印发|转发|批转|发布|公布|下发)(?:实施)?\s?$")
CARRIER_TAIL = re.compile(r"的(?:通知|意见|决定|批复|函|复函)(?=\s?[（(])")
EDITION_PAREN = re.compile(r"试行|暂行|修[订正改]|版|草案|征求意见稿|19\d\d|20\d\d|节选|摘要|废止|失效|\d月")
#: A number printed before its title (国发〔2016〕33号《关于…》), with the words of publication between.
BEFORE_TITLE = re.compile(r"(?:号[)）]?\s?(?:文件?)?\s?(?:公布|发布|印发|颁布)?(?:的)?\s?)$")


@dataclass(slots=True)
class Mention:
    """One mention: ``start:end`` all that is cited, ``title_start:title_end`` the title inside its marks.

    ``kind`` is marked (in 《》), bare (a title without marks), number (a number alone) or incoming (来文).
    ``defines`` are the short names given to it, as printed without quotation marks.
    """

    kind: str
    start: int
    end: int
    title: str = ""
    title_start: int = 0
    title_end: int = 0
    number: str | None = None
    articles: list[str] = field(default_factory=list)
    defines: list[str] = field(default_factory=list)


class Covered:
    """Ranges already taken by mentions, asked in rising order."""

    def __init__(self, mentions: list[Mention]):
        self.ranges = sorted((mention.start, mention.end) for mention in mentions)
        self.index = 0

    def holds(self, start: int, end: int) -> bool:
        """Whether ``start:end`` touches a range. Calls must come in rising order of ``start``."""
        while self.index < len(self.ranges) and self.ranges[self.index][1] <= start:
            self.index += 1
        return self.index < len(self.ranges) and self.ranges[self.index][0] < end


def read_paren(mention: Mention, inner: str) -> bool:
    """Take number and short name out of a parenthesis after a title; whether it held either."""
    number = next(numbers_in(inner, enclosed=True), None)
    if number is None and (standard := STANDARD.search(inner)):
        number = Number(standard.group(), *standard.span())
    if number is not None and mention.number is None:
        mention.number = number.text
    shorts = [found["short"] for found in SHORT.finditer(inner)]
    mention.defines.extend(shorts)
    return number is not None or bool(shorts)


def read_tail(flat: Flat, mention: Mention) -> None:
    """Take what hangs on a title: parentheses, 以下简称, articles; moves the mention's end."""
    position = mention.end
    carried = CARRIER_TAIL.match(flat.text, position)
    if carried and CARRIER_HEAD.search(flat.text[max(0, mention.start - 12) : mention.start]):
        position = carried.end()
    for _ in range(4):
        paren = PAREN.match(flat.text, position) or UNCLOSED.match(flat.text, position)
        if not paren:
            break
        if read_paren(mention, paren["inner"]):
            mention.end = paren.end()
        elif not EDITION_PAREN.search(paren["inner"]) and len(paren["inner"]) > 12:
            break
        position = paren.end()
    aside = SHORT_ASIDE.match(flat.text, position)
    if aside and (short := SHORT.search(flat.text, aside.start(), aside.end() + 45)):
        mention.defines.append(short["short"])
        mention.end = position = short.end()
    mention.articles, position = read_articles(flat, position)
    if mention.articles:
        mention.end = position


def number_before(flat: Flat, mention: Mention, floor: int) -> None:
    """Take a number printed just before the title."""
    window = flat.text[max(floor, mention.start - 60) : mention.start]
    link = BEFORE_TITLE.search(window)
    if not link or mention.number:
        return
    base = mention.start - len(window)
    numbers = [number for number in numbers_in(window) if number.end >= link.start() + 1]
    if numbers:
        mention.number = numbers[-1].text
        mention.start = base + numbers[-1].start
