"""The seal: what must be done before, what it freezes, that every tampering is told, and how work goes on after it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.archive import Store, add_marks, confirm, decide, rewrite_outputs, seal_out, take_problem_sheet, undo, verify
from pipeline.archive.people.views import Mark
from pipeline.archive.store import FileRecord
from pipeline.cli import main
from pipeline.ledger import LedgerError, read_ledger
from pipeline.screening import screen
from tests.archive.filled import COLUMNS, fill, firsts, scanned
from tests.archive.tampering import SOURCES, TAMPERINGS, sealed_archive


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All rows decided by a ledger that was handed back."""
    folder = tmp_path_factory.mktemp("confirmed")
    out = scanned(folder / "out")
    confirm(out, fill(out / "ledger.xlsx", folder / "交回.xlsx", random.Random(1)), who="甲")
    rewrite_outputs(out)
    return out


@pytest.fixture
def out(confirmed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(confirmed, tmp_path / "out"))


@pytest.fixture(scope="module")
def sealed(confirmed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    out = Path(shutil.copytree(confirmed, tmp_path_factory.mktemp("sealed") / "out"))
    return out, seal_out(out, who="甲", without_audit="局长乙").sum


def found_later(out: Path, text: str = "关于甲事项的办法\n第二条　弄虚作假的，列入失信名单，向社会公布。\n") -> None:
    """Another file comes into the archive."""
    screening = screen(text)
    with Store(out / "scan.sqlite", writing=True) as store:
        store.put_screening(screening, "v1@2021-01-25", b"")
        store.put_file(FileRecord("后来.txt", 1, 1, screening.document.sha256), 1)
        store.put_leaders({record.path: record.path for record in store.files() if not record.kind})
    rewrite_outputs(out)


def test_an_undecided_row_is_named(tmp_path: Path) -> None:
    out = scanned(tmp_path / "out")
    with pytest.raises(LedgerError, match=r"12 个文件尚未填写处置意见：《"):
        seal_out(out, without_audit="局长乙")
    assert not (out / "封存").exists()


def test_a_problem_file_waits_for_a_word(out: Path) -> None:
    with Store(out / "scan.sqlite", writing=True) as store:
        store.put_file(FileRecord("坏.pdf", 1, 1, "", "文件损坏", "打不开", "重要"), 1)
    rewrite_outputs(out)
    with pytest.raises(LedgerError, match=r"1 个问题文件没有处理说明：坏.pdf"):
        seal_out(out, without_audit="局长乙")
    book = load_workbook(out / "问题文件处理表.xlsx")
    book.active["F4"] = "已人工查看，是空白页"
    book.save(out / "交回的处理表.xlsx")
    assert main(["confirm", str(out), str(out / "交回的处理表.xlsx"), "--json"]) == 0
    assert seal_out(out, without_audit="局长乙").files["坏.pdf"] == ""


def test_an_explained_file_that_changed_is_asked_for_again(out: Path) -> None:
    with Store(out / "scan.sqlite", writing=True) as store:
        store.put_file(FileRecord("坏.pdf", 1, 1, "", "文件损坏", "打不开", "重要"), 1)
    rewrite_outputs(out)
    book = load_workbook(out / "问题文件处理表.xlsx")
    book.active["F4"] = "已人工查看"
    book.save(out / "交回.xlsx")
    assert take_problem_sheet(out, out / "交回.xlsx") == (1, 0)
    with Store(out / "scan.sqlite", writing=True) as store:
        store.put_file(FileRecord("坏.pdf", 2, 2, "", "文件损坏", "打不开", "重要"), 1)
    with pytest.raises(LedgerError, match="1 个问题文件"):
        seal_out(out, without_audit="局长乙")


def test_without_an_audit_somebody_must_put_their_name_to_it(out: Path) -> None:
    with Store(out / "scan.sqlite", writing=True) as store:
        plain = screen("关于开会的通知\n各科室：\n定于周五开会。\n")
        store.put_screening(plain, "v1@2021-01-25", b"")
        store.put_file(FileRecord("开会.txt", 1, 1, plain.document.sha256), 1)
        store.put_leaders({record.path: record.path for record in store.files()})
    with pytest.raises(LedgerError, match="还没有作查全抽查"):
        seal_out(out)
    assert "局长乙" in seal_out(out, without_audit="局长乙").audit


def test_a_review_after_the_ledger_waits_for_the_ledger(out: Path) -> None:
    hit = next(row for row in read_ledger(out / "ledger.xlsx").rows if row.decision != "废止")
    decide(out, hit.document_id, "废止")
    with pytest.raises(LedgerError, match="1 个决定还没有经台账确认"):
        seal_out(out, without_audit="局长乙")


def test_a_later_find_is_not_sealed_unseen(out: Path) -> None:
    found_later(out)
    with pytest.raises(LedgerError, match="1 个文件尚未填写处置意见"):
        seal_out(out, without_audit="局长乙")


def test_the_seal_is_printed_on_the_paper_and_verified(sealed: tuple[Path, str]) -> None:
    out, sum_ = sealed
    assert verify(out, paper=sum_).changed == []
    assert verify(out / "封存" / "台账（已封存）.xlsx", paper=sum_).changed == []
    assert not verify(out, paper="0" * 8).whole
    assert main(["verify", str(out), "--sum", sum_]) == 0


@pytest.mark.parametrize("way", sorted(TAMPERINGS))
def test_every_tampering_is_told(sealed: tuple[Path, str], tmp_path: Path, way: str) -> None:
    out = Path(shutil.copytree(sealed[0], tmp_path / "out"))
    TAMPERINGS[way](out)
    assert verify(out, paper=sealed[1]).changed


@pytest.mark.parametrize("way", sorted(SOURCES))
def test_a_source_file_that_changed_is_told(tmp_path: Path, way: str) -> None:
    archive, out, sum_ = sealed_archive(tmp_path)
    assert verify(out, paper=sum_).changed == []
    SOURCES[way](archive)
    assert verify(out, paper=sum_).changed


@pytest.mark.parametrize("lost", ["gone", "empty", "older"])
def test_without_its_journal_nothing_is_made_anew(out: Path, tmp_path: Path, lost: str) -> None:
    """A journal that was lost, or put back to an earlier state, is told before a ledger without its decisions is written."""
    path, before = out / "决定.sqlite", (out / "ledger.xlsx").read_bytes()
    if lost == "older":
        Path(shutil.copy(path, tmp_path / "older.sqlite"))
        row = firsts(load_workbook(out / "ledger.xlsx")["台账"])[0]
        book = load_workbook(out / "ledger.xlsx")
        book["台账"].cell(row, COLUMNS["progress"]).value = "已完成"
        book.save(tmp_path / "再交.xlsx")
        confirm(out, tmp_path / "再交.xlsx")
        rewrite_outputs(out)
        before = (out / "ledger.xlsx").read_bytes()
        shutil.copy(tmp_path / "older.sqlite", path)
    else:
        path.unlink()
        if lost == "empty":
            path.touch()
    for command in (
        ["ledger", str(out)],
        ["history", str(out)],
        ["undo", str(out)],
        ["confirm", str(out), str(out / "ledger.xlsx")],
    ):
        assert main(command) == 2
    assert (out / "ledger.xlsx").read_bytes() == before


def test_after_the_seal_progress_goes_on_and_nothing_else(sealed: tuple[Path, str], tmp_path: Path) -> None:
    out = Path(shutil.copytree(sealed[0], tmp_path / "out"))
    rewrite_outputs(out)
    book = load_workbook(out / "ledger.xlsx")
    row = firsts(book["台账"])[0]
    book["台账"].cell(row, COLUMNS["progress"]).value = "已由云住建发〔2021〕8号废止"
    book.save(tmp_path / "进展.xlsx")
    assert confirm(out, tmp_path / "进展.xlsx").decided == 1
    book["台账"].cell(row, COLUMNS["decision"]).value = "立法"
    book["台账"].cell(firsts(book["台账"])[1], COLUMNS["decision"]).value = "立法"
    book.save(tmp_path / "改.xlsx")
    with pytest.raises(LedgerError, match="已封存，只能填完成情况"):
        confirm(out, tmp_path / "改.xlsx")
    assert undo(out)[2] == 1  # the progress; what was sealed can't be taken back
    with pytest.raises(LedgerError, match="已经封存，不能撤回"):
        undo(out)
    assert verify(out).whole


def test_a_later_find_goes_to_a_supplement_that_is_sealed_in_turn(sealed: tuple[Path, str], tmp_path: Path) -> None:
    out = Path(shutil.copytree(sealed[0], tmp_path / "out"))
    found_later(out)
    (row,) = read_ledger(out / "增补台账.xlsx").rows
    assert "增补原因：封存后新收入档案" in row.remark
    book = load_workbook(out / "增补台账.xlsx")
    book["台账"].cell(4, COLUMNS["decision"]).value = "废止"
    book.save(tmp_path / "增补.xlsx")
    assert confirm(out, tmp_path / "增补.xlsx").decided == 1
    made = seal_out(out, without_audit="局长乙")
    assert (made.file, made.counts["废止"]) == ("增补台账1（已封存）.xlsx", 1)
    assert verify(out).changed == []
    with pytest.raises(LedgerError, match="没有新发现的文件"):
        seal_out(out, without_audit="局长乙")


def test_a_mark_of_the_audit_is_an_event_too(out: Path) -> None:
    with Store(out / "scan.sqlite") as store:
        sha256 = next(store.summaries()).sha256
    assert add_marks(out, [Mark(sha256, "否", "x", "看过")])[sha256].note == "看过"
    assert add_marks(out, [Mark(sha256, "", "x")]) == {}
