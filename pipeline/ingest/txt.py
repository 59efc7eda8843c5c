"""Plain text in any of the encodings that Chinese offices have used."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from pipeline.ingest.common_characters import likeness
from pipeline.ingest.inline_pictures import read_with_pictures
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader

_LOST = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffd]")
_RUNS = re.compile("\ufffd+")
_SAMPLE = 8192  # bytes; even, so that UTF-16 is not cut inside a unit
_MOST_LOST = 0.25  # of the characters of a text that is Chinese all the same
_CHINESE = 0.1  # likeness from which a text is Chinese
_THREE_BYTES = re.compile("[\u0800-\uffff]")
_SURELY = 12  # so many characters of three bytes, and nothing that is not UTF-8, happen in no text of another encoding
_SEVEN_BITS = ((re.compile(rb"~\{[!-w][!-~]"), "hz"), (re.compile(rb"\+[A-Za-z0-9+/]{5,}"), "utf-7"))
_WESTERN = re.compile("[\x80-\u02ff\u2000-\u2122]")
# In the order of preference between equals.
_ENCODINGS = ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5"]
_MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]


@reader("txt")
def read_txt(data: bytes) -> Reading:
    """Physical lines; a form feed begins a page. Lost and control characters cost themselves and a note."""
    return read_with_pictures(decode(data), _lines)


def _lines(whole: str) -> Reading:
    lines = []
    page = 1
    lost = len(_LOST.findall(whole))
    for text in _LOST.sub(_in_place, whole).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        page += text.count("\f")
        lines.append(Line(text.replace("\f", ""), page, "line"))
    return Reading(lines, page, notes=[f"{lost} 处字符损坏或为控制字符，已略去；请对照原文件"] if lost else [])


def _in_place(lost: re.Match[str]) -> str:
    """What stands for a character that can't be read: a line break for Word's (\\x0b), else nothing."""
    return "\n" if lost[0] == "\v" else ""


def decode(data: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16, GB18030, Big5 or what charset-normalizer recognises; bytes that are none are ``\\ufffd``.

    Raises Unreadable where hardly anything would be left.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    encoding = guess(data)
    text = data.decode(encoding, "replace")
    lost = len(_RUNS.findall(text))  # one character in pieces is one
    if encoding == "utf-8" and not lost and (inner := _inner(data, text)):
        return inner
    if lost <= max(2, len(text) // 100) or (lost <= len(text) * _MOST_LOST and likeness(text) >= _CHINESE):
        return text
    found = from_bytes(data[:_SAMPLE]).best()
    if found is None:
        raise Unreadable("编码无法识别")
    return data.decode(found.encoding, "replace")


def _inner(data: bytes, text: str) -> str:
    """The Chinese in a text that says it in Western letters (é€šçŸ¥, read wrongly once and stored so) or in seven bits; "" for
    others."""
    if text.isascii():
        tries = [(data, encoding) for mark, encoding in _SEVEN_BITS if mark.search(data)]
    elif len(_WESTERN.findall(text)) > len(text) * _MOST_LOST and not likeness(text):
        stored = [text.encode(western, "ignore") for western in ("cp1252", "latin-1")]
        tries = [(each, encoding) for each in stored for encoding in ("utf-8", "gb18030")]
    else:
        return ""
    found = [each.decode(encoding, "replace") for each, encoding in tries]
    return max((each for each in found if likeness(each) >= _CHINESE), key=_rank, default="")


def guess(data: bytes) -> str:
    """The encoding of bytes without a mark. Strict decoding alone can't tell: GB18030 accepts nearly anything, and 通知 in
    GB18030 is good UTF-8, so of a short text what looks most like Chinese wins, and UTF-8 where nothing does.
    """
    sample = data[:_SAMPLE] if len(data) > _SAMPLE else data + b"\n"[: len(data) % 2]
    try:
        text = data.decode("utf-8")
        if "\0" not in text and (text.isascii() or len(_THREE_BYTES.findall(text)) >= _SURELY):
            return "utf-8"
        tries = ["utf-8", "gb18030"] if "\0" not in text else _ENCODINGS
    except UnicodeDecodeError:
        tries = _ENCODINGS
    ranks = {encoding: _rank(sample.decode(encoding, "replace")) for encoding in tries}
    return max(tries, key=lambda encoding: ranks[encoding])


def _rank(text: str) -> float:
    """How much a decoded text is worth: like Chinese is good, lost and control characters are bad.

    Common characters weigh more: a few bad bytes in UTF-8 must not make UTF-16 of it, which loses nothing and means nothing.
    """
    lost = len(_LOST.findall(text))
    return 2 * likeness(text) - lost / max(len(text), 1)
