"""More shapes of saved pages, six and nine articles each: title, number, text, what stands round it, flags: each right on 96 %."""

from __future__ import annotations

from collections import Counter
from types import ModuleType

import pytest

import pipeline
from pipeline.ingest import read_document
from tests.ingest.web import more_pages, saved_pages
from tests.ingest.web.saved_pages import ARTICLES, stored

BAR = 0.96


@pytest.mark.parametrize(
    ("site", "count"), [pytest.param(saved_pages, 54, id="saved_pages"), pytest.param(more_pages, 207, id="more_pages")]
)
def test_pages_are_their_articles(site: ModuleType, count: int) -> None:
    right: Counter[str] = Counter()
    wrong = []
    for shape in site.SHAPES:
        for article in site.ARTICLES:
            document = read_document(site.stored(shape, article), "a.html")
            screening = pipeline.screen(document)
            bare = "".join(document.text.split())
            found = {
                "题": screening.metadata.title == article.title,
                "号": screening.metadata.number == article.number,
                "文": all("".join(text.split()) in bare for text in article.paragraphs),
                "栏": not any(text in document.text for text in site.CHROME),
                "判": screening.flagged == article.relevant,
            }
            right.update(name for name, good in found.items() if good)
            wrong += [f"{shape} {article.number} {name}" for name, good in found.items() if not good]
    pages = len(site.SHAPES) * len(site.ARTICLES)
    assert pages == count
    assert all(right[name] >= BAR * pages for name in "题号文栏判"), wrong


def test_a_value_in_the_block_behind_its_name_is_an_entry() -> None:
    facts = read_document(stored("信息公开", ARTICLES[0]), "a.html").facts
    assert "文号：青水发〔2019〕21号" in facts
    assert "索引号：QH0001-2022-0007" in facts


def test_what_follows_the_signature_is_kept_where_the_document_goes_on() -> None:
    notice = "<p>各单位：</p><p>现将名册印发给你们，请按期报送，过期不再受理申请，联系人由各单位确定。</p><p>云州市某局</p><p>2021年3月1日</p>"
    for annex in (
        "<p>附件</p><p>列入失信名单的企业不得申报。</p>",
        "<p>第一条 列入失信名单的企业不得申报。</p>",
        "<table><tr><td>甲企业</td><td>列入失信名单的企业不得申报。</td></tr></table>",
    ):
        page = f'<ul><li><a href="/">首页</a></li><li><a href="/1">公开</a></li><li><a href="/2">互动</a></li></ul><h1>关于报送名册的通知</h1>{notice}{annex}<p><a href="/3">其他通知</a></p>'
        assert "列入失信名单的企业不得申报。" in read_document(page.encode(), "a.html").text
