"""Sealing (封存): a reported ledger is never changed again; later finds go to a supplement (增补台账) that says why.

A seal is a workbook, the journal as it stood, and a manifest. One sum (校验值) covers the workbook's cells, the manifest and the
head of the journal's chain; it is printed on the paper ledger, so that who changes all three is still told by the paper.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from pipeline.ledger.confirm import tally
from pipeline.ledger.row import LedgerRow, ScanFacts, draft_id
from pipeline.ledger.unit import Unit
from pipeline.ledger.workbook.excel import write_ledger
from pipeline.ledger.workbook.read import LedgerError
from pipeline.ledger.workbook.sheet import TITLE
from pipeline.ledger.workbook.sums import FOOT, cells_digest, printed, sum_of

FOLDER, SEALED, MANIFEST, JOURNAL = "封存", "台账（已封存）.xlsx", "封存清单.json", "决定（已封存）.sqlite"
SUPPLEMENT_TITLE = "信用相关制度文件清理规范增补台账"
_REASON = "增补原因："


@dataclass(frozen=True, slots=True)
class Seal:
    """What was sealed. ``screened`` are the ids of all documents that were in the archive then, so that a later find can be
    told from a new file; ``files`` the SHA-256 of every file of the archive by path (empty where it could not be read);
    ``scan`` its counts; ``journal`` the number of events and the hash of the last; ``draft`` the rows; ``audit`` what the
    audit says, or who accepted that there is none; ``cells`` the digest of the workbook's cells; ``sum`` what is printed."""

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
    files: dict[str, str] = field(default_factory=dict)
    scan: dict[str, int] = field(default_factory=dict)
    journal: list = field(default_factory=list)
    journal_file: str = ""
    journal_sha256: str = ""
    draft: str = ""
    audit: str = ""
    sealed_by: str = ""
    cells: str = ""
    sum: str = ""

    @property
    def core(self) -> str:
        """The digest of what the manifest says, the sums over it apart."""
        said = {name: value for name, value in asdict(self).items() if name not in ("sha256", "size", "sum", "cells")}
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a seal freezes beside the rows; the fields are those of `Seal`."""

    on: str
    screened: Sequence[str] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    scan: Mapping[str, int] = field(default_factory=dict)
    journal: Sequence = ()
    journal_copy: bytes = b""
    audit: str = ""
    sealed_by: str = ""


def prepare(
    rows: Sequence[LedgerRow], out: str | Path, unit: Unit | None, shown: ScanFacts, facts: Facts, *, number: int = 0
) -> Seal:
    """Write the workbook and the copy of the journal of a seal; nothing is sealed until `finish`. ``number`` counts
    supplements, 0 is the ledger itself."""
    folder = Path(out) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    names = _names(number)
    title = SUPPLEMENT_TITLE if number else TITLE
    own = [row for row in rows if row.belongs]
    with tempfile.TemporaryDirectory() as scratch:
        book = Path(scratch) / "sealed.xlsx"
        write_ledger(rows, book, unit, shown, draft=draft_id(rows), foot=FOOT, reported=True, title=title)
        made = Seal(
            file=names[0],
            sha256="",
            size=0,
            unit=unit.name if unit else "",
            sealed_on=facts.on,
            counts=tally(own),
            documents=sorted(row.document_id for row in rows),
            names=sorted([row.number, row.title] for row in own),
            versions=sorted({row.version for row in rows if row.version} | {shown.version} - {""}),
            screened=sorted(facts.screened),
            files=dict(sorted(facts.files.items())),
            scan=dict(facts.scan),
            journal=list(facts.journal),
            journal_file=names[2],
            journal_sha256=hashlib.sha256(facts.journal_copy).hexdigest(),
            draft=draft_id(rows),
            audit=facts.audit,
            sealed_by=facts.sealed_by,
            cells=cells_digest(book),
        )
        made = replace(made, sum=sum_of(made.cells, made.core))
        write_ledger(
            rows, book, unit, shown, draft=made.draft, foot=printed(made.sum), core=made.core, reported=True, title=title
        )
        data = book.read_bytes()
    made = replace(made, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    _write_once(folder / made.file, data)
    _write_once(folder / made.journal_file, facts.journal_copy)
    return made


def finish(made: Seal, out: str | Path, *, number: int = 0) -> None:
    """Write the manifest: from here on it is sealed."""
    _write_once(Path(out) / FOLDER / _names(number)[1], as_text(made).encode())


def as_text(made: Seal) -> str:
    """The manifest as it is written."""
    return json.dumps(asdict(made), ensure_ascii=False, indent=1)


def _names(number: int) -> tuple[str, str, str]:
    """Workbook, manifest, journal of the ledger (0) or a supplement."""
    if number == 0:
        return SEALED, MANIFEST, JOURNAL
    return f"增补台账{number}（已封存）.xlsx", f"封存清单-增补{number}.json", f"决定-增补{number}（已封存）.sqlite"


def manifests(out: str | Path) -> list[Path]:
    """The manifests of the ledger and its supplements, in order."""
    folder, found, number = Path(out) / FOLDER, [], 0
    while (path := folder / _names(number)[1]).exists():
        found.append(path)
        number += 1
    return found


def read_manifest(path: Path) -> Seal:
    """The seal of a manifest. Raises LedgerError where it is damaged."""
    try:
        return Seal(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise LedgerError(f"{path}：封存清单已损坏，请用备份恢复") from error


def _write_once(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and take the right to write away."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(0o444)
    Path(name).replace(path)


def load_seals(out: str | Path) -> list[Seal]:
    """The sealed ledger and its supplements. Raises LedgerError where a sealed copy was changed."""
    seals = []
    for manifest in manifests(out):
        known = read_manifest(manifest)
        copy = manifest.parent / known.file
        if not copy.exists():
            raise LedgerError(f"{copy}：封存的台账不见了，请用备份恢复")
        if hashlib.sha256(copy.read_bytes()).hexdigest() != known.sha256:
            raise LedgerError(f"{copy}：封存的台账与清单的校验值不符，封存后被改动过，请用备份恢复")
        seals.append(known)
    return seals


def load_seal(out: str | Path) -> Seal | None:
    """The seal of the ledger itself, None where nothing was sealed. Raises LedgerError where a sealed copy was changed."""
    return next(iter(load_seals(out)), None)


def later_finds(rows: Sequence[LedgerRow], sealed: Seal) -> list[LedgerRow]:
    """The unit's rows that are not in the sealed ledger, each with the reason in its remark (增补原因)."""
    known = set(sealed.documents)
    return [_explained(row, _why(row, sealed)) for row in rows if row.belongs and row.document_id not in known]


