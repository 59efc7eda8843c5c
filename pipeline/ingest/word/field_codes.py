"""Words in the codes of fields (域代码): those of a macro button are printed, the alternatives and prompts of others are not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.readers import Line, Reading

_BUTTON = re.compile(r"\s*MACROBUTTON\s+\S+\s+(.+)", re.S | re.I)
_QUOTED = re.compile(r'["“]([^"”]{1,2000})["”]')
_SHOWN = 300


def add_field_texts(codes: Iterable[str], reading: Reading) -> None:
    """Put what macro buttons print behind the text; list the words of other codes."""
    quoted: list[str] = []
    for code in codes:
        if button := _BUTTON.match(code):
            text = " ".join(button[1].split())
            reading.lines.append(Line(text, reading.pages))
            reading.parts.append(Part(PartKind.TEXT, "宏按钮", PartOutcome.READ, text[:_SHOWN]))
        else:
            quoted += _QUOTED.findall(code)
    list_beside(reading, "域代码中的文字", quoted)
