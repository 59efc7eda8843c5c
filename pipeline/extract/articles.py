"""Articles cited after a title: 第十条第二款第（三）项, lists, ranges (第十条至第十二条), Arabic, 之一."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.flat import Flat
from pipeline.structure.chinese_numerals import to_chinese, to_int

NUMERAL = "[〇零一二三四五六七八九十百千两0-9０-９]{1,9}"
#: One piece of a reference: 第十条, 第二款, （三）项; the unit may be missing inside a list (第十一、十二条).
PIECE = re.compile(
    rf"(?:第\s?)?(?:(?P<plain>{NUMERAL})|[（(]\s?(?P<bracketed>{NUMERAL})\s?[)）])\s?"
    rf"(?P<unit>条(?:\s?之\s?(?P<sub>[一二三四五六七八九十]))?|款|项|目)?"
)
FIRST = re.compile(
    rf"[\"”’」]?\s?(?:中的|中|的)?\s?(?P<at>第\s?(?:{NUMERAL}\s?[条、和至]|[（(]\s?{NUMERAL}\s?[)）]\s?[条项款]))"
)
SEPARATOR = re.compile(r"\s?(?P<range>至|到|—+|－|-|–|~|～)\s?|\s?(?:以及|及其|及|和|与|或者|或|、|，|,)\s?")
#: A list whose unit stands at its end only: 第八十条第一、二项.
SHARED = re.compile(rf"第\s?{NUMERAL}(?:\s?、\s?第?{NUMERAL})+\s?[款项目]")
UNIT_RANK = {"条": 0, "款": 1, "项": 2, "目": 3}
LONGEST_RANGE = 300
MOST_PIECES = 400
#: What follows an article that is cited; at the head of a line anything else makes it the heading of a clause.
AFTER_CITED = re.compile(r"\s?(?:[的、，。；：:,;和及与或至到—－\-第（(）)》”所之中等等规款项要予处执追进给列明]|以及|或者|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a reference: its printed text without spaces, unit, number, and how it joins the piece before."""

    text: str
    unit: str
    number: int
    join: str  # "" adjacent, "list", "range"
    end: int


def is_heading(flat: Flat, start: int, end: int) -> bool:
    """Whether 第X条 at ``start`` is the number of a clause (at the head of a line), not a citation."""
    return flat.at_line_start(start) and not AFTER_CITED.match(flat.text, end)


def read_pieces(flat: Flat, position: int) -> list[Piece]:
    """The run of pieces that begins at ``position``, ended by what is no piece."""
    pieces: list[Piece] = []
    join = ""
    while len(pieces) < MOST_PIECES:
        found = PIECE.match(flat.text, position)
        if not found or (
            found["plain"] and not found["unit"] and join == "" and pieces and not SHARED.match(flat.text, position)
        ):
            break
        unit = (found["unit"] or "")[:1]
        if unit == "条" and is_heading(flat, found.start(), found.end()):
            break
        if unit != "条" and not pieces and found["bracketed"] and not found.group().startswith("第"):
            break
        numeral = found["plain"] or found["bracketed"]
        text = re.sub(r"\s", "", found.group())
        pieces.append(Piece(text, unit, to_int(numeral), join, found.end()))
        position = found.end()
        following = PIECE.match(flat.text, position)
        own = following and (following["unit"] or following["bracketed"] or SHARED.match(flat.text, position))
        if following and unit and own and following.group()[0] in "第（(":
            join = ""
            continue
        separator = SEPARATOR.match(flat.text, position)
        if not separator:
            break
        join = "range" if separator["range"] else "list"
        position = separator.end()
    return pieces


def with_units(pieces: list[Piece]) -> list[Piece]:
    """Give each piece without a unit that of the next one (第十一、十二条); drop a tail without any."""
    done: list[Piece] = []
    unit, bracket = "", ""
    for piece in reversed(pieces):
        if piece.unit:
            unit, bracket = piece.unit, "项" if piece.text.endswith("项") else ""
        elif not unit or (unit == "项" and not bracket):
            continue
        text = piece.text if piece.unit else piece.text + unit
        if unit in UNIT_RANK and not text.startswith("第"):
            text = "第" + text
        done.append(Piece(text, unit, piece.number, piece.join, piece.end))
    return done[::-1]


def between(first: Piece, last: Piece) -> list[str]:
    """What a range leaves unprinted: 第十条至第十二条 -> 第十一条."""
    if not 0 < first.number < last.number <= first.number + LONGEST_RANGE or first.unit != last.unit:
        return []
    bracketed = "（" in last.text or "(" in last.text
    arabic = any(character.isdecimal() for character in last.text)
    names = []
    for number in range(first.number + 1, last.number):
        name = str(number) if arabic else to_chinese(number)
        names.append(f"第（{name}）{last.unit}" if bracketed else f"第{name}{last.unit}")
    return names


def read_articles(flat: Flat, position: int) -> tuple[list[str], int]:
    """Articles cited at ``position`` (just after a title), as printed without spaces, ranges expanded.

    Returns the list and the flat offset where it ends; ``([], position)`` where none is cited.
    """
    first = FIRST.match(flat.text, position)
    if not first:
        return [], position
    pieces = with_units(read_pieces(flat, first.start("at")))
    if not pieces or (pieces[0].unit != "条" and not pieces[0].text.startswith(("第（", "第("))):
        return [], position  # a policy's 第（十）项 stands without an article
    articles: list[str] = []
    parents = ["", "", "", ""]
    previous: Piece | None = None
    for piece in pieces:
        rank = UNIT_RANK[piece.unit]
        prefix = "".join(parents[:rank])
        if piece.join == "" and previous is not None:
            articles[-1] = prefix + piece.text
        else:
            if piece.join == "range" and previous is not None:
                articles.extend(prefix + name for name in between(previous, piece))
            articles.append(prefix + piece.text)
        parents[rank:] = [piece.text] + [""] * (3 - rank)
        previous = piece
    return list(dict.fromkeys(articles)), pieces[-1].end
