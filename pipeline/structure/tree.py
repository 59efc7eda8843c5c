"""The lines of one part as a tree of numbered units (章, 条, 款, 项), and the pieces of text that are their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.structure.chinese_numerals import NUMERAL
from pipeline.structure.lines import Line
from pipeline.structure.markers import ARTICLE, Marker, read_marker

_SENTENCE_END = "。；：！？;:!?…"
_ENDS_OPEN = "、，,（(《“"
_BROKEN_OFF = "的与和及并或将由把被向从对以在为是其该本各"  # a heading does not end so: the line goes on below
_LONGEST_HEADING = 60
_LONGEST_SHORT_HEADING = 40
_FULL_LINE, _SENTENCE = 30, 20
_MISSED = 3  # a number may be so much higher than the last: others were misread or left out
_NEAR = 30  # lines
_REFERENCE = re.compile(rf"第(?:[{NUMERAL}]{{1,8}}|\d{{1,4}})[条款项]")


@dataclass(slots=True)
class Unit:
    """A numbered unit, or the part itself (``marker`` None).

    ``paragraphs`` counts those that are its own, its numbered line among them; ``under`` is the paragraph of its parent
    below which it stands (an item below 第二款 has 2); ``heading`` the words by which it heads those below it; ``lists``
    whether those below it are a list, its items parted by semicolons.
    """

    marker: Marker | None
    parent: Unit | None = None
    heading: str = ""
    paragraphs: int = 0
    under: int = 0
    tables: int = 0
    lists: bool = False

    @property
    def chain(self) -> list[Unit]:
        """The numbered units from the outermost to this one."""
        chain: list[Unit] = []
        at: Unit | None = self
        while at is not None and at.marker is not None:
            chain.append(at)
            at = at.parent
        return chain[::-1]

    @property
    def is_article(self) -> bool:
        return self.marker is not None and self.marker.kind == ARTICLE


@dataclass(slots=True)
class Piece:
    """A clause in the making: lines ``first`` to ``last``, paragraph ``number`` of its unit.

    ``own`` marks the numbered line itself; ``name`` is set where the lines are no paragraph of a unit (落款, 表1第3行).
    """

    first: int
    last: int
    unit: Unit
    number: int = 0
    name: str = ""
    own: bool = False


@dataclass(slots=True)
class TreeReader:
    """Reads the lines of one part into pieces, keeping the open units on a stack."""

    lines: list[Line]
    skipped: set[int]
    quoted: set[int]
    closings: dict[int, str]
    pieces: list[Piece] = field(default_factory=list)

    def read(self, first: int, last: int) -> list[Piece]:
        """The pieces of lines ``first`` to ``last`` (exclusive), which are one part."""
        self.pieces = []
        root = unit = Unit(None)
        articles, tight = 0, False
        for index in range(first, last):
            line = self.lines[index]
            if index in self.skipped:
                continue
            if index in self.closings:
                self._add_closing(index, root)
                continue
            if line.is_row and index not in self.quoted:
                self._add_row(index, root)
                continue
            marker = None if index in self.quoted else read_marker(line.text)
            if marker and marker.kind == ARTICLE and not self._is_article(marker, articles, tight, index, first):
                marker = None
            if marker is None:
                unit = self._add_paragraph(index, unit)
                continue
            if marker.kind == ARTICLE:
                articles, tight = marker.ordinal, not marker.spaced
            unit = self._open(marker, unit, index, last)
        return self.pieces

    def _is_article(self, marker: Marker, last: int, tight: bool, index: int, first: int) -> bool:
        """A number that goes on from the last article opens one; any other only after a sentence has ended.

        ``tight``: the last article's number had no space behind it either, as recognition drops them; then one a little higher
        opens an article, too.
        """
        if marker.ordinal == last + 1 or (marker.ordinal == 1 and marker.spaced) or "之" in marker.label:
            return True
        ended = (
            index == first or self.lines[index - 1].text.endswith(tuple(_SENTENCE_END + "”）)")) or index - 1 in self.skipped
        )
        heading = index > first and _is_heading(self.lines[index - 1].text)
        if not (ended or heading):
            return False
        if marker.ordinal > last or marker.ordinal == 1:
            return marker.spaced or (tight and last < marker.ordinal <= last + _MISSED)
        missing = 0 if marker.ordinal == last and (tight or marker.spaced) else 1
        return self._next_article(index) in range(last + missing + 1, last + _MISSED + 1)

    def _next_article(self, index: int) -> int:
        """The number of the next article: where one is missing before it, a number that does not go on was misread."""
        following = (read_marker(line.text) for line in self.lines[index + 1 : index + 1 + _NEAR])
        return next((each.ordinal for each in following if each and each.kind == ARTICLE), 0)

    def _open(self, marker: Marker, unit: Unit, index: int, last: int) -> Unit:
        text = self.lines[index].text
        parent = _parent(marker, unit, self.lines[index - 1].text if index else "")
        opened = Unit(marker, parent, _short_heading(text, marker), under=parent.paragraphs)
        parent.lists = text.endswith(("；", ";")) or (parent.lists and marker.ordinal > 1)
        if not self._only_heads(marker, text, index + 1, last):
            opened.paragraphs = 1
            self.pieces.append(Piece(index, index, opened, 1, own=True))
        return opened

    def _only_heads(self, marker: Marker, text: str, following: int, last: int) -> bool:
        """Whether a numbered line says nothing itself and only heads what follows."""
        if marker.kind == ARTICLE:
            return len(text) - marker.end <= 20 and text.endswith(("】", "］", "]")) and following < last
        if marker.is_heading:
            return len(text) <= _LONGEST_HEADING and not text.endswith("。")
        if following < last and _is_cut(text, self.lines[following].text) and read_marker(self.lines[following].text) is None:
            return False
        if not _is_heading(text) or following >= last or following in self.closings or self.lines[following].is_row:
            return following < last and self.lines[following].is_row and _is_heading(text)
        after = read_marker(self.lines[following].text)
        return after is None or (after.rank > marker.rank and after.kind != ARTICLE)

    def _add_paragraph(self, index: int, unit: Unit) -> Unit:
        """Add a line that no number opens; the unit that is open after it."""
        previous = self.pieces[-1] if self.pieces else None
        if previous and previous.unit is unit and not previous.name and self._goes_on(previous, index):
            previous.last = index
            return unit
        unit = _home(unit, self.lines[index - 1].text if index else "")
        unit.paragraphs += 1
        self.pieces.append(Piece(index, index, unit, unit.paragraphs))
        return unit

    def _goes_on(self, previous: Piece, index: int) -> bool:
        """Whether a line goes on the sentence of the line above, which a page or line break has cut."""
        above = self.lines[previous.last].text
        if previous.last != index - 1 or index in self.quoted or above.endswith(tuple(_SENTENCE_END + "”）)")):
            return False
        if above.endswith(tuple(_ENDS_OPEN)) or (len(above) > 15 and above.endswith(tuple(_BROKEN_OFF))):
            return True
        if _REFERENCE.match(self.lines[index].text):
            return True
        return (
            (len(above) >= _FULL_LINE or _is_cut(above, self.lines[index].text))
            and any(mark in above for mark in "，。；")
            and self.lines[index].text.endswith(tuple("。；：）"))
        )

    def _add_closing(self, index: int, root: Unit) -> None:
        name = self.closings[index]
        previous = self.pieces[-1] if self.pieces else None
        if previous and previous.name == name and previous.last == index - 1 and previous.unit is root:
            previous.last = index
        else:
            self.pieces.append(Piece(index, index, root, name=name))

    def _add_row(self, index: int, root: Unit) -> None:
        previous = self.pieces[-1] if self.pieces else None
        follows = (
            previous is not None and previous.name.startswith("表") and previous.last == index - 1 and previous.unit is root
        )
        if not follows:
            root.tables += 1
        number = previous.number + 1 if follows and previous else 1
        self.pieces.append(Piece(index, index, root, number, f"表{root.tables}第{number}行"))


def _parent(marker: Marker, unit: Unit, above: str) -> Unit:
    """The open unit under which a number falls: above the last of its own kind, else below whatever ranks higher.

    A first item right under words that end in a colon is theirs, whatever its kind.
    """
    leads_in = above.endswith(("：", ":")) and not marker.is_heading and marker.kind != ARTICLE
    if marker.ordinal == 1 and leads_in and all(open_.marker and open_.marker.kind != marker.kind for open_ in unit.chain):
        return unit
    at: Unit | None = unit
    while at is not None and at.marker is not None:
        if at.marker.kind == marker.kind:
            return at.parent or at
        if marker.kind == ARTICLE and at.marker.is_heading:
            return at
        at = at.parent
    at = unit
    while at.marker is not None and at.parent is not None and at.marker.rank >= marker.rank:
        at = at.parent
    return at


def _home(unit: Unit, above: str) -> Unit:
    """Whose paragraph an unnumbered line is: below an article, that of the article; after a list, that of the list's owner;
    else that of the innermost unit."""
    for open_ in reversed(unit.chain):
        if open_.is_article:
            return open_
    if unit.parent is not None and unit.parent.lists and above.endswith("。"):
        return unit.parent
    return unit


def _is_heading(text: str) -> bool:
    """Whether a line reads as a heading: short, no sentence in it, not broken off."""
    if len(text) > _LONGEST_HEADING or "。" in text or "；" in text or (len(text) > 40 and text.count("，") > 1):
        return False
    return not text.endswith(tuple(_SENTENCE_END + _ENDS_OPEN + _BROKEN_OFF))


def _is_cut(text: str, following: str) -> bool:
    """Whether a line with two commas goes on in a shorter one that ends the sentence: the text below a heading is longer."""
    return len(text) >= _SENTENCE and text.count("，") > 1 and len(following) < len(text) and following.endswith("。")


def _short_heading(text: str, marker: Marker) -> str:
    """The words by which a unit heads those below it: its line, or the first sentence where that is short."""
    if marker.kind == ARTICLE:
        return ""
    if marker.is_heading or _is_heading(text):
        return re.sub(r"\s+", " ", text[:_LONGEST_HEADING])
    first = re.split(r"[。：:；]", text, maxsplit=1)[0]
    return re.sub(r"\s+", " ", first) if len(first) <= _LONGEST_SHORT_HEADING else marker.label
