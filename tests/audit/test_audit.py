"""The audit from the first sheet to the last sentence, on a small archive of our own."""

import openpyxl
import pytest

import pipeline
from pipeline.archive import Mark, Store, add_marks, read_marks, rewrite_outputs
from pipeline.audit import audit
from pipeline.audit.bounds import Stratum, missed_at_most
from pipeline.audit.sheet import read_sheet
from pipeline.ledger import LedgerError, read_ledger

CONSTRAINT = "关于建立诚信档案的通知\n各科室：\n对弄虚作假的企业，记入信用档案，列入黑名单，三年内限制其申报补助。\n某市某某局\n2020年3月2日"
MARK_COLUMN, FIRST = 8, 4


def ordinary(number):
    return f"关于做好第{number}次扫雪工作的通知\n各科室：\n请于{number}日前清扫门前积雪，第{number}科负责{number}号路段。\n某市某某局\n2020年1月{number}日"


@pytest.fixture
def out(tmp_path):
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "约束.txt").write_text(CONSTRAINT, encoding="utf-8")
    for number in range(1, 13):
        (archive / f"{number:02}.txt").write_text(ordinary(number), encoding="utf-8")
    pipeline.scan(archive, tmp_path / "out", workers=1)
    return tmp_path / "out"


def mark(out, says):
    """Fill in the sheet as a person would: ``says`` by line, from the top."""
    book = openpyxl.load_workbook(out / "抽查表.xlsx")
    for row, word in enumerate(says, FIRST):
        book.active.cell(row, MARK_COLUMN).value = word
    book.save(out / "抽查表.xlsx")


def paths(out):
    sheet = openpyxl.load_workbook(out / "抽查表.xlsx").active
    return [sheet.cell(row, 2).value for row in range(FIRST, sheet.max_row + 1)]


def test_sample_is_drawn_from_the_unflagged_and_drawn_alike_again(out):
    first = audit(out, 5)
    assert first.population == 12 and first.drawn == 5 and first.read == 0
    drawn = paths(out)
    assert "约束.txt" not in drawn
    (out / "抽查表.xlsx").unlink()
    audit(out, 5)
    assert paths(out) == drawn


def test_larger_sample_keeps_the_smaller_and_its_marks(out):
    audit(out, 4)
    drawn = paths(out)
    mark(out, ["否"] * 4)
    assert audit(out, 8).read == 4
    assert set(drawn) < set(paths(out))
    assert audit(out).drawn == 8


def test_marks_bound_what_is_missed(out):
    audit(out, 6)
    mark(out, ["否"] * 6)
    found = audit(out)
    assert (found.read, found.found) == (6, 0)
    assert 0 < found.missed_at_most < 6
    assert found.recall_at_least == pytest.approx(1 / (1 + found.missed_at_most))
    assert f"不超过 {found.missed_at_most} 份" in found.sentence and "95%" in found.sentence


def test_reading_all_proves_that_none_is_missed(out):
    audit(out, 100)
    mark(out, ["否"] * 12)
    found = audit(out)
    assert found.missed_at_most == 0 and found.recall_at_least == 1.0 and found.more == 0


def test_document_found_by_a_person_enters_the_ledger(out):
    audit(out, 3)
    mark(out, ["是", "否", "否"])
    found = audit(out)
    assert found.found == 1
    rewrite_outputs(out)
    rows = read_ledger(out / "ledger.xlsx").rows
    assert len(rows) == 2
    assert any("人工抽查发现" in row.remark for row in rows)


def test_marks_survive_the_loss_of_the_sheet(out):
    audit(out, 3)
    mark(out, ["否"] * 3)
    audit(out)
    (out / "抽查表.xlsx").unlink()
    assert audit(out, 3).read == 3 and len(read_marks(out)) == 3


def test_mark_out_of_turn_is_kept_and_not_counted_as_a_random_draw(out):
    audit(out, 3)
    mark(out, ["", "", "否"])
    found = audit(out)
    assert len(read_marks(out)) == 1 and found.read <= 1 and found.waiting == 2


def test_word_that_is_no_mark_is_refused_by_its_cell(out):
    audit(out, 3)
    mark(out, ["也许"])
    with pytest.raises(LedgerError, match=f"H{FIRST}"):
        audit(out)


def test_folder_without_a_scan_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        audit(tmp_path)


def test_marks_from_the_top_down_count_at_once(out):
    audit(out, 6)
    mark(out, ["否", "否", "否"])
    assert audit(out).read == 3


def test_note_without_a_mark_is_kept(out):
    audit(out, 3)
    book = openpyxl.load_workbook(out / "抽查表.xlsx")
    book.active.cell(FIRST, MARK_COLUMN + 1).value = "附件找不到"
    book.save(out / "抽查表.xlsx")
    assert audit(out).read == 0
    assert openpyxl.load_workbook(out / "抽查表.xlsx").active.cell(FIRST, MARK_COLUMN + 1).value == "附件找不到"


def test_mark_can_be_taken_back(out):
    audit(out, 3)
    mark(out, ["是", "否", "否"])
    assert audit(out).found == 1
    mark(out, ["", "否", "否"])
    found = audit(out)
    assert found.found == 0 and found.read == 0 and found.waiting == 1


def test_mark_made_elsewhere_is_not_erased_by_an_older_sheet(out):
    audit(out, 3)
    first = read_sheet(out / "抽查表.xlsx")[0][0]
    add_marks(out, [Mark(first, "是", "x")])
    assert audit(out).found == 1


def test_changed_rules_draw_anew_and_forget_no_mark(out):
    audit(out, 5)
    drawn = paths(out)
    mark(out, ["否"] * 5)
    assert audit(out).read == 5
    with Store(out / "scan.sqlite", writing=True) as store:
        store.set_meta("version", "other@2026-01-01")
    found = audit(out)
    assert paths(out) != drawn and len(read_marks(out)) == 5
    assert found.read < 5


def test_each_further_look_asks_for_more_proof_of_the_same_sample(out):
    bounds = []
    for words in (["否"] * 6, ["否"] * 7):
        audit(out, 7)
        mark(out, words)
        bounds.append(audit(out).missed_at_most)
    assert missed_at_most([Stratum(12, 7, 0)], 0.975) <= bounds[1] == missed_at_most([Stratum(12, 7, 0)], 0.9875)


def test_sentence_tells_what_it_takes_for_granted_and_what_it_leaves_out(out):
    (out.parent / "archive" / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    pipeline.scan(out.parent / "archive", out, workers=1)
    audit(out, 6)
    mark(out, ["否"] * 6)
    said = audit(out).sentence
    assert "尚未经人工确认，以均属实计" in said and "另有 1 个文件未能读取" in said
