"""HTML: a page saved from a website is its article, not its menus; what is hidden or run is not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import UnreadableFile
from pipeline.ingest import read_document

ARTICLE = "<h1>取水单位信用管理办法</h1><p>第一条 为规范取水管理，制定本办法。</p><p>第二条 本办法自发布之日起施行。</p>"
TEXT = "取水单位信用管理办法\n第一条 为规范取水管理，制定本办法。\n第二条 本办法自发布之日起施行。"


def text_of(body: str, head: str = "") -> str:
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return read_document(page.encode(), "a.html").text


def test_one_paragraph_a_block() -> None:
    assert text_of(f"<div><div>{ARTICLE}</div></div>") == TEXT


def test_menus_forms_and_title_bar_are_left_out() -> None:
    menu = "<nav><ul><li>首页</li><li>政务公开</li></ul></nav><form><select><option>全部</option></select><button>搜索</button></form>"
    assert text_of(menu + ARTICLE, "<title>云州市政府网</title>") == TEXT


def test_scripts_and_styles_are_neither_run_nor_read() -> None:
    script = (
        "<script>document.write('伪造的条文')</script><style>p::before{content:'伪造'}</style><noscript>请开启脚本</noscript>"
    )
    text = text_of(f"<p onclick=\"alert('伪造')\">{script}</p>{ARTICLE}<img src=x onerror=\"document.body.innerHTML='伪造'\">")
    assert text == TEXT


def test_hidden_text_is_not_read() -> None:
    hidden = (
        '<p style="display: none">隐藏甲</p><p hidden>隐藏乙</p><div style="color:red;visibility:hidden"><p>隐藏丙</p></div>'
    )
    assert text_of(hidden + ARTICLE + "<!-- 注释 -->") == TEXT


def test_nothing_outside_the_file_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("the network was touched"))
    links = '<link rel="stylesheet" href="http://example.invalid/a.css"><base href="http://example.invalid/">'
    assert (
        text_of(f'{ARTICLE}<img src="http://example.invalid/a.png"><iframe src="http://example.invalid/"></iframe>', links)
        == TEXT
    )


def test_entities_are_characters() -> None:
    assert text_of("<p>&#20449;&#x7528;&lt;名单&gt;&nbsp;&amp;&ldquo;公示&rdquo;&middot;&mdash;</p>") == "信用<名单> &“公示”·—"


def test_table_gives_a_row_a_line_and_a_cell_a_tab() -> None:
    table = "<table><tr><th>序号</th><th>行为</th></tr><tr><td>1</td><td><p>虚报</p><p>水量</p></td></tr></table>"
    assert text_of(table) == "序号\t行为\n1\t虚报 水量"


def test_empty_cells_keep_their_place() -> None:
    assert text_of("<table><tr><td>甲</td><td></td><td>丙</td></tr></table>") == "甲\t\t丙"


def test_layout_table_is_no_table() -> None:
    assert text_of(f"<table><tr><td>{ARTICLE}</td></tr></table>") == TEXT


def test_article_beside_its_menu_in_a_layout_table_keeps_its_paragraphs() -> None:
    articles = "".join(f"<p>第{number}条 取水单位应当报送年度计划。</p>" for number in "一二三四五六七八九")
    text = text_of(f"<table><tr><td>栏目导航</td><td>{articles}</td></tr></table>")
    assert text.split("\n")[1:] == [f"第{number}条 取水单位应当报送年度计划。" for number in "一二三四五六七八九"]


def test_article_that_a_script_would_have_shown_is_read() -> None:
    assert text_of(f'<p>加载中</p><div style="display:none">{ARTICLE}</div>').endswith(TEXT)


def test_table_in_a_layout_table_keeps_its_rows() -> None:
    inner = "<table><tr><td>1</td><td>虚报</td></tr><tr><td>2</td><td>瞒报</td></tr></table>"
    assert text_of(f"<table><tr><td><p>附表如下：</p>{inner}</td></tr></table>") == "附表如下：\n1\t虚报\n2\t瞒报"


def test_line_break_parts_and_white_space_of_the_source_does_not() -> None:
    assert text_of("<p>第一行<br>第二行</p><p>同一\n   段落</p>").split("\n")[:2] == ["第一行", "第二行"]
    assert text_of("<p>根据 <b>《水法》</b><span>第</span><span>七条</span></p>").replace(" ", "") == "根据《水法》第七条"


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "GB18030", '"gb2312"'])
def test_charset_in_the_meta_element_is_obeyed(declared: str) -> None:
    page = f'<html><head><meta http-equiv=Content-Type content="text/html; charset={declared}"></head><body>{ARTICLE}</body></html>'
    assert read_document(page.encode("gb18030"), "a.htm").text == TEXT


def test_wrong_charset_in_the_meta_element_is_not() -> None:
    page = f'<html><head><meta charset="gb2312"></head><body>{ARTICLE}</body></html>'
    assert read_document(page.encode(), "a.htm").text == TEXT


def test_page_of_menus_only_has_no_text() -> None:
    with pytest.raises(UnreadableFile) as raised:
        text_of("<nav>首页</nav><script>1</script>")
    assert raised.value.kind == "无文字"


def test_deep_nesting_is_read() -> None:
    assert text_of("<div>" * 3000 + "信用" + "</div>" * 3000) == "信用"


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<br>", "<!--", "<div hidden>", "信用"])
    )
)
def test_any_muddle_of_marks_is_text_or_a_problem(pieces: list[str]) -> None:
    try:
        text = text_of("".join(pieces))
    except UnreadableFile as problem:
        assert problem.kind == "无文字"
    else:
        assert "<" not in text
