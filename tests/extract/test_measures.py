"""Punishment measures: every category is found in varied words, and what only looks like one is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.measures import categories, find_measures, load_words

FOUND = [
    ("取消其三年内参加政府采购活动的资格", "限制市场或行业准入"),
    ("失信企业两年内不得参与本市工程招投标", "限制市场或行业准入"),
    ("对骗取许可的，五年内不得从事食品生产经营活动", "限制市场或行业准入"),
    ("违规机构清出中介超市名录", "限制市场或行业准入"),
    ("不得担任其他企业的法定代表人", "限制任职"),
    ("对弄虚作假的专家，取消评审专家资格", "限制任职"),
    ("限制乘坐飞机和高铁", "限制消费（高消费及有关消费）"),
    ("子女不得就读高收费私立学校", "限制消费（高消费及有关消费）"),
    ("依法阻止其出境", "限制出境"),
    ("对考试作弊的，三年内取消报考资格", "限制升学复学"),
    ("追回已拨付的补助资金，五年内不得申报科技项目，欺诈者从重", "限制申请财政性资金项目"),
    ("对隐瞒事实的单位，不予受理其项目申报", "限制申请财政性资金项目"),
    ("取消当年评先评优资格", "限制参加评先评优"),
    ("撤销其“诚信经营户”荣誉称号", "限制参加评先评优"),
    ("停止执行优惠政策", "限制享受优惠政策和便利措施"),
    ("对违背承诺的，不适用告知承诺制", "限制享受优惠政策和便利措施"),
    ("列为重点监管对象", "纳入重点监管范围"),
    ("对失信单位提高抽查频次", "纳入重点监管范围"),
    ("将其纳入失信名单", "纳入严重失信主体名单"),
    ("经核实后列入拖欠工资黑名单", "纳入严重失信主体名单"),
    ("对违约商户在门户网站曝光", "共享公示失信信息"),
    ("将处罚结果记入企业信用档案", "共享公示失信信息"),
    ("将失信信息推送相关部门", "推送政府部门自主参考"),
    ("把拖欠情况通报行业协会、推送征信机构", "推送市场主体自主参考"),
    ("信用等级降为D级", "行业自律、信用评价降级等（清单外，须人工看）"),
    ("对失信用户停止供水供电", "清单外"),
    ("失信村民不得领取村集体分红", "清单外"),
    ("欠费的，禁止贷款", "清单外"),
    ("伪造业绩的，三年内不受理其申请", "限制市场或行业准入"),
    ("冒名报考的，停止其参加国家教育考试一至三年", "限制升学复学"),
    ("对欠缴税款的单位，在办税场所公告", "共享公示失信信息"),
    ("失信工地的检查频次加倍", "纳入重点监管范围"),
    ("对列入名单的失信主体，在政府采购、融资贷款等方面予以限制", "限制市场或行业准入"),
    ("医药企业失信的，限制其全部产品挂网", "限制市场或行业准入"),
    ("失信的会计人员五年内不得参加会计专业技术资格考试", "限制市场或行业准入"),
    ("评标专家收受财物的，取消评标专家资格", "限制任职"),
    ("每爽约一次扣减诚信积分5分", "行业自律、信用评价降级等（清单外，须人工看）"),
]
NOT_FOUND = [
    "处一万元以上三万元以下罚款",
    "给予警告，责令限期改正",
    "不得将未经生效文书认定的企业列入失信名单",
    "不得以不合理条件限制供应商参加政府采购",
    "信用修复后终止公示",
    "依法公开政府信息",
    "大力推进诚信建设，弘扬契约精神",
    "凭信用卡缴纳报名费",
    "未被列入黑名单",
    "投标人不得串通投标",
    "经营者不得弄虚作假",
    "工作人员不得泄露失信主体的商业秘密",
    "责令停止违法行为",
    "失信主体已经履行义务的，不再适用前条规定",
]


@pytest.mark.parametrize(("text", "category"), FOUND)
def test_measure_is_put_into_its_category(text, category):
    assert category in {measure.category for measure in find_measures(text)}


@pytest.mark.parametrize("text", NOT_FOUND)
def test_negated_and_ordinary_words_are_no_measure(text):
    assert find_measures(text) == []


def test_every_category_has_a_trigger_and_an_example():
    assert {trigger.category for trigger in load_words().triggers} == set(categories())
    assert {category for _, category in FOUND} == set(categories())


def test_what_may_not_be_applied_for_decides_the_category():
    found = find_measures("骗取许可的，五年内不得申请食品生产经营许可")
    assert [(measure.category, measure.duration) for measure in found] == [("限制市场或行业准入", "五年内")]


def test_a_period_of_the_next_measure_is_not_that_of_the_last():
    found = find_measures("对失信单位取消评优资格并三年内不得申报科技项目")
    assert [measure.duration for measure in found if measure.category == "限制参加评先评优"] == [""]


def test_reference_to_those_already_listed_is_no_new_listing():
    found = find_measures("对列入黑名单的企业，取消评优资格")
    assert [measure.category for measure in found] == ["限制参加评先评优"]


def test_two_measures_that_share_a_verb_list_stay_two():
    found = [measure.text for measure in find_measures("对被执行人限制高消费、限制出境")]
    assert found == ["限制高消费", "限制出境"]


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("三年内不得参加政府采购活动", "三年内"),
        ("在1至3年内禁止参加政府采购活动", "1至3年内"),
        ("自认定之日起2年内取消其项目申报资格", "自认定之日起2年内"),
        ("终身不得担任企业法定代表人", "终身"),
        ("两年内累计三次爽约的，列入失信名单", ""),
        ("连续三年拖欠的，取消评优资格", ""),
        ("取消投标资格，期限为六个月", "六个月"),
        ("造假的机构暂停承接检测业务三个月", "三个月"),
        ("在信用网站公示失信单位，公示期一年", "一年"),
        ("取消其二年至五年内参加招标投标的资格", "二年至五年内"),
        ("责令停止从业五年以上十年以下", "五年以上十年以下"),
        ("失信企业十二个月内不得参与招标投标", "十二个月内"),
    ],
)
def test_duration_is_the_measures_and_not_the_conditions(text, duration):
    assert find_measures(text)[0].duration == duration


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("对失信企业及其法定代表人，限制高消费", ["企业", "法定代表人"]),
        ("家庭医生弄虚作假的，取消评优资格", ["家庭医生"]),
        ("评标专家违规的，取消专家资格", ["专家"]),
        ("不得担任公司法定代表人", []),
        ("被执行人拒不履行的，限制出境", ["被执行人"]),
    ],
)
def test_subject_is_the_one_punished(text, subjects):
    assert find_measures(text)[0].subjects == subjects


def test_lead_in_above_a_list_makes_a_weak_phrase_a_measure():
    assert find_measures("从严审核行政许可申请") == []
    assert find_measures("从严审核行政许可申请", context="对失信主体采取下列措施") != []


@given(st.lists(st.sampled_from([text for text, _ in FOUND] + NOT_FOUND), max_size=8), st.integers(0, 10_000))
def test_offsets_always_slice_to_the_measures_words(sentences, offset):
    text = "。".join(sentences)
    for measure in find_measures(text, offset):
        assert text[measure.start - offset : measure.end - offset] == measure.text


@given(st.text(alphabet="取消限制三年内的，。失信企业名单参加投标政府采购列入黑不得0", max_size=300))
def test_any_text_is_read_without_error_and_in_order(text):
    found = find_measures(text)
    assert [measure.start for measure in found] == sorted(measure.start for measure in found)


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("拒不改正的，两年内不得出境或者升学复学。", {"限制出境", "限制升学复学"}),
        ("骗取奖金的，三年内取消评优、报考资格。", {"限制参加评先评优", "限制升学复学"}),
        ("隐瞒债务的，取消其投标的资格。", {"限制市场或行业准入"}),
    ],
)
def test_each_of_several_things_barred_together_has_its_category(text, categories):
    assert {measure.category for measure in find_measures(text)} == categories