def _why(row: LedgerRow, sealed: Seal) -> str:
    """Why a document comes after the seal. Cases in the order in which they decide."""
    # 1. another copy of a sealed document, with other bytes
    if row.number and [row.number, row.title] in sealed.names:
        return "与已封存台账中的文件同号同名，但内容不同，请核对是否同一文件"
    # 2. a person added it by hand
    if row.document_id.startswith("h"):
        return "封存后由人工增加"
    # 3. it was there, and another version of the rules flags it now
    if row.document_id in sealed.screened:
        return "封存时已在档案中但没有判为失信约束文件，规则、模型或依据库更新后判为失信约束文件"
    # 4. it was not there, so far as the seal knows
    if sealed.screened:
        return "封存后新收入档案，或封存时未能读取的文件"
    return "封存后新发现的文件"


def _explained(row: LedgerRow, why: str) -> LedgerRow:
    if why in row.remark:
        return row
    return replace(row, remark=f"{_REASON}{why}\n{row.remark}".rstrip())


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
        write_ledger(finds, path, unit, facts, title=SUPPLEMENT_TITLE, draft=draft_id(finds))
    return finds


def names_of(rows: Iterable[LedgerRow]) -> str:
    """Titles in a sentence, the first few."""
    listed = [f"《{row.title}》" for row in rows]
    return "、".join(listed[:5]) + (f"等{len(listed)}个" if len(listed) > 5 else "")
