"""Figures on a user's own labels: counted right, misses shown with their clause, and wrong tables refused by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.learn.evaluation import LabelsError, evaluate, read_labels

LISTED = "第一条 将拖欠货款的商户列入市场黑名单，两年内不得租赁摊位，并向社会公布。\n"
PLAIN = "第一条 市场每日六时开门，摊位由管理方统一编号。\n"
BAD = b"%PDF-1.4\n1 0 obj\n<<"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "商户.txt").write_text(LISTED, encoding="utf-8")
    (folder / "开门.txt").write_text(PLAIN, encoding="utf-8")
    (folder / "坏.pdf").write_bytes(BAD)
    return folder


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "labels.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_shares_functions_and_unreadable_files_are_counted(docs: Path, tmp_path: Path) -> None:
    labels = table(tmp_path, "path,relevant,tier,functions\n商户.txt,1,core,认定;公开;惩戒\n开门.txt,0,,\n坏.pdf,1,core,惩戒\n")
    found = evaluate(labels, docs)
    assert (found.shares["查全率"].hits, found.shares["查全率"].total) == (1, 1)
    assert found.shares["误报率"].total == 1
    assert found.functions["公开"].value == 1.0
    assert found.documents == 2 and len(found.unreadable) == 1
    assert "坏.pdf" in found.unreadable[0]


def test_a_document_judged_wrongly_is_shown_with_its_likeliest_clause(docs: Path, tmp_path: Path) -> None:
    found = evaluate(table(tmp_path, "path,relevant\n商户.txt,0\n开门.txt,1\n"), docs)
    assert [(miss.kind, miss.path) for miss in found.misses] == [("漏报", "开门.txt"), ("误报", "商户.txt")]
    assert "黑名单" in found.misses[1].text
    assert found.functions == {}


def test_documents_are_found_by_id_and_a_table_saved_by_excel_is_read(docs: Path, tmp_path: Path) -> None:
    labels = table(tmp_path, "id,relevant\n商户,是\n开门,否\n坏,\n", encoding="gb18030")
    assert [(label.path, label.relevant) for label in read_labels(labels, docs)] == [("商户.txt", True), ("开门.txt", False)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("文件,结果\n商户.txt,1\n", "表头"),
        ("path,relevant\n商户.txt,也许\n", "第2行"),
        ("path,relevant\n商户.txt,1\n没有.txt,0\n", "第3行"),
        ("path,relevant,functions\n商户.txt,1,表扬\n", "表扬"),
        ("path,relevant\n商户.txt,\n", "没有一行"),
        ("", "表头"),
    ],
)
def test_a_wrong_table_is_refused_with_the_line(docs: Path, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(LabelsError, match=said):
        evaluate(table(tmp_path, text), docs)


def test_the_command_prints_one_json_object_or_refuses_in_chinese(
    docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = table(tmp_path, "path,relevant\n商户.txt,1\n开门.txt,0\n")
    assert main(["evaluate", str(labels), "--docs", str(docs), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["shares"]["查全率"]["hits"] == 1
    assert main(["evaluate", str(table(tmp_path, "甲,乙\n1,2\n")), "--docs", str(docs)]) == 2
    assert "表头" in capsys.readouterr().err


def test_without_labels_the_figures_of_the_shipped_model_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate"]) == 0
    assert "交叉验证" in capsys.readouterr().out
