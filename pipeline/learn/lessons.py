"""What people's decisions teach (从决定中学习): the clauses that they kept, struck out or rejected, for training.

- a document decided 保留, 修订, 立法 or 废止: each clause that still has a line in the ledger is a positive, with the
  functions that the person left on its lines; a clause whose lines the person deleted is a negative. Deleted is only what
  the same version of the rules had written: what a later scan adds was never before the person;
- a document decided 不列入 (checked, and no constraint document), in the ledger or in review: each clause that was flagged
  is a negative;
- an unflagged document that was read in an audit and marked 否: the clauses that came near to a flag are negatives.

A later word in review goes before the ledger's. Where the lines were gone through one by one in review (kept, struck, relabelled,
added), they teach as the ledger's do; a decision alone teaches only once a confirmed ledger says which clauses.
Whatever can't be told for sure (a quotation that was rewritten, a line whose functions were cleared) teaches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.archive import NO, Store, taught_by
from pipeline.classify import classify, joined, standing_under
from pipeline.document import Clause, Function, Screening
from pipeline.learn.annotations import Annotations, as_annotations
from pipeline.ledger import NOT_LISTED, DetailLine, Entry, LedgerError, LedgerRow, build_rows, mask

_CONTENT = re.compile(r"(?P<label>[^\n]*?)（(?:第\d+页|未分页)）\s*[“\"](?P<quote>.*)[”\"]", re.DOTALL)
_PARTING = re.compile(r"[、，,；;/\s]+")
_SPACE = re.compile(r"\s+")
_CUT = "……"
_NEAR = 0.1  # below, the model knows already
_FUNCTIONS = frozenset(map(str, Function))

_Row = tuple[str, str, str, Sequence[str]]


def lessons(out: str | Path) -> Annotations:
    """The decided clauses of one output folder, one group a document. Raises LedgerError where nothing was decided there."""
    out = Path(out)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    said = taught_by(out)
    rows = {id_: row for id_, (_, row, _) in said.items() if row is not None}
    words = {id_: word for id_, (word, _, _) in said.items() if word}
    innocent = {id_ for id_, (_, _, mark) in said.items() if mark == NO}
    if not (words or innocent):
        raise LedgerError(f"{out} 中还没有人工决定，无从学习；请先复核，或运行 shixin confirm {out} 台账.xlsx")
    taught: list[_Row] = []
    with Store(out / "scan.sqlite") as store:
        version = store.get_meta("version").partition("@")[0]
        for record in store.files():
            id_ = record.sha256[:16]
            if record.kind or id_ not in words.keys() | innocent:
                continue
            screening, row, decision = store.screening(record.sha256, record.path), rows.pop(id_, None), words.pop(id_, "")
            if decision == NOT_LISTED:
                taught += _taught(id_, screening, _rejected(screening))
            elif decision:
                agreed = row if row and row.decision != NOT_LISTED else None
                taught += _taught(id_, screening, _kept(agreed, screening, version) if agreed else {})
            elif id_ in innocent:
                taught += _taught(id_, screening, _nearest(screening))
            innocent.discard(id_)
    return as_annotations(taught, decided=True)


def _taught(id_: str, screening: Screening, functions: dict[int, list[str]]) -> list[_Row]:
    leads = standing_under(screening.clauses)
    return [
        (f"{id_}-{index}", id_, joined(screening.clauses[index].text, leads[index]), names)
        for index, names in sorted(functions.items())
    ]


def _rejected(screening: Screening) -> dict[int, list[str]]:
    return {index: [] for index, clause in enumerate(screening.clauses) if clause.functions}


def _nearest(screening: Screening) -> dict[int, list[str]]:
    """The clauses of an unflagged document that the model was least sure about."""
    relevance = classify(screening.clauses, screening.metadata).relevance
    return {index: [] for index, chance in enumerate(relevance) if chance >= _NEAR}


def _kept(row: LedgerRow, screening: Screening, version: str) -> dict[int, list[str]]:
    shown = _functions_by_clause(row.details, screening.clauses)
    taught = {index: functions for index, functions in shown.items() if functions}
    if row.version and row.version == version:
        (as_written,) = build_rows([Entry(screening, [screening.document.path])], None) or [row]
        written = _functions_by_clause(as_written.details, screening.clauses)
        taught |= {index: [] for index in written if index not in shown}
    return taught


def _functions_by_clause(lines: Iterable[DetailLine], clauses: Sequence[Clause]) -> dict[int, list[str]]:
    """The clauses that lines quote -> the functions named on them, in the order of the notice."""
    named: dict[int, set[str]] = {}
    masked = [_bare(mask(clause.text)) for clause in clauses]
    for line in lines:
        index = _clause_of(line, clauses, masked)
        if index is not None:
            named.setdefault(index, set()).update(_FUNCTIONS.intersection(_PARTING.split(line.functions)))
    return {index: [str(name) for name in Function if str(name) in names] for index, names in named.items()}


def _clause_of(line: DetailLine, clauses: Sequence[Clause], masked: list[str]) -> int | None:
    """The clause whose words a line quotes: the one of that label, where several hold them; None where none does."""
    match = _CONTENT.match(line.content.strip())
    if not match:
        return None
    pieces = [piece for piece in map(_bare, match["quote"].split(_CUT)) if piece]
    holding = [index for index, text in enumerate(masked) if pieces and all(piece in text for piece in pieces)]
    labelled = [index for index in holding if clauses[index].label and match["label"].endswith(clauses[index].label)]
    return next(iter(labelled or holding), None)


def _bare(text: str) -> str:
    return _SPACE.sub("", text)
