"""The close of a document: who signs it and when (署名, 成文日期), who printed it and when (版记)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.structure.elements.dates import closing_date, find_dates
from pipeline.structure.elements.organs import is_organ

_SIGNATURE_LINES = 30
_PRINTED = re.compile(r"^(?P<organ>.{0,60}?)[\s　]*(?P<date>\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*印\s*[发制]?$")
_SEAL = re.compile(r"[（(](?:盖\s?章|公\s?章|印\s?章|章|代章|联合发文)[)）]")
_PERSON = re.compile(
    r"^(?:总理|主席|省长|市长|县长|区长|主任|部长|局长|州长|署长|行长|会长|院长|检察长)[\s　]*[\u4e00-\u9fff][\u4e00-\u9fff\s　]{1,6}$"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signing block: the bodies in the order printed, the date as ISO, its first line, and the line of the date."""

    bodies: tuple[str, ...]
    date: str
    first: int
    line: int


def split_bodies(line: str) -> list[str]:
    """The bodies that a line of a signature names, parted by white space; [] where it is no such line."""
    shown = _SEAL.sub(" ", line)
    names = [name for name in re.split(r"[\s　]{1,}", shown) if name]
    if names and all(is_organ(name) for name in names):
        return names
    whole = "".join(names)
    return [whole] if is_organ(whole) else []


def date_of(line: str) -> tuple[list[str], str] | None:
    """The bodies before the date, and the date, of a line that closes a text; None for other lines.

    A month alone closes a text only after a body's name on the same line; see `signatures` for one below it.
    """
    found = _closing(line)
    return found if found and (found[0] or len(found[1]) > len("2019-05")) else None


def _closing(line: str) -> tuple[list[str], str] | None:
    found = closing_date(line) if len(line) <= 60 else None
    if found is None:
        return None
    before = found[0].strip("（( 　")
    bodies = split_bodies(before)
    return (bodies, found[1]) if bodies or not before else None


def signatures(lines: Sequence[str], first: int) -> Iterator[Signature]:
    """Every signing block from line ``first`` on, in text order."""
    for index in range(first, len(lines)):
        found = _closing(lines[index])
        if found is None:
            continue
        bodies, date = found
        top = index
        for place in range(index - 1, max(first, index - _SIGNATURE_LINES) - 1, -1):
            names = split_bodies(lines[place])
            if not names and not _PERSON.match(lines[place]):
                break
            bodies[:0] = names
            top = place
        if not bodies and len(date) == len("2019-05"):
            continue  # a month under no name is a period, or the date of a cover
        yield Signature(tuple(dict.fromkeys(bodies)), date, top, index)


def printed(lines: Sequence[str]) -> tuple[str, str]:
    """印发机关 and 印发日期 (ISO) of the first colophon; empty where there is none."""
    for index, line in enumerate(lines):
        found = _PRINTED.match(line) if len(line) < 90 and "印" in line else None
        if found:
            names = split_bodies(found["organ"]) or (split_bodies(lines[index - 1]) if index and not found["organ"] else [])
            return "".join(names[:1]), (find_dates(found["date"]) or [""])[0]
    return "", ""
