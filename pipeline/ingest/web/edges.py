"""Where the article of a page begins and ends, and what of the page stands among its lines there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.web.blocks import Block
from pipeline.ingest.web.marks import marks
from pipeline.ingest.web.prose import ATTACHED, DATED, FEW, MUCH, NUMBERED, is_label, is_number, letters, prose, weight

SHORT_LIST = 3  # links in a row that are a list
_TITLE_LIKE = 5
_TEASER = 2  # blocks from a link to the next one in a list of titles with summaries
_NAME_OF_A_LIST = 8  # characters
_PUBLISHED = re.compile(r"(?<!\d)(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")
_ENTRY = re.compile(r"[^：:]{2,8}[：:].|.*\s[|｜]\s")
_TEXT = 30  # characters of prose that the shortest text has
_SIGNATURE = 40  # characters: a date in a longer line is none
_ANNEX = re.compile(r"\s*附\s*件")
# What a document has behind its date (GB/T 9704-2012, 7.3.6-7.4.3).
_NOTE = re.compile(
    r"\s*+(?:附\s*件|抄\s*[送报]|主\s*送|主题词|印\s*发|联系人|联系电话|经办人|校对|共印|[（(].*[)）]\s*$|.*印发\s*$)", re.S
)


def start_of(blocks: Sequence[Block], titles: Sequence[str]) -> int:
    """The block with which the article begins: the last that prints the title before the prose begins, else the last heading
    there, else one that prints it behind a little prose (a summary, a warning), else the first prose with the short lines
    right above it."""
    begun = next(
        (index for index, block in enumerate(blocks) if prose(block) >= _TITLE_LIKE and not is_label(block)), len(blocks)
    )
    for title in titles:
        for index in range(min(begun, len(blocks) - 1), -1, -1):
            if _prints(blocks[index], title):
                return index
    for index in range(begun - 1, -1, -1):
        if blocks[index].heading and not blocks[index].is_link and len(letters(blocks[index].text)) >= _TITLE_LIKE:
            return index
    if (behind := _behind_prose(blocks, titles, begun)) is not None:
        return behind
    start = begun if begun < len(blocks) else 0
    while start and not blocks[start - 1].is_link and len(blocks[start - 1].text) <= 80 and begun - start < 6:
        start -= 1
    return start


def _prints(block: Block, title: str) -> bool:
    """Whether a block is the title, or a heading the first line of it."""
    text, wanted = letters(block.text), letters(title)
    return len(text) >= _TITLE_LIKE and not block.is_link and (text == wanted or (block.heading and wanted.startswith(text)))


def _behind_prose(blocks: Sequence[Block], titles: Sequence[str], begun: int) -> int | None:
    """The first block behind the first prose that prints the title, with most of the prose below it."""
    passed, whole = 0, weight(blocks)
    for index in range(begun, len(blocks)):
        if any(_prints(blocks[index], title) for title in titles):
            return index
        passed += prose(blocks[index])
        if 2 * passed > whole:
            return None
    return None


def without_byline(kept: list[Block], titles: Sequence[str]) -> list[Block]:
    """The article without what a page puts between title and number or text: when and by whom it was published, tools."""
    begun = next((index for index, block in enumerate(kept) if is_number(block) or prose(block) >= _TITLE_LIKE), 0)
    named = next((index for index in range(begun) if any(_prints(kept[index], title) for title in titles)), -1)
    if named < 0:
        return kept
    head = kept[named + 1 : begun]
    published = any(_PUBLISHED.search(block.text) for block in head)
    whole = {letters(title) for title in titles}
    return [
        *kept[: named + 1],
        *(block for block in head if _is_of_the_head(block, whole) or not (published or _ENTRY.match(block.text))),
        *kept[begun:],
    ]


def _is_of_the_head(block: Block, titles: set[str]) -> bool:
    """Whether a line below the title is the document's: in brackets, an entry (文号：……), the title again or its second line, a
    date as documents write it."""
    text = letters(block.text)
    return (
        block.text.strip().startswith(("（", "(", "〔", "["))
        or bool(DATED.fullmatch(block.text))
        or is_label(block)
        or any(text and text in title for title in titles)
    )


def trimmed(blocks: Sequence[Block]) -> list[Block]:
    """The blocks up to the end of the article, without lists of links."""
    blocks = list(blocks[: _end(blocks)])
    blocks = blocks[: _closing(blocks)]
    listed, last = _listed(blocks), _teasers(blocks)
    return [block for index, block in enumerate(blocks[:last]) if not block.chrome and index not in listed]


def _end(blocks: Sequence[Block]) -> int:
    """Where the page goes on with other things: at words of a footer after which hardly any prose comes."""
    whole = weight(blocks)
    before = 0
    for index, block in enumerate(blocks):
        if (
            marks("tail").fullmatch(block.text.replace("\t", " ").strip("【】[]：: "))
            and 10 * weight(blocks[index:]) <= max(whole, MUCH)
            and before
        ):
            return index
        before += max(prose(block), 1 if block.text else 0)
    return len(blocks)


def _name_of_list(blocks: Sequence[Block], first: int) -> list[int]:
    """The short line above a list of links (推荐信息), where it is no line of the article."""
    above = blocks[first - 1] if first else None
    if above is None or len(above.text) > _NAME_OF_A_LIST or prose(above) or DATED.search(above.text):
        return []
    return [] if ATTACHED.search(above.text) or NUMBERED.match(above.text) else [first - 1]


def _closing(blocks: Sequence[Block]) -> int:
    """The end behind signature and date, where only notes, annexes and copies follow in a document: a little prose after them
    is the page's."""
    end = _dated(blocks) + 1
    rest = blocks[end:]
    if not end or weight(rest) >= MUCH or any(_goes_on(block) for block in rest):
        return len(blocks)
    while end < len(blocks) and _NOTE.match(blocks[end].text):
        end += 1
    return end


