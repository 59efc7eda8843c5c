"""A ledger that comes back: nothing is lost, altered or misplaced in silence, whatever people did to it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.archive import Store, confirm, decide, decided, history, rewrite_outputs, undo
from pipeline.ledger import LedgerError, read_ledger
from tests.archive.clerks import BY_LIBREOFFICE
from tests.archive.filled import COLUMNS, EDITS, fill, firsts, has_soffice, scanned
from tests.archive.trials import decisions, trial

#: Edits that change nothing of what is meant: they must be understood.
HARMLESS = (
    "renames_the_sheet", "writes_a_telephone_number", "writes_a_signature_word_in_the_remark", "shuffles_the_columns", "sorts_the_rows",
    "adds_a_row_below_the_signatures", "inserts_a_row_for_a_new_document", "copies_a_row", "copies_a_row_into_a_new_document",
    "deletes_the_hidden_columns", "writes_synonyms", "merges_the_cells_of_a_document", "inserts_empty_rows", "inserts_a_heading_between",
    "inserts_rows_above_the_header", "rewords_the_headers", "enters_dates_in_every_form", "copies_the_sheet", "adds_a_column",
    "moves_half_of_the_rows_to_a_sheet_of_their_own", "corrects_a_title", "hides_rows", "decides_on_a_further_line", "saves_it_as_csv",
    "deletes_a_document", "drags_the_deadline_down_as_a_series", "filters_and_deletes", "copies_what_is_visible_into_a_new_workbook",
    "copies_a_few_columns_into_a_new_workbook", "takes_out_one_hidden_column",
    "takes_out_columns_that_are_not_needed", "repeats_the_header_on_each_page", "sets_a_second_table_below", "makes_the_header_two_levels",
    "numbers_the_headers", "writes_sums_below", "adds_a_row_with_a_telephone_number", "moves_a_document_to_the_other_sheet",
    "writes_progress_in_percent", "writes_numbers_and_marks_as_values", "writes_dates_in_full_width", "writes_words_of_other_offices",
    "protects_the_sheet", "strays_into_the_last_row", "gives_it_the_ending_of_an_old_workbook", "saves_it_as_unicode_text",
)  # fmt: skip


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scanned(tmp_path_factory.mktemp("scan") / "out")


@pytest.fixture
def out(scan: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(scan, tmp_path / "out"))


@pytest.mark.parametrize("kind", sorted(EDITS.keys() - BY_LIBREOFFICE))
def test_an_edit_is_understood_or_told(scan: Path, tmp_path: Path, kind: str) -> None:
    done = trial(scan, tmp_path / "trial", kind, 1)
    assert done.silent == ""
    assert not (done.refused and kind in HARMLESS)


@pytest.mark.parametrize("kind", sorted(BY_LIBREOFFICE))
def test_what_libreoffice_saved_is_read(scan: Path, tmp_path: Path, kind: str) -> None:
    if not has_soffice():
        pytest.skip("没有 soffice")
    done = trial(scan, tmp_path / "trial", kind, 1)
    assert done.silent == ""
    assert not done.refused or kind == "saves_it_as_a_web_page"


def filled_rows(out: Path, path: Path, chosen: Callable[[int, int], bool], word: str) -> Path:
    """A copy of the draft with a decision where ``chosen`` (position, number of rows) says so."""
    book = load_workbook(out / "ledger.xlsx")
    rows = firsts(book["台账"])
    for position, row in enumerate(rows):
        if chosen(position, len(rows)):
            book["台账"].cell(row, COLUMNS["decision"]).value = word
    book.save(path)
    return path


def test_two_peoples_halves_of_one_draft_are_both_kept(out: Path, tmp_path: Path) -> None:
    first = filled_rows(out, tmp_path / "甲.xlsx", lambda at, of: at < of // 2, "保留")
    second = filled_rows(out, tmp_path / "乙.xlsx", lambda at, of: at >= of // 2, "废止")
    told = [confirm(out, first, who="甲"), confirm(out, second, who="乙")]
    assert sorted(decisions(out).values()) == sorted(["保留"] * told[0].decided + ["废止"] * told[1].decided)
    assert told[0].decided + told[1].decided == told[0].read == len(decisions(out))


def test_the_same_row_decided_otherwise_by_two_is_listed_and_a_person_chooses(out: Path, tmp_path: Path) -> None:
    first = filled_rows(out, tmp_path / "甲.xlsx", lambda at, of: True, "保留")
    second = filled_rows(out, tmp_path / "乙.xlsx", lambda at, of: at == 0, "废止")
    confirm(out, first, who="甲")
    before = decisions(out)
    with pytest.raises(LedgerError, match=r"乙.xlsx 台账!.*已记录“保留”（甲.*此处填“废止”"):
        confirm(out, second, who="乙")
    assert decisions(out) == before
    assert confirm(out, second, who="乙", partial=True).refused == 1 and decisions(out) == before
    confirm(out, second, who="乙", take_mine=True)
    assert sorted(decisions(out).values()).count("废止") == 1


def test_who_changes_their_own_mind_is_not_in_conflict(out: Path, tmp_path: Path) -> None:
    confirm(out, filled_rows(out, tmp_path / "一.xlsx", lambda at, of: at == 0, "保留"), who="甲")
    assert confirm(out, filled_rows(out, tmp_path / "二.xlsx", lambda at, of: at == 0, "修订"), who="甲").decided == 1


def test_an_emptied_decision_stands_and_is_named_and_a_withdrawn_one_is_taken_back(out: Path, tmp_path: Path) -> None:
    confirm(out, filled_rows(out, tmp_path / "一.xlsx", lambda at, of: True, "保留"))
    rewrite_outputs(out)
    emptied = confirm(out, filled_rows(out, tmp_path / "二.xlsx", lambda at, of: at == 0, ""))
    assert len(emptied.cleared) == 1 and set(decisions(out).values()) == {"保留"}
    count = len(decisions(out))
    confirm(out, filled_rows(out, tmp_path / "三.xlsx", lambda at, of: at == 0, "撤回"))
    assert len(decisions(out)) == count - 1


def test_nothing_is_read_where_one_row_is_not_understood_unless_asked(out: Path, tmp_path: Path) -> None:
    handed = EDITS["writes_what_nobody_can_be_sure_of"](
        fill(out / "ledger.xlsx", tmp_path / "交回.xlsx", random.Random(1)), random.Random(1)
    ).path
    with pytest.raises(LedgerError, match="没有读入任何内容"):
        confirm(out, handed)
    assert decisions(out) == {}
    told = confirm(out, handed, partial=True)
    assert told.refused == 1 == len(told.problems)
    assert told.read == told.decided + told.unchanged + told.added + told.refused


def test_a_ledger_of_another_archive_is_refused(out: Path, tmp_path: Path) -> None:
    other = scanned(tmp_path / "别处", extra=2)
    with pytest.raises(LedgerError, match="不是由本输出目录生成的"):
        confirm(out, fill(other / "ledger.xlsx", tmp_path / "交回.xlsx", random.Random(1)))
    assert decisions(out) == {}


def test_an_added_row_is_kept_once_and_lives_in_the_ledger(out: Path, tmp_path: Path) -> None:
    handed = EDITS["adds_a_row_below_the_signatures"](
        fill(out / "ledger.xlsx", tmp_path / "交回.xlsx", random.Random(2)), random.Random(2)
    ).path
    assert confirm(out, handed).added == 1
    rewrite_outputs(out)
    before = len(read_ledger(out / "ledger.xlsx").rows)
    again = confirm(out, handed)
    assert (again.added, again.unchanged) == (0, again.read)
    rewrite_outputs(out)
    assert len(read_ledger(out / "ledger.xlsx").rows) == before


def test_the_last_reading_can_be_taken_back_and_is_still_told(out: Path, tmp_path: Path) -> None:
    confirm(out, filled_rows(out, tmp_path / "一.xlsx", lambda at, of: at == 0, "保留"), who="甲")
    kept = decisions(out)
    confirm(out, filled_rows(out, tmp_path / "二.xlsx", lambda at, of: at > 0, "废止"), who="乙")
    assert undo(out)[0] == 2 and decisions(out) == kept
    told = history(out)
    assert told["已撤回"].sum() > 0 and set(told["何人"]) >= {"甲", "乙"}
    assert undo(out)[0] == 1 and decisions(out) == {}
    with pytest.raises(LedgerError, match="没有可以撤回"):
        undo(out)


def test_history_tells_one_document_with_its_cells(out: Path, tmp_path: Path) -> None:
    confirm(out, filled_rows(out, tmp_path / "一.xlsx", lambda at, of: True, "保留"), who="甲")
    title = next(iter(decisions(out)))
    told = history(out, title)
    row = told[told["栏"] == "处置意见"].iloc[0]
    assert (row["改为"], row["何人"]) == ("保留", "甲") and row["位置"].startswith("台账!")
    assert told["文件标识"].nunique() == 1


@pytest.mark.parametrize("kept", [0, 40, 4096, 9000, 30000])
def test_history_is_told_though_the_scan_is_damaged(out: Path, tmp_path: Path, kept: int) -> None:
    confirm(out, filled_rows(out, tmp_path / "一.xlsx", lambda at, of: True, "保留"), who="甲")
    whole = history(out)
    store = out / "scan.sqlite"
    body = store.read_bytes()
    for journal in (out / "scan.sqlite-wal", out / "scan.sqlite-shm"):
        journal.unlink(missing_ok=True)
    store.write_bytes(body[:kept] + b"\xee" * (len(body) - kept))
    assert list(history(out)["改为"]) == list(whole["改为"])


def test_notes_and_progress_on_a_row_that_is_not_decided_are_kept(out: Path, tmp_path: Path) -> None:
    book = load_workbook(out / "ledger.xlsx")
    row = firsts(book["台账"])[0]
    book["台账"].cell(row, COLUMNS["progress"]).value = "已起草"
    book.save(tmp_path / "交回.xlsx")
    confirm(out, tmp_path / "交回.xlsx")
    rewrite_outputs(out)
    assert [each.progress for each in read_ledger(out / "ledger.xlsx").rows].count("已起草") == 1


def test_a_damaged_store_costs_no_decision(out: Path, tmp_path: Path) -> None:
    confirm(out, fill(out / "ledger.xlsx", tmp_path / "交回.xlsx", random.Random(5)))
    kept = decisions(out)
    (out / "scan.sqlite").unlink()
    scanned(out)
    assert decisions(out) == kept and kept


def test_a_decision_in_review_is_in_the_ledger_though_its_file_is_gone(out: Path) -> None:
    with Store(out / "scan.sqlite") as store:
        hit = next(store.summaries())
    decide(out, hit.sha256[:16], "废止", "无依据")
    with Store(out / "scan.sqlite", writing=True) as store:
        record = next(record for record in store.files() if record.sha256 == hit.sha256)
        for other in list(store.files()):
            if other.path != record.path:
                store.put_file(other, 2)
        store.drop_unseen(2)
        store.put_leaders({each.path: each.path for each in store.files()})
    rewrite_outputs(out)
    (row,) = [row for row in read_ledger(out / "ledger.xlsx").rows if row.document_id == hit.sha256[:16]]
    assert row.decision == "废止" and "档案中已无此文件" in row.remark
    assert decided(out)[hit.sha256[:16]].decision == "废止"
