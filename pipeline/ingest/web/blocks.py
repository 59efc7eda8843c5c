"""A page's tree -> its blocks: every stretch of text in reading order, with what the page's marks say of the place it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.ingest.web.marks import marks

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_NOISE = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "object",
        "svg",
        "head",
        "select",
        "button",
        "input",
        "textarea",
        "option",
        "rt",
        "rp",
    ]
)
_FURNITURE = frozenset(["nav", "footer", "aside"])
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_GO = re.compile(r"location|window\.open|href", re.I)
_PAGE_IN_A_CELL = 8  # paragraphs; a cell of more holds the page's article beside its menu, and no table's entry
_NAMES_A_TITLE = re.compile(r"(?i:(?:^|[^a-z])(?:title|biaoti|bt)(?:$|[^a-z])|activity-name)|[a-z]Title(?![a-z])")


@dataclass(slots=True)
class Block:
    """A paragraph or a row (cells parted by tabs). ``links`` counts its characters that lead elsewhere.

    ``container`` is the article's container (正文容器) in which it stands, counted from 1, 0 for none; ``chrome`` whether the
    page names the place a menu, a footer or the like; ``hidden`` whether a person would not see it; ``heading`` whether it is
    marked as the title.
    """

    text: str
    kind: str = "paragraph"
    links: int = 0
    container: int = 0
    chrome: bool = False
    hidden: bool = False
    heading: bool = False

    @property
    def is_link(self) -> bool:
        return 2 * self.links > len(self.text)


class _Place(NamedTuple):
    """Where in a page the walk is."""

    container: int = 0
    chrome: bool = False
    hidden: bool = False
    heading: bool = False
    link: bool = False


def blocks_of(tree: LexborHTMLParser) -> list[Block]:
    """The blocks of a page; scripts, styles and controls are none."""
    walk = _Walk()
    if tree.root is not None:
        walk.through(tree.root, _Place())
        walk.end_block()
    return walk.blocks


class _Walk:
    """Collects inline text until a block ends. Iterative: hostile pages nest deeper than the call stack."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._inline: list[str] = []
        self._links = 0
        self._place = _Place()
        self._containers = 0
        self._marked = 0  # the container that a pair of comments opened

    def through(self, root: LexborNode, place: _Place) -> None:
        stack: list[tuple[LexborNode, _Place, bool]] = [(root, place, False)]
        while stack:
            node, place, leaving = stack.pop()
            tag = node.tag or ""
            if leaving:
                self.end_block()
            elif tag == "-text":
                self._add(node.text_content or "", place)
            elif tag == "-comment":
                self._mark(node.comment_content or "")
            elif tag == "meta":
                self._mark(node.attributes.get("name") or "")
            elif tag == "iframe":
                self._framed(node, place)
            elif tag in _NOISE:
                continue
            elif tag == "br":
                self.end_block()
            else:
                place = self._entered(node, tag, place)
                if tag == "tr" and (cells := self._cells(node, place)):
                    self._add_row(cells, place)
                    continue
                if tag in _BLOCKS:
                    self.end_block()
                    stack.append((node, place, True))
                stack.extend((child, place, False) for child in reversed(list(node.iter(include_text=True))))

    def end_block(self) -> None:
        text = _squeeze("".join(self._inline))
        self._inline.clear()
        if text:
            self.blocks.append(_block(text, "paragraph", min(self._links, len(text)), self._place))
        self._links = 0

    def _add(self, text: str, place: _Place) -> None:
        if not text.strip():
            self._inline.append(text)
            return
        if not any(map(str.strip, self._inline)):
            self._place = place._replace(container=place.container or self._marked)
        self._inline.append(text)
        self._links += len(text.strip()) if place.link else 0

    def _mark(self, words: str) -> None:
        if len(words) > 60:
            return
        if marks("begin").search(words):
            self.end_block()
            self._containers += 1
            self._marked = self._containers
        elif marks("end").search(words):
            self.end_block()
            self._marked = 0

    def _framed(self, node: LexborNode, place: _Place) -> None:
        """A frame that carries its page with it (srcdoc)."""
        inner = LexborHTMLParser(node.attributes.get("srcdoc") or "").root
        if inner is not None and not place.hidden:
            self.end_block()
            part = _Walk()
            part.through(inner, place)
            part.end_block()
            self.blocks += part.blocks

    def _entered(self, node: LexborNode, tag: str, place: _Place) -> _Place:
        attributes = node.attributes
        if tag == "a":
            return place._replace(link=_leads_elsewhere(attributes.get("href")))
        if tag in ("h1", "h2"):
            place = place._replace(heading=True)
        elif tag in _FURNITURE:
            place = place._replace(chrome=True)
        if not attributes:
            return place
        if tag not in ("html", "body") and ("hidden" in attributes or _HIDING.search(attributes.get("style") or "")):
            place = place._replace(hidden=True)
        if _GO.search(attributes.get("onclick") or ""):
            place = place._replace(link=True)
        names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
        return self._named(names, attributes, place) if names != " " else place

    def _named(self, names: str, attributes: dict[str, str | None], place: _Place) -> _Place:
        if _NAMES_A_TITLE.search(names):
            place = place._replace(heading=True)
        words = names.lower().split()
        if not place.container and any(marks("container").fullmatch(word) for word in words):
            self._containers += 1
            return place._replace(container=self._containers, chrome=False)
        parts = {part.lower() for part in _WORDS.findall(names)} | {word.replace("-", "").replace("_", "") for word in words}
        if any(marks("chrome").fullmatch(part) for part in parts):
            return place._replace(chrome=True)
        return place

    def _cells(self, row: LexborNode, place: _Place) -> list[list[Block]]:
        """The blocks of a row's cells; none where the row only lays out the page: it holds one entry, a table or an article."""
        if row.css_first("table") is not None:
            return []
        cells = []
        for cell in row.iter():
            if cell.tag in {"td", "th"}:
                part = _Walk()
                part._marked = self._marked
                part.through(cell, place)
                part.end_block()
                cells.append(part.blocks)
        if (
            sum(map(bool, cells)) < 2
            or max(map(len, cells)) > _PAGE_IN_A_CELL
            or any(b.container != place.container and not self._marked for c in cells for b in c)
        ):
            return []
        return cells

    def _add_row(self, cells: list[list[Block]], place: _Place) -> None:
        self.end_block()
        text = "\t".join(" ".join(block.text for block in cell) for cell in cells)
        links = sum(block.links for cell in cells for block in cell)
        self.blocks.append(_block(text, "row", links, place._replace(container=place.container or self._marked)))


def _block(text: str, kind: str, links: int, place: _Place) -> Block:
    return Block(text, kind, links, place.container, place.chrome, place.hidden, place.heading)


def _leads_elsewhere(href: str | None) -> bool:
    """Whether an anchor leads to another page; ``#_Toc12`` is a place in this one, and an anchor may be a mere name."""
    return href is not None and not (href.startswith("#") and len(href) > 1)


def _squeeze(text: str) -> str:
    return re.sub(r"[ \t\r\n\xa0]+", " ", text).strip()
