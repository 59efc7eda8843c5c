"""Pictures that a page or a mail carries inside itself (data: addresses), found again among the lines of its text.

Each is replaced by a mark of private characters before the page is read, so that it comes out where the reader puts it,
whatever the reader does with the page. A picture whose mark the reader left out with a menu stands at the end.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping

from pipeline.ingest.office.drawings import loader
from pipeline.ingest.readers import Line, Picture, Reading

_IMG = re.compile(
    r"""<(?:img|source|image|object|embed|input)\b[^>]*?\b(?:src|srcset|href|data)\s*=\s*["']?"""
    r"""data:image/[\w.+-]+;base64,([A-Za-z0-9+/=%\s]+)["']?[^>]*>""",
    re.I,
)
_WRITTEN = re.compile(r"!\[[^\]\n]*\]\(data:image/[\w.+-]+;base64,([A-Za-z0-9+/=]+)\)")  # Markdown
_BEHIND = re.compile(r"""url\(\s*["']?data:image/[\w.+-]+;base64,([A-Za-z0-9+/=%\s]+)["']?\s*\)""", re.I)
_ADDRESS = re.compile(r"""(<img\b[^>]*?\bsrc\s*=\s*["']?)([^"'\s>]+)""", re.I)
_MARK = re.compile("\ue1f0(\\d+)\ue1f1")
_MOST = 500


def with_inline(source: str, shown: Mapping[str, bytes]) -> str:
    """HTML whose pictures, given by their addresses (``cid:...``), are put into it as data."""

    def put(match: re.Match[str]) -> str:
        data = shown.get(match[2])
        return match[0] if data is None else f"{match[1]}data:image/x;base64,{base64.b64encode(data).decode()}"

    return _ADDRESS.sub(put, source) if shown else source


def read_with_pictures(source: str, read: Callable[[str], Reading]) -> Reading:
    """What ``read`` makes of HTML or Markdown, with the pictures that it carries."""
    found: list[bytes] = []

    def mark(match: re.Match[str]) -> str:
        try:
            found.append(base64.b64decode(re.sub(r"%..|\s", "", match[1])))
        except (binascii.Error, ValueError):
            return ""
        return f"\ue1f0{len(found) - 1}\ue1f1" if len(found) <= _MOST else ""

    marked = _WRITTEN.sub(mark, _IMG.sub(mark, source)) if "base64," in source else source
    for match in _BEHIND.finditer(marked) if "base64," in marked else ():  # behind the text: where it stands is not known
        mark(match)
    reading = read(marked)
    if not found:
        return reading
    lines: list[Line] = []
    after: dict[int, Line | None] = {}
    for line in reading.lines:
        marks = _MARK.findall(line.text)
        line.text = _MARK.sub("", line.text)
        if line.text.strip():
            lines.append(line)
        after.update({int(number): lines[-1] if lines else None for number in marks})
    reading.lines = lines
    last = lines[-1] if lines else None
    for number, data in enumerate(found):
        reading.pictures.append(Picture(loader(data), f"第{number + 1}张图片", 1, after.get(number, last), stored=data))
    return reading
