"""Words in the formulas (公式) of old editors, which are objects of binary Office files: MathType's MTEF."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.readers import Line, Reading

STREAM = "Equation Native"
_CHARACTER = re.compile(rb"[\x02\x12\x22\x32\x42]([\x80-\xff])(.[\x4e-\x9f]|[\x00-\x1f][\x30\xff])", re.S)  # a typeface, a code
_LEAST = 2  # Chinese characters; fewer are a sign among signs


def add_formulas(streams: Iterable[bytes], reading: Reading) -> None:
    """Put the Chinese words of formulas behind the text."""
    texts = ("".join(code.decode("utf-16-le") for _, code in _CHARACTER.findall(stream)) for stream in streams)
    found = [text for text in texts if len(text) >= _LEAST]
    if found:
        reading.lines.extend(Line(text, reading.pages) for text in found)
        reading.parts.append(Part(PartKind.TEXT, "公式", PartOutcome.READ, f"{len(found)}个"))
