"""Every list of a scan as a table: columns, sums that close, and decisions as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.archive import decide
from pipeline.review import Scan, open_scan
from pipeline.review.tables import CITATIONS, DOCUMENTS, MEASURES, NEAR, PROBLEMS


def test_the_documents_table_has_one_row_a_file_and_its_outcomes_add_up(scan: Scan) -> None:
    table = scan.documents
    assert len(table) == 5
    assert table["结果"].value_counts().to_dict() == {"已筛查": 3, "重复": 1, "问题": 1}
    assert set(DOCUMENTS) <= set(table.columns)


def test_the_measures_table_has_one_row_a_finding(scan: Scan) -> None:
    findings = sum(len(scan.screening(item.document_id).findings) for item in scan.items)
    assert len(scan.measures) == findings > 0
    assert list(scan.measures.columns) == list(MEASURES)
    assert scan.measures["是否符合"].isin(["符合", "不符合", "需人工判断"]).all()


def test_the_citations_table_names_basis_level_and_place(scan: Scan) -> None:
    row = scan.citations.set_index("依据名称").loc["保障农民工工资支付条例"]
    assert (row["效力级别"], bool(row["合格依据"]), row["条款"], row["路径"]) == ("行政法规", True, "第一条", "用工.txt")
    assert list(scan.citations.columns) == list(CITATIONS)


def test_problems_and_near_misses_are_what_is_left(scan: Scan) -> None:
    assert scan.problems["路径"].tolist() == ["空.doc"]
    assert scan.near_misses["路径"].tolist() == ["会议.txt"]
    assert (list(scan.problems.columns), list(scan.near_misses.columns)) == (list(PROBLEMS), list(NEAR))


def test_a_decision_shows_on_the_document_and_on_its_copies(scan: Scan, out: Path) -> None:
    item = scan.find("取水企业")
    decide(out, item.document_id, "废止", "无依据")
    rows = scan.documents.set_index("路径")
    assert rows.loc[["取水.txt", "取水（副本）.txt"], "人工决定"].tolist() == ["废止", "废止"]
    assert rows.loc["取水.txt", "复核意见"] == "无依据"
    assert rows.loc["用工.txt", "人工决定"] == ""


def test_a_document_is_found_by_path_id_copy_or_words_of_its_own(scan: Scan) -> None:
    item = scan.find("取水企业")
    names = (item.path, item.document_id, "取水.txt", "取水（副本）.txt")
    assert {scan.find(name).document_id for name in names} == {item.document_id}
    with pytest.raises(KeyError, match="2 个文件"):
        scan.find("信用管理办法")
    with pytest.raises(KeyError, match="没有筛查过"):
        scan.find("没有这个文件")


def test_tables_hide_numbers_of_private_persons(scan: Scan) -> None:
    assert "13900001111" not in scan.measures.to_csv() + scan.show("用工.txt")


def test_a_folder_without_a_scan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_scan(tmp_path)
    assert not (tmp_path / "scan.sqlite").exists()