def _dated(blocks: Sequence[Block]) -> int:
    """The line that bears the date of a signature, -1 for none; a date above the text is none. In figures (2019-5-6) it is the
    first below the text, for lists of titles have such, too."""
    above, whole = 0, weight(blocks)
    found, in_figures = -1, -1
    for index, block in enumerate(blocks):
        above += prose(block)
        fits = len(block.text) <= _SIGNATURE and not block.is_link and not prose(block)
        if not fits or 3 * above < whole or above < _TEXT:
            continue
        if DATED.search(block.text):
            found = index
        elif in_figures < 0 and _PUBLISHED.fullmatch(block.text.strip()):
            in_figures = index
    return found if found >= 0 else in_figures


def _goes_on(block: Block) -> bool:
    """Whether a block behind the signature shows that the document goes on: a clause, a table, an annex."""
    return bool(not block.links and (NUMBERED.match(block.text) or block.kind == "row" or _ANNEX.match(block.text)))


def _teasers(blocks: Sequence[Block]) -> int:
    """Where the page's last list of links begins, each with a line of summary or none, if only a little prose stands below it."""
    links = [index for index, block in enumerate(blocks) if block.is_link and not ATTACHED.search(block.text)]
    first = len(links) - 1
    while first > 0 and links[first] - links[first - 1] <= _TEASER:
        first -= 1
    if len(links) - first < SHORT_LIST:
        return len(blocks)
    rest = blocks[links[first] :]
    little = weight(blocks[links[-1] :]) < FEW and weight(rest) <= max(weight(blocks[: links[first]]), MUCH)
    goes_on = any(_goes_on(block) or (DATED.search(block.text) and not block.is_link) for block in rest)
    return links[first] if little and not goes_on and weight(blocks[: links[first]]) >= _TEXT else len(blocks)


def _listed(blocks: Sequence[Block]) -> set[int]:
    """The blocks that are lists of links: several in a row, or one at an end; attachments are none."""
    found: set[int] = set()
    run: list[int] = []
    for index, block in enumerate([*blocks, Block("")]):
        if block.is_link and index < len(blocks):
            run.append(index)
            continue
        edge = bool(run) and (index >= len(blocks) or not any(prose(each) for each in blocks[index:]))
        if run and (len(run) >= SHORT_LIST or edge or not any(prose(each) for each in blocks[: run[0]])):
            found.update(place for place in run if not ATTACHED.search(blocks[place].text))
            found.update(_name_of_list(blocks, run[0]) if len(run) >= SHORT_LIST else ())
        run = []
    return found
