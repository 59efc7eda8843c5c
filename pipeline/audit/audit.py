"""The audit (漏报抽查): draw a sample of the unflagged documents, read a person's marks, say how many can still be missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive import NO, YES, Mark, Store, add_marks, rejected
from pipeline.audit.bounds import Stratum, missed_at_most, more_to_read
from pipeline.audit.sample import Unflagged, shares, unflagged
from pipeline.audit.sheet import Sampled, read_sheet, write_sheet
from pipeline.evaluation import likeliest
from pipeline.ledger import mask

SHEET_FILE = "抽查表.xlsx"
SIZE = 60  # with none found relevant: at most one in twenty, as many as most archives can have read in a day
CONFIDENCE = 0.95
GOAL = 0.95
_QUOTED = 160


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit has found so far.

    ``population`` unflagged documents; ``drawn`` of them are on the sheet, ``read`` are marked, of these ``found`` were
    missed by the program. With ``confidence`` at most ``missed_at_most`` more are missed, so that recall is at least
    ``recall_at_least`` (None where nothing was flagged or found), counting ``listed`` flagged documents as right.
    ``more`` documents are to be read, if none is relevant, until recall is at least ``goal``. Of a sample that is enlarged
    after a look at its result, each statement holds with ``confidence`` by itself.
    """

    population: int
    drawn: int
    read: int
    found: int
    waiting: int
    missed_at_most: int
    listed: int
    recall_at_least: float | None
    goal: float
    more: int
    problems: int
    confidence: float
    sheet: Path
    found_paths: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The result in one sentence that a person can sign."""
        rest = self.population - self.read
        if not self.read:
            return f"已从 {self.population} 份未命中文件中随机抽取 {self.drawn} 份，列于 {self.sheet}；请逐份填写后再次运行本命令。"
        if not rest:
            return f"{self.population} 份未命中文件已全部通读，发现漏报 {self.found} 份，没有未读的文件。"
        recall = "" if self.recall_at_least is None else f"，即查全率不低于 {self.recall_at_least:.1%}"
        more = f"；若要使查全率不低于 {self.goal:.0%}，还需再抽查 {self.more} 份（均不再发现漏报时）" if self.more else ""
        return (
            f"随机抽查 {self.read} 份未命中文件，发现漏报 {self.found} 份：有 {self.confidence:.0%} 的把握，"
            f"其余 {rest} 份未命中文件中漏报不超过 {self.missed_at_most} 份{recall}{more}。"
        )


def audit(out: str | Path, size: int | None = None, goal: float = GOAL) -> Audit:
    """Take in the marks made on OUT/抽查表.xlsx, draw as many documents as are asked for (never fewer than before), write
    the sheet again, and say what follows.

    Raises FileNotFoundError without a scan, LedgerError where the sheet can't be read, PermissionError where it is open.
    """
    out = Path(out)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    sheet = out / SHEET_FILE
    listed_before, marks = read_sheet(sheet) if sheet.is_file() else ([], [])
    kept = add_marks(out, marks)
    with Store(out / "scan.sqlite") as store:
        strata = unflagged(store)
        total = max(size or (0 if listed_before else SIZE), len(listed_before))
        drawn = [documents[:share] for documents, share in zip(strata, shares(total, _sizes(strata)), strict=True)]
        lines = [_line(store, document, kept.get(document.sha256)) for document in sorted_by_chance(drawn)]
        write_sheet(lines, sheet)
        return _said(store, out, strata, drawn, kept, goal, sheet)


def sorted_by_chance(drawn: Sequence[Sequence[Unflagged]]) -> list[Unflagged]:
    """The order of reading: the likeliest first, so that a reader who stops early has read what matters most."""
    return sorted((document for part in drawn for document in part), key=lambda each: (-each.score, each.path))


def _sizes(strata: Sequence[Sequence[Unflagged]]) -> list[int]:
    return [len(documents) for documents in strata]


def _line(store: Store, document: Unflagged, mark: Mark | None) -> Sampled:
    screening = store.screening(document.sha256, document.path)
    clause = likeliest(screening)
    if clause is None:
        return Sampled(document, "（没有与失信约束相近的条款）", mark)
    text = " ".join(clause.text.split())
    page = f"（第{clause.page}页）" if len(screening.document.pages) > 1 else ""
    return Sampled(document, mask(text[:_QUOTED] + ("……" if len(text) > _QUOTED else "")) + page, mark)


def _said(
    store: Store,
    out: Path,
    strata: Sequence[Sequence[Unflagged]],
    drawn: Sequence[Sequence[Unflagged]],
    marks: dict[str, Mark],
    goal: float,
    sheet: Path,
) -> Audit:
    counted = [_stratum(documents, marks) for documents in strata]
    present = {document.sha256: document for documents in strata for document in documents}
    found = [mark for sha256, mark in marks.items() if mark.says == YES and sha256 in present]
    # Marks out of turn count as finds, never as a sample: who reads out of turn may have chosen what to read.
    out_of_turn = len(found) - sum(stratum.found for stratum in counted)
    missed = max(0, missed_at_most(counted, CONFIDENCE) - out_of_turn)
    listed = _listed(store, out)
    wanted = int((listed + len(found)) * (1 - goal) / goal)
    read = sum(stratum.read for stratum in counted)
    right = listed + len(found)
    return Audit(
        population=sum(_sizes(strata)),
        drawn=sum(_sizes(drawn)),
        read=read,
        found=len(found),
        waiting=sum(_sizes(drawn)) - sum(document.sha256 in marks for part in drawn for document in part),
        missed_at_most=missed,
        listed=listed,
        recall_at_least=right / (right + missed) if right else None,
        goal=goal,
        more=more_to_read(counted, wanted + out_of_turn, lambda total: shares(total, _sizes(strata)), CONFIDENCE),
        problems=sum(bool(record.kind) for record in store.files()),
        confidence=CONFIDENCE,
        sheet=sheet,
        found_paths=tuple(sorted(present[mark.sha256].path for mark in found)),
    )


def _stratum(documents: Sequence[Unflagged], marks: dict[str, Mark]) -> Stratum:
    """What of a stratum was read in the order of drawing: up to the first document without a mark."""
    says = [marks[document.sha256].says if document.sha256 in marks else "" for document in documents]
    read = next((number for number, said in enumerate(says) if said not in (YES, NO)), len(says))
    return Stratum(len(documents), read, says[:read].count(YES))


def _listed(store: Store, out: Path) -> int:
    """The flagged documents, one a group, without those that a person struck out of the ledger (不列入)."""
    leaders, struck = store.leaders(), rejected(out)
    flagged = {summary.sha256 for summary in store.summaries() if summary.flagged and summary.sha256[:16] not in struck}
    return sum(not record.kind and leaders[record.path] == record.path and record.sha256 in flagged for record in store.files())
