"""Levels of titles: places that end in 州 or 城, bodies without the power, titles that name nobody."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.document import Level
from pipeline.extract import find_citations
from pipeline.extract.authorities.divisions import may_legislate, places_of

LOCAL_EITHER = {Level.LOCAL_RULE, Level.LOCAL_NORMATIVE}


def cases() -> list[tuple[str, str]]:
    with Path(__file__).with_name("levels_by_name.csv").open(encoding="utf-8", newline="") as file:
        return [(row["title"], row["level"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("title", "wanted"), cases())
def test_level_by_name(title: str, wanted: str) -> None:
    (found,) = find_citations(f"根据《{title}》的规定")
    if wanted == "不具备依据资格":
        assert not found.qualified
    elif wanted == "不明":
        assert found.level is Level.UNKNOWN and "登记表查无" in found.status
    elif wanted == "地方政府规章或规范性文件":
        assert found.level in LOCAL_EITHER
    else:
        assert found.level == wanted


def test_every_city_may_legislate_only_since_it_may() -> None:
    assert may_legislate(places_of("晋城市"), "2014-12-31") is False
    assert may_legislate(places_of("晋城市"), "2015-03-15") is True
    assert may_legislate(places_of("杭州市"), "2010-01-01") is True
    assert may_legislate(places_of("昆山市")) is False
    assert may_legislate(places_of("某某市")) is None


def test_a_city_regulation_older_than_the_power_is_none() -> None:
    (found,) = find_citations("根据《晋城市信用条例》的规定", date="2012-05-01")
    assert not found.qualified


def test_nearest_registered_titles_are_offered() -> None:
    (found,) = find_citations("根据《文明行为促进条例》的规定")
    assert found.level is Level.UNKNOWN and "书名相近的有《" in found.status


@pytest.mark.parametrize("name", ["农贸市场", "城市市容", "社区矫正", "自然保护区", "上市公司", "住房城乡建设部", "本市"])
def test_what_only_looks_like_a_place(name: str) -> None:
    assert places_of(name) == []
