"""What a stretch of a page is by its words: running text, a number, a date, an attachment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.web.blocks import Block
from pipeline.ingest.web.marks import marks

_SENTENCE = re.compile(r"[。；！？]|[：:]$")
NUMBERED = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]+[章节条款]|[（(]?[一二三四五六七八九十]{1,3}[)）、．.]|\d{1,2}[、．.](?!\d)|[（(]\d{1,2}[)）])"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff（）]{1,20}[〔\[（(【［]\s*(?:19|20)\d{2}\s*[〕\])）】］]\s*第?\s*\d{1,5}\s*号")
_RED = re.compile(r"[\u4e00-\u9fff]{4,30}\s*文\s*件")
DATED = re.compile(
    r"[（(]?\s*(?:\d{4}|[二〇○零一九八七六五四三]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*[)）]?"
)
ATTACHED = re.compile(r"^\s*附\s*件|\.(?:docx?|wps|pdf|ofd|xlsx?|et|rar|zip|txt)\b|^\s*《[^》]+》\s*$", re.I)
MUCH = 120  # characters of prose: an article of its own
FEW = 60


def letters(text: str) -> str:
    """The letters of a text alone, for comparing."""
    return re.sub(r"[\W_]", "", text)


def prose(block: Block) -> int:
    """How many characters of running text a block holds; titles, menu entries and figures are none."""
    if block.is_link or marks("line").fullmatch(block.text) or marks("tail").fullmatch(block.text):
        return 0
    running = _SENTENCE.search(block.text) or NUMBERED.match(block.text) or ("，" in block.text and len(block.text) > 20)
    return len(block.text) - block.links if running else 0


def weight(blocks: Sequence[Block]) -> int:
    """How many characters of running text (成句的文字) blocks hold."""
    return sum(map(prose, blocks))


def is_number(block: Block) -> bool:
    """A document's number on a line of its own."""
    return bool(_NUMBER.fullmatch(block.text.strip("（()） ")))


def heads(block: Block) -> bool:
    """A number or a red header, which may stand above the container."""
    return bool(_NUMBER.fullmatch(block.text) or _RED.fullmatch(block.text))


def is_bar(block: Block) -> bool:
    """Whether a block is a tool bar, a path or the like by its words."""
    return bool(marks("line").fullmatch(block.text.replace("\t", " ")))


def is_label(block: Block) -> bool:
    """An entry of the table above a text (索引号：……) is no prose."""
    return bool(re.match(rf"(?:{marks('field').pattern})\s*[：:]", block.text))
