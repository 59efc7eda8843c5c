"""Line breaks taken out with the spaces around them, and the way back."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.flat import flatten


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet="信用 \t\u3000\n\r\f\v\u2028\xa0。", max_size=40))
def test_breaks_go_with_the_spaces_around_them_and_every_letter_knows_its_place(text: str) -> None:
    flat = flatten(text)
    assert flat.text == re.sub(r"(?<![ \t\u3000])[ \t\u3000]*[\r\n\f\v\u2028\u2029][\s\u3000]*", "", text)
    assert all(text[flat.start(place)] == letter for place, letter in enumerate(flat.text))


def test_where_a_line_began_is_known() -> None:
    flat = flatten("根据 \n　《办法》\n第三条")
    assert flat.text == "根据《办法》第三条"
    assert [place for place in range(len(flat.text)) if flat.at_line_start(place)] == [0, 2, 6]
