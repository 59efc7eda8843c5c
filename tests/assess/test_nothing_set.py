"""What an organ may not do is no measure; what those struck may not do is one, though the words are the same."""

from __future__ import annotations

import pytest

import pipeline
from pipeline.assess.nothing_set import limits, only_limits, sets_nothing

OF_AN_ORGAN = [
    "各部门不得以地方名义增设惩戒措施。",
    "评审专家不得参与与本人有利害关系的评审。",
    "公共信用信息不得用于商业目的。",
    "任何单位不得将个人缴费信息纳入信用记录。",
    "未经核实的信息不得作为认定依据。",
    "对严重失信企业，不得要求金融机构强制停贷。",
]
OF_THOSE_STRUCK = [
    "失信的单位不得作为评优对象。",
    "列入黑名单的企业，不得参与政府采购活动。",
    "对弄虚作假的人员，不得作为推荐人选。",
    "失信会员不得以任何方式参加本会组织的展销。",
    "骗取补贴的合作社，不得用于抵扣当年任务，不得再享受补贴。",
]


@pytest.mark.parametrize("text", OF_AN_ORGAN)
def test_what_an_organ_may_not_do_sets_nothing(text):
    assert only_limits(text) and sets_nothing(text) and limits(text)


@pytest.mark.parametrize("text", OF_THOSE_STRUCK)
def test_what_those_struck_may_not_do_is_a_measure(text):
    assert not only_limits(text) and not sets_nothing(text)
    assert pipeline.screen(text).flagged


@pytest.mark.parametrize("text", OF_AN_ORGAN)
def test_document_of_limits_alone_is_not_listed(text):
    assert not pipeline.screen(f"关于规范信用管理的通知\n一、{text}\n二、本通知自印发之日起施行。").flagged


@pytest.mark.parametrize(
    "text",
    [
        "第一条 为规范市场秩序，根据《征信业管理条例》，制定本办法。",
        "工作人员应当保守秘密，不得泄露信用信息。",
        "列入名单前，应当书面告知当事人并听取其陈述。",
        "对瞒报、漏报的单位予以通报。",
    ],
)
def test_purpose_staff_notice_and_supervision_set_nothing(text):
    assert sets_nothing(text)


def test_a_document_whose_only_sure_clause_limits_the_organ_is_not_flagged():
    text = "关于规范失信认定的通知\n各科室：\n一、没有法律法规作依据的，不得认定为失信行为，不得记入信用记录。\n二、信用科不转发目录之外的数据。\n市信用办"
    assert not pipeline.screen(text).flagged


def test_a_bar_beside_a_limit_is_no_limit():
    assert not only_limits("乙方不得自行粘接。乙方隐瞒不报的，甲方此后五年内不再向其出借任何藏品。")
