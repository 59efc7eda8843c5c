"""An article carries a measure only of its own field, and only the thing that it bars from itself."""

import pytest

import pipeline
from pipeline.assess.carriage.same_matter import ANY_FIELD
from pipeline.document import Verdict
from pipeline.extract.authorities.provisions import checked_rows

NOTICE = "第三条 列入前书面告知，听取陈述申辩，可以提出异议，期满移出。\n"


def verdicts(title: str, clause: str) -> set[Verdict]:
    text = (
        f"{title}\n云城管〔2026〕9号\n第一条 为加强管理，制定本办法。\n第二条 {clause}\n{NOTICE}云州市人民政府\n2026年8月1日\n"
    )
    return {finding.verdict for finding in pipeline.screen(text, as_of="2026-11-01").findings}


@pytest.mark.parametrize(
    ("title", "clause"),
    [
        ("云州市餐饮管理办法", "餐饮企业弄虚作假的，依照《护士条例》第三十二条，二年内不得申请许可。"),
        ("云州市旅游管理办法", "旅行社弄虚作假的，依照《教师资格条例》第二十条，三年内不得从业。"),
        ("云州市物业管理办法", "物业服务企业弄虚作假的，依照《中华人民共和国商标法实施条例》第八十四条，记入信用档案。"),
    ],
)
def test_an_article_of_another_field_is_for_a_person(title, clause):
    assert verdicts(title, clause) == {Verdict.PERSON}


@pytest.mark.parametrize(
    ("title", "clause"),
    [
        ("云州市护士执业管理办法", "护士被吊销执业证书的，依照《护士条例》第三十二条，禁止其参加政府采购活动。"),
        ("云州市医师管理办法", "医师考试作弊的，依照《中华人民共和国医师法》第五十四条，禁止其参加招标投标活动。"),
    ],
)
def test_an_article_that_bars_from_another_thing_is_for_a_person(title, clause):
    assert verdicts(title, clause) == {Verdict.PERSON}


def test_relatives_of_whom_the_article_does_not_speak_are_for_a_person():
    clause = (
        "供应商提供虚假材料谋取成交的，依照《中华人民共和国政府采购法》第七十七条，一年内禁止其本人及配偶参加政府采购活动。"
    )
    assert verdicts("云州市采购管理办法", clause) == {Verdict.PERSON}


@pytest.mark.parametrize(
    ("title", "clause"),
    [
        ("云州市护士执业管理办法", "护士被吊销执业证书的，依照《护士条例》第三十二条，二年内不得申请执业注册。"),
        (
            "云州市采购管理办法",
            "供应商提供虚假材料谋取成交的，依照《中华人民共和国政府采购法》第七十七条，三年内禁止参加政府采购活动。",
        ),
        ("关于执行事项的通知", "隐瞒真实情况申请许可的，依照《中华人民共和国行政许可法》第七十八条，一年内不得再次申请。"),
    ],
)
def test_an_article_of_the_same_matter_carries(title, clause):
    assert verdicts(title, clause) == {Verdict.CONFORMS}


def test_no_article_of_a_single_field_carries_a_clause_of_a_field_that_nobody_regulates():
    """A law of all the checked articles: a clause about kite clubs rests on none, whatever category it shares with the article."""
    every = [row for row in checked_rows() if row[4].functions and not row[3] and row[1].startswith("第")]
    titles = {title: (title, article) for title, article, *_ in every if not ANY_FIELD.search(title)}
    carried = [
        title
        for title, article in titles.values()
        if Verdict.CONFORMS in verdicts("风筝协会活动规则", f"风筝协会弄虚作假的，依照《{title}》{article}，记入诚信档案。")
    ]
    assert not carried
