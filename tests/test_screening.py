"""What may be given to `pipeline.screen`, and what is said of text."""

import pytest

import pipeline


def test_long_line_of_text_is_text_and_not_the_name_of_a_file():
    assert pipeline.screen("对弄虚作假的企业记入信用档案。" * 60).flagged


def test_text_with_characters_that_no_file_name_holds_is_text():
    assert not pipeline.screen("今日\x00有雨").flagged


def test_clause_that_names_an_article_known_to_set_a_measure_is_found_without_a_word_of_credit():
    text = (
        "青禾县欠税管理办法\n青税发〔2021〕8号\n第一条 为规范欠税管理，制定本办法。\n"
        "第二条 对纳税人欠缴税款的情况，依照《中华人民共和国税收征收管理法》第四十五条第三款定期予以公告。\n"
        "第三条 本办法自发布之日起施行。\n青禾县税务局\n2021年3月4日"
    )
    found = pipeline.screen(text)
    assert found.flagged
    assert [clause.label for clause in found.clauses if clause.functions] == ["第二条"]


def test_article_that_is_only_mentioned_makes_no_line():
    text = (
        "青禾县税法宣传方案\n一、组织干部学习《中华人民共和国税收征收管理法》第四十五条。\n"
        "二、宣传活动结束后在门户网站公布活动照片。\n青禾县税务局\n2021年3月4日"
    )
    assert not pipeline.screen(text).flagged


REPEAL = (
    "云州市人民政府关于废止部分信用管理文件的通知\n云政发〔2022〕8号\n各县区人民政府：\n经研究，决定废止以下文件：\n"
    "1.《云州市失信惩戒管理办法》（云政发〔2018〕3号）\n2.《云州市失信联合惩戒实施方案》\n{more}云州市人民政府\n2022年3月1日"
)


def test_document_that_only_repeals_sets_no_measure_and_is_called_so():
    found = pipeline.screen(REPEAL.format(more=""))
    assert (found.flagged, found.metadata.repeals) == (False, True)


def test_document_that_repeals_and_sets_is_flagged():
    found = pipeline.screen(REPEAL.format(more="废止后，对失信企业仍列入黑名单并向社会公示。\n"))
    assert (found.flagged, found.metadata.repeals) == (True, False)


LISTS = (
    "云州市建筑市场信用管理办法\n云建〔2021〕3号\n第一条 为规范建筑市场，制定本办法。\n"
    "第二条 有下列情形之一的，依照《保障农民工工资支付条例》第四十八条列入失信联合惩戒对象名单：\n"
    "（一）克扣、无故拖欠农民工工资的；\n（二）引发群体性事件的；\n（三）伪造工资支付记录的。\n"
    "第三条 对列入名单的单位，采取下列措施：\n（一）限制参加政府采购；\n（二）取消评优资格；\n（三）向社会公布。\n"
    "云州市住房和城乡建设局\n2021年3月4日"
)


def test_conditions_of_a_list_are_one_line_with_their_lead_in_and_each_consequence_has_its_own():
    found = pipeline.screen(LISTS)
    lines = [(found.clauses[finding.clause].label, finding.function) for finding in found.findings]
    assert lines == [
        ("第二条", "认定"),
        ("第三条第（一）项", "惩戒"),
        ("第三条第（二）项", "惩戒"),
        ("第三条第（三）项", "公开"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "失信被执行人制度培训班须知\n一、上课请将手机静音，不得缺席，有事向班主任请假。\n二、住宿两人一间，凭房卡就餐。\n三、返程票自理。",
        "防火墙黑名单误封排查记录\n一、早上九点，三楼打印机不能联网。\n二、名单里有打印机的地址，怪不得打不出来。\n三、删除后恢复。",
        "主体信用评级报告摘要\n一、评级结果：AA。\n二、每年六月三十日前出具定期跟踪，必要时下调信用等级。\n三、公司收入稳定。",
    ],
)
def test_weak_words_under_a_title_of_credit_list_no_document(text):
    found = pipeline.screen(text)
    assert (found.flagged, found.mentioned) == (False, False)


def test_weak_words_under_such_a_title_list_it_where_they_rest_on_an_act():
    text = "云州市个体工商户失信公示规定\n第一条 未报送年度报告的，依照《个体工商户条例》第十四条予以标记并公示。\n第二条 本规定自印发之日起施行。"
    assert pipeline.screen(text).flagged


def test_the_same_bar_counts_under_a_heading_of_dishonesty_and_not_elsewhere():
    text = "云州市园区管理办法\n第三章 {}\n第八条 取消评优资格。\n第四章 附则\n第九条 本办法自印发之日起施行。"
    assert pipeline.screen(text.format("失信惩戒")).flagged
    assert not pipeline.screen(text.format("卫生评比")).flagged


@pytest.mark.parametrize(
    ("title", "number", "flagged"),
    [("机动车驾驶证申领和使用规定", "", False), ("云山县教练车管理规定", "云山运〔2021〕3号\n", True)],
)
def test_a_registered_act_sets_ordinary_penalties_and_an_offices_paper_measures(title, number, flagged):
    text = f"{title}\n{number}第一条 申请人提供虚假材料申领准驾凭证的，不予受理，三年内不得再次申请。\n第二条 本规定自2021年4月1日起施行。\n"
    assert pipeline.screen(text).flagged is flagged
