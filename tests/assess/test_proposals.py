"""Proposed articles: same sector, same function, same place, laws first, none repealed."""

from pipeline.assess import proposals
from pipeline.assess.places import Place, place_of, same_place
from pipeline.assess.proposals import candidates
from pipeline.assess.subjects import Subject
from pipeline.document import Clause, Level, Proposal
from pipeline.extract import find_measures
from pipeline.screening import screen


def propose(function: str, text: str, title: str, place: Place, on: str = "2026-11-01") -> tuple[Proposal, ...]:
    measures = tuple(find_measures(text, context="失信")) if function == "惩戒" else ()
    return proposals.propose(Subject(0, Clause("第五条", text, 0, len(text)), function, function, measures), title, place, on)


SHANXI, SHANGHAI = Place("山西", "长治"), Place("上海")


def test_same_sector_comes_first_and_laws_before_local_regulations():
    found = propose("记录", "建立食品经营者信用档案", "某市食品安全信用管理办法", SHANGHAI)
    assert found and "食品安全" in found[0].title and found[0].level is Level.LAW
    assert len(found) <= 3


def test_local_regulation_is_proposed_only_at_its_place():
    title = "公共信用信息管理办法"
    assert any(p.title == "上海市社会信用条例" for p in propose("归集", "归集信用信息", title, SHANGHAI))
    assert all(p.level is not Level.LOCAL_REGULATION for p in propose("归集", "归集信用信息", title, SHANXI))
    assert all(p.level is not Level.LOCAL_REGULATION for p in propose("归集", "归集信用信息", title, Place()))


def test_proposals_say_why_and_that_a_person_checks_them():
    for proposal in propose("惩戒", "取消补贴", "旅游市场信用管理办法", SHANGHAI):
        assert proposal.why and "供人工核对" in proposal.source and proposal.article.startswith("第")


def test_ministry_rules_are_never_proposed():
    assert {p.level for p in candidates()} <= {Level.LAW, Level.ADMINISTRATIVE_REGULATION, Level.LOCAL_REGULATION}


def test_nothing_is_proposed_for_a_field_without_provisions():
    assert propose("惩戒", "取消评优资格", "棋牌比赛守则", SHANXI) == ()


def test_city_and_province_are_told_apart():
    assert place_of("长治市发展和改革委员会") == Place("山西", "长治")
    assert place_of("山西省人民政府") == Place("山西")
    assert place_of("吉林省财政厅") == Place("吉林") and place_of("吉林市财政局").province == "吉林"
    assert same_place(Place("山西"), SHANXI) and not same_place(Place("山西", "太原"), SHANXI)


def test_only_what_was_in_force_on_the_day_is_proposed():
    text, title = "提供虚假材料谋取成交的，禁止参加政府采购活动", "政府采购供应商信用管理办法"
    assert any(p.title.endswith("政府采购法") and p.article == "第七十七条" for p in propose("惩戒", text, title, SHANXI))
    assert propose("惩戒", text, title, SHANXI, "2001-01-01") == ()


def test_a_fraud_in_housing_is_offered_nothing_of_medical_insurance():
    found = propose("惩戒", "骗取保障性住房的，五年内不得再次申请", "云州市保障性住房管理办法", SHANXI)
    assert not any("医疗" in p.title for p in found)


def test_the_article_about_the_very_thing_comes_before_others_of_its_act():
    text = "以他人名义投标骗取中标的，取消其一至三年投标资格"
    found = [(p.title, p.article) for p in propose("惩戒", text, "招标投标管理办法", SHANXI)]
    assert ("中华人民共和国招标投标法", "第五十四条") in found[:2]


def test_an_article_about_the_very_thing_is_proposed_whatever_the_document_is_called():
    found = propose("惩戒", "被吊销护士执业证书的，二年内不得申请执业注册", "人事工作若干事项", SHANXI)
    assert [(p.title, p.article) for p in found][:1] == [("护士条例", "第三十二条")]


def test_an_article_that_only_a_machine_read_is_proposed_in_its_own_place_and_field():
    text, title = "土地整治施工单位弄虚作假的，三年内不得参与土地整治项目", "土地整治项目管理办法"
    there = propose("惩戒", text, title, Place("山东"))
    assert ("山东省土地整治条例", "第四十六条") in [(p.title, p.article) for p in there]
    assert all("山东" not in p.title for p in propose("惩戒", text, title, SHANXI))


def test_the_area_with_which_a_text_begins_is_its_place():
    found = screen("山东省内土地整治施工单位弄虚作假的，列入失信名单，三年内不得参与土地整治项目。").findings
    assert any(p.title == "山东省土地整治条例" for finding in found for p in finding.proposals)
