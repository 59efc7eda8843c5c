"""Page numbers and running heads (页码、页眉): physical lines at the edges of pages that are no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from pipeline.ingest.line_breaks import OPENING
from pipeline.ingest.readers import Line

_BARE_NUMBER = re.compile(r"^\d{1,4}$")
_MARKED_NUMBER = re.compile(
    r"^(?:[-—–－―]+\s*\d{1,4}\s*[-—–－―]+|·\s*\d{1,4}\s*·|第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?|"
    r"\d{1,4}\s*/\s*\d{1,4}|Page\s*\d+(?:\s*of\s*\d+)?)$",
    re.I,
)


def without_page_furniture(lines: list[Line]) -> list[Line]:
    """The lines without page numbers and what repeats at the edges of pages; only lines of kind "line" are judged."""
    physical = [line for line in lines if line.kind == "line"]
    if not physical:
        return lines
    if physical[-1].page == physical[0].page:
        return [line for line in lines if line.kind != "line" or not _MARKED_NUMBER.match(line.text.strip())]
    pages = _by_page(physical)
    edges = {id(line): line for page in pages for line in (*page[:2], *page[-2:])}
    heads, numbers = _running_heads(pages), _counted(edges.values())
    dropped = {
        key
        for key, line in edges.items()
        if key in numbers or _MARKED_NUMBER.match(line.text.strip()) or _bare(line.text) in heads
    }
    return [line for line in lines if id(line) not in dropped]


def _counted(lines: Iterable[Line]) -> set[int]:
    """Which of the bare numbers at the edges of pages count the pages: they keep one distance from the page's own number."""
    bare = [(line, int(line.text) - line.page) for line in lines if _BARE_NUMBER.match(line.text.strip())]
    distance, times = Counter(distance for _, distance in bare).most_common(1)[0] if bare else (0, 0)
    return {id(line) for line, own in bare if own == distance and times > 1}


def _by_page(lines: list[Line]) -> list[list[Line]]:
    return [[line for line in page if line.text.strip()] for _, page in groupby(lines, key=lambda line: line.page)]


def _running_heads(pages: list[list[Line]]) -> set[str]:
    """Texts (digits apart) that stand first or last on many pages, left and right ones apart; 附件1, 附件2 are none."""
    if len(pages) < 3:
        return set()
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_bare(line.text) for line in (*page[:1], *page[-1:]) if not OPENING.match(line.text)})
    return {text for text, count in counts.items() if text and count >= max(3, 0.4 * len(pages))}


def _bare(text: str) -> str:
    return re.sub(r"[\d\s]", "", text)
