"""HTML: pages saved from a website or an OA system, and Word documents saved as a web page."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from pipeline.ingest.inline_pictures import read_with_pictures
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Reading, reader
from pipeline.ingest.txt import decode
from pipeline.ingest.web.aside import aside_parts
from pipeline.ingest.web.blocks import blocks_of
from pipeline.ingest.web.facts import stated, titles_of
from pipeline.ingest.web.page import page_reading
from pipeline.ingest.web.prose import FEW, weight
from pipeline.ingest.web.scripts import blocks_in_scripts

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.I)


@reader("html")
def read_html(data: bytes) -> Reading:
    """The article of a page: one paragraph a block element, one row a table row; scripts, menus and footers are left out."""
    source = _decode(data)
    reading = read_with_pictures(source, html_reading)
    if lost := source.count("\ufffd"):
        reading.notes.append(f"{lost} 处字符损坏，请对照原文件")
    return reading


def html_reading(source: str) -> Reading:
    """The reading of HTML that is already text."""
    tree = LexborHTMLParser(source)
    blocks = blocks_of(tree)
    if weight(blocks) < FEW:
        blocks += blocks_in_scripts(tree)
    if not blocks and tree.css_first("frame[src], iframe[src]") is not None:
        raise Unreadable("无文字", "网页由框架组成，正文在框架所指的另一个文件里，请一并保存")
    reading = page_reading(blocks, titles_of(tree, blocks), stated(tree))
    reading.parts.extend(aside_parts(source, tree, blocks, reading))
    return reading


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode().lower()
        try:
            return data.decode("gb18030" if name in {"gb2312", "gbk", "gb18030"} else name)
        except (UnicodeDecodeError, LookupError):
            pass  # many pages declare what they are not
    return decode(data)
