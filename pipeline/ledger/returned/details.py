"""The measures of a returned document (交回的措施明细): the draft's, as a person left them, and those that were added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.ledger.detail import DetailLine
from pipeline.ledger.returned.match import Line
from pipeline.ledger.returned.words import DITTO, same
from pipeline.ledger.row import LedgerRow, note_of

_DETAILS = ("content", "functions", "measure", "bases", "verdict", "reason")


def details_of(document: str, drafted: LedgerRow | None, lines: Sequence[Line]) -> tuple[DetailLine, ...]:
    """The block's measures in the draft's order, those that a person added last; a column that was taken out keeps its text."""
    known = {line.row_id: line for line in drafted.details} if drafted else {}
    order = {row_id: position for position, row_id in enumerate(known)}
    note = note_of(drafted) if drafted else ""
    made: list[DetailLine] = []
    taken: set[str] = set()
    for number, line in enumerate(lines, 1):
        row_id = line.text("row_id")
        before = known.get(row_id) or _by_content(line, known, taken)
        if before is not None:
            row_id = before.row_id
        if not row_id or row_id in taken or before is None:
            row_id = f"{document}-补{number}"
        taken.add(row_id)
        said: dict[str, Any] = {
            name: line.cells[name][0] if name in line.cells else getattr(before, name, "") for name in _DETAILS
        }
        said["reason"] = _without_note(said["reason"], note)
        if any(said.values()) or drafted is None:
            said = {name: "" if text in DITTO else text for name, text in said.items()}
            made.append(DetailLine(row_id=row_id, **said))
    if not made and drafted is not None:
        return drafted.details  # a workbook without the measures' columns says nothing of them
    return tuple(sorted(made, key=lambda line: order.get(line.row_id, len(order))))


def _without_note(reason: str, note: str) -> str:
    """A reason without the person's, which a form shows above it; one that was reworded stays."""
    first, _, rest = reason.partition("\n")
    return rest if note and same(first, note) else reason


def _by_content(line: Line, known: Mapping[str, DetailLine], taken: set[str]) -> DetailLine | None:
    """The measure that a line without row id quotes; the only one, where there is only one."""
    same_words = (each for id_, each in known.items() if id_ not in taken and same(each.content, line.text("content")))
    found = None if line.text("row_id") else next(same_words, None)
    return found or (next(iter(known.values())) if len(known) == 1 and not taken else None)


def same_lines(first: Sequence[DetailLine], second: Sequence[DetailLine]) -> bool:
    """Whether two lists of measures say the same."""
    return len(first) == len(second) and all(
        a.row_id == b.row_id and all(same(getattr(a, name), getattr(b, name)) for name in _DETAILS)
        for a, b in zip(first, second, strict=True)
    )
