"""Texts without line breaks: title, number, addressees, items, signature and the text carried are told apart all the same."""

from __future__ import annotations

import pytest

from pipeline.document import Clause, Document, Metadata, Span
from pipeline.structure import parse

LINES = [
    "云州市水务局关于印发《云州市节水管理办法》的通知",
    "云水发〔2019〕12号",
    "各县区水务局，局属各单位：",
    "现将《云州市节水管理办法》印发给你们，请遵照执行。",
    "云州市水务局",
    "2019年5月6日",
    "云州市节水管理办法",
    "第一条 为节约用水，制定本办法。",
    "第二条 取水单位应当如实申报，申报内容包括：（一）取水量；（二）用途。",
    "第三条 虚报的，记入信用档案。",
]


def parsed(text: str) -> tuple[Metadata, tuple[Clause, ...]]:
    return parse(Document("", "txt", "", text, (Span(0, len(text)),)))


@pytest.mark.parametrize("between", ["", " ", "　　", "  "])
def test_notice_that_carries_a_text(between: str) -> None:
    text = between.join(LINES)
    metadata, clauses = parsed(text)
    assert (metadata.title, metadata.number, metadata.date) == (LINES[0], LINES[1], "2019-05-06")
    assert metadata.addressees == "各县区水务局，局属各单位"
    assert metadata.issuers == ["云州市水务局"]
    assert metadata.carried_title == "云州市节水管理办法"
    labels = [clause.label for clause in clauses]
    assert [label for label in labels if label.startswith("第") and label.endswith("条")] == ["第一条", "第二条", "第三条"]
    assert "第二条第（一）项" in labels
    assert all(text[clause.start : clause.end] == clause.text for clause in clauses)


@pytest.mark.parametrize(
    ("text", "title", "addressees", "labels"),
    [
        (
            "关于报送年度工作总结的函市直各单位：根据工作安排，请于12月20日前报送总结。1.总结不超过三千字。2.附典型材料。云州市发展和改革局2020-12-01",
            "关于报送年度工作总结的函",
            "市直各单位",
            ["第1段", "1.", "2.", "落款"],
        ),
        (
            "云州市教育局2020年招生工作方案为做好招生工作，制定本方案。一、总体要求。坚持公平。二、时间安排。（一）六月报名。（二）七月录取。",
            "云州市教育局2020年招生工作方案",
            "",
            ["第1段", "一、", "二、", "二、（一）", "二、（二）"],
        ),
        (
            "云州市水务局文件云水发〔2021〕3号云州市水务局关于加强巡查的意见各县区水务局：为加强巡查，提出以下意见。一、明确责任二、加密频次每周一次。三、按时报告。",
            "云州市水务局关于加强巡查的意见",
            "各县区水务局",
            ["第1段", "一、", "二、", "三、"],
        ),
    ],
)
def test_kinds_of_texts(text: str, title: str, addressees: str, labels: list[str]) -> None:
    metadata, clauses = parsed(text)
    assert metadata.title == title
    assert metadata.addressees == addressees
    assert [clause.label for clause in clauses] == labels


def test_numbers_inside_a_sentence_begin_nothing() -> None:
    text = "云州市水务局关于执行有关规定的通知各县区水务局：请执行《某办法》第一条、第二条的规定，其中一、二、三类企业分别报送，比例为1.5和2.3，逾期的按第十二条处理。"
    assert [clause.label for clause in parsed(text)[1]] == ["第1段"]


def test_bodies_that_sign_together_are_told_apart() -> None:
    text = (
        "关于做好防汛工作的通知各县区：请认真落实防汛责任，保持通信畅通，及时报告险情。云州市水务局云州市应急管理局2022年6月1日"
    )
    assert parsed(text)[0].issuers == ["云州市水务局", "云州市应急管理局"]


def test_text_with_lines_is_left_alone() -> None:
    assert next(clause.text for clause in parsed("\n".join(LINES))[1]) == LINES[3]


@pytest.mark.parametrize(
    "head",
    [
        "云文旅2019年12号云州市文化局关于节水的通知",
        "云州市文化局关于节水的通知（云文旅〔2019〕12号）",
        "云文旅(2019)12号云州市文化局关于节水的通知",
    ],
)
def test_number_in_other_forms_is_parted_from_the_title(head: str) -> None:
    metadata, _ = parsed(
        f"{head}各县区文化局：为节约用水，现就有关事项通知如下。一、按月报送用水量。二、更换老旧管网。云州市文化局2019年5月6日"
    )
    assert (metadata.title, metadata.number) == ("云州市文化局关于节水的通知", "云文旅〔2019〕12号")
    assert metadata.addressees == "各县区文化局"
