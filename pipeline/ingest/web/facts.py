"""What a page says of itself (网页的著录项): its title, and the table 索引号/发文机关/文号/成文日期 above the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from pipeline.ingest.web.blocks import Block
from pipeline.ingest.web.marks import marks
from pipeline.ingest.web.prose import letters

_TITLES = ["articletitle", "og:title", "twitter:title", "dc.title", "title"]
_OTHER = {"pubdate": "发布日期", "contentsource": "来源"}
_SITE = re.compile(r"(?:\s*[-_—|｜–－]+\s*[^-_—|｜–－]{2,40}){1,4}$")
_NAMES_A_SITE = re.compile(
    r"[^《》，。：]{0,20}(?:门户网站|政府网站?|官方网站|官网|信息网|公开平台|服务平台|信息公开|政务公开|信息内容)"
)
_PAIR = re.compile(r"([^：:]{2,14})[：:]\s*(.*)")
_SPACED = re.compile(r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff][ \xa0　]+)+[\u4e00-\u9fff](?=\s*[：:])")  # 名　　称：
_FEWEST_FIELDS = 3
_LONGEST_ENTRY = 200
_LONGEST_TITLE = 1_000  # what goes on is none


def titles_of(tree: LexborHTMLParser, blocks: Sequence[Block]) -> list[str]:
    """What a page gives as its title, the surest first: its meta element, its heading, the title bar without the site's name."""
    named: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        if name in _TITLES:
            named.setdefault(name, (node.attributes.get("content") or "").strip())
    bar = tree.css_first("head title") or tree.css_first("title")
    found = [named[name] for name in _TITLES if named.get(name)]
    return candidates(
        found,
        [block.text for block in blocks if block.heading and not block.is_link and not block.chrome],
        bar.text() if bar else "",
    )


def candidates(named: Sequence[str], headings: Sequence[str], bar: str) -> list[str]:
    """Titles in the order of trust. A heading that only gives the site's name (the end of the title bar) is none."""
    bar = re.sub(r"\s+", " ", bar).strip()[:_LONGEST_TITLE]
    named = [title[:_LONGEST_TITLE] for title in named]
    short = _SITE.sub("", bar)
    tail = letters(bar[len(short) :])
    found = [
        _SITE.sub("", title) if _SITE.search(title) and letters(title) not in map(letters, headings) else title
        for title in named
    ]
    found += [text for text in headings if letters(text) in letters(bar)]
    found += [short] if short else []
    found += list(headings)
    return list(
        dict.fromkeys(
            title
            for title in found
            if len(letters(title)) >= 5 and letters(title) not in tail and not _NAMES_A_SITE.fullmatch(title)
        )
    )


def stated(tree: LexborHTMLParser) -> list[str]:
    """Date and source of publication by the page's meta elements, each as 名称：值."""
    found = []
    for node in tree.css("meta[name][content]"):
        name, value = (node.attributes.get("name") or "").lower(), (node.attributes.get("content") or "").strip()
        if name in _OTHER and value:
            found.append(f"{_OTHER[name]}：{value}")
    return found


def entries(blocks: Sequence[Block]) -> tuple[list[str], list[Block]]:
    """The entries (名称：值) of the table that describes the document, and the blocks that hold them.

    Such a table has at least three entries of those that catalogues of government information have, before the text.
    """
    found: list[str] = []
    held: list[Block] = []
    open_ = ""  # the name of an entry whose value stands in the next block
    for block in blocks:
        short = len(block.text) <= _LONGEST_ENTRY and not block.is_link
        pairs = pairs_of(block.text) if short else []
        if open_ and short and not pairs and not block.heading:
            found[-1] = open_ + block.text
            held.append(block)
        elif pairs:
            found += pairs
            held.append(block)
        open_ = pairs[0] if len(pairs) == 1 and pairs[0].endswith("：") else ""
    return (found, held) if len(found) >= _FEWEST_FIELDS else ([], [])


def pairs_of(text: str) -> list[str]:
    """The entries that a line or row consists of; [] where it holds anything else."""
    cells = [cell.strip() for cell in re.split(r"\t|[\s　]{2,}", _SPACED.sub(lambda name: _plain(name[0]), text))]
    pairs: list[str] = []
    place = 0
    while place < len(cells):
        found = _PAIR.fullmatch(cells[place])
        name = _plain(found[1] if found else cells[place])
        if not marks("field").fullmatch(name):
            return pairs if pairs and not any(cells[place:]) else []
        value = found[2] if found else ""
        if not value and place + 1 < len(cells):
            place += 1
            value = cells[place]
        elif not found:
            return []
        if value.strip():
            pairs.append(f"{name}：{value.strip()}")
        place += 1
    return pairs or ([f"{name}："] if cells and name else [])


def _plain(name: str) -> str:
    return re.sub(r"[\s　\[\]【】：:]", "", name)
