"""A unit's own form through the archive: filled from a scan, confirmed as the ledger is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from pipeline.archive import confirm, decide, decided, facts_of, write_form
from tests.archive.filled import scanned


def test_a_filled_form_is_confirmed_and_an_edited_one_is_not_overwritten(tmp_path: Path) -> None:
    out = scanned(tmp_path / "out")
    book = Workbook()
    book.active.append(["序号", "制度名称", "文号", "措施内容", "清理意见", "备注"])
    book.save(tmp_path / "样表.xlsx")
    done, notes = write_form(out, tmp_path / "样表.xlsx")
    assert notes == [] and done.path == out / "填好的样表.xlsx"
    filled = load_workbook(done.path)
    sheet = filled.active
    for row in sheet.iter_rows(min_row=3):
        if row[0].value:
            row[4].value = "废止"
    filled.save(done.path)
    told = confirm(out, done.path, who="甲")
    assert told.decided == told.read == 12 and told.refused == 0
    assert {each.decision for each in decided(out).values()} == {"废止"} and len(decided(out)) == 12
    _, notes = write_form(out, tmp_path / "样表.xlsx")
    assert "填好的样表.人工修改1.xlsx" in notes[0] and (out / "填好的样表.人工修改1.xlsx").is_file()


def test_a_persons_reason_stands_in_the_forms_column_for_it_and_comes_back_as_it_was(tmp_path: Path) -> None:
    out = scanned(tmp_path / "out")
    today = date(2021, 3, 20)
    first = facts_of(out, today).rows[0]
    decide(out, first.document_id, "废止", "上位依据已经失效", who="甲")
    book = Workbook()
    book.active.append(["序号", "文件名称", "文号", "措施内容", "处置意见", "处置理由"])  # no 备注
    book.save(tmp_path / "样表.xlsx")
    done, _ = write_form(out, tmp_path / "样表.xlsx")
    rows = load_workbook(done.path).active.iter_rows(min_row=3, values_only=True)
    shown = {row[1]: str(row[5]) for row in rows if row[1]}
    assert shown[first.title].splitlines()[0] == "复核意见：上位依据已经失效"
    assert sum("复核意见" in text for text in shown.values()) == 1
    before = {row.document_id: row for row in facts_of(out, today).rows}
    told = confirm(out, done.path, who="甲", partial=True)
    assert told.refused == 0 and told.decided == 0
    assert {row.document_id: row for row in facts_of(out, today).rows} == before
    assert decided(out)[first.document_id].note == "上位依据已经失效"
