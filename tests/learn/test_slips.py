"""Slips of character recognition: as many as asked for, only in Chinese characters, the same each time."""

from __future__ import annotations

import random
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from pipeline.learn.slips import confusions, slipping, with_slips

SENTENCE = "本市对失信企业实行名单管理，三年内不得参加投标，修复后移出。"


@given(st.text(max_size=80), st.integers())
def test_no_slip_at_rate_zero(text: str, seed: int) -> None:
    assert with_slips(text, 0.0, random.Random(seed)) == text


@given(st.text(alphabet=st.characters(max_codepoint=0x2FFF), max_size=80), st.integers())
def test_what_is_not_chinese_is_left_alone(text: str, seed: int) -> None:
    assert with_slips(text, 1.0, random.Random(seed)) == text


def test_about_as_many_slips_as_asked_for() -> None:
    rng = random.Random(0)
    readings = [with_slips(SENTENCE, 0.03, rng) for _ in range(400)]
    kept = [SequenceMatcher(None, SENTENCE, reading).get_matching_blocks() for reading in readings]
    lost = 1 - sum(block.size for blocks in kept for block in blocks) / len(SENTENCE) / len(readings)
    assert 0.015 < lost < 0.04


def test_the_same_text_slips_the_same_way_and_with_another_salt_otherwise() -> None:
    assert slipping(0.3)(SENTENCE) == slipping(0.3)(SENTENCE)
    assert slipping(0.3)(SENTENCE) != slipping(0.3, salt=1)(SENTENCE)


def test_every_pair_is_of_two_different_single_characters() -> None:
    table = confusions()
    assert len(table) > 150
    assert all(len(character) == 1 and character not in others for character, others in table.items())
