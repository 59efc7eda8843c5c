"""What a page header (页眉) may hold that belongs to the document; the rest of it is a running head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.readers import Line

# 密级, a document number.
_MARKS = ("秘密", "机密", "绝密", "〕", "］")
_RED_HEADER = "文件"  # ends it; inside a text it is one of a 文件汇编
_PLACES = {"header": "页眉", "footer": "页脚"}
_LONGEST = 60
_SHORTEST_SENTENCE = 10
_SENTENCE = re.compile(r"[。；;]|，.*，|[：:].{8}")


def marks(headers: Iterable[str], body: list[Line]) -> list[Line]:
    """The paragraphs of page headers that are marks of the document and do not stand in its body, each once."""
    seen = {line.text.strip() for line in body}
    texts = {text.strip() for text in headers}
    return [
        Line(text)
        for text in sorted(texts - seen)
        if len(text) < _LONGEST and (any(mark in text for mark in _MARKS) or text.endswith(_RED_HEADER))
    ]


class Furniture(NamedTuple):
    """A page header or footer (页眉、页脚), or what a model prints on every page: which of them, and its paragraphs."""

    kind: str
    texts: list[str]


def furniture_texts(furniture: Iterable[Furniture]) -> Iterator[tuple[str, str]]:
    """Each paragraph with its kind."""
    return ((each.kind, text) for each in furniture for text in each.texts)


def kept(furniture: Iterable[Furniture], body: list[Line], parts: list[Part]) -> list[Line]:
    """The paragraphs of headers and footers that are sentences and no running heads, each once; ``parts`` says of each."""
    seen = {line.text.strip() for line in body}
    lines = []
    for kind, text in dict.fromkeys(furniture_texts(furniture)):
        place = _PLACES.get(kind, kind)
        if text in seen:
            continue
        if len(text) >= _SHORTEST_SENTENCE and _SENTENCE.search(text):
            lines.append(Line(text))
            parts.append(Part(PartKind.TEXT, place, PartOutcome.READ, text[:_LONGEST]))
        else:
            parts.append(Part(PartKind.TEXT, place, PartOutcome.DECORATIVE, text[:_LONGEST]))
    return lines
