"""Hidden text (隐藏文字): read behind what a person sees, and said to be hidden."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.readers import Line, Reading

_SHOWN = 300


def hidden_text(text: str, page: int) -> Part:
    """The part that says so of a stretch of hidden text."""
    return Part(PartKind.TEXT, f"第{page}页的隐藏文字", PartOutcome.READ, text[:_SHOWN])


def add_hidden(reading: Reading, texts: Iterable[str]) -> None:
    """Put hidden text, whose place the format does not give, behind the lines of a reading."""
    for text in texts:
        if any(character.isalnum() for character in text):
            reading.lines.append(Line(text.strip(), reading.pages))
            reading.parts.append(hidden_text(text.strip(), reading.pages))
