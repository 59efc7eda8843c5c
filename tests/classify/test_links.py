"""Lines of links around a saved article are told from rows of a table that set a measure."""

import json

import pytest

from pipeline.classify.links import is_list_of_links
from pipeline.screening import screen
from pipeline.shipped import ANNOTATED


@pytest.mark.parametrize(
    "line",
    [
        "页脚：信用信息公示　政府信息公开　网站地图",
        "首页｜通知公告｜政策法规｜失信名单查询",
        "水质查询　营业网点　用水户信用评价　意见反馈",
        "返回顶部　友情链接：交通运输部海事局　信用交通",
    ],
)
def test_a_line_of_links(line):
    assert is_list_of_links(line)


@pytest.mark.parametrize(
    "line",
    [
        "弄虚作假　两年内不得申报",
        "虚开发票｜记入信用档案｜公示一年",
        "围标失信主体　投标保证金上浮50%　不接受保函",
        "对失信企业，在门户网站公示，并列入黑名单。",
    ],
)
def test_a_row_or_sentence_that_does_something_to_somebody_is_none(line):
    assert not is_list_of_links(line)


def test_no_annotated_measure_is_taken_for_links():
    rows = [json.loads(line) for path in (ANNOTATED / "clauses").glob("*.jsonl") for line in path.open(encoding="utf-8")]
    assert [row["id"] for row in rows if row["relevant"] and is_list_of_links(row["text"])] == []


def test_links_around_an_ordinary_article_make_no_flag():
    text = (
        "云州渔业\n首页｜政务公开｜失信名单查询｜信用公示\n禁渔期今日结束\n今日正午，三十条渔船出港。\n页脚：信用中国　网站地图"
    )
    assert not screen(text).flagged
