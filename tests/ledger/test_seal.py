"""A sealed ledger never changes; what is found later goes to a supplement that says why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from pipeline.ledger import LedgerError, build_rows, later_finds, load_seal, seal, tally, write_supplement
from pipeline.ledger.seal import FOLDER, MANIFEST, SEALED
from pipeline.ledger.workbook.sums import cells_digest, sum_of, sums_in
from tests.ledger.ledger_samples import FACTS, UNIT, entries


@pytest.fixture
def rows():
    return [replace(row, decision="修订") if row.belongs else row for row in build_rows(entries(), UNIT)]


def _sealed(rows, out, screened=()):
    frozen = seal.Facts(
        on="2021-01-25", screened=screened, files={"甲.pdf": "a" * 64}, journal=(3, "b" * 64), journal_copy=b"x"
    )
    made = seal.prepare(rows, out, UNIT, FACTS, frozen)
    seal.finish(made, out)
    return made


def test_a_seal_is_read_only_with_its_counts_and_its_sum_on_the_paper(tmp_path, rows):
    made = _sealed(rows, tmp_path)
    copy = tmp_path / FOLDER / SEALED
    assert not copy.stat().st_mode & 0o222
    own = [row for row in rows if row.belongs]
    assert sum(made.counts.values()) == made.counts["修订"] == len(own)
    assert load_seal(tmp_path) == made and made.unit == UNIT.name
    assert sums_in(copy) == ({made.sum}, {made.core})
    assert sum_of(cells_digest(copy), made.core) == made.sum


def test_the_sum_changes_with_a_cell_and_with_the_manifest(tmp_path, rows):
    made = _sealed(rows, tmp_path)
    book = load_workbook(tmp_path / FOLDER / SEALED)
    book["台账"]["C4"] = "另一个名称"
    book.save(tmp_path / "改.xlsx")
    assert sum_of(cells_digest(tmp_path / "改.xlsx"), made.core) != made.sum
    assert replace(made, files={"甲.pdf": "c" * 64}).core != made.core
    assert replace(made, journal=[2, "b" * 64]).core != made.core


def test_without_the_manifest_nothing_is_sealed(tmp_path, rows):
    seal.prepare(rows, tmp_path, UNIT, FACTS, seal.Facts(on="2021-01-25"))
    assert load_seal(tmp_path) is None


@pytest.mark.parametrize("damage", ["changed", "gone", "manifest"])
def test_a_sealed_ledger_that_was_tampered_with_is_told(tmp_path, rows, damage):
    _sealed(rows, tmp_path)
    copy, manifest = tmp_path / FOLDER / SEALED, tmp_path / FOLDER / MANIFEST
    if damage == "gone":
        copy.unlink()
    else:
        (target := copy if damage == "changed" else manifest).chmod(0o644)
        target.write_bytes(target.read_bytes()[:-7])
    with pytest.raises(LedgerError, match="用备份恢复"):
        load_seal(tmp_path)


def test_an_empty_ledger_can_be_sealed(tmp_path):
    made = _sealed([], tmp_path)
    assert made.counts == tally([]) and made.documents == []


def test_later_finds_go_to_a_supplement_that_says_why(tmp_path, rows):
    own = [row for row in rows if row.belongs]
    new, judged_anew, changed, *before = own
    twin = replace(changed, document_id="f" * 16)
    made = _sealed([changed, *before], tmp_path, screened=[judged_anew.document_id, changed.document_id])
    finds = write_supplement([*rows, twin], made, tmp_path / "增补.xlsx", UNIT, FACTS, {new.document_id: "局办公室补交"})
    why = {row.document_id: row.remark for row in finds}
    assert set(why) == {new.document_id, judged_anew.document_id, twin.document_id}
    assert "增补原因：局办公室补交" in why[new.document_id] and "封存后新收入档案" in why[new.document_id]
    assert "更新后判为" in why[judged_anew.document_id] and "同号同名" in why[twin.document_id]
    assert "增补台账" in load_workbook(tmp_path / "增补.xlsx")["台账"]["A1"].value
    assert load_seal(tmp_path) == made


def test_nothing_new_makes_no_supplement(tmp_path, rows):
    made = _sealed(rows, tmp_path)
    assert later_finds(rows, made) == [] == write_supplement(rows, made, tmp_path / "增补.xlsx", UNIT, FACTS)
    assert not (tmp_path / "增补.xlsx").exists()
