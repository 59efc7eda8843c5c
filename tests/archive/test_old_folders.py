"""Output folders of older versions: what they kept in tables of their own is carried over into the journal."""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

from openpyxl import load_workbook

from pipeline.archive import Store, decided, read_marks, rewrite_outputs
from tests.archive.filled import COLUMNS, fill, firsts, scanned
from tests.archive.seen import decisions_seen, seen


def _table(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def test_confirmed_ledger_reviews_and_marks_are_carried_over(tmp_path: Path) -> None:
    out = scanned(tmp_path / "out")
    (out / "决定.sqlite").unlink()
    with Store(out / "scan.sqlite", writing=True) as store:
        store.set_meta("journal", "")  # an older version knew of no journal
        shas = [record.sha256 for record in store.files()]
    filled = fill(out / "ledger.xlsx", tmp_path / "填好.xlsx", random.Random(4))
    shutil.copy(filled, out / "已确认台账.xlsx")
    kept = {title: word for title, word in decisions_seen(seen(filled)).items() if word}
    sheet = load_workbook(filled)["台账"]
    first = firsts(sheet)[0]
    id_ = str(sheet.cell(first, COLUMNS["document_id"]).value)
    title = "".join(str(sheet.cell(first, COLUMNS["title"]).value).split())
    _table(out / "复核记录.csv", ["document_id", "decision", "note", "decided_at"], [[id_, "立法", "无上位法", "2021-01-20"]])
    _table(out / "抽查记录.csv", ["sha256", "says", "path", "note"], [[shas[0], "是", "000", "已读"]])
    rewrite_outputs(out)
    assert {title: word for title, word in decisions_seen(seen(out / "ledger.xlsx")).items() if word} == kept | {title: "立法"}
    assert decided(out)[id_].note == "无上位法"
    assert read_marks(out)[shas[0]].says == "是"
