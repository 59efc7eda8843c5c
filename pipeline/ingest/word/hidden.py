"""Hidden text (隐藏文字): read behind what a person sees, and said to be hidden."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.readers import Line, Reading
from pipeline.ingest.word.docx_numbering import W

_SHOWN = 300
AWAY, WHITE = "hidden", "white"
_LOOKS, _VANISH, _SIZE, _COLOUR, _SHADE = (f"{W}{name}" for name in ("rPr", "vanish", "sz", "color", "shd"))
_MARKED, _VALUE, _FILL = f"{W}highlight", f"{W}val", f"{W}fill"
_TINY = frozenset("01234")  # half points
_LIGHT = frozenset(["", "AUTO", "FFFFFF"])
_PLAIN = frozenset(["", "clear", "nil"])
_GROUNDS = {f"{W}p": f"{W}pPr", f"{W}tc": f"{W}tcPr"}  # what may have a colour of its own, and where that is said
_BOX = f"{W}txbxContent"  # has the colour of its shape


def hidden_text(text: str, page: int) -> Part:
    """The part that says so of a stretch of hidden text."""
    return Part(PartKind.TEXT, f"第{page}页的隐藏文字", PartOutcome.READ, text[:_SHOWN])


def add_hidden(reading: Reading, texts: Iterable[str]) -> None:
    """Put hidden text, whose place the format does not give, behind the lines of a reading."""
    for text in texts:
        if any(character.isalnum() for character in text):
            reading.lines.append(Line(text.strip(), reading.pages))
            reading.parts.append(hidden_text(text.strip(), reading.pages))


def unseen(run: etree._Element) -> str:
    """How a run of a DOCX is not seen: put away (hidden, or too small), white on white; empty where it is seen."""
    looks = run.find(_LOOKS)
    if looks is None:
        return ""
    size, colour = looks.find(_SIZE), looks.find(_COLOUR)
    if is_on(looks.find(_VANISH)) or (size is not None and size.get(_VALUE) in _TINY):
        return AWAY
    white = colour is not None and colour.get(_VALUE, "").upper() == "FFFFFF"
    return WHITE if white and _is_on_white(run, looks) else ""


def is_on(toggle: etree._Element | None) -> bool:
    """Whether a property that is either on or off is on."""
    return toggle is not None and toggle.get(_VALUE, "true") not in {"0", "false", "off"}


def _is_on_white(run: etree._Element, looks: etree._Element) -> bool:
    """Whether nothing under a run is coloured, as far as the document says so without its styles."""
    if _is_shaded(looks) or looks.find(_MARKED) is not None:
        return False
    for above in run.iterancestors():
        ground = above.find(_GROUNDS[above.tag]) if above.tag in _GROUNDS else None
        if (ground is not None and _is_shaded(ground)) or above.tag == _BOX:
            return False
        if above.tag == f"{W}tbl" and above.find(f"{W}tblPr/{W}tblStyle") is not None:
            return False
    return True


def _is_shaded(properties: etree._Element) -> bool:
    shade = properties.find(_SHADE)
    if shade is None:
        return False
    return shade.get(_FILL, "").upper() not in _LIGHT or shade.get(_VALUE, "") not in _PLAIN
