"""Sealing (封存): a reported ledger is never changed again; later finds go to a supplement (增补台账) that says why."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipeline.ledger.confirm import refuse, tally, undecided
from pipeline.ledger.row import LedgerRow, ScanFacts
from pipeline.ledger.unit import Unit
from pipeline.ledger.workbook.excel import write_ledger
from pipeline.ledger.workbook.read import LedgerError, read_ledger

FOLDER, SEALED, MANIFEST = "封存", "台账（已封存）.xlsx", "封存清单.json"
SUPPLEMENT_TITLE = "信用相关制度文件清理规范增补台账"


@dataclass(frozen=True, slots=True)
class Seal:
    """What was sealed: the copy's SHA-256 and size, its counts by decision, ids, numbers with titles, versions of judgement.

    ``screened`` are the ids of all documents that were in the archive then, so that a later find can be told from a new file.
    """

    file: str
    sha256: str
    size: int
    unit: str
    sealed_on: str
    counts: dict[str, int]
    documents: list[str]
    names: list[list[str]]
    versions: list[str]
    screened: list[str]


def seal(ledger: str | Path, out: str | Path, *, on: str, screened: Iterable[str] = ()) -> Seal:
    """Seal a confirmed ledger into ``out``/封存: a read-only copy and its manifest. ``on`` is the ISO date of sealing.

    Raises LedgerError where a row is undecided or wrong (by cell), or where ``out`` holds a seal already.
    """
    ledger, folder = Path(ledger), Path(out) / FOLDER
    if (folder / MANIFEST).exists():
        raise LedgerError(f"{folder} 中已有封存的台账，封存后不得更改；新发现的文件请列入增补台账")
    data = ledger.read_bytes()
    read = read_ledger(ledger)
    refuse([*read.problems, *undecided(read)])
    own = [row for row in read.rows if row.belongs]
    made = Seal(
        file=SEALED,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        unit=read.unit,
        sealed_on=on,
        counts=tally(own),
        documents=sorted(row.document_id for row in read.rows),
        names=sorted([row.number, row.title] for row in own),
        versions=sorted({row.version for row in read.rows if row.version}),
        screened=sorted(screened),
    )
    folder.mkdir(parents=True, exist_ok=True)
    _write_once(folder / SEALED, data)
    _write_once(folder / MANIFEST, json.dumps(asdict(made), ensure_ascii=False, indent=1).encode())
    return made


def _write_once(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and take the right to write away."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).chmod(0o444)
    Path(name).replace(path)


def load_seal(out: str | Path) -> Seal | None:
    """The seal of ``out``, None where nothing was sealed. Raises LedgerError where the sealed copy was changed."""
    folder = Path(out) / FOLDER
    manifest = folder / MANIFEST
    if not manifest.exists():
        return None
    try:
        known = Seal(**json.loads(manifest.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise LedgerError(f"{manifest}：封存清单已损坏，请用备份恢复") from error
    copy = folder / known.file
    if not copy.exists():
        raise LedgerError(f"{copy}：封存的台账不见了，请用备份恢复")
    if hashlib.sha256(copy.read_bytes()).hexdigest() != known.sha256:
        raise LedgerError(f"{copy}：封存的台账与清单的校验值不符，封存后被改动过，请用备份恢复")
    return known


def later_finds(rows: Sequence[LedgerRow], sealed: Seal) -> list[LedgerRow]:
    """The unit's rows that are not in the sealed ledger, each with the reason in its remark (增补原因)."""
    known = set(sealed.documents)
    return [_explained(row, _why(row, sealed)) for row in rows if row.belongs and row.document_id not in known]


def _why(row: LedgerRow, sealed: Seal) -> str:
    """Why a document comes after the seal. Cases in the order in which they decide."""
    # 1. another copy of a sealed document, with other bytes
    if row.number and [row.number, row.title] in sealed.names:
        return "与已封存台账中的文件同号同名，但内容不同，请核对是否同一文件"
    # 2. it was there, and another version of the rules flags it now
    if row.document_id in sealed.screened:
        return "封存时已在档案中但没有判为失信约束文件，规则、模型或依据库更新后判为失信约束文件"
    # 3. it was not there, so far as the seal knows
    if sealed.screened:
        return "封存后新收入档案，或封存时未能读取的文件"
    return "封存后新发现的文件"


def _explained(row: LedgerRow, why: str) -> LedgerRow:
    return replace(row, remark=f"增补原因：{why}\n{row.remark}".rstrip())


def write_supplement(
    rows: Sequence[LedgerRow],
    sealed: Seal,
    path: str | Path,
    unit: Unit | None,
    facts: ScanFacts,
    why: Mapping[str, str] | None = None,
) -> list[LedgerRow]:
    """Write the supplement (增补台账) of what was found after the seal, and return its rows; none, no file.

    ``why`` may give a person's reason by document id; it then stands beside the one found.
    """
    finds = later_finds(rows, sealed)
    if why:
        finds = [_explained(row, why[row.document_id]) if row.document_id in why else row for row in finds]
    if finds:
        write_ledger(finds, path, unit, facts, title=SUPPLEMENT_TITLE)
    return finds
