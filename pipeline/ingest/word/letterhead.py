"""What a page header (页眉) may hold that belongs to the document; the rest of it is a running head."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.ingest.readers import Line

# 密级, a document number.
_MARKS = ("秘密", "机密", "绝密", "〕", "］")
_RED_HEADER = "文件"  # ends it; inside a text it is one of a 文件汇编
_LONGEST = 60


def marks(headers: Iterable[str], body: list[Line]) -> list[Line]:
    """The paragraphs of page headers that are marks of the document and do not stand in its body, each once."""
    seen = {line.text.strip() for line in body}
    texts = {text.strip() for text in headers}
    return [
        Line(text)
        for text in sorted(texts - seen)
        if len(text) < _LONGEST and (any(mark in text for mark in _MARKS) or text.endswith(_RED_HEADER))
    ]
