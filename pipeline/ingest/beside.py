"""What a file holds beside its text (替代文字、删去的文字、提示): listed with a word, each once, where its text does not say it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.readers import Reading

_SAYS_SOMETHING = re.compile(r"(?=.*[㐀-鿿].*[㐀-鿿])(?:.*?\w){4}", re.S)  # no number, no name of a file
_SHOWN = 2000


def list_beside(reading: Reading, place: str, texts: Iterable[str]) -> None:
    """List what is said at a place and nowhere in the text."""
    told = [text for each in dict.fromkeys(texts) if _SAYS_SOMETHING.match(text := " ".join(each.split()))]
    if not told:
        return
    shown = "".join("".join(line.text.split()) for line in reading.lines)
    unseen = [text for text in told if "".join(text.split()) not in shown]
    if unseen:
        reading.parts.append(Part(PartKind.TEXT, place, PartOutcome.LISTED, "；".join(unseen)[:_SHOWN]))
