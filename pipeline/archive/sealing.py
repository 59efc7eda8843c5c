"""The seal of an output folder (封存): what must be done before, and what is frozen."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from pipeline.archive import outputs
from pipeline.archive.people.identity import CHANGED
from pipeline.archive.people.problem_sheet import PARTLY, PROBLEM_SHEET, to_settle, unsettled
from pipeline.archive.people.records import open_journal
from pipeline.archive.people.reviewing import person
from pipeline.archive.people.sealed import sealed_documents
from pipeline.archive.people.units import unit_of
from pipeline.archive.people.views import Held, held
from pipeline.archive.store import Store
from pipeline.decisions import ADDED, BY_LEDGER, BY_SEAL, DECISION, ROW, SEAL, Batch, Change, Standing
from pipeline.ledger import LedgerError, LedgerRow, Seal, later_finds, load_seals, names_of, seal

AUDITED = "audited"  # of the store's meta: under which rules, over which documents, and how many were read


def seal_out(out: str | Path, *, who: str = "", without_audit: str = "") -> Seal:
    """Seal the ledger as scan and people leave it; where it is sealed already, what was found since (增补台账).

    ``without_audit`` is the name of who accepts that no audit proves the recall. Raises LedgerError that names all that is
    still to be done.
    """
    out = Path(out)
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    with Store(out / "scan.sqlite") as store, open_journal(out) as journal:
        earlier = load_seals(out)
        said, unit = held(journal, store), unit_of(out, store)
        rows = outputs.rows_now(store, said, unit)
        waiting = _waiting(store, said, rows, without_audit)
        if earlier:
            known = sealed_documents(out, journal, store)
            rows = later_finds([row for row in rows if row.document_id not in known], earlier[0])
            if not rows:
                raise LedgerError(f"{out} 中的台账已封存，封存后不得更改；没有新发现的文件需要增补。")
        _refuse(out, waiting)
        counts = outputs.count(store, said)
        shown = outputs.facts_now(store, said, rows if not earlier else [])
        facts = seal.Facts(
            on=date.today().isoformat(),
            screened=[summary.sha256[:16] for summary in store.summaries()],
            files={record.path: record.sha256 for record in store.files()},
            scan=counts._asdict(),
            journal=journal.head(),
            journal_copy=journal.copy(),
            audit=_audited(store) or f"没有查全证明，由{without_audit}认可",
            sealed_by=person(who),
        )
        made = seal.prepare(rows, out, unit, shown, facts, number=len(earlier))
        # first the journal, then the manifest: a kill between leaves an open ledger and a sum that nothing answers to
        journal.append([Change("", SEAL, "", made.sum)], Batch(BY_SEAL, "", person(who), store.get_meta("version")))
        seal.finish(made, out, number=len(earlier))
    return made


def _waiting(store: Store, said: Held, rows: list[LedgerRow], without_audit: str) -> list[str]:
    """What must be done before the seal, in sentences."""
    waiting = []
    if open_ := [row for row in rows if row.belongs and not row.decision]:
        waiting.append(
            f"{len(open_)} 个文件尚未填写处置意见：{names_of(open_)}。请在 ledger.xlsx 中填好后用 shixin confirm 读入。"
        )
    open_files = unsettled(to_settle(store), said)
    for what, problems in (
        ("问题文件", [record for record in open_files if record.kind != PARTLY]),
        ("文件有未读的部分（图片、附带文件等），", [record for record in open_files if record.kind == PARTLY]),
    ):
        if problems:
            shown = "、".join(record.path for record in problems[:5]) + (f"等{len(problems)}个" if len(problems) > 5 else "")
            waiting.append(f"{len(problems)} 个{what}没有处理说明：{shown}。请填写 {PROBLEM_SHEET} 后用 shixin confirm 读入。")
    if not without_audit.strip() and (why := _no_audit(store)):
        waiting.append(f"{why}。请运行 shixin audit；确不抽查的，由负责人署名认可：--without-audit 姓名")
    if unseen := [row for row in rows if row.decision and not _confirmed(said.standing.get(row.document_id))]:
        waiting.append(
            f"{len(unseen)} 个决定还没有经台账确认（复核中所作，或扫描比台账新）：{names_of(unseen)}。"
            "请运行 shixin ledger 重新生成 ledger.xlsx，核对后用 shixin confirm 读入。"
        )
    if changed := [row for row in rows if said.marks.get(row.document_id) == CHANGED]:
        waiting.append(
            f"{len(changed)} 个文件决定以后有变动，须核对：{names_of(changed)}。核对后用 shixin confirm 读入 ledger.xlsx。"
        )
    return waiting


def _confirmed(stands: Standing | None) -> bool:
    """Whether the last word on a row came with a ledger that a person handed back."""
    if stands is None:
        return False
    decided, whole = stands.last.get(DECISION), stands.last.get(ROW)
    if whole is None:
        return ADDED in stands.last
    return whole.source == BY_LEDGER and (decided is None or decided.source == BY_LEDGER or decided.seq < whole.seq)


def _refuse(out: Path, waiting: list[str]) -> None:
    if waiting:
        listed = "\n".join(f"{number}. {each}" for number, each in enumerate(waiting, 1))
        raise LedgerError(f"{out} 还不能封存，没有改动任何文件：\n{listed}")


def population(store: Store) -> str:
    """The digest of the unflagged documents, one a group of duplicates: what an audit speaks of."""
    leaders = store.leaders()
    flagged = {summary.sha256 for summary in store.summaries() if summary.flagged}
    shas = {
        record.sha256
        for record in store.files()
        if not record.kind and leaders[record.path] == record.path and record.sha256 not in flagged
    }
    return hashlib.sha256("\n".join(sorted(shas)).encode()).hexdigest()[:16] if shas else ""


def record_audit(store: Store, read: int, sentence: str) -> None:
    """Keep that an audit was made: under which rules, over which documents, how many were read, and what it says."""
    store.set_meta(AUDITED, "\n".join([_rules(store), population(store), str(read), sentence]))


def _rules(store: Store) -> str:
    return store.get_meta("version").partition("@")[0]


def _audited(store: Store) -> str:
    """What a valid audit says; empty where there is none."""
    if not population(store):
        return "没有未命中的文件，无须抽查"
    return "" if _no_audit(store) else store.get_meta(AUDITED).split("\n", 3)[3]


def _no_audit(store: Store) -> str:
    """Why the audit proves nothing of this scan; empty where it does."""
    now = population(store)
    if not now:
        return ""
    rules, of, read, _ = [*store.get_meta(AUDITED).split("\n", 3), "", "", "", ""][:4]
    if not rules or not int(read or 0):
        return "还没有作查全抽查"
    if (rules, of) != (_rules(store), now):
        return "查全抽查是在规则更新或档案变动以前作的，已经过时"
    return ""
