"""What was decided, when and by whom (决定经过), and the last reading taken back (撤回)."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from pipeline.archive.people.identity import places
from pipeline.archive.people.kept import refuse_lost
from pipeline.archive.people.records import journal_to_read, open_journal
from pipeline.archive.people.reviewing import person
from pipeline.archive.store import Store, StoreDamaged, StoreInUse
from pipeline.decisions import (
    ADDED,
    BY_LEDGER,
    IDENTITY,
    LINES,
    ROW,
    SEAL,
    UNDO,
    Batch,
    Change,
    Event,
    Journal,
    batches,
    standing,
)
from pipeline.ledger import LedgerError, bare, lines_from_json, load_seals, row_from_json

#: Whatever a damaged scan raises, at its opening or in mid-reading.
_UNREADABLE = (StoreDamaged, StoreInUse, sqlite3.DatabaseError, zlib.error)
_COLUMNS = ["读入", "时间", "何人", "来源", "位置", "文件标识", "文件", "栏", "原为", "改为", "已撤回", "版本"]
_NAMES = {
    "decision": "处置意见", "deadline": "完成时限", "progress": "完成情况", "contact": "联系人", "remark": "备注", "title": "文件名称",
    "number": "发文字号", "issuers": "发文机关", "date": "成文日期", "drafter": "责任单位", "in_name_of": "是否以党委、政府名义印发",
    "scope": "所在工作表", "lines": "措施明细", "row": "整行", "added": "手工增加", "note": "复核意见", "audit": "抽查标记",
    "audit_note": "抽查备注", "identity": "文件变动", "settled": "问题处理", "checked": "逐条核对", "second": "第二人复核",
    "sample": "第二人样本", "seal": "封存", "undo": "撤回", "reported": "报送",
}  # fmt: skip


def history(out: str | Path, document: str = "") -> pd.DataFrame:
    """Every event, one a row in order; of the documents whose id, title, number or path holds ``document``, where given."""
    out = Path(out)
    _refuse_no_folder(out)
    with journal_to_read(out) as journal:
        _refuse_lost(out, journal)
        events = list(journal.events())
    scan = _scan(out, events, by_name=bool(document))
    titles = _titles(scan, events)
    undone = {int(event.after) for event in events if event.field == UNDO}
    wanted = _wanted(scan, events, titles, document) if document else None
    rows = [
        [
            event.reading, event.at, event.who, event.file or event.source, event.cell, event.document,
            titles.get(event.document, event.document), _NAMES.get(event.field, event.field), _shown(event.field, event.before),
            _shown(event.field, event.after), event.reading in undone, event.version,
        ]
        for event in events
        if event.field not in (ROW,) and (wanted is None or event.document in wanted)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=_COLUMNS)


def _refuse_no_folder(out: Path) -> None:
    if not out.is_dir():
        what = "是一个文件，不是输出目录" if out.exists() else "不存在"
        raise LedgerError(f"{out} {what}，没有改动任何文件；请核对输出目录。")


def _refuse_lost(out: Path, journal: Journal) -> None:
    """A damaged or missing scan says nothing of the journal, which is read all the same."""
    with contextlib.suppress(*_UNREADABLE):
        if (out / "scan.sqlite").is_file():
            with Store(out / "scan.sqlite") as store:
                refuse_lost(journal, store)


class _Scan(NamedTuple):
    """What the scan says of documents by their ids: titles, paths, and which of an older id is now which."""

    titles: dict[str, str]
    paths: dict[str, str]
    now: dict[str, str]


def _scan(out: Path, events: list[Event], *, by_name: bool) -> _Scan:
    """Nothing where the scan is missing or damaged: the journal is told all the same. Paths and ids only where a document is looked
    for by name."""
    with contextlib.suppress(*_UNREADABLE):
        if (out / "scan.sqlite").is_file():
            with Store(out / "scan.sqlite") as store:
                titles = {summary.sha256[:16]: f"《{summary.title}》{summary.number}" for summary in store.summaries()}
                if not by_name:
                    return _Scan(titles, {}, {})
                return _Scan(
                    titles,
                    {record.sha256[:16]: record.path for record in store.files() if not record.kind},
                    {old: place.document for old, place in places(standing(events), store).items()},
                )
    return _Scan({}, {}, {})


def _titles(scan: _Scan, events: list[Event]) -> dict[str, str]:
    """What a document is called: in the row that was kept of it, else in the scan."""
    found = dict(scan.titles)
    for event in events:
        if event.field in (ROW, ADDED):
            row = row_from_json(event.after)
            found[event.document] = f"《{row.title}》{row.number}"
    return found


def _wanted(scan: _Scan, events: list[Event], titles: dict[str, str], name: str) -> set[str]:
    ids = {event.document for event in events if event.document}
    texts = {id_: (id_, titles.get(id_, ""), scan.paths.get(id_, "")) for id_ in ids | scan.paths.keys()}
    found = {
        id_ for id_, told in texts.items() if any(name in text or (bare(name) and bare(name) in bare(text)) for text in told)
    }
    return found | {old for old, new in scan.now.items() if new in found}


def _shown(field: str, value: str) -> str:
    if not value:
        return ""
    if field == LINES:
        return f"{len(lines_from_json(value))} 行"
    if field in (ROW, ADDED):
        row = row_from_json(value)
        return f"《{row.title}》{row.number}"
    return "（文件特征）" if field == IDENTITY else value


def undo(out: str | Path, *, who: str = "") -> tuple[int, str, int]:
    """Take back the last reading of a file: its number, the file, and how many entries it had made.

    Nothing is deleted: the journal says that it was taken back. Raises LedgerError where there is nothing to take back, or it
    has been sealed.
    """
    out = Path(out)
    _refuse_no_folder(out)
    with open_journal(out) as journal:
        _refuse_lost(out, journal)
        events = list(journal.events())
        standing_batches = batches(events)
        readings = [number for number, batch in standing_batches.items() if batch[0].file]
        sums = {seal.sum for seal in load_seals(out)}
        sealed = max((event.reading for event in events if event.field == SEAL and event.after in sums), default=0)
        if not readings:
            raise LedgerError(f"{out} 中没有可以撤回的读入。")
        last = max(readings)
        if last < sealed:
            raise LedgerError("最后一次读入已经封存，不能撤回。")
        batch = standing_batches[last]
        journal.append([Change("", UNDO, batch[0].file, str(last))], Batch(BY_LEDGER, "", person(who)))
    return last, batch[0].file, len({event.document for event in batch})
