"""Rows of the ledger (台账) from screenings: a row is a document, its detail lines (明细行) are its measures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from pipeline.document import Disposition, Screening
from pipeline.ledger.cell import cell_text
from pipeline.ledger.detail import DetailLine, detail_lines
from pipeline.ledger.mask import mask
from pipeline.ledger.unit import Scope, Unit, drafter, in_name_of_party_or_government, scope, scope_remark

#: What a remark's line begins with that holds a person's reason for the decision.
NOTE = "复核意见："


@dataclass(frozen=True, slots=True)
class Entry:
    """One document to enter: its screening, every place it lies in (the screened file first, then its duplicates), and a
    remark on how it came in, where that needs one."""

    screening: Screening
    places: list[str]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """What a ledger says of the scan behind it. found = screened + duplicates + problems; flagged is part of screened;
    ``kept`` are rows beside the flagged: added by hand, or decided and not flagged or not found any more.

    ``as_of`` is the ISO date of judgement; ``version`` the version of rules, model and registry. ``seconds`` is shown in
    the report only: the ledger must come out the same however long the scan took. ``parts`` are the parts of the screened files (pictures,
    embedded files, comments ...) counted by what became of them.
    """

    found: int = 0
    screened: int = 0
    duplicates: int = 0
    problems: int = 0
    flagged: int = 0
    seconds: float = 0.0
    as_of: str = ""
    version: str = ""
    kept: int = 0
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def parts_sum(self) -> str:
        """The sum of the parts (部分) of the screened files by what became of them; empty where they have none."""
        total = sum(number for _, number in self.parts)
        return f"部分 {total} = " + " + ".join(f"{name} {number}" for name, number in self.parts) if total else ""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One document of the ledger, in the words of the ledger's cells.

    ``document_id`` is the beginning of the file's SHA-256. ``decision``, ``deadline``, ``progress`` and ``contact`` are a
    person's, empty in a draft; ``reporter`` (填报单位) is filled in a merged ledger only;
    ``decided_by`` says who decided and on which day (张三，2021-01-20). What only the report shows does not count in comparisons.
    """

    document_id: str
    scope: Scope
    title: str
    number: str = ""
    issuers: str = ""
    date: str = ""
    drafter: str = ""
    in_name_of: str = ""
    suggestion: str = ""
    details: tuple[DetailLine, ...] = ()
    reporter: str = ""
    decision: str = ""
    deadline: str = ""
    progress: str = ""
    contact: str = ""
    remark: str = ""
    version: str = field(default="", compare=False)
    reasons: tuple[str, ...] = field(default=(), compare=False)
    rules: tuple[str, ...] = field(default=(), compare=False)
    places: tuple[str, ...] = field(default=(), compare=False)
    score: float = field(default=0.0, compare=False)
    decided_by: str = field(default="", compare=False)

    @property
    def belongs(self) -> bool:
        """Whether it goes on the sheet 台账 (else 不属本单位台账)."""
        return self.scope is not Scope.OUTSIDE


def note_of(row: LedgerRow) -> str:
    """The line of the remark that holds a person's reason for the decision, empty where there is none."""
    return next((line for line in row.remark.split("\n") if line.startswith(NOTE)), "")


def as_json(row: LedgerRow) -> bytes:
    """The row as it is kept in the journal: what the ledger shows, not what only the report does."""
    bare = tuple(replace(line, evidence=None) for line in row.details)
    return msgspec.json.encode(replace(row, details=bare, reasons=(), rules=(), places=(), score=0.0, decided_by=""))


def row_from_json(body: bytes | str) -> LedgerRow:
    """The row that was kept."""
    return msgspec.json.decode(body, type=LedgerRow)


def lines_as_json(lines: Sequence[DetailLine]) -> str:
    """Detail lines as they are kept in the journal."""
    return msgspec.json.encode([replace(line, evidence=None) for line in lines]).decode()


def lines_from_json(body: str) -> tuple[DetailLine, ...]:
    """The detail lines that were kept."""
    return msgspec.json.decode(body, type=tuple[DetailLine, ...])


def draft_id(rows: Iterable[LedgerRow]) -> str:
    """The name of a draft: 16 hex digits of its content, whatever version of the rules wrote it."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(as_json(replace(row, version="")) + b"\n")
    return digest.hexdigest()[:16]


def sorted_rows(rows: Iterable[LedgerRow]) -> list[LedgerRow]:
    """By date, number, title and id: undated ones last."""
    return sorted(rows, key=lambda row: (row.date == "", row.date, row.number, row.title, row.document_id))


def build_rows(entries: Iterable[Entry], unit: Unit | None) -> list[LedgerRow]:
    """The ledger's rows for the flagged documents among ``entries``, by date, number, title and id: undated ones last.

    ``entries`` may be an iterator: one screening is in memory at a time.
    """
    return sorted_rows(build_row(entry, unit) for entry in entries if entry.screening.flagged)


def build_row(entry: Entry, unit: Unit | None) -> LedgerRow:
    screening, metadata = entry.screening, entry.screening.metadata
    suggestion = screening.suggestion
    whose = scope(metadata, unit)
    reasons = tuple(mask(reason) for reason in suggestion.reasons) if suggestion else ()
    return LedgerRow(
        document_id=screening.document.sha256[:16],
        scope=whose,
        title=_text(metadata.title) or _name_of(entry.places or [screening.document.path]),
        number=_text(metadata.number),
        issuers=_text("、".join(metadata.issuers)),
        date=_text(metadata.date or metadata.printed),
        drafter=_text(drafter(metadata, unit)),
        in_name_of=in_name_of_party_or_government(metadata, unit),
        suggestion=str(suggestion.disposition if suggestion else Disposition.PERSON),
        details=detail_lines(screening, reasons),
        contact=cell_text(unit.contact) if unit and whose is not Scope.OUTSIDE else "",
        remark=cell_text(_remark(entry, unit)),
        reasons=reasons,
        rules=tuple(dict.fromkeys(finding.rule for finding in screening.findings if finding.rule)),
        places=tuple(entry.places),
        score=screening.score,
    )


def _text(value: str) -> str:
    return cell_text(mask(" ".join(value.split())))


def _name_of(places: list[str]) -> str:
    """The file's name stands in for a title that was not found."""
    name = places[0].replace("!", "/").rpartition("/")[2].rpartition(".")[0] if places else ""
    return _text(name or "（没有认出标题）")


def _remark(entry: Entry, unit: Unit | None) -> str:
    metadata = entry.screening.metadata
    parts = [entry.remark, scope_remark(metadata, unit)]
    if not metadata.title:
        parts.append("没有认出标题，暂用文件名")
    if metadata.draft:
        parts.append("文件带有征求意见稿、送审稿等字样，请核对是否正式印发")
    if not metadata.date and metadata.printed:
        parts.append("没有成文日期，所填为印发日期")
    return "；".join(part for part in parts if part)
