"""Articles that lie only in a page's scripts, as data from which the page builds itself when it is opened."""

from __future__ import annotations

import json
import re

from selectolax.lexbor import LexborHTMLParser

from pipeline.ingest.web.blocks import Block, blocks_of
from pipeline.ingest.web.prose import weight

_STRING = re.compile(r'"(?:[^"\\\n]|\\.){100,}"')
_CHINESE = re.compile(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-fA-F]{3}")
_MOST = 4_000_000  # characters of scripts; an article is shorter
_DEPTH = 2  # data is at times written as a string inside a string


def blocks_in_scripts(tree: LexborHTMLParser) -> list[Block]:
    """The blocks of the longest running text among the strings of a page's scripts; nothing is run. [] where there is none."""
    found: list[list[Block]] = [[]]
    for node in tree.css("script"):
        found += _texts(node.text()[:_MOST], _DEPTH)
    return max(found, key=weight)


def _texts(source: str, depth: int) -> list[list[Block]]:
    found = []
    for match in _STRING.finditer(source):
        if not _CHINESE.search(match[0]):
            continue
        try:
            text = json.loads(match[0], strict=False)
        except ValueError:
            continue
        if depth > 1 and _STRING.search(text):
            found += _texts(text, depth - 1)
        if text.lstrip()[:1] not in "{[":
            found.append(_blocks(text))
    return found


def _blocks(text: str) -> list[Block]:
    if "<" in text:
        return blocks_of(LexborHTMLParser(text))
    return [Block(line.strip()) for line in text.splitlines() if line.strip()]
