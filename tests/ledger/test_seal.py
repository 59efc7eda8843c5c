"""A sealed ledger never changes; what is found later goes to a supplement that says why."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from pipeline.ledger import LedgerError, build_rows, later_finds, load_seal, seal, tally, write_ledger, write_supplement
from pipeline.ledger.seal import FOLDER, MANIFEST, SEALED
from pipeline.ledger.workbook.columns import form
from pipeline.ledger.workbook.excel import FIRST_ROW, letter_of
from tests.ledger.ledger_samples import FACTS, UNIT, entries

_DECISION = letter_of("decision", form())


def _confirmed(path, rows):
    write_ledger(rows, path, UNIT, FACTS)
    book = load_workbook(path)
    sheet = book["台账"]
    for number in range(FIRST_ROW, sheet.max_row - 1):
        if sheet[f"{_DECISION}{number}"].value is None:
            sheet[f"{_DECISION}{number}"] = "修订"
    book.save(path)
    return path


@pytest.fixture
def rows():
    return build_rows(entries(), UNIT)


def test_a_seal_keeps_an_exact_read_only_copy_with_its_counts(tmp_path, rows):
    ledger = _confirmed(tmp_path / "ledger.xlsx", rows)
    made = seal(ledger, tmp_path, on="2021-01-25")
    copy = tmp_path / FOLDER / SEALED
    assert copy.read_bytes() == ledger.read_bytes() and not copy.stat().st_mode & 0o222
    own = [row for row in rows if row.belongs]
    assert sum(made.counts.values()) == made.counts["修订"] == len(own)
    assert load_seal(tmp_path) == made and made.unit == UNIT.name


def test_an_undecided_row_is_not_sealed_and_its_cell_is_named(tmp_path, rows):
    write_ledger(rows, tmp_path / "ledger.xlsx", UNIT, FACTS)
    with pytest.raises(LedgerError, match=f"台账!{_DECISION}{FIRST_ROW}：.*尚未填写处置意见"):
        seal(tmp_path / "ledger.xlsx", tmp_path, on="2021-01-25")
    assert load_seal(tmp_path) is None and not (tmp_path / FOLDER).exists()


def test_what_is_sealed_is_not_sealed_again(tmp_path, rows):
    ledger = _confirmed(tmp_path / "ledger.xlsx", rows)
    seal(ledger, tmp_path, on="2021-01-25")
    with pytest.raises(LedgerError, match="已有封存"):
        seal(ledger, tmp_path, on="2021-02-01")


@pytest.mark.parametrize("damage", ["changed", "gone", "manifest"])
def test_a_sealed_ledger_that_was_tampered_with_is_told(tmp_path, rows, damage):
    seal(_confirmed(tmp_path / "ledger.xlsx", rows), tmp_path, on="2021-01-25")
    copy, manifest = tmp_path / FOLDER / SEALED, tmp_path / FOLDER / MANIFEST
    if damage == "gone":
        copy.unlink()
    else:
        (target := copy if damage == "changed" else manifest).chmod(0o644)
        target.write_bytes(target.read_bytes()[:-7])
    with pytest.raises(LedgerError, match="用备份恢复"):
        load_seal(tmp_path)


def test_an_empty_ledger_can_be_sealed(tmp_path):
    write_ledger([], tmp_path / "ledger.xlsx", UNIT, FACTS)
    made = seal(tmp_path / "ledger.xlsx", tmp_path, on="2021-01-25")
    assert made.counts == tally([]) and made.documents == []


def test_later_finds_go_to_a_supplement_that_says_why(tmp_path, rows):
    own = [row for row in rows if row.belongs]
    new, judged_anew, changed, *before = own
    twin = type(changed)(**{n: getattr(changed, n) for n in changed.__slots__} | {"document_id": "f" * 16})
    ledger = _confirmed(tmp_path / "ledger.xlsx", [changed, *before])
    made = seal(ledger, tmp_path, on="2021-01-25", screened=[judged_anew.document_id, changed.document_id])
    finds = write_supplement([*rows, twin], made, tmp_path / "增补.xlsx", UNIT, FACTS, {new.document_id: "局办公室补交"})
    why = {row.document_id: row.remark for row in finds}
    assert set(why) == {new.document_id, judged_anew.document_id, twin.document_id}
    assert "增补原因：局办公室补交" in why[new.document_id] and "封存后新收入档案" in why[new.document_id]
    assert "更新后判为" in why[judged_anew.document_id] and "同号同名" in why[twin.document_id]
    assert "增补台账" in load_workbook(tmp_path / "增补.xlsx")["台账"]["A1"].value
    assert load_seal(tmp_path) == made


def test_nothing_new_makes_no_supplement(tmp_path, rows):
    made = seal(_confirmed(tmp_path / "ledger.xlsx", rows), tmp_path, on="2021-01-25")
    assert later_finds(rows, made) == [] == write_supplement(rows, made, tmp_path / "增补.xlsx", UNIT, FACTS)
    assert not (tmp_path / "增补.xlsx").exists()
