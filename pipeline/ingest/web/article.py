"""The article of a page (正文): which of its blocks are the text that it was made to show.

What is left out has to show that it is a menu, a footer or a list of titles: by its links, by the name of its place, by its
words, or by standing before the title or after the end. Prose that shows none of this stays, whatever the page looks like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.ingest.web.blocks import Block
from pipeline.ingest.web.edges import SHORT_LIST, start_of, trimmed, without_byline
from pipeline.ingest.web.marks import marks
from pipeline.ingest.web.prose import ATTACHED, DATED, FEW, MUCH, heads, is_bar, letters, prose, weight

_COPIED = 4  # lines in a row that stand twice
_COPY = 0.8  # of a container's lines that stand in another


@dataclass(frozen=True, slots=True)
class Article:
    """The blocks kept, those left out in page order, and whether the page is nothing but links (网页目录)."""

    kept: list[Block]
    left: list[Block]
    index: bool = False


def find_article(blocks: Sequence[Block], titles: Sequence[str]) -> Article:
    """The article among a page's blocks; ``titles`` are what the page says its title is, the surest first."""
    shown = _without_copies(_shown(blocks))
    page = [block for block in shown if not is_bar(block)]
    if not any(block.links or block.container or block.chrome for block in page) and len(page) == len(blocks):
        return Article(list(page), [])
    kept = without_byline(_in_containers(page, titles) or _between(page, titles), titles)
    index = weight(kept) < FEW and _is_index(page, kept)
    if index:
        kept = [block for block in page if block.is_link and not block.chrome]
    chosen = set(map(id, kept))
    return Article(kept, [block for block in blocks if id(block) not in chosen], index)


def _shown(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that a person sees. A page that hides most of its prose waits for a script to show it; and names of places
    (top, layer) that would take most of the prose away name something else here."""
    total = weight(blocks)
    if 2 * sum(prose(block) for block in blocks if block.hidden) > total:
        visible = {letters(block.text) for block in blocks if not block.hidden}
        blocks = [
            replace(block, hidden=block.is_link or bool(prose(block) and letters(block.text) in visible))
            if block.hidden
            else block
            for block in blocks
        ]
    shown = [block for block in blocks if not block.hidden or block.container]
    if 2 * sum(prose(block) for block in shown if block.chrome) > weight(shown):
        shown = [replace(block, chrome=False) for block in shown]
    return shown


def _without_copies(blocks: list[Block]) -> list[Block]:
    """A second copy of the text (for telephones, for print, for reading aloud) is read once."""
    copies = _copied_containers(blocks)
    first: dict[str, int] = {}
    again: set[int] = set()
    run: list[int] = []
    for index, block in enumerate(blocks):
        if block.container in copies and block.container:
            again.add(index)
            continue
        text = letters(block.text)
        before = first.get(text)
        goes_on = run and before is not None and before == first[letters(blocks[run[-1]].text)] + 1
        if before is None or not goes_on:
            again.update(run if len(run) >= _COPIED and weight([blocks[place] for place in run]) >= FEW else ())
            run = []
        if before is not None:
            run.append(index)
        elif text:
            first[text] = index
    again.update(run if len(run) >= _COPIED and weight([blocks[place] for place in run]) >= FEW else ())
    return [block for index, block in enumerate(blocks) if index not in again]


def _copied_containers(blocks: Sequence[Block]) -> set[int]:
    """The containers whose lines stand in another that a person sees, or that comes before."""
    lines: dict[int, set[str]] = {}
    hidden = {block.container for block in blocks if block.hidden}
    for block in blocks:
        if block.container and prose(block):
            lines.setdefault(block.container, set()).add(letters(block.text))
    rest = {letters(block.text) for block in blocks if not block.container and not block.hidden and prose(block)}
    copies: set[int] = set()
    met = set(rest)
    for container in sorted(lines, key=lambda name: (name in hidden, name)):
        if len(lines[container] & met) >= _COPY * len(lines[container]) and (
            container in hidden or not lines[container] <= rest
        ):
            copies.add(container)
        met |= lines[container]
    return copies


def _in_containers(page: Sequence[Block], titles: Sequence[str]) -> list[Block]:
    """The blocks of the containers, where these hold most of the page's prose; [] where they do not."""
    inside = [index for index, block in enumerate(page) if block.container and not block.chrome]
    held = weight([page[index] for index in inside])
    outside = weight([block for block in page if not block.container and not block.chrome])
    if (
        not inside
        or (held < outside and not (held >= MUCH and 3 * held >= outside))
        or not (held or _names(page, inside, titles))
    ):
        return []
    first, last = inside[0], inside[-1]
    kept = trimmed([page[index] for index in inside])
    if not kept:
        return []
    head = [block for block in page[:first] if heads(block) and not block.chrome]
    after = page[last + 1 :]
    return _unheaded(head, kept, titles) + kept + _signed(after) + _more(page, first, last, weight(kept))


def _names(page: Sequence[Block], inside: Sequence[int], titles: Sequence[str]) -> bool:
    """Whether a container without prose (a picture, an attachment, a table) still belongs to a page that has a title."""
    return any(page[index].kind == "row" or ATTACHED.search(page[index].text) for index in inside) and bool(titles)


def _unheaded(head: list[Block], kept: list[Block], titles: Sequence[str]) -> list[Block]:
    """What stands above the container and not again in it."""
    begun = {letters(block.text) for block in kept[:12]}
    return [block for block in head if letters(block.text) not in begun]


def _signed(after: Sequence[Block]) -> list[Block]:
    """A signature and its date right below the container."""
    for index, block in enumerate(after[:3]):
        if DATED.fullmatch(block.text):
            return [each for each in after[: index + 1] if not each.is_link and not marks("tail").fullmatch(each.text)]
        if block.is_link or len(block.text) > 40:
            break
    return []


def _more(page: Sequence[Block], first: int, last: int, held: int) -> list[Block]:
    """Prose outside the containers that is long enough to be a part of the article (an annex in a box of its own)."""
    outside = [block for block in page[last + 1 :] if not block.chrome and not block.container]
    found = trimmed(outside)
    held_here = weight(found)
    ended = any(marks("tail").fullmatch(block.text) or block.is_link for block in outside[:1])
    return found if held_here >= MUCH and held_here * 7 >= held and not ended else []


def _between(page: Sequence[Block], titles: Sequence[str]) -> list[Block]:
    """The blocks from the title to the end, lists of links and named places apart."""
    places = [index for index, block in enumerate(page) if not block.chrome]
    blocks = [page[index] for index in places]
    start = start_of(blocks, titles)
    above = [block for block in blocks[:start] if heads(block)][-2:]
    kept = _unheaded(above, blocks[start : start + 12], titles) + trimmed(blocks[start:])
    lost = [block for block in blocks[:start] if prose(block)]
    if weight(lost) >= MUCH and 2 * weight(lost) > weight(kept):  # the "title" was that of a list below the article
        kept = trimmed(blocks)
    return kept


def _is_index(page: Sequence[Block], kept: Sequence[Block]) -> bool:
    """Whether a page with hardly any prose is a list of links to articles."""
    links = [block for block in page if block.is_link and not block.chrome]
    if any(block.kind == "row" and not block.links for block in kept):
        return False
    return len(links) >= 2 * SHORT_LIST and sum(block.links for block in links) > sum(len(block.text) for block in kept)
