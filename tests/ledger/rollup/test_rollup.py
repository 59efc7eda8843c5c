"""A county's or city's roll-up: who reported, the same document found and its leader named, sums and charts that tie."""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.cli import main
from pipeline.ledger import DetailLine, LedgerRow, Scope, build_rows, load_units, merge, read_ledger, write_ledger, write_merged
from pipeline.ledger.rollup import UnitListError
from pipeline.ledger.rollup.streaming import read_fast
from pipeline.ledger.rollup.tallies import tallies
from tests.ledger.ledger_samples import FACTS, UNIT, entries

ROWS = [row for row in build_rows(entries(), UNIT) if row.belongs]
LIST = "单位,层级,上级\n云州市发展和改革委员会,市,\n青禾县发展和改革局,县,云州市发展和改革委员会\n河湾镇人民政府,乡镇,青禾县发展和改革局\n石桥镇人民政府,乡镇,青禾县发展和改革局\n云州市某局,市,云州市发展和改革委员会\n云州市哑局,市,云州市发展和改革委员会\n"
QUOTE = "第三条（第1页）\n“对经查实弄虚作假的单位和个人，列入失信名单，三年内不得申报各类项目，并在门户网站向社会公布其名称和失信事由。”"


def row(serial: int, **changes) -> LedgerRow:
    line = DetailLine(f"r{serial}", QUOTE, "惩戒、公开", "限制申报", "无", "不符合")
    made = LedgerRow(f"{serial:016x}", Scope.OWN, f"关于第{serial}类项目信用管理的办法", decision="修订", details=(line,))
    return replace(made, **changes)


