"""What the letters say: from the ledger alone, every sum closing, nothing invented."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from pipeline.ledger import Unit
from pipeline.ledger.carrying_out import is_done, state_of, states
from pipeline.ledger.letters import KINDS, draft
from pipeline.ledger.unit import Scope
from tests.ledger.letters.letter_samples import SUM, TODAY, facts, rows


def words(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def written(kind: str, folder: Path, **changes) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(made.path.stem, words(made.path), made.blanks) for made in draft(kind, facts(**changes), folder)]


def test_the_covering_letter_counts_as_the_ledger_does(tmp_path: Path) -> None:
    ((_, text, blanks),) = written("报送函", tmp_path)
    listed, *each = map(
        int, re.search(r"台账的文件共(\d+)件，其中保留(\d+)件、修订(\d+)件、立法(\d+)件、废止(\d+)件", text).groups()
    )
    assert listed == sum(each) == len(rows())
    found, *parts = map(int, re.search(r"排查文件(\d+)个，其中筛查(\d+)个，内容重复(\d+)个，未能读取(\d+)个", text).groups())
    assert found == sum(parts) == 63
    assert SUM in text and "长发改信用发〔2021〕17号" in text and "长治市发展和改革委员会：" in text
    assert blanks == ("发文字号", "说明逐个查看的结果", "成文日期")


def test_an_empty_ledger_has_its_own_words_and_undecided_rows_are_counted(tmp_path: Path) -> None:
    ((_, empty, _),) = written("报送函", tmp_path, rows=())
    assert "没有出台过失信约束文件" in empty and "台账空表" in empty
    some = (replace(rows()[0], decision=""), *rows()[1:])
    ((_, text, _),) = written("报送函", tmp_path, rows=some)
    assert "待定1件" in text


def test_what_is_not_known_is_a_blank(tmp_path: Path) -> None:
    ((_, _, blanks),) = written("联系人表", tmp_path, unit=None)
    assert set(blanks) == {"发文机关", "联系人姓名", "科室及职务", "办公电话", "手机", "邮箱"}
    ((_, known, blanks),) = written("联系人表", tmp_path)
    assert "王某某" in known and "0000-0000000" in known and set(blanks) == {"科室及职务", "手机", "邮箱"}
    bare = replace(facts().timetable, notice="", number="", to="")
    ((_, _, blanks),) = written("报送函", tmp_path, unit=Unit("云州市某局"), timetable=bare)
    assert set(blanks) == {
        "发文字号",
        "成文日期",
        "主送机关",
        "通知名称",
        "通知文号",
        "说明逐个查看的结果",
        "联系人",
        "联系电话",
    }


def test_the_plan_has_each_measure_that_stays_and_does_not_conform(tmp_path: Path) -> None:
    ((_, text, blanks),) = written("方案", tmp_path)
    kept = [row for row in rows() if row.decision in ("修订", "立法")]
    measures = [line for row in kept for line in row.details if line.verdict != "符合"]
    assert f"文件{len(kept)}件" in text and f"措施{len(measures)}项" in text
    assert all(line.content.partition("\n")[2].strip("“”") in text for line in measures)
    left_out = [line for row in rows() if row.decision in ("保留", "废止") for line in row.details]
    assert not any(line.content.partition("\n")[2].strip("“”") in text for line in left_out)
    without = [row for row in kept if not row.deadline]
    assert without and all(any(name.startswith("完成时限") and row.number in name for name in blanks) for row in without)
    ((_, none, _),) = written("方案", tmp_path, rows=tuple(row for row in rows() if row.decision == "保留"))
    assert "没有不符合《指导意见》要求但仍需保留的措施" in none


def test_the_plan_claims_nothing_of_documents_that_nobody_has_decided(tmp_path: Path) -> None:
    undecided = tuple(replace(row, decision="") for row in rows())
    ((_, text, blanks),) = written("方案", tmp_path, rows=undecided)
    assert "没有不符合" not in text and f"{len(undecided)}件尚未确定处置意见" in text
    assert "确定后补入方案" in blanks


@pytest.mark.parametrize("kind", ["季报", "总结"])
def test_reports_count_every_row_once(tmp_path: Path, kind: str) -> None:
    ((_, text, _),) = written(kind, tmp_path)
    counts = states(rows(), TODAY)
    assert sum(counts.values()) == len(rows())
    assert f"已完成{counts['已完成']}件" in text and f"逾期{counts['逾期']}件" in text and "截至2021年7月1日" in text
    assert text.count("已废止（云住建〔2021〕5号）") >= 2  # in the text and in the table
    late = [row for row in rows() if state_of(row, TODAY) == "逾期"]
    assert late and all(row.title.replace("《", "〈").replace("》", "〉") in text for row in late)
    if kind == "总结":
        assert f"尚有{len(rows()) - counts['已完成'] - counts['无须处理']}件没有完成" in text


def test_repeals_go_by_channel_and_name_each_document_once(tmp_path: Path) -> None:
    other = replace(
        rows()[1],
        document_id="f" * 16,
        title="云河市某规定",
        number="云政发〔2015〕3号",
        issuers="云河市人民政府",
        scope=Scope.ON_BEHALF,
    )
    made = written("废止公告", tmp_path, rows=(*rows(), other))
    everything = "\n".join(text for _, text, _ in made)
    for row in (*rows(), other):
        assert everything.count(f"{row.title.replace('《', '〈').replace('》', '〉')}》") == (row.decision == "废止")
    drafted = [text for name, text, _ in made if "代拟稿" in name]
    assert len(drafted) == 1 and "云政发〔2015〕3号" in drafted[0] and "云河市人民政府关于废止" in drafted[0]
    assert "云住建〔××××〕" not in drafted[0]  # another body's number is not ours to begin


def test_proposals_go_to_the_body_in_whose_name_it_was_issued(tmp_path: Path) -> None:
    made = written("清理建议", tmp_path)
    asked = [row for row in rows() if row.scope is Scope.ON_BEHALF or row.in_name_of == "是"]
    assert asked and sum(len(re.findall(r"，建议(?:保留|修订|立法|废止)", text)) for _, text, _ in made) == len(asked)
    assert all("妥否，请批示" in text for _, text, _ in made) and "云河市人民政府：" in made[0][1]


def test_the_comparison_quotes_the_present_words_and_leaves_the_new_to_a_person(tmp_path: Path) -> None:
    ((_, text, blanks),) = written("对照表", tmp_path)
    lines = [line for row in rows() if row.decision == "修订" for line in row.details if line.verdict != "符合"]
    assert all(line.content.partition("\n")[2].strip("“”") in text for line in lines)
    assert len(blanks) == len(lines)


def test_a_draft_that_a_person_may_have_worked_on_is_kept(tmp_path: Path) -> None:
    first, second = (draft("报送函", facts(), tmp_path)[0].path for _ in range(2))
    assert first.exists() and second.exists() and first != second


def test_hostile_titles_can_not_break_or_forge(tmp_path: Path) -> None:
    row = replace(rows()[1], title="坏\x00\ue000名\ue001称\ue002/..\\", issuers="../../外", number="=1+1")
    for kind in KINDS:
        for made in draft(kind, facts(rows=(row,)), tmp_path / "公文"):
            assert made.path.parent == tmp_path / "公文" and words(made.path)
            assert not any(name == "名" for name in made.blanks)


@pytest.mark.parametrize(
    ("progress", "done"),
    [
        ("已废止（云住建〔2021〕5号）", True), ("已于2021年5月修订印发", True), ("完成", True), ("已全部完成。", True),
        ("", False), ("未完成", False), ("正在征求意见", False), ("拟于6月废止", False), ("已起草修订稿", False),
        ("已报送市政府，待审议后废止", False), ("尚未完成修订", False), ("部分完成", False),
    ],
)  # fmt: skip
def test_only_a_clear_word_says_that_it_is_done(progress: str, done: bool) -> None:
    assert is_done(progress) is done
