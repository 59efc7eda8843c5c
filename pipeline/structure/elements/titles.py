"""Titles (标题): how they end (文种), how their lines join, what they carry."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pipeline.structure.elements.organs import is_organ
from pipeline.structure.lines import Line
from pipeline.structure.markers import read_marker

LONGEST_TITLE = 60
TITLE_LINES = 4
_SPACED_KIND = re.compile(r"(?:(?<=的)|(?<=[\u4e00-\u9fff])[ 　]+)([\u4e00-\u9fff])[ 　]+([\u4e00-\u9fff])$")
_CJK = r"[\u4e00-\u9fff，、《》“”（）]"
_CARRIES = r"(?:印发|转发|批转|发布|公布|颁布|下发|颁发)"
_MARKED = re.compile(rf"{_CARRIES}[^《〈]{{0,40}}?[《〈](?P<title>.+)[》〉]")
_BARE = re.compile(r"(?:印发|转发|批转)(?P<title>[^《》]{4,90}?)(?:的(?:通知|决定|函))$")
_ABBREVIATED = re.compile(r"等.{0,6}(?:文件|法规|规章)$")


@cache
def kinds() -> tuple[str, ...]:
    """The kinds of document (文种), longest first."""
    with Path(__file__).with_name("kinds.csv").open(encoding="utf-8", newline="") as file:
        return tuple(sorted((row["kind"] for row in csv.DictReader(file)), key=len, reverse=True))


@cache
def _kind_end() -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(kinds())})[》〉]?(?:[（(〔\[][^（()）]*[）)〕\]])*[》〉]?$")


def kind_of(title: str) -> str:
    """The 文种 with which a title ends, 通知 or 办法; "" where it ends with none.

    >>> kind_of("关于印发《某市某办法（试行）》的通知"), kind_of("某市某办法（试行）")
    ('通知', '办法')
    """
    found = _kind_end().search(re.sub(r"\s", "", title))
    return found[1] if found else ""


def ends_as_title(text: str) -> bool:
    """Whether the text ends as titles do, its marks 《》 and brackets closed."""
    return bool(kind_of(text)) and text.count("《") == text.count("》") and text.count("（") == text.count("）")


def close_up(line: str) -> str:
    """A line whose letters were set apart, closed up: 国 务 院 工 作 规 则, ……的 通 知.

    >>> close_up("工 作 规 则"), close_up("关于某事的 通 知"), close_up("中共中央 国务院关于")
    ('工作规则', '关于某事的通知', '中共中央 国务院关于')
    """
    words = line.split()
    if len(words) > 1 and all(len(word) == 1 for word in words):
        return "".join(words)
    if len(words) > 4 and sum(len(word) == 1 for word in words) >= len(words) - 1:
        return "".join(words)
    found = _SPACED_KIND.search(line)
    if found and found[1] + found[2] in kinds():
        return line[: found.start()] + found[1] + found[2]
    return line


def join_title(lines: list[str]) -> str:
    """A title from its lines: no gap between lines, one space only between two bodies (中共中央 国务院关于……)."""
    joined = ""
    lines = [line.replace("_", " ") for line in lines]
    for line in lines:
        joined += (" " if joined and is_organ(joined) and _starts_with_organ(line) else "") + line.strip()
    joined = re.sub(r"[ 　]+(?=关于|的?通知$|印发|转发|批转)", "", joined)
    joined = re.sub(r"[ 　\t]+", " ", joined)
    return joined.strip(" *#")


def _starts_with_organ(line: str) -> bool:
    return is_organ(line.split("关于")[0].split("印发")[0])


def carried_by(title: str) -> str:
    """The title of the document that a 印发 or 转发 notice carries, "" where it carries none.

    >>> carried_by("某局关于印发《某办法》的通知"), carried_by("某厅转发某局关于某事意见的通知")
    ('某办法', '某局关于某事意见')
    """
    if found := _MARKED.search(title):
        return found["title"]
    found = _BARE.search(title)
    return found["title"] if found and not _ABBREVIATED.search(found["title"]) else ""


def title_length(lines: Sequence[Line], index: int) -> int:
    """How many of the next lines are the title of a part: up to the line that ends as titles end."""
    joined = ""
    for count, line in enumerate(lines[index : index + TITLE_LINES], 1):
        text = line.text
        if len(text) > LONGEST_TITLE or text.endswith(("。", "；", "：", "，", ":")) or read_marker(text) or line.is_row:
            return 0
        joined += text
        if ends_as_title(joined):
            return count
    return 0
