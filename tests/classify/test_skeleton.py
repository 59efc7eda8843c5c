"""The skeleton of a clause: words of art in their order."""

import pytest

from pipeline.classify.near.features import skeletons
from pipeline.classify.near.skeleton import skeleton


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("将骗保人员汇到市诚信平台", "对失信单位，报送省信用库"),
        ("名单在公告栏张贴", "名录向社会公示"),
    ],
)
def test_clauses_that_share_no_words_share_marks(first, second):
    assert set(skeleton(first)) & set(skeleton(second))


def test_words_that_are_no_terms_of_art_leave_no_mark():
    assert skeleton("每日清扫两次，早晚各一次") == ""


def test_marks_keep_the_order_of_the_words_and_sentences_stay_apart():
    marks = skeleton("弄虚作假的，记入档案。整改后移出。")
    assert marks.index("骗") < marks.index("录") < marks.index("档") < marks.index("。") < marks.index("修")


def test_blanked_decoys_leave_no_mark():
    assert "信" not in skeletons("‖办理信用卡和信用证业务")
