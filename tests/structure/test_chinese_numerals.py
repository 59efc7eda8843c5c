"""Numerals of statutes and dates, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.structure.chinese_numerals import to_chinese, to_int


@given(st.integers(1, 99_999_999))
def test_what_is_written_is_read_back(number):
    assert to_int(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("一百二十", 120),
        ("一百〇二", 102),
        ("廿三", 23),
        ("卅", 30),
        ("二〇二一", 2021),
        ("二○○八", 2008),
        ("二ＯＯ九", 2009),
        ("一九九六", 1996),
        ("１２", 12),
        ("两", 2),
        ("一万二千", 12000),
    ],
)
def test_forms_met_in_documents(numeral, number):
    assert to_int(numeral) == number


@pytest.mark.parametrize("word", ["", "甲", "三号", "万"])
def test_what_is_no_numeral_gives_zero(word):
    assert to_int(word) == 0
