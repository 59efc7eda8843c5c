"""Paragraphs rebuilt, page furniture dropped, white space as a person would type it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.layout import assemble, tidy
from pipeline.ingest.readers import Line, Reading


def physical(*pages: list[str]) -> Reading:
    lines = [Line(text, number, "line") for number, page in enumerate(pages, start=1) for text in page]
    return Reading(lines, len(pages))


def test_a_sentence_cut_by_a_page_break_is_joined_and_its_pages_known() -> None:
    first = "各镇应当把失信行为的认定、记录、"
    text, pages = assemble(physical([first], ["归集和共享情况按月报送。"]))
    assert text == "各镇应当把失信行为的认定、记录、归集和共享情况按月报送。"
    assert [(span.start, span.end) for span in pages] == [(0, len(first)), (len(first), len(text))]


def test_one_paragraph_a_line_stays_so() -> None:
    lines = ["一、总体要求", "各镇要高度重视，落实责任。", "（一）加强领导", "成立专班，定期调度。"]
    assert assemble(physical(lines))[0].split("\n") == lines


def test_page_numbers_and_running_heads_are_dropped() -> None:
    pages = [["云州市水务局制度汇编", f"第{n}号泵站按规程运行，做好记录。", f"— {n} —"] for n in range(1, 6)]
    text, _ = assemble(physical(*pages))
    assert "制度汇编" not in text
    assert "—" not in text
    assert text.count("泵站") == 5


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("关于开展检查的 通 知", "关于开展检查的通知"),
        ("第一条 为了规范管理", "第一条 为了规范管理"),
        ("2021 年 1 月 19 日", "2021年1月19日"),
        ("云水发〔2021〕 17 号", "云水发〔2021〕17号"),
        ("中共中央 国务院关于", "中共中央 国务院关于"),
        ("总 则", "总则"),
    ],
)
def test_spaces_of_extraction_go_and_those_that_mean_something_stay(raw: str, tidied: str) -> None:
    assert tidy(raw) == tidied


@given(st.lists(st.lists(st.text(max_size=40), max_size=6), min_size=1, max_size=5))
def test_pages_cover_the_text_without_gaps(pages: list[list[str]]) -> None:
    text, spans = assemble(physical(*[[line.replace("\n", "") for line in page] for page in pages]))
    assert len(spans) == len(pages)
    assert spans[0].start == 0
    assert spans[-1].end == len(text)
    assert all(before.end == after.start for before, after in pairwise(spans))


def column(text: str, index: int, x0: float) -> Line:
    return Line(text, 1, "line", x0, x0 + 10 * len(text), 100 + 20 * index, 110 + 20 * index, 10)


def test_paragraphs_in_two_columns_are_joined_within_and_over_the_columns() -> None:
    full = "取水单位应当如实申报取水数量和用途并接受监督"[:20]
    left = [column(full, index, 20 if index % 5 == 0 else 0) for index in range(15)]
    right = [column(full, index, 250) for index in range(14)] + [column("自公布之日起施行。", 14, 250)]
    for line in (*left, *right):  # an indented line holds two characters less
        line.text = line.text[: int((line.x1 - line.x0) / 10)] if line.x0 != 20 else line.text[:18]
        line.x1 = line.x0 + 10 * len(line.text)
    text, _ = assemble(Reading([*left, *right], 1))
    assert [len(paragraph) for paragraph in text.split("\n")] == [98, 98, 98 + 14 * 20 + 9]


def test_a_short_line_at_the_right_makes_no_columns() -> None:
    lines = [column("取水单位应当如实申报取水数量和用途并接受监督检查不得拒绝或者阻碍", index, 0) for index in range(12)]
    signature = column("云州市水务局", 13, 250)
    text, _ = assemble(Reading([*lines, signature], 1))
    assert text.split("\n")[-1] == "云州市水务局"


SOFT = "各单位应当按照本办法如实报送信用信息，对虚报、瞒报、拒不报送的，由主管部门责令改正，并记入信用档案，依照有关规定向社会公布，两年内不得参加评优。"


@pytest.mark.parametrize("width", [18, 25, 32])
def test_paragraph_cut_by_manual_breaks_is_one(width: int) -> None:
    cut = [SOFT[start : start + width] for start in range(0, len(SOFT), width)]
    lines = [Line("关于报送信用信息的通知"), *map(Line, cut), Line("特此通知。")]
    assert assemble(Reading(lines))[0].split("\n") == ["关于报送信用信息的通知", SOFT, "特此通知。"]


@pytest.mark.parametrize(
    "texts",
    [
        ["白日依山尽，", "黄河入海流。", "欲穷千里目，", "更上一层楼。"],
        [
            "云州市青禾区人民路十二号一单元三零二室",
            "云州市青禾区建设路三十号四单元一零一室",
            "云州市青禾区解放路十八号二单元二零二室",
        ],
        ["云州市水务局", "关于开展节约用水专项检查工作的", "通知"],
        [
            "（一）加强领导，落实责任，明确任务分工",
            "（二）严格检查，突出重点，提高检查实效",
            "（三）强化督导，定期通报，确保取得实效",
        ],
        [
            "各县区要高度重视，认真组织，抓好落实。",
            "各部门要密切配合，通力协作，形成合力。",
            "各单位要加强宣传，营造氛围，引导参与。",
        ],
    ],
)
def test_verses_addresses_titles_and_items_stay_apart(texts: list[str]) -> None:
    assert assemble(Reading([Line(text) for text in texts]))[0].split("\n") == texts
