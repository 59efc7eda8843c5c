"""Who issues a document (发文机关): by its title, its signature, its red header, the note under a law's title, its number."""

from __future__ import annotations

import re

from pipeline.structure.elements.document_numbers import issuer_of
from pipeline.structure.elements.head import Head
from pipeline.structure.elements.notes import Note
from pipeline.structure.elements.organs import is_organ
from pipeline.structure.elements.signature import Signature

_OF_TITLE = re.compile(
    r"^(?P<bodies>[^关于《》，。“”]{2,80}?)[\s　]*(?=关于|印发|转发|批转|发布|公布|对[\u4e00-\u9fff]{2}|令第|令$|公告$|通告$|决定$)"
)
_JOINT = re.compile(r"等[一二三四五六七八九十\d]*个?(?:部门|单位|部委|机关|厅局|委局|委办局)$")
_OFFICE = re.compile(r"(?:办公室|办公厅|办)$")


def issuers_of_title(title: str) -> list[str]:
    """The bodies with which a title begins; [] where it begins otherwise, or names one for many (某部等七部门)."""
    found = _OF_TITLE.match(title)
    if not found or _JOINT.search(found["bodies"]):
        return []
    bodies = [body for body in re.split(r"[、\s　]+", found["bodies"]) if body]
    return bodies if bodies and all(is_organ(body) for body in bodies) else []


def find_issuers(title: str, note: Note, signed: Signature, head: Head, stated: str) -> list[str]:
    """The issuing bodies in the order printed, by the best source that there is."""
    of_title = issuers_of_title(title)
    bodies = list(signed.bodies)
    if len(of_title) == 1 and of_title[0] not in bodies:
        of_title = [body for body in bodies if same_body(of_title[0], body)] or of_title
    if of_title and not (set(of_title) < set(bodies)):
        return [plain(body) for body in of_title]
    if head.order and head.red:
        return [plain(body) for body in head.red]
    if note.issuers:
        return note.issuers
    if len(bodies) == 1 and head.red and bodies[0] not in head.red and _OFFICE.sub("", bodies[0]) in head.red:
        bodies = []  # an office that prints for its body does not issue
    found = bodies or head.red or [body for body in re.split(r"[、，,\s　]+", stated) if is_organ(body)]
    return [plain(body) for body in found] or [body for body in [issuer_of(head.number)] if body]


def same_body(one: str, other: str) -> bool:
    """Whether two names are the same, or would be had the first not lost its first letter in copying."""
    return one == other or (len(one) > 4 and other[1:] == one)


def plain(body: str) -> str:
    """A body's name as one writes it: without 中华人民共和国 before the State Council and the Military Commission."""
    return re.sub(r"^中华人民共和国(?=国务院|中央军事委员会|最高人民)", "", body)
