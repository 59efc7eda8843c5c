"""Plain text in any of the encodings that Chinese offices have used."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from pipeline.ingest.problems import Unreadable
from pipeline.ingest.registry import Line, Reading, reader

_MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]


@reader("txt")
def read_txt(data: bytes) -> Reading:
    """Physical lines; a form feed begins a page."""
    lines = []
    page = 1
    for text in decode(data).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        page += text.count("\f")
        lines.append(Line(text.replace("\f", ""), page, "line"))
    return Reading(lines, page)


def decode(data: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16, GB18030 or what charset-normalizer recognises; raises Unreadable.

    The marks come first, then strict decodings from the strictest to the laxest: GB18030 accepts nearly anything.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    if b"\0" in data:
        return data.decode("utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be", "replace")
    return _damaged(data)


def _damaged(data: bytes) -> str:
    """Text with a few broken bytes (a cut end, a stray control) in the encoding that loses least."""
    tries = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    best = min(tries, key=lambda text: text.count("\ufffd"))
    if best.count("\ufffd") <= max(2, len(best) // 100):
        return best
    guess = from_bytes(data[:200_000]).best()
    if guess is None:
        raise Unreadable("编码无法识别")
    return str(guess) if len(data) <= 200_000 else data.decode(guess.encoding, "replace")
