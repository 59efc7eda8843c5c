"""Dates against the calendar, and what the next scan shows to be done: told with its source, taken only by a person."""

from __future__ import annotations

import json
import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.archive import (
    Store,
    confirm,
    facts_of,
    report_done,
    rewrite_outputs,
    seal_out,
    set_up_timetable,
    status,
    take,
    undo,
)
from pipeline.archive.following import look_for
from pipeline.archive.store import FileRecord
from pipeline.cli import main
from pipeline.errors import Refusal
from pipeline.ledger.timetable import FILE, TimetableError
from pipeline.screening import screen
from tests.archive.filled import COLUMNS, fill, firsts, scanned

TODAY = date(2021, 3, 20)
BY_NUMBER = "云住建发〔2015〕12号"


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve rows, every one to be repealed; some deadlines are gone."""
    from openpyxl import load_workbook

    folder = tmp_path_factory.mktemp("decided")
    out = scanned(folder / "out")
    handed = fill(out / "ledger.xlsx", folder / "交回.xlsx", random.Random(1))
    book = load_workbook(handed)
    sheet = book["台账"]
    for row in firsts(sheet):
        sheet.cell(row, COLUMNS["decision"]).value = "废止"
        sheet.cell(row, COLUMNS["deadline"]).value = "2021-03-01"
    book.save(handed)
    confirm(out, handed, who="甲")
    rewrite_outputs(out)
    return out


@pytest.fixture
def out(decided: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(decided, tmp_path / "out"))


def found(out: Path, path: str, text: str) -> None:
    """Another file comes into the archive."""
    screening = screen(text)
    with Store(out / "scan.sqlite", writing=True) as store:
        store.put_screening(screening, "v1@2021-01-25", b"")
        store.put_file(FileRecord(path, 1, 1, screening.document.sha256), 1)
        store.put_leaders({record.path: record.path for record in store.files() if not record.kind})


# Dates


def test_items_are_due_late_and_done(out: Path) -> None:
    states = {each.item.name: each.state for each in status(out, TODAY).items}
    assert states == {
        "联系人反馈表": "逾期", "清理规范台账": "逾期", "规范完善方案": "今天到期",
        "第一次工作报告": "未到期", "第二次工作报告": "未到期", "总结报告": "未到期",
    }  # fmt: skip
    assert report_done(out, "方案", date(2021, 3, 18), who="甲") == "规范完善方案"
    assert report_done(out, "联系人", date(2021, 1, 25)) == "联系人反馈表"
    said = {each.item.name: each.said for each in status(out, TODAY).items}
    assert said["规范完善方案"] == "已完成（2021-03-18）" and said["联系人反馈表"] == "已完成（2021-01-25，迟 4 天）"
    report_done(out, "规范完善方案", None)
    assert status(out, TODAY).items[2].state == "今天到期"


def test_an_item_that_is_not_one_is_refused(out: Path) -> None:
    with pytest.raises(Refusal, match="没有“汇报材料”"):
        report_done(out, "汇报材料", TODAY)
    with pytest.raises(Refusal, match="不止一个"):
        report_done(out, "工作报告", TODAY)


def test_the_seal_settles_the_ledger(out: Path) -> None:
    seal_out(out, who="甲", without_audit="局长乙")
    assert next(each for each in status(out, TODAY).items if each.item.by == "报送函").done == date.today()


def test_a_unit_sets_its_own_calendar(out: Path) -> None:
    path = set_up_timetable(out)
    path.write_text(path.read_text("utf-8").replace("2021-03-20", "2027-03-31").replace("长治市", "云州市"), "utf-8")
    facts = facts_of(out, TODAY)
    assert facts.timetable.to == "云州市发展和改革委员会" and not facts.timetable.shipped
    assert facts.timetable.items[-1].due == date(2027, 3, 31)  # by date
    with pytest.raises(Refusal, match="已经存在"):
        set_up_timetable(out)
    (out / FILE).write_text('[[事项]]\n名称 = "方案"\n期限 = "三月"\n', "utf-8")
    with pytest.raises(TimetableError, match="第1个事项"):
        facts_of(out, TODAY)


def test_rows_by_state_add_up_and_the_late_ones_are_named(out: Path) -> None:
    now = status(out, TODAY)
    assert sum(now.states.values()) == len(now.facts.rows) == 12
    assert len(now.late) == now.states["逾期"] > 0


def test_the_report_begins_with_the_calendar(out: Path) -> None:
    report_done(out, "方案", date(2021, 3, 18))
    rewrite_outputs(out)
    page = (out / "report.html").read_text("utf-8")
    assert page.index("规范完善方案") < page.index("一、总体情况") and "已完成（2021-03-18）" in page


def test_the_command_says_it_all_as_json(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", str(out), "--on", "2021-03-20", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["documents"] == sum(said["states"].values()) == 12 and len(said["items"]) == 6
    assert main(["draft", str(out), "季报", "--on", "2021-06-20", "--json"]) == 0
    (made,) = json.loads(capsys.readouterr().out)["documents"]
    assert Path(made["file"]).exists() and "签发人" in made["blanks"]
    assert main(["status", str(out)]) == 1 and "逾期" in capsys.readouterr().out


# What the archive shows


def test_a_repeal_notice_that_names_a_document_is_proposed_and_taken_by_a_person(out: Path) -> None:
    text = f"云河市住房和城乡建设局关于废止部分文件的公告\n云住建〔2021〕5号\n经研究，决定废止《云河市住房和城乡建设局关于规范保障性住房申请的通知》（{BY_NUMBER}），自公布之日起停止执行。\n云河市住房和城乡建设局\n2021年3月2日\n"
    found(out, "公告.txt", text)
    (proposal,) = status(out, TODAY).proposals
    assert proposal.row.number == BY_NUMBER and proposal.path == "公告.txt"
    assert proposal.progress == "已废止（云住建〔2021〕5号，2021-03-02）"
    before = status(out, TODAY).states
    with pytest.raises(Refusal, match="没有编号"):
        take(out, [proposal.id, "000000"], TODAY)
    assert status(out, TODAY).states == before  # nothing by halves, nothing by itself
    take(out, [proposal.id], TODAY, who="乙")
    after = status(out, TODAY)
    assert after.states["已完成"] == before["已完成"] + 1 and not after.proposals
    undo(out, who="乙")
    assert status(out, TODAY).states == before


@pytest.mark.parametrize(
    "text",
    [
        # mentioned, as a basis or in passing
        f"云河市某局关于保障性住房工作的通知\n云住建〔2021〕6号\n按照《关于规范保障性住房申请的通知》（{BY_NUMBER}）办理。\n2021年3月2日\n",
        # another number under the same title is another document
        "云河市某局公告\n决定废止《云河市住房和城乡建设局关于规范保障性住房申请的通知》（云住建发〔2019〕99号）。\n2021年3月2日\n",
        # older than the document that it would repeal
        f"云河市某局公告\n决定废止《云河市住房和城乡建设局关于规范保障性住房申请的通知》（{BY_NUMBER}）。\n2011年3月2日\n",
    ],
)  # fmt: skip
def test_what_is_no_repeal_is_not_proposed(out: Path, text: str) -> None:
    found(out, "后来.txt", text)
    assert not [each for each in status(out, TODAY).proposals if each.row.number == BY_NUMBER]


TITLE = "云河市住房和城乡建设局关于规范保障性住房申请的通知"
OTHER = "云住建发〔2016〕8号"
HEAD = "云河市住房和城乡建设局关于废止部分文件的公告\n云住建〔2021〕5号\n"
LEAD = HEAD + "经研究，决定废止下列文件：\n"
DAY = "\n云河市住房和城乡建设局\n2021年3月2日\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAD}1.《云河市某局关于另一事项的通知》（{OTHER}）\n2.《{TITLE}》（{BY_NUMBER}）",
        f"{LEAD}（1）云河市某局关于另一事项的通知（{OTHER}）；\n（2）{TITLE}（{BY_NUMBER}）。",
        f"{LEAD}1.关于另一事项的若干意见\n2.关于规范保障性住房申请的通知\n3.关于第三件事项的通知",
        f"{LEAD}一、{OTHER}\n二、{BY_NUMBER}",
        f"{LEAD}{OTHER}\n{BY_NUMBER}",
        f"{HEAD}附件：废止文件目录\n序号\t文件名称\t文号\n1\t关于另一事项的通知\t{OTHER}\n2\t关于规范保障性住房申请的通知\t{BY_NUMBER}",
        f"{HEAD}序号\t文件名称\n1\t关于另一事项的通知\n2\t{TITLE}",
        f"{HEAD}序号\t文号\n1\t{OTHER}\n2\t{BY_NUMBER}",
        f"云河市某局公告\n经研究，决定废止{OTHER}、{BY_NUMBER}文件。",
        f"云河市某局公告\n经研究，{BY_NUMBER}、{OTHER}文件自公布之日起废止。",
        f"云河市某局关于住房管理的办法\n第九条　本办法自公布之日起施行。下列文件同时废止：\n（一）{BY_NUMBER}\n（二）{OTHER}",
        f"云河市某局关于公布清理结果的通知\n序号\t文件名称\t文号\t清理结果\n1\t{TITLE}\t{BY_NUMBER}\t废止\n2\t另一事项的通知\t{OTHER}\t继续有效",
        f"云河市某局关于文件清理结果的通知\n一、继续有效的文件目录\n1.关于另一事项的通知（{OTHER}）\n二、废止的文件目录\n1.关于规范保障性住房申请的通知（{BY_NUMBER}）",
    ],
)  # fmt: skip
def test_a_list_that_repeals_a_document_ticks_it_off(out: Path, text: str) -> None:
    found(out, "公告.txt", text + DAY)
    (proposal,) = [each for each in status(out, TODAY).proposals if each.row.number == BY_NUMBER]
    assert proposal.progress.startswith("已废止（") and "请核对" not in proposal.why


@pytest.mark.parametrize(
    "text",
    [
        f"云河市某局关于文件清理结果的通知\n一、继续有效的文件目录\n1.关于规范保障性住房申请的通知（{BY_NUMBER}）\n二、废止的文件目录\n1.关于另一事项的通知（{OTHER}）",
        f"云河市某局关于公布清理结果的通知\n序号\t文件名称\t文号\t清理结果\n1\t{TITLE}\t{BY_NUMBER}\t继续有效\n2\t另一事项的通知\t{OTHER}\t废止",
        f"{LEAD}1.{TITLE}（云住建发〔2019〕99号）",  # another number is another document
        f"云河市某局公告\n根据{BY_NUMBER}，决定废止{OTHER}文件。",
        f"{LEAD}1.关于规范保障性住房申请和分配的通知",  # another title
    ],
)  # fmt: skip
def test_a_list_that_keeps_a_document_or_holds_another_ticks_nothing_off(out: Path, text: str) -> None:
    found(out, "公告.txt", text + DAY)
    assert not [each for each in status(out, TODAY).proposals if each.row.number == BY_NUMBER]


def test_a_list_of_kept_and_repealed_documents_is_for_a_person_to_check(out: Path) -> None:
    found(out, "公告.txt", f"云河市某局关于保留和废止部分文件的决定\n1.{TITLE}（{BY_NUMBER}）{DAY}")
    (proposal,) = status(out, TODAY).proposals
    assert "请核对" in proposal.why


class Watched(Store):
    """Says in which order it is read."""

    def leading(self):
        for each in super().leading():
            self.read.append("row")
            yield each

    def screening(self, sha256, path):
        self.read.append("screening")
        return super().screening(sha256, path)


def test_the_store_is_read_row_by_row(out: Path) -> None:
    rows = facts_of(out, TODAY).rows
    with Watched(out / "scan.sqlite") as store:
        store.read = []
        look_for(store, rows, TODAY)
    assert len(store.read) > 20 and "row row" not in " ".join(store.read).replace("row screening", "")
    assert "screening screening" not in " ".join(store.read)


# After the seal


def test_new_documents_that_do_not_conform_are_listed_after_the_seal(out: Path) -> None:
    assert status(out, TODAY).since is None and not status(out, TODAY).new
    seal_out(out, who="甲", without_audit="局长乙")
    assert not status(out, TODAY).new
    year = date.today().year + 1
    found(
        out,
        "新规.txt",
        f"关于市场主体黑名单管理的办法\n云住建发〔{year}〕1号\n第二条　弄虚作假的，列入失信名单，三年内禁止参加投标，向社会公布。\n云河市住房和城乡建设局\n{year}年3月2日\n",
    )
    (new,) = status(out, TODAY).new
    assert new.row.number == f"云住建发〔{year}〕1号" and new.verdict in ("不符合", "待判断") and new.measures
    assert len(status(out, TODAY, since=date(2018, 1, 1)).new) > 1
