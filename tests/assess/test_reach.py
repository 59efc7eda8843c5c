"""On what a clause rests by words that point back: the article before, what was named last, or nothing."""

import pytest

import pipeline
from pipeline.document import Verdict

HEAD = "长治市政府采购供应商管理办法\n长财规〔2023〕2号\n第一条 为规范采购活动，制定本办法。\n"
NAMED = "第二条 供应商提供虚假材料谋取中标的，依照《中华人民共和国政府采购法》第七十七条，列入不良行为记录名单。\n"
NOTICE = "第八条 列入前应当书面告知，听取陈述申辩；当事人可以提出异议，期满移出。\n"


def verdicts(text: str, words: str) -> set[Verdict]:
    found = pipeline.screen(text, as_of="2024-01-01")
    at = text.index(words)
    return {f.verdict for f in found.findings if found.clauses[f.clause].start <= at < found.clauses[f.clause].end}


@pytest.mark.parametrize(
    "pointing",
    [
        "依照前条所引条款",
        "按照前条规定",
        "依照前条同一规定",
        "依照上述规定",
        "依照同一法第七十七条",
        "依据该条",
    ],
)
def test_words_that_point_back_rest_on_what_they_point_to(pointing):
    text = f"{HEAD}{NAMED}第三条 对恶意串通的供应商，{pointing}，一至三年内禁止参加政府采购活动。\n{NOTICE}"
    assert verdicts(text, "一至三年内") == {Verdict.CONFORMS}


def test_the_article_before_is_the_one_before_and_no_other():
    between = "第三条 采购代理机构应当妥善保管采购文件。\n"
    text = f"{HEAD}{NAMED}{between}第四条 对恶意串通的供应商，按照前条规定，一至三年内禁止参加政府采购活动。\n{NOTICE}"
    assert Verdict.CONFORMS not in verdicts(text, "一至三年内")


def test_items_rest_on_their_lead_in_and_follow_the_national_standard_of_a_list():
    text = (
        f"{HEAD}第二条 财政部门依照《中华人民共和国政府采购法》第七十七条，对弄虚作假的供应商实行下列措施：\n"
        f"（一）列入不良行为记录名单；\n（二）一至三年内禁止参加政府采购活动。\n{NOTICE}"
    )
    assert verdicts(text, "列入不良行为记录名单") == {Verdict.CONFORMS}
    assert verdicts(text, "一至三年内") == {Verdict.CONFORMS}


def test_a_document_that_names_laws_without_articles_is_for_a_person_to_read():
    text = (
        "长治市医疗器械经营企业信用管理办法\n第一条 为加强监管，制定本办法。\n"
        "第二条 市场监督管理局按照《医疗器械监督管理条例》的规定，建立经营企业信用档案。\n"
        "第三条 本办法自印发之日起施行。"
    )
    assert pipeline.screen(text).suggestion.disposition == "需人工判断"


def test_a_text_that_says_where_it_applies_is_of_that_place():
    text = (
        "湄川市家政服务信用管理办法\n第一条 为规范市场，制定本办法。\n第二条 湖南省湄川市行政区域内的家政服务企业，适用本办法。\n"
        "第三条 依照《上海市社会信用条例》第二十五条，将失信的家政服务员列入严重失信名单，三年内不得从业。\n"
    )
    assert verdicts(text, "列入严重失信名单") == {Verdict.FAILS}


def test_an_item_whose_lead_in_names_the_article_has_its_line():
    text = (
        "云山县食品安全监督检查规定\n第一条 县局依照《中华人民共和国食品安全法》第一百一十三条的规定，履行下列职责：\n"
        "（一）建立食品生产经营者食品安全信用档案；\n（二）对档案信息依法向社会公布并实时更新；\n第二条 本规定自2022年1月1日起施行。\n"
    )
    found = pipeline.screen(text)
    published = [finding for finding in found.findings if "向社会公布" in found.clauses[finding.clause].text]
    assert published and {finding.verdict for finding in published} == {Verdict.CONFORMS}


def test_what_is_done_to_those_listed_has_its_line_beside_others():
    text = (
        "物流园区专题会议纪要\n一、对虚报产值骗取奖励的企业，取消以后三年申报资格，列入园区失信企业名单。\n"
        "二、由金融办牵头，银行对名单企业一律收贷，年底前报告进展。\n云山市人民政府办公室\n2021年11月18日\n"
    )
    found = pipeline.screen(text)
    assert any("收贷" in found.clauses[finding.clause].text for finding in found.findings)
