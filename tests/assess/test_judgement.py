"""Whole invented documents: the suggestion, and the words in which the typical cases are told."""

import pytest
from drafts import city, screened

from pipeline.document import Disposition, Metadata, Verdict
from pipeline.extract.measures import categories


def reasons(screening) -> str:
    return "\n".join(screening.suggestion.reasons)


def one(text: str, *functions: str, title: str = "长治市工业企业诚信管理办法", **more):
    return screened([("第六条", text, functions or ("惩戒",))], city(title, **more))


def test_measure_resting_on_a_law_in_force_is_kept():
    found = one("供应商串标的，依照《中华人民共和国政府采购法》第七十七条的规定，在一至三年内禁止参加政府采购活动。")
    assert found.suggestion.disposition is Disposition.RETAIN
    assert {finding.verdict for finding in found.findings} == {Verdict.CONFORMS}


def test_period_longer_than_the_law_allows_is_revised_and_never_called_conforming():
    found = one("供应商造假的，依照《中华人民共和国政府采购法》第七十七条的规定，五年内禁止参加政府采购活动。")
    assert found.suggestion.disposition is Disposition.REVISE and "超过" in reasons(found)
    assert {finding.verdict for finding in found.findings} == {Verdict.PERSON}


def test_listing_by_a_law_follows_its_standard_and_needs_no_procedure_of_its_own():
    text = (
        "供应商造假谋取中标的，依照《中华人民共和国政府采购法》第七十七条列入不良行为记录名单，一至三年内禁止参加政府采购活动。"
    )
    found = one(text, "认定", "惩戒")
    assert found.suggestion.disposition is Disposition.RETAIN


def test_denied_notice_and_objection_are_struck_though_the_list_has_its_basis():
    text = "供应商造假谋取中标的，依照《中华人民共和国政府采购法》第七十七条列入不良行为记录名单。"
    denial = ("第七条", "列入名单不另行告知供应商，不接受异议申请。", ("修复",))
    found = screened([("第六条", text, ("认定",)), denial], city("长治市政府采购管理办法"))
    assert found.suggestion.disposition is Disposition.REVISE and "不告知或者不许异议" in reasons(found)


def test_what_rests_on_a_ministrys_rule_alone_is_revised_to_cite_the_higher_text():
    text = "对失信主体，依照《文化和旅游市场信用管理规定》（文化和旅游部令第7号）限制其参加政府采购。"
    found = one(text, title="长治市文化市场失信主体惩戒细则")
    assert found.suggestion.disposition is Disposition.REVISE


def test_those_listed_already_are_not_recognised_again():
    text = "被依法列为失信联合惩戒对象的，依照《中华人民共和国公务员法》第二十六条第四项不得录用为公务员。"
    found = one(text, "认定", "惩戒")
    assert [finding.function for finding in found.findings] == ["惩戒"]


def test_basis_that_sources_call_repealed_without_date_or_successor_is_left_to_a_person():
    found = one("企业造假的，依照《工业产品质量责任条例》第八条的规定，十年内不受理其许可申请。")
    assert found.suggestion.disposition is Disposition.PERSON or "请核对其现行版本" in reasons(found)
    assert Verdict.FAILS not in {finding.verdict for finding in found.findings}


def test_document_about_credit_without_any_basis_offers_repeal_with_the_way_to_legislate():
    found = screened(
        [
            ("第三条", "第三条 企业造假的，认定为严重失信企业。", ("认定",)),
            ("第四条", "第四条 对失信企业，取消评优资格，不得申报技改补贴。", ("惩戒",)),
        ],
        city("长治市工业企业失信惩戒办法"),
    )
    assert found.suggestion.disposition is Disposition.REPEAL
    assert "选‘立法’" in found.suggestion.reasons[0]


