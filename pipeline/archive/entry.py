"""What the store keeps of a screening, packed where the screening was made: the worker's time, not that of the one process that writes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

import msgspec

from pipeline.document import Part, Screening


@dataclass(frozen=True, slots=True)
class Entry:
    """A screening as rows: what lists and groups ask of it by name, its text and itself as compressed JSON (no pickle)."""

    sha256: str
    format: str
    flagged: bool
    mentioned: bool
    score: float
    title: str
    number: str
    date: str
    draft: bool
    repeals: bool
    material: str
    signature: bytes
    document: bytes
    screening: bytes
    parts: tuple[Part, ...]


def entry_of(screening: Screening, signature: bytes) -> Entry:
    """The entry of a screening; ``signature`` is that of its text."""
    document, metadata = screening.document, screening.metadata
    return Entry(
        sha256=document.sha256,
        format=document.format,
        flagged=screening.flagged,
        mentioned=screening.mentioned,
        score=screening.score,
        title=metadata.title,
        number=metadata.number,
        date=metadata.date,
        draft=metadata.draft,
        repeals=metadata.repeals,
        material=metadata.material,
        signature=signature,
        document=_packed(replace(document, path="")),
        screening=_packed(replace(screening, document=replace(document, path="", text=""))),
        parts=document.parts,
    )


def _packed(value: object) -> bytes:
    return zlib.compress(msgspec.json.encode(value), 1)


def unpacked(body: bytes, type_: type):
    """What was packed, or as many of its fields as ``type_`` has."""
    return msgspec.json.decode(zlib.decompress(body), type=type_)
