"""Whether a basis carries a measure: proved by its article, open, or known to speak of something else."""

from __future__ import annotations

import pytest

from pipeline.assess.carriage import Support, carriage
from pipeline.assess.places import Place
from pipeline.assess.subjects import Subject
from pipeline.document import Clause, Measure
from pipeline.extract import find_citations, find_measures

TODAY = "2026-11-01"


def answer(basis: str, text: str, function: str = "惩戒", on: str = TODAY):
    (citation,) = find_citations(basis, as_of=on)
    measures: tuple[Measure, ...] = tuple(find_measures(text, context="失信")) if function == "惩戒" else ()
    return carriage(
        citation, Subject(0, Clause("第五条", text, 0, len(text)), function, function, measures), on, Place("浙江", "杭州")
    )


@pytest.mark.parametrize(
    ("basis", "text", "function", "support"),
    [
        ("依照《政府采购法》第七十七条", "三年内禁止参加政府采购活动", "惩戒", Support.MATCHES),
        ("依照《国旗法》第一条", "三年内禁止参加政府采购活动", "惩戒", Support.OTHER),
        ("依照《劳动合同法》第八十五条", "列入失信名单并限制乘坐飞机", "惩戒", Support.OTHER),
        ("依照《政府采购法》第七十七条", "限制乘坐飞机", "惩戒", Support.OTHER),
        ("依照《政府采购法》", "三年内禁止参加政府采购活动", "惩戒", Support.OPEN),
        ("依照《政府采购法》第九百条", "三年内禁止参加政府采购活动", "惩戒", Support.OTHER),
        ("依照《企业信息公示暂行条例》第十七条", "列入经营异常名录", "认定", Support.MATCHES),
        ("依照《保障农民工工资支付条例》第四十八条", "列入失信联合惩戒名单", "认定", Support.MATCHES),
        ("依照《杭州市食品安全条例》第九条", "三年内禁止参加政府采购活动", "惩戒", Support.OPEN),  # there is no such act
    ],
)
def test_support(basis: str, text: str, function: str, support: Support) -> None:
    found = answer(basis, text, function)
    assert found.support is support, found.why
    assert found.why.startswith(f"依据{support}")


def test_an_article_that_moved_does_not_carry_under_its_old_number() -> None:
    assert (
        answer("依照《公司法》第一百四十六条", "不得担任董事、监事、高级管理人员", on="2023-06-01").support is Support.MATCHES
    )
    assert answer("依照《公司法》第一百四十六条", "不得担任董事、监事、高级管理人员").support is not Support.MATCHES
    assert answer("依照《公司法》第一百七十八条", "不得担任董事、监事、高级管理人员").support is Support.MATCHES


def test_nothing_conforms_without_a_carrying_article() -> None:
    from pipeline import screen

    said = screen(
        "云州市诚信管理办法\n云发改〔2019〕9号\n第一条 根据《政府采购法》，制定本办法。\n"
        "第二条 供应商失信的，三年内禁止参加政府采购活动。\n云州市发展和改革局\n2019年3月1日"
    )
    assert said.findings and all(str(finding.verdict) != "符合" for finding in said.findings)
