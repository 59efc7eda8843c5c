"""Line by line (逐条核对): each line of the ledger kept, struck, relabelled, or a missed one added from selected words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import msgspec

from pipeline.decisions import LINES, Standing
from pipeline.document import Function, Screening
from pipeline.extract.measures import categories
from pipeline.ledger import DetailLine, lines_from_json, selected_line

_FUNCTIONS = tuple(map(str, Function))
_MOST = 2000  # characters of a basis that a person writes


class Edit(msgspec.Struct):
    """One act on one line. ``start`` and ``end`` are the selected characters of the document's text, for a line to be added."""

    act: Literal["keep", "strike", "restore", "relabel", "add"]
    line: str = ""
    functions: list[str] = []
    measure: str = ""
    bases: str = ""
    start: int = 0
    end: int = 0


def shown_lines(drafted: Sequence[DetailLine], left: str, stands: Standing) -> list[dict[str, Any]]:
    """Every line that was drafted or added, in the order of the draft, with what became of it and by whom."""
    kept = {line.row_id: line for line in lines_from_json(left)} if left else {line.row_id: line for line in drafted}
    read = set(json.loads(stands.says("checked") or "[]"))
    was = {line.row_id: line for line in drafted}
    event = stands.last.get(LINES)
    shown = []
    for line in [*drafted, *(line for id_, line in kept.items() if id_ not in was)]:
        now = kept.get(line.row_id)
        if now is None:
            state = "已删去"
        elif line.row_id not in was:
            state = "人工增列"
        elif now != line:
            state = "已改"
        else:
            state = "已核对" if line.row_id in read else ""
        each = now or line
        shown.append(
            {
                "id": line.row_id,
                "content": each.content,
                "functions": each.functions.split("、") if each.functions else [],
                "measure": each.measure,
                "bases": each.bases,
                "verdict": each.verdict,
                "reason": each.reason,
                "state": state,
                "who": event.who if event and state not in ("", "已核对") else "",
            }
        )
    return shown


def edited(
    screening: Screening, drafted: Sequence[DetailLine], left: str, checked: str, edit: Edit
) -> tuple[tuple[DetailLine, ...], str]:
    """The lines after one act, and the ids that were read and kept (JSON). Raises ValueError where it can't be understood."""
    lines = list(lines_from_json(left)) if left else [replace(line, evidence=None) for line in drafted]
    read = list(json.loads(checked or "[]"))
    at = next((index for index, line in enumerate(lines) if line.row_id == edit.line), -1)
    if edit.act == "add":
        functions, measure, bases = _labels(edit)
        line = selected_line(screening, edit.start, edit.end, functions, measure, bases)
        if all(each.row_id != line.row_id for each in lines):
            lines.append(line)
        return tuple(lines), json.dumps(read)
    if edit.act == "restore":
        back = next(line for line in drafted if line.row_id == edit.line)
        places = [line.row_id for line in drafted]
        rest = [line for line in lines if line.row_id != edit.line]
        rank = places.index(edit.line)
        before = sum(line.row_id in places and places.index(line.row_id) < rank for line in rest)
        lines = [*rest[:before], replace(back, evidence=None), *rest[before:]]
        return tuple(lines), json.dumps([id_ for id_ in read if id_ != edit.line])
    if at < 0:
        raise ValueError(edit.line)
    if edit.act == "strike":
        del lines[at]
        read = [id_ for id_ in read if id_ != edit.line]
    elif edit.act == "keep":
        read = [*(id_ for id_ in read if id_ != edit.line), edit.line]
    else:
        functions, measure, bases = _labels(edit)
        lines[at] = replace(lines[at], functions=functions, measure=measure, bases=bases)
    return tuple(lines), json.dumps(read)


def _labels(edit: Edit) -> tuple[str, str, str]:
    """Functions in the order of the notice, measure and basis, as the ledger's cells hold them."""
    if not edit.functions or not set(edit.functions) <= set(_FUNCTIONS):
        raise ValueError("环节")
    if edit.measure and edit.measure not in categories():
        raise ValueError("措施类别")
    return "、".join(name for name in _FUNCTIONS if name in edit.functions), edit.measure, edit.bases.strip()[:_MOST]
