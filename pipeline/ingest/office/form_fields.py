"""Fields of old forms in a DOC (旧式表单域): what they offer is text, their prompts are listed ([MS-DOC] 2.9.78)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.readers import Line, Reading

_FIELD = re.compile(rb"\x44\x00.{62}\xff\xff\xff\xff", re.S)  # the head of a block of data, the version of a field's
_TEXT, _LIST = 0, 2  # kinds of field
_LONGEST, _MOST_ITEMS = 512, 512


def add_form_fields(stream: bytes, reading: Reading) -> None:
    """Put the default and the choices of each field in the data stream behind the text."""
    offered: list[str] = []
    prompts: list[str] = []
    for match in _FIELD.finditer(stream):
        for is_prompt, text in _texts(stream, match.end()):
            (prompts if is_prompt else offered).append(text)
    seen = {line.text.strip() for line in reading.lines}
    found = [text for text in dict.fromkeys(offered) if len(text) > 1 and text not in seen]
    if found:
        reading.lines.extend(Line(text, reading.pages) for text in found)
        reading.parts.append(Part(PartKind.TEXT, "表单域", PartOutcome.READ, f"{len(found)}项选项或默认值"))
    list_beside(reading, "表单域的提示", prompts)


def _texts(stream: bytes, at: int) -> Iterator[tuple[bool, str]]:
    """The texts of a field, each with whether it is a prompt; a broken field ends."""
    try:
        kind = stream[at] & 3
        _, at = _string(stream, at + 6)  # its name
        if kind == _TEXT:
            text, at = _string(stream, at)
            yield False, text
        else:
            at += 2  # what is chosen
        _, at = _string(stream, at)  # the form of a number or date
        for _ in range(2):
            text, at = _string(stream, at)
            yield True, text
        for _ in range(2):
            _, at = _string(stream, at)  # macros
        if kind == _LIST:
            mark, count, extra = struct.unpack_from("<HHH", stream, at)
            at += 6
            for _ in range(min(count, _MOST_ITEMS) if mark == 0xFFFF else 0):
                text, at = _string(stream, at, end=extra)
                yield False, text
    except (struct.error, IndexError):
        return


def _string(stream: bytes, at: int, *, end: int = 2) -> tuple[str, int]:
    """A text after its length, and where what follows it begins; ``end`` bytes close it. Raises IndexError where it is none."""
    (count,) = struct.unpack_from("<H", stream, at)
    stop = at + 2 + 2 * count
    if count > _LONGEST or stop + end > len(stream):
        raise IndexError("no text")
    return stream[at + 2 : stop].decode("utf-16-le", "replace").strip(), stop + end
