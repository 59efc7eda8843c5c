"""The audit (漏报抽查): draw a sample of the unflagged documents, read a person's marks, say how many can still be missed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive import NO, YES, Mark, Review, Store, add_marks, decided, read_marks, record_audit
from pipeline.audit.bounds import Stratum, missed_at_most, more_to_read
from pipeline.audit.sample import Unflagged, rules_version, shares, unflagged
from pipeline.audit.sheet import Sampled, read_sheet, write_sheet
from pipeline.ledger import NOT_LISTED, mask
from pipeline.screening import likeliest

SHEET_FILE = "抽查表.xlsx"
SIZE = 60  # with none found relevant: at most one in sixteen; as many as can be read in a day
GOAL = 0.95
_QUOTED = 160
_LOOKS = "audit looks"


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit has found so far.

    ``population`` unflagged documents; ``drawn`` of them are on the sheet, ``waiting`` of these have no mark; ``read`` are
    marked in the order of drawing, ``sampled`` of which were missed by the program; ``found`` are all that people found.
    With 95 % confidence at most ``missed_at_most`` more are missed, so that recall is at least ``recall_at_least`` (None where
    nothing was flagged or found), taking for right the ``listed`` flagged documents that nobody struck out, of which
    ``confirmed`` were decided by a person. ``more`` documents are to be read, if none is relevant, until recall is at least
    ``goal``. ``problems`` files could not be read and are no part of this.
    """

    population: int
    drawn: int
    waiting: int
    read: int
    sampled: int
    found: int
    missed_at_most: int
    listed: int
    confirmed: int
    recall_at_least: float | None
    goal: float
    more: int
    problems: int
    sheet: Path
    found_paths: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The result in one sentence that a person can sign."""
        rest = self.population - self.read
        if not self.population:
            return f"没有未命中的文件，无须抽查{self._unread}。"
        if not self.read:
            return f"已从 {self.population} 份未命中文件中随机抽取 {self.drawn} 份，列于 {self.sheet}；请逐份填写后再次运行本命令。"
        besides = f"，抽查之外另由人工发现 {self.found - self.sampled} 份" if self.found > self.sampled else ""
        if not rest:
            return (
                f"{self.population} 份未命中文件已全部通读，发现漏报 {self.sampled} 份{besides}，没有未读的文件{self._unread}。"
            )
        more = f"；若要使查全率不低于 {self.goal:.0%}，还需再抽查 {self.more} 份（均不再发现漏报时）" if self.more else ""
        return (
            f"随机抽查 {self.read} 份未命中文件，发现漏报 {self.sampled} 份{besides}：有 95% 的把握，"
            f"其余 {rest} 份未命中文件中漏报不超过 {self.missed_at_most} 份{self._recall}{more}{self._unread}。"
        )

    @property
    def _recall(self) -> str:
        if self.recall_at_least is None:
            return ""
        waiting = self.listed - self.confirmed
        taken = f"（其中 {waiting} 份命中文件尚未经人工确认，以均属实计）" if waiting else ""
        return f"，即查全率不低于 {self.recall_at_least:.1%}{taken}"

    @property
    def _unread(self) -> str:
        return f"；另有 {self.problems} 个文件未能读取，不在此列" if self.problems else ""


def audit(out: str | Path, size: int | None = None, goal: float = GOAL) -> Audit:
    """Take in the marks made on OUT/抽查表.xlsx, draw as many documents as are asked for (never fewer than before), write
    the sheet again, and say what follows.

    Raises FileNotFoundError without a scan, StoreInUse during one, LedgerError where the sheet can't be read,
    PermissionError where it is open.
    """
    out = Path(out)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    sheet = out / SHEET_FILE
    listed_before, changed = read_sheet(sheet) if sheet.is_file() else ([], [])
    marks = add_marks(out, changed, file=SHEET_FILE) if changed else read_marks(out)
    decisions = decided(out)
    with Store(out / "scan.sqlite", writing=True) as store:
        strata = unflagged(store)
        total = max(size or (0 if listed_before else SIZE), len(listed_before))
        drawn = [documents[:share] for documents, share in zip(strata, shares(total, _sizes(strata)), strict=True)]
        in_turn = sorted((document for part in drawn for document in part), key=lambda document: document.turn)
        write_sheet([_line(store, document, marks.get(document.sha256)) for document in in_turn], sheet)
        said = _said(store, out, strata, in_turn, marks, decisions, goal)
        record_audit(store, said.read, said.sentence)
        return said


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
    drawn: Sequence[Unflagged],
    marks: dict[str, Mark],
    decisions: dict[str, Review],
    goal: float,
) -> Audit:
    struck = {id_ for id_, review in decisions.items() if review.decision == NOT_LISTED}
    says = {sha256: mark.says for sha256, mark in marks.items() if mark.says and sha256[:16] not in struck}
    says |= {sha256: NO for sha256, mark in marks.items() if mark.says and sha256[:16] in struck}
    counted = [_stratum(documents, says) for documents in strata]
    found = sorted(each.path for documents in strata for each in documents if says.get(each.sha256) == YES)
    sampled = sum(stratum.found for stratum in counted)
    # Marks out of turn count as finds, never as a sample: who reads out of turn may have chosen what to read.
    out_of_turn = len(found) - sampled
    look = _look(store, sum(stratum.read for stratum in counted))
    missed = max(0, missed_at_most(counted, _confidence(look)) - out_of_turn)
    flagged = _flagged(store) - struck
    right = len(flagged) + len(found)
    wanted = math.floor(right * (1 - goal) / goal + 1e-9)
    return Audit(
        population=sum(_sizes(strata)),
        drawn=len(drawn),
        waiting=sum(each.sha256 not in says for each in drawn),
        read=sum(stratum.read for stratum in counted),
        sampled=sampled,
        found=len(found),
        missed_at_most=missed,
        listed=len(flagged),
        confirmed=len(flagged & set(decisions)),
        recall_at_least=right / (right + missed) if right else None,
        goal=goal,
        more=0
        if missed <= wanted
        else more_to_read(counted, wanted + out_of_turn, lambda total: shares(total, _sizes(strata)), _confidence(look + 1)),
        problems=sum(bool(record.kind) for record in store.files()),
        sheet=out / SHEET_FILE,
        found_paths=tuple(found),
    )


def _look(store: Store, read: int) -> int:
    """How many different states of the marks were evaluated under these rules, this one included."""
    version, _, seen = store.get_meta(_LOOKS).partition(" ")
    states = seen.split() if version == rules_version(store) else []
    if read and str(read) not in states:
        states.append(str(read))
        store.set_meta(_LOOKS, " ".join([rules_version(store), *states]))
    return 1 + states.index(str(read)) if read else 1


def _confidence(look: int) -> float:
    """The confidence of one look. Whoever reads on until the result pleases has looked several times; the looks share an
    error of 5 %, half of what is left to each, so that all the statements hold together in 95 of 100 audits. That of the first
    look is the upper limit of the usual two-sided interval of Clopper and Pearson."""
    return 1 - 0.05 / 2**look


def _flagged(store: Store) -> frozenset[str]:
    """The ids of the flagged documents, one a group of duplicates."""
    leaders = store.leaders()
    flagged = {summary.sha256 for summary in store.summaries() if summary.flagged}
    records = (record for record in store.files() if not record.kind and leaders[record.path] == record.path)
    return frozenset(record.sha256[:16] for record in records if record.sha256 in flagged)


def _stratum(documents: Sequence[Unflagged], says: dict[str, str]) -> Stratum:
    """What of a stratum was read in the order of drawing: up to the first document without a mark."""
    marks = [says.get(document.sha256, "") for document in documents]
    read = next((number for number, said in enumerate(marks) if not said), len(marks))
    return Stratum(len(documents), read, marks[:read].count(YES))