def test_one_unsupported_clause_in_a_document_about_something_else_is_a_revision():
    lines = [(f"第{n}条", f"第{n}条 园区管理机构负责日常保洁与绿化养护工作。", ()) for n in "一二三四五六"]
    found = screened([*lines, ("第七条", "第七条 入驻企业失信的，取消评优资格。", ("惩戒",))], city("长治市园区物业服务规范"))
    assert found.suggestion.disposition is Disposition.REVISE and "其他事项" in reasons(found)


def test_unsupported_measure_beside_a_supported_one_is_a_revision():
    found = screened(
        [
            ("第三条", "第三条 依照《中华人民共和国政府采购法》第七十七条的规定，三年内禁止参加政府采购活动。", ("惩戒",)),
            ("第四条", "第四条 失信企业一律取消会员资格，信用等级降为D级。", ("惩戒",)),
        ],
        city("长治市采购信用管理办法"),
    )
    assert found.suggestion.disposition is Disposition.REVISE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("依据《中华人民共和国合同法》第八条，对失信企业取消评优资格。", "民法典"),
        ("根据有关法律法规，对失信企业取消评优资格。", "没有写明任何文件"),
        ("依照《山西省招标投标管理暂行规定》（山西省人民政府令第99号）第五条，失信企业三年内不得参加投标活动。", "级别不够"),
        ("按照《长治市经济委员会关于加强企业管理的通知》（长经发〔2015〕3号）要求，失信企业取消评优资格。", "地方规范性文件"),
        ("依照《山东省社会信用条例》第二十条，对失信企业取消评优资格。", "外地"),
        ("失信企业取消评优资格。", "都没有引用依据"),
        ("依照《中华人民共和国招标投标法》规定，对失信企业取消投标资格。", "补充条款"),
    ],
)
def test_typical_faults_are_named_in_the_reason(text, said):
    found = one(text)
    assert said in reasons(found)
    assert found.suggestion.disposition is not Disposition.RETAIN


def test_measure_carrying_out_a_courts_decision_is_left_to_a_person():
    found = one("依照《最高人民法院关于限制被执行人高消费及有关消费的若干规定》第三条，对被执行人限制高消费。")
    assert found.suggestion.disposition is Disposition.PERSON and "司法解释" in reasons(found)


def test_repair_is_kept_and_a_stricter_one_goes_to_revision():
    assert one("失信企业改正后可以申请信用修复。", "修复").suggestion.disposition is Disposition.RETAIN
    strict = one("严重失信的不予信用修复。", "修复")
    assert strict.suggestion.disposition is Disposition.REVISE and "严于国家规定" in reasons(strict)


def test_list_without_notice_objection_and_removal_is_told():
    found = one("企业欠薪超过三个月的，列入黑名单。", "认定")
    assert "列入前告知、异议和救济、移出" in reasons(found)
    whole = screened(
        [
            ("第三条", "企业欠薪超过三个月的，列入黑名单。", ("认定",)),
            ("第四条", "列入前应当告知当事人，当事人可以提出异议，期满移出。", ()),
        ],
        city("长治市欠薪治理办法"),
    )
    assert "列入前告知" not in reasons(whole)


@pytest.mark.parametrize(
    ("title", "issuer", "level"),
    [
        ("山西省社会信用条例", "山西省人民代表大会常务委员会", "地方性法规"),
        ("长治市云雀谷湿地保护条例", "长治市人民代表大会常务委员会", "地方性法规"),
        ("国务院办公厅关于加强诚信建设的意见", "国务院办公厅", "党中央、国务院政策文件"),
    ],
)
def test_document_that_is_itself_a_basis_is_kept(title, issuer, level):
    found = one("失信企业取消评优资格。", title=title, issuers=[issuer])
    assert found.suggestion.disposition is Disposition.RETAIN
    assert f"本文件本身即为{level}" in reasons(found)


def test_notice_that_carries_out_a_regulation_is_not_itself_one():
    found = one("失信企业取消评优资格。", title="长治市教育局关于贯彻《山西省社会信用条例》的通知")
    assert "本文件本身" not in reasons(found)


