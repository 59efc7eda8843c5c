"""A unit's own form through the archive: filled from a scan, confirmed as the ledger is."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook

from pipeline.archive import confirm, decided, write_form
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
