"""A saved page is its article: title, number and text right, nothing of menus, related titles and footers, in every shape."""

from __future__ import annotations

import pytest

import pipeline
from pipeline.ingest import read_document
from pipeline.structure import parse_metadata
from tests.ingest.web.pages import ARTICLES, CHROME, SHAPES, Article, link_list

PAGES = [
    pytest.param(shape, article, id=f"{name}-{article.title[:8]}") for name, shape in SHAPES.items() for article in ARTICLES
]


@pytest.mark.parametrize(("shape", "article"), PAGES)
def test_page_is_its_article(shape, article: Article) -> None:
    document = read_document(shape(article).encode(), "a.html")
    metadata = parse_metadata(document)
    lines = document.text.split("\n")
    assert metadata.title == article.title
    assert metadata.number == article.number
    assert [line for line in article.body if lines.count(line) != 1] == []
    assert [words for words in CHROME if words in document.text] == []


@pytest.mark.parametrize("name", SHAPES)
def test_flag_comes_from_the_article_alone(name: str) -> None:
    for article in ARTICLES:
        assert pipeline.screen(read_document(SHAPES[name](article).encode(), "a.html")).flagged == article.constraint


@pytest.mark.parametrize("name", ["trs", "flat", "reader_markdown"])
def test_what_is_left_out_is_counted(name: str) -> None:
    document = read_document(SHAPES[name](ARTICLES[0]).encode(), "a.html")
    assert any("字未作正文" in note for note in document.notes)


def test_date_and_source_of_publication_are_facts_and_no_date_of_the_document() -> None:
    page = Article(False, "我市图书馆延长开放时间", "", "2021-03-12", ("自下周起，图书馆开放至晚九点，欢迎读者前来。",))
    document = read_document(SHAPES["trs"](page).encode(), "a.html")
    assert "发布日期：2021-03-12 09:30" in document.facts
    assert parse_metadata(document).date == ""


def test_page_of_links_is_an_index_with_its_own_title() -> None:
    document = read_document(link_list().encode(), "a.html")
    assert parse_metadata(document).title == "规范性文件"
    assert "关于对失信企业实施联合惩戒的实施意见" in document.text
    assert "网页只有链接，按目录读取" in document.notes


def test_text_without_any_mark_of_a_page_is_read_whole() -> None:
    lines = ["云州市某局通知", "请各单位报送名册。", "主办：综合科", "上一篇：无", "版权所有"]
    document = read_document("".join(f"<p>{line}</p>" for line in lines).encode(), "a.html")
    assert document.text.split("\n") == lines


def test_prose_beside_the_container_is_kept() -> None:
    annex = "".join(
        f"<p>第{number}条 申请人应当在规定期限内提交材料，逾期不予受理，材料由窗口统一登记编号。</p>"
        for number in "一二三四五六七八"
    )
    page = f'<div><a href="/">首页</a></div><div class="TRS_Editor"><p>现将办法印发给你们，请遵照执行。</p><p>各单位应当按期报送情况，并做好记录。</p></div><div class="fj">{annex}</div>'
    assert "第八条" in read_document(page.encode(), "a.html").text
