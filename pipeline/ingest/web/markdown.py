"""Markdown that a reader program or a crawler made of a web page: its title, its address, and the page with its menus as links."""

from __future__ import annotations

import re

from pipeline.ingest.readers import Reading, reader
from pipeline.ingest.txt import decode
from pipeline.ingest.web.blocks import Block
from pipeline.ingest.web.facts import candidates
from pipeline.ingest.web.page import page_reading

_HEADER = re.compile(r"^(?P<name>Title|URL Source|Published Time|Warning|Markdown Content):[ \t]*(?P<value>.*)$")
_IMAGE = re.compile(r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
_LINK = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\(<?([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)>?(?:\s+[\"'][^\"'\n]*[\"'])?\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|~~)(?=\S)(.{1,2000}?)(?<=\S)\1")
_BULLET = re.compile(r"^(?:[*+-]|>)\s+")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,})$")
_RULE_ROW = re.compile(r"^\|?[\s:|-]+\|?$")


@reader("markdown")
def read_markdown(data: bytes) -> Reading:
    """The article of a page that lies as Markdown; lists of links are menus there as in the page."""
    title = ""
    blocks: list[Block] = []
    for line in decode(data).splitlines():
        line = line.strip()
        found = _HEADER.match(line)
        if found and not (blocks and found["name"] == "Title"):
            title = title or (found["value"].strip() if found["name"] == "Title" else "")
        elif _UNDERLINE.match(line):
            if blocks and line:
                blocks[-1].heading = True
        elif line and not (_RULE_ROW.match(line) and "-" in line):
            blocks += _block(line)
    headings = [block.text for block in blocks if block.heading and not block.is_link]
    return page_reading(blocks, candidates([title] if title else [], headings, title))


def _block(line: str) -> list[Block]:
    heading = _HEADING.match(line)
    line = _IMAGE.sub("", heading[2] if heading else line)
    linked: list[str] = []

    def words(found: re.Match[str]) -> str:
        if not found[2].startswith("#"):
            linked.append(found[1].strip())
        return found[1]

    row = line.startswith("|") and line.endswith("|") and line.count("|") > 2
    text = _LINK.sub(words, _BULLET.sub("", line))
    text = _ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\2", text)).strip()
    if row:
        text = "\t".join(cell.strip() for cell in text.strip("|").split("|"))
    if not text.strip():
        return []
    return [Block(text, "row" if row else "paragraph", min(sum(map(len, linked)), len(text)), heading=bool(heading))]
