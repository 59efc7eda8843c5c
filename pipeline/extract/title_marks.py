"""Titles between marks: 《》 with nested 〈〉 or 《》, half-width and mathematical look-alikes, one mark missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MARK = re.compile(r"《|》|<<|>>|＜＜|＞＞|〈|〉|<|>|＜|＞|﹤|﹥|«|»")
OUTER_OPEN = frozenset({"《", "<<", "＜＜", "«"})
OUTER_CLOSE = frozenset({"》", ">>", "＞＞", "»"})
SINGLE_OPEN = frozenset({"〈", "<", "＜", "﹤"})
SINGLE_CLOSE = frozenset({"〉", ">", "＞", "﹥"})
LONGEST_TITLE = 160
DEEPEST = 3
#: What no title holds: a title that runs into one of these lacks its closing mark.
NOT_IN_TITLE = re.compile(r"[。；！？\t]|，(?:根据|依照|按照|结合|制定|应当|由|以下简称)")
KIND_END = (
    r"(?:法典|法|条例|规定|办法|细则|规则|决定|意见|通知|方案|规划|纲要|解释|批复|标准|目录|清单|制度|准则|措施|复函|公告)"
    r"(?:（(?:试行|暂行|草案|征求意见稿|\d{4}年?[^（）]{0,6})）)?"
)
#: Where an unclosed title ends: the first kind of text that what follows a title follows.
UNCLOSED_END = re.compile(
    rf"[^《》〈〉<>，。；：！？\t]{{2,70}}?{KIND_END}(?=第[一二三四五六七八九十百零〇\d]+条|[（(]|的?(?:有关|相关)?规定|的?要求|等|精神|和《|、|，|。|；|$)"
)
SINGLE_TITLE = re.compile(rf"[\u4e00-\u9fff（）()“”〔〕、\s\d—\-]{{2,70}}?{KIND_END}")


class Marked(NamedTuple):
    """A title and its marks: ``start:end`` with the marks, ``title_start:title_end`` without (flat offsets)."""

    start: int
    end: int
    title_start: int
    title_end: int


def close_of(tokens: list[re.Match[str]], first: int, text: str) -> int:
    """Index of the token that closes the outer mark ``tokens[first]``; -1 where it is missing."""
    limit = tokens[first].end() + LONGEST_TITLE
    depth = 1
    for index in range(first + 1, len(tokens)):
        token = tokens[index]
        if token.start() > limit:
            return -1
        if token.group() in OUTER_OPEN:
            depth += 1
            if depth > DEEPEST:
                return -1
        elif token.group() in OUTER_CLOSE:
            depth -= 1
            if depth == 0:
                inside = text[tokens[first].end() : token.start()]
                return -1 if NOT_IN_TITLE.search(inside) else index
    return -1


def first_close(tokens: list[re.Match[str]], first: int, text: str) -> int:
    """The closing mark that comes before any other opening one: what remains where a nested title lost its own; a single one (《…〉)
    where what lies between is a title."""
    if first + 1 < len(tokens):
        mark, inside = tokens[first + 1].group(), text[tokens[first].end() : tokens[first + 1].start()]
        if mark in OUTER_CLOSE and len(inside) <= LONGEST_TITLE and not NOT_IN_TITLE.search(inside):
            return first + 1
        if mark in SINGLE_CLOSE and SINGLE_TITLE.fullmatch(inside):
            return first + 1
    return -1


def single_close(tokens: list[re.Match[str]], first: int, text: str) -> int:
    """The 〉 that closes a 〈 standing for 《; -1 where what lies between is no title."""
    if first + 1 < len(tokens) and tokens[first + 1].group() in SINGLE_CLOSE:
        inside = text[tokens[first].end() : tokens[first + 1].start()]
        if len(inside) <= 80 and SINGLE_TITLE.fullmatch(inside):
            return first + 1
    return -1


def marked_titles(text: str) -> Iterator[Marked]:
    """Titles in marks, outermost only, in order; an opening mark without its closing one ends with the kind of text."""
    tokens = list(MARK.finditer(text))
    index, floor = 0, 0
    while index < len(tokens):
        token = tokens[index]
        close = -1
        if token.start() < floor:
            index += 1
            continue
        if token.group() in OUTER_OPEN:
            close = close_of(tokens, index, text)
            if close < 0:
                close = first_close(tokens, index, text)
            if close < 0:
                unclosed = UNCLOSED_END.match(text, token.end())
                if unclosed:
                    floor = unclosed.end()
                    yield Marked(token.start(), floor, token.end(), floor)
        elif token.group() in SINGLE_OPEN:
            close = single_close(tokens, index, text)
        if close >= 0:
            yield Marked(token.start(), tokens[close].end(), token.end(), tokens[close].start())
            index = close
        index += 1
