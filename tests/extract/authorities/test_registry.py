"""The registry: lookups, a user's own table, and the checked import."""

import csv
import re

import pytest

from pipeline.document import Level
from pipeline.extract import RegistryError, find_citations, load_registry
from pipeline.extract.authorities.registry import number_key, title_key
from pipeline.extract.authorities.registry_import import COLUMNS, ImportRefused, read_table, run_import
from pipeline.shipped import ANNOTATED


def rows(name):
    with (ANNOTATED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", COLUMNS)
def test_shipped_tables_have_the_agreed_columns(name):
    assert set(COLUMNS[name]) <= set(rows(name)[0])


def test_shipped_authorities_are_unique_sourced_dated_and_ranked():
    levels = {level.value for level in Level}
    table = rows("authorities.csv")
    assert len({(row["title"], row["region"]) for row in table}) == len(table)
    for row in table:
        assert row["sources"] and row["level"] in levels
        for column in ("adopted", "effective", "repealed_on"):
            assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", row[column])
        if row["effective"] and row["repealed_on"]:
            assert row["effective"] <= row["repealed_on"]


def test_each_correction_of_the_import_says_why():
    assert all(row["what"] and row["why"] for row in rows("registry_notes.csv"))


@pytest.mark.parametrize("title", ["招标投标法", "中华人民共和国招标投标法", "中华人民共和国 招标投标法", "招投标法"])
def test_title_is_found_with_or_without_prc_spaces_or_as_a_short_title(title):
    assert load_registry().by_title(title).title == "中华人民共和国招标投标法"


def test_title_is_found_by_the_organ_printed_outside():
    found = load_registry().by_title("关于加强个人诚信体系建设的指导意见", "国务院办公厅")
    assert found.number == "国办发〔2016〕98号"


def test_number_is_found_in_any_brackets():
    assert load_registry().by_number("国办发[2020]49号") is load_registry().by_number("国办发〔2020〕49号")
    assert number_key("中华人民共和国国务院令第743号") == number_key("国务院令743号")


def test_keys_do_not_depend_on_marks_quotes_or_brackets():
    assert title_key("关于“某某”(试行)的〈通知〉") == title_key("关于某某（试行）的通知")


def write(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "own.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_own_table_with_chinese_headers_is_added(tmp_path, encoding):
    path = write(
        tmp_path,
        "名称,文号,效力级别,状态,施行日期,废止日期,替代文件\n"
        "《某某市信用条例》,,地方性法规,有效,2020年1月1日,,\n"
        "某某市旧办法,某政发〔2001〕3号,地方规范性文件,废止,2001-02-01,2020/1/1,某某市信用条例\n",
        encoding,
    )
    registry = load_registry(path)
    assert registry.by_title("某某市信用条例").effective == "2020-01-01"
    (found,) = find_citations("依照《某某市旧办法》处理。", registry=registry, as_of="2021-01-01")
    assert (found.judged_by, found.in_force) == ("依据库", False)
    assert found.status == "已于2020-01-01废止，由《某某市信用条例》替代"


def test_own_row_wins_over_a_shipped_one(tmp_path):
    path = write(tmp_path, "名称,效力级别,状态,废止日期\n中华人民共和国公司法,法律,废止,2020-01-01\n")
    assert load_registry(path).by_title("公司法").repealed_on == "2020-01-01"
    assert load_registry().by_title("公司法").repealed_on == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("名称\n某法\n", "第1行：缺少“效力级别”列"),
        ("名称,效力级别\n,法律\n", "第2行：没有名称"),
        ("名称,效力级别\n某法,国法\n", "第2行：效力级别“国法”不识"),
        ("名称,效力级别,施行日期\n甲法,法律,\n乙法,法律,去年\n", "第3行：日期“去年”不识"),
        ("名称,效力级别,施行日期\n甲法,法律,2020-13-01\n", "第2行：日期“2020-13-01”不识"),
        ("名称,效力级别,施行日期,废止日期\n甲法,法律,2020-01-01,2019-01-01\n", "早于施行日期"),
        ("名称,效力级别,状态\n甲法,法律,大概\n", "状态“大概”不识"),
        ("名称,效力级别\n甲法,法律\n甲法,法律\n", "第3行：与第2行名称重复"),
    ],
)
def test_wrong_own_table_is_refused_in_chinese_naming_the_line(tmp_path, text, message):
    with pytest.raises(RegistryError, match=re.escape(message)):
        load_registry(write(tmp_path, text))


def test_missing_own_table_is_refused_in_chinese(tmp_path):
    with pytest.raises(RegistryError, match="打不开"):
        load_registry(tmp_path / "none.csv")


def empty_source(tmp_path):
    for name, columns in COLUMNS.items():
        (tmp_path / name).write_text(",".join(columns) + "\n", encoding="utf-8")
    return tmp_path


def test_import_drops_and_corrects_with_a_note(tmp_path):
    source = empty_source(tmp_path / "source") if (tmp_path / "source").mkdir() is None else None
    with (source / "authorities.csv").open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS["authorities.csv"])
        base = {"title": "甲法", "level": "法律", "status": "有效", "sources": "某处"}
        writer.writerow(base)
        writer.writerow(base)
        writer.writerow({**base, "title": "乙法", "sources": ""})
        writer.writerow({**base, "title": "丙法", "level": "宪法"})
        writer.writerow({**base, "title": "丁法", "effective": "2020-01-01", "repealed_on": "2010-01-01"})
        writer.writerow({**base, "title": "戊法", "repealed_on": "2010-01-01"})
    notes = run_import(source, tmp_path / "target")
    assert [entry["why"] for entry in notes][:2] == ["名称重复", "没有来源"]
    with (tmp_path / "target/authorities.csv").open(encoding="utf-8", newline="") as file:
        kept = {row["title"]: row for row in csv.DictReader(file)}
    assert set(kept) == {"甲法", "丙法", "丁法", "戊法"}
    assert kept["丙法"]["level"] == "法律"
    assert kept["丁法"]["repealed_on"] == ""
    assert kept["戊法"]["status"] == "废止"


def test_import_refuses_a_table_without_its_columns(tmp_path):
    (tmp_path / "measures.csv").write_text("measure\n某\n", encoding="utf-8")
    with pytest.raises(ImportRefused, match="缺少列"):
        read_table(tmp_path / "measures.csv")