def test_draft_of_a_regulation_is_no_basis_yet():
    meta = Metadata(title="山西省社会信用条例（草案）", issuers=["山西省人民代表大会常务委员会"], draft=True)
    found = screened([("第六条", "失信企业取消评优资格。", ("惩戒",))], meta)
    assert found.suggestion.disposition is not Disposition.RETAIN


def test_expired_document_is_repealed():
    found = one("失信企业取消评优资格。", expires="2021-03-01")
    assert found.suggestion.disposition is Disposition.REPEAL and "2021-03-01" in reasons(found)


def test_no_clause_to_judge_is_said_and_left_to_a_person():
    found = screened([("正文", "现将办法印发给你们。", ())], city("关于印发某办法的通知", carried_title="长治市守信办法"))
    assert found.suggestion.disposition is Disposition.PERSON
    assert "长治市守信办法" in reasons(found)


def test_personal_information_published_on_a_policy_alone_is_left_to_a_person():
    policy = "《国务院办公厅关于进一步完善失信约束制度构建诚信建设长效机制的指导意见》（国办发〔2020〕49号）"
    text = f"按照{policy}，对失信个人予以公开曝光。"
    found = one(text, "公开")
    assert found.findings[0].disposition is Disposition.PERSON and "自然人" in found.findings[0].reason


def test_life_long_measures_and_forced_banks_are_flagged_as_heavier():
    text = "依照《中华人民共和国食品安全法》第一百三十五条，终身不得从事食品经营活动。"
    assert "过惩" not in reasons(one(text)) and "可能重于依据" in reasons(one(text))


def test_machine_never_chooses_to_legislate():
    for category in categories():
        found = one(f"对失信企业采取{category}措施，取消评优资格。")
        assert found.suggestion.disposition is not Disposition.LEGISLATE
        assert all(finding.disposition is not Disposition.LEGISLATE for finding in found.findings)


def test_every_finding_quotes_its_clause_and_names_the_rule():
    found = one("对失信企业三年内不得参加政府采购活动，并通报批评。", "惩戒", "公开", "记录")
    assert {finding.function for finding in found.findings} == {"惩戒", "公开", "记录"}
    for finding in found.findings:
        assert finding.reason.startswith("第六条“") and "国办发〔2020〕49号" in finding.rule


def test_the_number_of_an_article_before_an_amendment_is_told_from_a_wrong_one():
    text = "违法行为情节严重的，依照《中华人民共和国安全生产法》第七十五条，向社会公告。"
    found = screened([("第五条", text, ("公开",))], city("长治市安全生产信用约束办法"), as_of="2024-06-01")
    assert found.suggestion.disposition is Disposition.REVISE and "修订前的条号" in reasons(found)


def test_a_measure_for_less_than_the_article_asks_for_never_conforms():
    barred = "依照《中华人民共和国食品安全法》第一百三十五条，五年内不得从事食品经营管理工作。"
    wider, same = (
        one(f"{who}{barred}", title="长治市学校供餐管理办法")
        for who in ("受到警告的供餐单位负责人，", "被吊销许可证的供餐单位负责人，")
    )
    assert {finding.verdict for finding in wider.findings} == {Verdict.PERSON} and "更宽" in reasons(wider)
    assert {finding.verdict for finding in same.findings} == {Verdict.CONFORMS}


def test_several_measures_without_any_basis_in_a_document_about_something_else_are_repealed():
    lines = [(f"第{n}条", f"第{n}条 会员单位应当按时参加例会。", ()) for n in "一二三四五六七八"]
    measures = [
        ("第九条", "第九条 弄虚作假的，列入行业黑名单。", ("认定",)),
        ("第十条", "第十条 列入黑名单的，取消评优资格。", ("惩戒",)),
    ]
    found = screened([*lines, *measures], city("长治市家电维修行业自律公约"))
    assert found.suggestion.disposition is Disposition.REPEAL and "可以只删除这些条款" in reasons(found)
