"""A message (邮件) as all kinds of mail give it: headers, bodies, what is attached."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.ingest.containers.compressed_rtf import unpacked
from pipeline.ingest.containers.member import Member, checked
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line
from pipeline.ingest.word.rtf import read_rtf

_ODD_NAME = re.compile(r"[\x00-\x1f/\\:*?\"<>|]+")
_CHINESE, _SENTENCE = re.compile(r"[\u4e00-\u9fff]"), 5  # fewer Chinese characters say nothing
UNNAMED = "附件"


@dataclass(slots=True)
class Letter:
    """A message: headers as shown, the body as plain text, as HTML or both, the pictures that the HTML shows by their
    addresses, what is attached, and words that stand in none of them (``aside``)."""

    subject: str = ""
    sender: str = ""
    date: str = ""
    plain: str = ""
    html: str = ""
    shown: dict[str, bytes] = field(default_factory=dict)
    attachments: list[Member] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The headers by their Chinese names, those that there are."""
        heads = [("主题", self.subject), ("发件人", self.sender), ("日期", self.date)]
        return [(name, text) for name, text in heads if text]


def attachment(name: str, data: bytes) -> Member:
    """A file that a message carries, under a name that can be one."""
    return checked(clean_name(name) or UNNAMED, len(data), len(data), lambda: data)


def clean_name(name: str) -> str:
    """A file name without the characters that no system allows."""
    return _ODD_NAME.sub("_", name).strip(" .")


def unsaid(plain: str, shown: list[Line]) -> list[str]:
    """The lines of a plain body that the other body does not say; all where there is none."""
    lines = plain.replace("\r\n", "\n").split("\n")
    if not shown:
        return lines
    said = "".join("".join(line.text.split()) for line in shown)
    return [line for line in lines if len(_CHINESE.findall(line)) >= _SENTENCE and "".join(line.split()) not in said]


def text_of_rtf(packed: bytes) -> str:
    """The text of a body that is kept as compressed RTF, as Outlook does; empty where it can't be read."""
    try:
        return "\n".join(line.text for line in read_rtf(unpacked(packed)).lines)
    except (Unreadable, ValueError):
        return ""
