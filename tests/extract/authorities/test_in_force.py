"""Standing in time: repeal with successor, amendment since, articles that are not there, the document's own date."""

import pytest

from pipeline.document import Authority, Level
from pipeline.extract import find_citations
from pipeline.extract.authorities.in_force import judge


def authority(**known):
    facts = {"id": "某某条例", "title": "某某条例", "level": Level.ADMINISTRATIVE_REGULATION, "status": "有效"}
    return Authority(**{**facts, **known})


def test_repealed_law_names_its_successor():
    (found,) = find_citations("依照《中华人民共和国合同法》第五十二条", as_of="2021-01-19")
    assert found.in_force is False
    assert found.status.startswith("已于2021-01-01废止，由《中华人民共和国民法典》替代")


def test_law_repealed_later_was_in_force_before():
    (found,) = find_citations("依照《中华人民共和国合同法》", as_of="2020-06-01")
    assert found.in_force is True


def test_repeal_after_the_documents_date_says_both():
    (found,) = find_citations("依照《中华人民共和国合同法》", date="2019-05-01", as_of="2022-01-01")
    assert found.in_force is False and "成文时（2019-05-01）有效" in found.status


def test_text_of_later_date_was_not_yet_there():
    later = authority(adopted="2022-05-01", effective="2022-10-01")
    assert judge(later, [], as_of="2021-01-19").in_force is False
    assert "尚未施行" in judge(later, [], as_of="2022-06-01").status
    assert judge(later, [], as_of="2022-10-01").in_force is True


def test_article_beyond_the_last_is_told():
    said = judge(authority(last_article=30), ["第三十条", "第三十一条"], as_of="2021-01-19").status
    assert "第三十一条超出" in said and "第三十条、" not in said


def test_amendment_since_the_documents_date_is_told():
    amended = authority(adopted="2010-01-01", effective="2010-02-01", latest_version="2020-03-01")
    assert "成文后已于2020-03-01修改" in judge(amended, [], document_date="2015-01-01", as_of="2021-01-19").status
    assert "修改" not in judge(amended, [], document_date="2020-06-01", as_of="2021-01-19").status


def test_unknown_standing_is_none():
    assert judge(authority(status="待核"), [], as_of="2021-01-19").in_force is None
    (found,) = find_citations("依照《某某市某某办法》")
    assert found.in_force is None


def test_moved_article_is_given_for_reference():
    (found,) = find_citations("依照《中华人民共和国行政复议法》第十七条", date="2015-01-01", as_of="2024-06-01")
    assert "条号变动（供参考）" in found.status


def test_repeal_without_date_or_successor_is_not_taken_as_certain():
    found = judge(authority(status="废止"), [], as_of="2021-01-25")
    assert found.in_force is None and "待核" in found.status


def test_repeal_without_date_but_with_successor_is_taken_now_and_open_for_earlier_days():
    ended = authority(status="废止", superseded_by="某某新条例")
    found = judge(ended, [], as_of="2027-01-01")
    assert found.in_force is False and "由《某某新条例》替代" in found.status
    assert judge(ended, [], as_of="2021-01-25").in_force is None


@pytest.mark.parametrize(
    ("title", "day", "in_force"),
    [
        ("合同法", "1999-09-30", False),  # adopted in March, in force from October
        ("合同法", "1999-10-01", True),
        ("保障中小企业款项支付条例", "2020-08-31", False),  # the registry's day is the revision's of 2025
        ("保障中小企业款项支付条例", "2021-01-01", True),
        ("拖欠农民工工资“黑名单”管理暂行办法", "2021-12-31", True),  # repealed without a day: that of its successor
        ("拖欠农民工工资“黑名单”管理暂行办法", "2022-01-01", False),
        ("医疗器械监督管理条例", "2025-06-01", True),  # amended in 2024, not repealed
        ("社会抚养费征收管理办法", "2022-01-01", False),
        ("陕西省社会信用条例", "2022-02-28", False),
    ],
)
def test_dates_decide(title, day, in_force):
    assert find_citations(f"依照《{title}》", as_of=day)[0].in_force is in_force


def test_without_any_day_earlier_times_are_unknown():
    assert judge(authority(), [], as_of="2015-01-01").in_force is None
    assert judge(authority(adopted="2015-03-01"), [], as_of="2015-04-01").in_force is None
    assert judge(authority(adopted="2015-03-01"), [], as_of="2017-04-01").in_force is True
