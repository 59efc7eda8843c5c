"""The elements of an official document (公文要素, GB/T 9704-2012) from its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.document import Document, Metadata
from pipeline.structure.elements.dates import find_dates
from pipeline.structure.elements.document_numbers import read_number
from pipeline.structure.elements.fields import is_form, read_fields
from pipeline.structure.elements.head import Head, read_head
from pipeline.structure.elements.issuers import find_issuers, issuers_of_title, same_body
from pipeline.structure.elements.material import material_of
from pipeline.structure.elements.notes import read_note
from pipeline.structure.elements.signature import Signature, printed, signatures
from pipeline.structure.elements.titles import carried_by, close_up, join_title, kind_of, title_length
from pipeline.structure.elements.validity import expiry
from pipeline.structure.lines import Line, split_lines

_DRAFT = re.compile(r"征求意见稿|送审稿|代拟稿|讨论稿|审议稿|（草案|\(草案")
_CLASSIFIED = re.compile(r"^.{0,12}?(绝密|机密|秘密)\s*[★☆]\s*.{0,12}$", re.MULTILINE)
_CARRIED_IN_TEXT = re.compile(
    r"《(?P<title>[^》]{4,90})》.{0,120}?(?:印发给你们|予以印发|转发给你们|印发如下|现印发|现予印发|印发你们|现予发布|现予公布)"
)
_TITLE_BY_OFFICE = ("人民政府", "人民政府办公厅", "人民政府办公室", "国务院", "国务院办公厅")


def parse_metadata(document: Document) -> Metadata:
    """Every element that the text shows; empty where it shows none."""
    return read_elements(document, split_lines(document.text))[0]


def read_elements(document: Document, text_lines: Sequence[Line]) -> tuple[Metadata, int]:
    """The elements of a document, and how many of its first lines are its head (版头, title, addressees)."""
    lines = [line.text for line in text_lines]
    stated = read_fields(lines[:40])
    head = read_head(lines)
    if is_form(lines):
        return _of_form(stated), 0
    metadata = _metadata(document, text_lines, lines, head, stated)
    return replace(metadata, material=material_of(document.text, metadata)), head.body


def _metadata(document: Document, text_lines: Sequence[Line], lines: list[str], head: Head, stated: dict[str, str]) -> Metadata:
    note = read_note(head.notes)
    signed = _own_signature(list(signatures(lines, head.body)), join_title(head.title))
    printed_by, printed_on = printed(lines)
    title, carried = _titles(document, head, text_lines, signed)
    issuers = find_issuers(title, note, signed, head, stated.get("issuer", ""))
    title = _mend_first_letter(title, issuers)
    date = note.date or signed.date or _first(stated.get("date", "")) or _first(head.below) or printed_on
    return Metadata(
        title=title or stated.get("title", ""),
        number=head.number or note.number or read_number(stated.get("number", "")),
        issuers=issuers,
        date=date,
        addressees=head.addressees,
        classification=head.classification or _classification(document.text),
        printed=printed_on,
        printed_by=printed_by,
        kind=kind_of(carried) or kind_of(title),
        carried_title=carried,
        expires=expiry(document.text, date),
        draft=head.draft or bool(_DRAFT.search(title)) or bool(_DRAFT.search(PurePosixPath(document.path).stem)),
    )


def _of_form(stated: dict[str, str]) -> Metadata:
    """The slip that registers a document names it, but bears none of its dates."""
    issuer, title = stated.get("issuer", ""), stated.get("title", "")
    return Metadata(title=title, number=stated.get("number", ""), issuers=[issuer] if issuer else [], kind=kind_of(title))


def _first(text: str) -> str:
    return next(iter(find_dates(text)), "")


def _classification(text: str) -> str:
    """A mark such as 机密★1年 on a line of its own, wherever it stands; mere mentions of secrets have no star."""
    found = _CLASSIFIED.search(text)
    return found[1] if found else ""


def _own_signature(found: list[Signature], title: str) -> Signature:
    """The block that signs this document: the first by a body of its title; a carried document's block is not its own."""
    named = issuers_of_title(title)
    for signature in found:
        if not named or not signature.bodies or any(same_body(one, other) for one in named for other in signature.bodies):
            return signature
    carries = bool(named) and bool(carried_by(title) or re.search(r"转发|批转|印发", title))
    return found[0] if found and not carries else Signature((), "", -1, -1)


def _titles(document: Document, head: Head, lines: Sequence[Line], signed: Signature) -> tuple[str, str]:
    """The title and the title carried. An order (令) is known by the title of what it promulgates.

    The carried title comes from the title, else from the opening words, else from the line after the signature.
    """
    title = join_title(head.title)
    opening = "".join(line.text for line in lines[head.body : head.body + 6])
    if not title and head.order and (found := re.search(r"公布[^《]{0,20}《([^》]+)》", opening)):
        return found[1], found[1]
    carried = carried_by(title)
    if not carried and (not title or title.endswith("通知")) and (found := _CARRIED_IN_TEXT.search(opening)):
        carried = found["title"]
    if not title and not carried and signed.line >= 0 and head.addressees:
        after = signed.line + 1
        carried = join_title([line.text for line in lines[after : after + title_length(lines, after)]])
    return title or _title_of_name(document.path) or _title_of_carrier(carried, signed.bodies), carried


def _title_of_name(path: str) -> str:
    """A title that stands only in the name of the file; "" where the name is none."""
    name = PurePosixPath(path.replace("!", "/").replace("\\", "/")).stem
    name = re.sub(
        r"^(?:附件?\s?\d*[：:、.]?|\d+[-_.、\s]+)|[_\s]?(?:终稿|定稿|最终版|正式|扫描件?|印发稿|\(\d+\)|（\d+）|v\d+)$",
        "",
        name,
    )
    name = close_up(name.replace("_", " ").strip())
    return name if len(re.findall(r"[\u4e00-\u9fff]", name)) >= 6 and kind_of(name) else ""


def _title_of_carrier(carried: str, bodies: Sequence[str]) -> str:
    """The title of a notice whose text lacks it (a web print-out), as such notices are titled."""
    if not carried:
        return ""
    office = bodies[0] if len(bodies) == 1 and bodies[0].endswith(_TITLE_BY_OFFICE) else ""
    return f"{office}关于印发《{carried}》的通知"


def _mend_first_letter(title: str, issuers: Sequence[str]) -> str:
    """A title whose first letter was lost in copying gets it back from the signature."""
    for issuer in issuers:
        first = title.split("关于")[0].split("印发")[0]
        if first != issuer and same_body(first, issuer):
            return issuer + title.removeprefix(first)
    return title