def hand_in(folder: Path, unit: str, rows: list[LedgerRow], name: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name or unit}.xlsx"
    write_ledger(rows, path, replace(UNIT, name=unit), FACTS)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A list of six units: one reported twice, one an empty form, one through its county, one not at all."""
    place = tmp_path / "上报"
    place.mkdir()
    (place / "单位.csv").write_text(LIST, encoding="gb18030")
    decided = [replace(each, decision="修订", document_id=each.document_id) for each in ROWS[:3]]
    hand_in(place / "市直", "云州市某局", decided)
    hand_in(place / "市直", "云州市某局", [row(1)], "云州市某局（补报）")
    hand_in(tmp_path / "镇", "河湾镇人民政府", [row(2, decision="废止"), row(3, decision="不列入")])
    hand_in(tmp_path / "镇", "石桥镇人民政府", [])
    write_merged(merge([tmp_path / "镇"]), place / "青禾县.xlsx", unit="青禾县发展和改革局")
    hand_in(place, "外来单位", [row(4, decision="保留")])
    return place


def test_who_reported_who_not_who_twice_who_an_empty_form(folder: Path) -> None:
    merged = merge([folder], load_units(folder / "单位.csv"))
    assert {each.unit: each.state for each in merged.reporting} == {
        "云州市发展和改革委员会": "未报",
        "青禾县发展和改革局": "空表",
        "河湾镇人民政府": "随上级汇总报送",
        "石桥镇人民政府": "空表（随上级汇总报送）",
        "云州市某局": "重复报送",
        "云州市哑局": "未报",
        "外来单位": "已报",
    }
    said = "\n".join(map(str, merged.problems))
    assert "云州市哑局没有报送台账" in said and "外来单位不在单位名单中" in said and "已在市直/云州市某局.xlsx中报过" in said


def test_every_table_ties_with_the_rows(folder: Path) -> None:
    units = load_units(folder / "单位.csv")
    merged = merge([folder], units)
    tables = {table.title: table for table in tallies(merged, units)}
    lines = [line for each in merged.rows for line in each.details]
    assert len(merged.rows) == 6 == tables["处置意见"].total[1] == sum(each.listed for each in merged.reporting)
    level = tables["单位层级"]
    files = level.head.index("文件数")
    assert level.total[files] == 6 and sum(line[files] for line in level.lines) == 6
    assert all(line[1] == line[2] + line[4] and line[files] == sum(line[files + 1 :]) for line in level.lines)
    assert tables["依据效力级别"].total[1] == len(lines) == sum(line[1] for line in tables["依据效力级别"].lines)
    county = {line[0]: line[files] for line in tables["汇总单位（含所辖）"].lines}
    assert county == {"云州市发展和改革委员会（市）": 5, "青禾县发展和改革局（县）": 1}
    functions = {line[0]: line[2] for line in tables["涉及环节"].lines}
    assert functions == {name: sum(name in line.functions.split("、") for line in lines) for name in functions}


def test_the_book_has_the_sums_as_formulas_and_native_charts(folder: Path, tmp_path: Path) -> None:
    units = load_units(folder / "单位.csv")
    merged = merge([folder], units)
    write_merged(merged, tmp_path / "市.xlsx", unit="云州市发展和改革委员会", units=units)
    names = zipfile.ZipFile(tmp_path / "市.xlsx").namelist()
    assert sum(name.startswith("xl/charts/chart") for name in names) == len(tallies(merged, units)) + 1
    book, shown = load_workbook(tmp_path / "市.xlsx"), load_workbook(tmp_path / "市.xlsx", data_only=True)
    sheet = book["汇总"]
    formulas = [cell for line in sheet.iter_rows() for cell in line if str(cell.value).startswith("=SUM(")]
    assert formulas
    for cell in formulas:
        first, last = cell.value[5:-1].split(":")
        values = [each.value for (each,) in shown["汇总"][f"{first}:{last}"]]
        assert shown["汇总"][cell.coordinate].value == sum(values)


def test_a_row_keeps_its_file_and_row(folder: Path, tmp_path: Path) -> None:
    write_merged(merge([folder]), tmp_path / "市.xlsx")
    sheet = load_workbook(tmp_path / "市.xlsx")["台账"]
    head = [cell.value for cell in sheet[3]]
    title, file, place = (head.index(name) + 1 for name in ("文件名称", "来源文件", "来源位置"))
    for line in range(4, sheet.max_row + 1):
        source = load_workbook(folder / sheet.cell(line, file).value)["台账"]
        number = int("".join(filter(str.isdecimal, sheet.cell(line, place).value)))
        assert sheet.cell(line, title).value in [cell.value for cell in source[number]]


# The same document


def joined(*handed: tuple[str, LedgerRow], tmp_path: Path) -> list:
    for number, (unit, each) in enumerate(handed):
        hand_in(tmp_path / "报", unit, [each], f"{number}")
    return list(merge([tmp_path / "报"]).duplicates)


def test_the_leader_of_a_joint_document_is_its_first_issuer(tmp_path: Path) -> None:
    joint = row(1, number="云州发〔2019〕3号", issuers="云州市乙局、云州市甲局")
    (found,) = joined(("云州市甲局", joint), ("云州市乙局", replace(joint, document_id="b" * 16)), tmp_path=tmp_path)
    assert found.leader == "云州市乙局" and found.why == "发文字号相同"


def test_a_leader_that_has_not_reported_it_is_told(tmp_path: Path) -> None:
    joint = row(1, number="云州发〔2019〕3号", issuers="云州市丙局、云州市甲局")
    (found,) = joined(("云州市甲局", joint), ("云州市乙局", joint), tmp_path=tmp_path)
    assert found.leader == "云州市丙局（没有填报本文件）"
    assert merge([tmp_path / "报"]).distinct == 1


def test_a_near_text_is_found_where_nothing_contradicts_it(tmp_path: Path) -> None:
    one = row(1, issuers="云州市甲局", date="2019-03-01")
    misread = replace(
        one.details[0], content=one.details[0].content.replace("经查实", "经査实").replace("（第1页）", "（未分页）")
    )
    other = replace(
        one, document_id="b" * 16, title="关于第1类项目信用管理的办法（试行）", number="云州甲〔2019〕3号", details=(misread,)
    )
    (found,) = joined(("云州市甲局", one), ("云州市乙局", other), tmp_path=tmp_path)
    assert found.why == "措施内容相近" and found.number == "云州甲〔2019〕3号"


@pytest.mark.parametrize(
    "other",
    [
        {"number": "河湾〔2019〕4号", "issuers": "河湾镇人民政府"},  # two numbers
        {"issuers": "石桥镇人民政府"},  # one model text, two issuers
        {"title": "关于食品安全监督抽查的通知", "issuers": "河湾镇人民政府"},  # another matter
        {"date": "2020-01-01", "issuers": "河湾镇人民政府"},  # another day
    ],
)
def test_model_texts_of_two_bodies_are_two_documents(tmp_path: Path, other: dict) -> None:
    one = row(
        1,
        issuers="河湾镇人民政府",
        number="河湾〔2019〕3号" if "number" in other else "",
        date="2019-03-01" if "date" in other else "",
    )
    assert not joined(("河湾镇", one), ("石桥镇", replace(one, document_id="b" * 16, **other)), tmp_path=tmp_path)


def test_hundreds_of_units_with_one_model_text_stay_apart_and_take_no_time(tmp_path: Path) -> None:
    from pipeline.ledger.rollup.same import duplicates, signature
    from pipeline.ledger.rollup.units import UnitList

    rows = [row(n, title="关于信用管理的办法", issuers=f"第{n}镇", reporter=f"第{n}镇") for n in range(2000)]
    files = [f"{n}.xlsx" for n in range(2000)]
    found, distinct = duplicates(rows, files, files, list(map(signature, rows)), UnitList())
    assert not found and distinct == 2000


# Forms as they come


def test_both_readers_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_ledger([replace(each, decision="修订") for each in ROWS], path, UNIT, FACTS)
    fast, empty = read_fast(path)
    assert fast == read_ledger(path) and empty == ()


def test_a_form_kept_by_hand_with_merged_cells_and_dates(tmp_path: Path) -> None:
    import datetime

    book = Workbook()
    sheet = book.active
    for line in (["填报单位：云州市手工局"], ["序号", "文件名称", "文号", "成文日期", "主要内容", "是否符合", "处置意见"]):
        sheet.append(line)
    sheet.append([1, "关于某事的办法", "云手〔2019〕1号", datetime.datetime(2019, 3, 1), "第一条 列入名单", "不符合", "保留"])
    sheet.append([None, None, None, None, "第二条 向社会公布", "不符合", None])
    sheet.append([2, "关于他事的办法", "云手〔2019〕2号", "去年", "第一条", "符合", "同意"])
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:B4")
    book.save(tmp_path / "手工.xlsx")
    merged = merge([tmp_path / "手工.xlsx"])
    assert [(each.date, len(each.details)) for each in merged.rows] == [("2019-03-01", 2), ("去年", 1)]
    said = [str(problem) for problem in merged.problems]
    assert any("手工.xlsx" in line and "G3" in line and "却是保留" in line for line in said)
    assert any("G5" in line and "同意" in line for line in said) and any("看不懂" in line for line in said)


@pytest.mark.parametrize("place", ["XFD9", "A1048576"])
def test_a_stray_cell_at_the_end_of_the_sheet_is_refused_and_the_rest_merged(tmp_path: Path, place: str) -> None:
    hand_in(tmp_path / "报", "甲局", [row(1)])
    path = hand_in(tmp_path / "报", "乙局", [row(2)])
    book = load_workbook(path)
    book["台账"][place] = " 零散 "
    book.save(path)
    merged = merge([tmp_path / "报"])
    assert len(merged.rows) == 1
    assert any(problem.file == "乙局.xlsx" and "零散内容" in problem.reason for problem in merged.problems)


def test_what_lies_beside_the_ledgers(tmp_path: Path) -> None:
    place = tmp_path / "报"
    hand_in(place, "甲局", [row(1)])
    (place / "~$甲局.xlsx").write_bytes(b"lock")
    (place / "说明.docx").write_bytes(b"PK")
    (place / "坏.xlsx").write_bytes(b"PK broken")
    merged = merge([place])
    assert len(merged.rows) == 1 and [problem.file for problem in merged.problems] == ["坏.xlsx"]


# The list of units


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("名单\n甲\n", "第1行：没有“单位”列"),
        ("单位,层级,上级\n甲,县,乙\n", "第2行：上级“乙”不在名单中"),
        ("单位,层级,上级\n甲,县,\n甲,县,\n", "第3行：“甲”出现两次"),
        ("单位,层级,上级\n甲,县,乙\n乙,县,甲\n", "第2行：“甲”的上级又归到它自己"),
        ("单位,层级,上级\n甲,乡镇,\n乙,市,甲\n", "第3行：上级“甲”的层级（乡镇）低于“乙”（市）"),
        ("单位,层级,上级\n,县,\n", "第2行：没有填写单位名称"),
    ],
)
def test_a_list_that_can_not_be_used_names_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "单位.csv").write_text(text, encoding="utf-8-sig")
    with pytest.raises(UnitListError, match=said):
        load_units(tmp_path / "单位.csv")


def test_another_name_of_a_unit_is_the_unit(tmp_path: Path) -> None:
    (tmp_path / "单位.csv").write_text(
        "单位,层级,上级,别名\n云州市住房和城乡建设局,市,,云州市住建局、市 住建局\n", encoding="utf-8"
    )
    hand_in(tmp_path / "报", "云州市住建局", [row(1)])
    (reporting,) = merge([tmp_path / "报"], load_units(tmp_path / "单位.csv")).reporting
    assert (reporting.unit, reporting.state) == ("云州市住房和城乡建设局", "已报")


def test_the_command_finds_the_list_and_leaves_its_own_result_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    command = ["merge", str(folder), "--out", str(folder / "汇总.xlsx"), "--json"]
    assert main(command) == 1
    first = json.loads(capsys.readouterr().out)
    assert main(command) == 1
    again = json.loads(capsys.readouterr().out)
    assert first == again and first["rows"] == 6 and first["missing"] == ["云州市发展和改革委员会", "云州市哑局"]
    assert Counter(first["states"].values()) and sum(first["states"].values()) == first["units"] == 7
