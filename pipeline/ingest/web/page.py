"""A page's blocks -> its reading: title, number and text in the usual order, what the page says of itself as facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from pipeline.ingest.readers import Line, Reading
from pipeline.ingest.web.article import Article, find_article
from pipeline.ingest.web.blocks import Block
from pipeline.ingest.web.facts import entries, pairs_of
from pipeline.ingest.web.prose import is_label, letters, prose

_HEAD = 12  # blocks in which an article prints its own title
INDEX = "材料类别：网页目录"


def page_reading(blocks: Sequence[Block], titles: Sequence[str], stated: Sequence[str] = ()) -> Reading:
    """The reading of a page of which ``titles`` and ``stated`` (名称：值) are known besides its blocks."""
    facts, table = entries(blocks)
    described = set(map(id, table))
    article = find_article([block for block in blocks if id(block) not in described], titles)
    if not article.kept and table:
        facts, table, article = [], [], find_article(blocks, titles)
    said = _entries_of_head(article.kept)
    if said:
        article = replace(article, kept=[block for block in article.kept if id(block) not in said])
        facts = [*facts, *(pair for pairs in said.values() for pair in pairs)]
    site = bool(article.left or table or said or stated or article.index)
    title = _title(article, blocks, titles) if site else ""
    lines = [Line(block.text, kind="row" if block.kind == "row" else "paragraph") for block in article.kept]
    if lines and title and not _prints(article.kept, title):
        lines.insert(0, Line(title))
    about = [*([f"标题：{title}"] if title else []), *facts, *stated, *([INDEX] if article.index else [])]
    return Reading(lines, notes=_notes(article, table), facts=about if site else [])


def _entries_of_head(kept: Sequence[Block]) -> dict[int, list[str]]:
    """The entries (文号：……) between title and text, by the lines that consist of them."""
    head = list(takewhile(lambda block: is_label(block) or not prose(block), kept[:_HEAD]))
    return {id(block): pairs for block in head if is_label(block) and (pairs := pairs_of(block.text))}


def _title(article: Article, blocks: Sequence[Block], titles: Sequence[str]) -> str:
    """The title that the article itself prints, else the surest that is not the name of a column (which menus link to)."""
    linked = {letters(block.text) for block in blocks if block.is_link or block.chrome}
    own = [title for title in titles if letters(title) not in linked] or list(titles)
    return next((title for title in own if _prints(article.kept, title)), own[0] if own else "")


def _prints(kept: Sequence[Block], title: str) -> bool:
    """Whether the article begins with its title, on one line or several."""
    wanted = letters(title)
    begin = [letters(block.text) for block in kept[:_HEAD]]
    return any("".join(begin[start:end]) == wanted for start in range(len(begin)) for end in range(start + 1, start + 5))


def _notes(article: Article, table: Sequence[Block]) -> list[str]:
    left = sum(len(block.text) for block in [*article.left, *table])
    notes = [f"网页的导航、页脚等 {left} 字未作正文"] if left else []
    return notes + (["网页只有链接，按目录读取"] if article.index else [])
