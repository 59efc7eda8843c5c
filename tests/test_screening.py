"""What may be given to `pipeline.screen`, and what is said of text."""

import pipeline


def test_long_line_of_text_is_text_and_not_the_name_of_a_file():
    assert pipeline.screen("对弄虚作假的企业记入信用档案。" * 60).flagged


def test_text_with_characters_that_no_file_name_holds_is_text():
    assert not pipeline.screen("今日\x00有雨").flagged
