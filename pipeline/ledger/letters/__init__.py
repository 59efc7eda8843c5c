"""Official documents of the clearing (公文): each filled from ledger, journal, unit.toml and calendar, by GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline.ledger.letters import clearing, reporting
from pipeline.ledger.letters.blanks import blank, or_blank, plain
from pipeline.ledger.letters.facts import Facts
from pipeline.ledger.letters.letter import Form, Letter
from pipeline.ledger.letters.setting import write_letter

#: The kinds that can be drafted, each with what writes its letters from the facts.
KINDS: dict[str, Callable[[Facts], Iterable[Letter]]] = {
    "报送函": lambda facts: [reporting.covering_letter(facts)],
    "联系人表": lambda facts: [reporting.contact_form(facts)],
    "方案": lambda facts: [clearing.plan(facts)],
    "季报": lambda facts: [reporting.progress_report(facts)],
    "总结": lambda facts: [reporting.final_report(facts)],
    "废止公告": clearing.repeals,
    "清理建议": clearing.proposals,
    "对照表": lambda facts: [clearing.comparison(facts)],
}


class Drafted(NamedTuple):
    """A document written, and what a person must fill in, in the order in which it stands there."""

    path: Path
    blanks: tuple[str, ...]


def draft(kind: str, facts: Facts, folder: Path) -> list[Drafted]:
    """Write the documents of a kind into ``folder``; none where the ledger gives no occasion for them. A file that is there
    already is kept: the new one gets a number, since a person may have worked on it."""
    made = []
    for letter in KINDS[kind](facts):
        path = _free(folder, letter.file)
        made.append(Drafted(path, tuple(write_letter(_with_colophon(letter, facts), path))))
    return made


def _with_colophon(letter: Letter, facts: Facts) -> Letter:
    """Who gets copies and who prints it (版记); of a letter that another body issues nothing is known."""
    if letter.form is Form.FORM:
        return letter
    if facts.unit is None or letter.issuer != facts.issuer:
        return letter._replace(printer=blank("印发机关", "×××办公室"))
    copies = tuple(plain(name) for name in facts.unit.copies_to if name != letter.addressee)
    return letter._replace(copies_to=copies, printer=or_blank(facts.unit.printer, "印发机关", f"{facts.unit.name}办公室"))


def _free(folder: Path, name: str) -> Path:
    name = "".join("_" if sign in '\\/:*?"<>|\n' else sign for sign in name)[:80]
    path, number = folder / f"{name}.docx", 1
    while path.exists():
        number += 1
        path = folder / f"{name}（{number}）.docx"
    return path


__all__ = ["KINDS", "Drafted", "Facts", "Letter", "draft"]
