"""Sentences that are measures by our scale, however general, and those that only resemble them."""

import pytest

import pipeline
from pipeline.classify.certain import certain_functions


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("失信的单位不得作为评优对象。", "惩戒"),
        ("对列入黑名单的施工队，本地工程一律不得使用。", "惩戒"),
        ("依据有关法律，对存在失信行为的施工企业加大执法检查频次。", "惩戒"),
        ("企业近三年财务状况稳健，无不良信用记录。", "惩戒"),
        ("申报单位未被列入严重失信主体名单。", "惩戒"),
        ("不要有：申报单位、负责人在惩戒期内的科研失信行为。", "惩戒"),
        ("建立维保单位黑名单制度。", "认定"),
        ("建立信用修复机制，依法依规公布采掘领域严重失信主体名单并实施失信联合惩戒。", "公开"),
        ("建立信用修复机制，依法依规公布采掘领域严重失信主体名单并实施失信联合惩戒。", "惩戒"),
    ],
)
def test_general_measures_and_conditions_that_shut_out_are_certain(text, function):
    assert function in certain_functions(text)


@pytest.mark.parametrize(
    "text",
    [
        "你局拟建立经营户黑名单，目前没有法律、法规作为依据，不宜设立。",
        "经查，该公司近三年无不良信用记录。",
        "请附查询结果截图，证明近三年无失信记录。",
        "不得将失信信息用于商业目的。",
        "弘扬诚信文化，营造守信环境。",
    ],
)
def test_refusals_facts_and_wishes_are_not(text):
    assert certain_functions(text) == set()


@pytest.mark.parametrize(
    "host",
    [
        "关于征集试点项目的通知\n一、项目实施地在本区，软硬件投入不低于二百万元。\n二、{}\n三、委托第三方机构现场评审。",
        "后勤工作例会纪要\n暑期更换防盗网、翻新厕所，七月进场。\n会上重申，{}\n八月二十日组织验收。",
    ],
)
@pytest.mark.parametrize("text", ["申报企业近三年无不良信用记录。", "对列入黑名单的施工队，本地工程一律不得使用。"])
def test_a_host_does_not_change_them(host, text):
    assert pipeline.screen(host.format(text)).flagged
