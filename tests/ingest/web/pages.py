"""Saved web pages of our own making: articles, and the shapes in which sites of the government put them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Article:
    """An article with its right values; ``constraint`` says whether it sets measures against dishonest conduct."""

    constraint: bool
    title: str
    number: str
    date: str
    body: tuple[str, ...]


POLICIES = [
    Article(
        True,
        "青禾县水务局关于印发《青禾县取水单位信用管理办法》的通知",
        "青水发〔2022〕17号",
        "2022-03-08",
        (
            "各乡镇人民政府，各取水单位：",
            "现将《青禾县取水单位信用管理办法》印发给你们，请遵照执行。",
            "青禾县水务局",
            "2022年3月8日",
            "青禾县取水单位信用管理办法",
            "第一条 为规范取水行为，制定本办法。",
            "第二条 本县范围内取水单位的管理适用本办法。",
            "第三条 取水单位虚报取水量的，列入失信名单，记入信用档案，向社会公示，两年内不得享受水价优惠。",
            "第四条 本办法自2022年4月1日起施行。",
        ),
    ),
    Article(
        True,
        "云州市文化和旅游局关于开展旅行社服务质量提升行动的通知",
        "云文旅函〔2019〕66号",
        "2019-05-06",
        (
            "各县区文化和旅游局：",
            "为提升旅行社服务质量，决定开展专项行动，现就有关事项通知如下：",
            "一、突出重点，检查合同、保险和导游委派。",
            "二、对强迫购物、拒不整改的旅行社，依规列入旅游市场黑名单，实施联合惩戒，取消评优资格。",
            "三、各地于每月底前报送进展情况。",
            "云州市文化和旅游局",
            "2019年5月6日",
        ),
    ),
    Article(
        False,
        "云州市气象局关于做好今冬明春寒潮预警工作的通知",
        "云气发〔2023〕30号",
        "2023-11-02",
        (
            "各县气象局，局直各单位：",
            "为做好今冬明春寒潮预警工作，现通知如下：",
            "一、加密会商，提前研判天气过程。",
            "二、及时发布预警信息，提醒群众防寒防冻。",
            "三、落实值班制度，保持通信畅通。",
            "云州市气象局",
            "2023年11月2日",
        ),
    ),
]
NEWS = Article(
    False,
    "我市召开春季植树造林工作推进会",
    "",
    "2021-03-12",
    (
        "3月11日，我市召开春季植树造林工作推进会，安排部署今年造林绿化任务。",
        "会议强调，要抓住时节，科学选种，确保成活率。",
        "会议要求，各县区要压实责任，加强管护。",
    ),
)
GUIDE = Article(
    False,
    "灵活就业人员参加养老保险办理流程",
    "",
    "2020-07-01",
    (
        "一、办理条件：年满十六周岁的灵活就业人员。",
        "二、所需材料：本人身份证原件。",
        "三、办理地点：各镇便民服务中心窗口。",
        "四、办理时限：当场办结。",
    ),
)
ARTICLES = [*POLICIES, NEWS, GUIDE]

MENU = [
    "首页",
    "政府信息公开",
    "信用青禾",
    "行政处罚公示",
    "失信被执行人查询",
    "红黑名单",
    "办事大厅",
    "政民互动",
    "专题专栏",
    "登录个人中心",
]
RELATED = [
    "关于对失信企业实施联合惩戒的实施意见",
    "青禾县严重失信主体名单公示（第五批）",
    "一图读懂信用修复怎么办",
    "县政府召开第二十次常务会议",
]
FOOT = [
    "网站地图",
    "联系我们",
    "信用信息双公示专栏：公开曝光失信行为",
    "主办：青禾县人民政府办公室",
    "承办：青禾县大数据中心",
    "网站标识码：1400000011",
    "青公网安备14000002000011号",
]
CHROME = [*MENU[1:], *RELATED, *FOOT, "扫一扫在手机打开", "打印本页", "相关阅读", "上一篇"]


def links(words: Sequence[str], tag: str = "li", href: str = "/c/{}.html") -> str:
    return "".join(f'<{tag}><a href="{href.format(place)}">{word}</a></{tag}>' for place, word in enumerate(words))


def paragraphs(lines: Sequence[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>　　{line}</{tag}>\n" for line in lines)


def plain(words: Sequence[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{word}</{tag}>" for word in words)


def html(page: Article, body: str, metas: bool = True, attributes: str = "", site: str = "_青禾县人民政府") -> str:
    about = (
        f'<meta name="ArticleTitle" content="{page.title}"><meta name="PubDate" content="{page.date} 09:30"><meta name="ContentSource" content="县政府办">'
        if metas
        else ""
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{page.title}{site}</title>{about}</head>'
        f"<body {attributes}>{body}</body></html>"
    )


def text(page: Article) -> list[str]:
    return [*([page.number] if page.number else []), *page.body]


TOOLS = "<div>【字体：<a href='#'>大</a> <a href='#'>中</a> <a href='#'>小</a>】 打印本页 扫一扫在手机打开</div>"
NEIGHBOURS = '<p>上一篇：<a href="/p.html">关于对失信企业实施联合惩戒的实施意见</a></p><p>下一篇：<a href="/n.html">县政府召开第二十次常务会议</a></p>'


def trs(page: Article) -> str:
    return html(
        page,
        f'<div id="header"><ul>{links(MENU)}</ul></div><div class="bt">{page.title}</div><div>发布时间：{page.date} 来源：县政府办 浏览次数：12</div>{TOOLS}'
        f'<div class="view TRS_UEDITOR trs_paper_default">{paragraphs(text(page))}</div>{NEIGHBOURS}<h3>相关阅读</h3><ul>{links(RELATED)}</ul><div>{plain(FOOT)}</div>',
    )


def catalogue(page: Article) -> str:
    table = (
        f"<table><tbody><tr><th>索 引 号</th><td>000014349/2022-00021</td><th>主题分类</th><td>综合政务</td></tr><tr><th>发文机关</th><td>青禾县</td><th>成文日期</th><td>{page.date}</td></tr>"
        f"<tr><th>标　　题</th><td colspan=3>{page.title}</td></tr><tr><th>发文字号</th><td>{page.number}</td><th>发布日期</th><td>{page.date}</td></tr></tbody></table>"
    )
    return html(
        page,
        f'<div class="hd"><ul>{links(MENU)}</ul></div><div class="BreadcrumbNav">首页 > 政策 > 文件</div>{table}<h1>{page.title}</h1>'
        f'<div class="pages_content"><div id="UCAP-CONTENT" class="UCAP-CONTENT">{paragraphs(page.body)}</div></div><div class="r">{plain(RELATED)}</div><div class="b">{plain(FOOT)}</div>',
        metas=False,
    )


def comments(page: Article) -> str:
    return html(
        page,
        f"<div><ul>{links(MENU)}</ul></div><table><tr><td><!--ZJEG_RSS.title.begin-->{page.title}<!--ZJEG_RSS.title.end--></td></tr><tr><td>{TOOLS}</td></tr>"
        f"<tr><td><!--ZJEG_RSS.content.begin-->{paragraphs(text(page))}<!--ZJEG_RSS.content.end--></td></tr></table><div>{plain(RELATED)}</div>{plain(FOOT)}",
        metas=False,
    )


def content_marks(page: Article) -> str:
    return html(
        page,
        f"<div><ul>{links(MENU)}</ul>{plain(RELATED)}</div><div><h2>{page.title}</h2><meta name='ContentStart'>{paragraphs(text(page))}<meta name='ContentEnd'></div>{plain(FOOT)}",
    )


def wechat(page: Article) -> str:
    return html(
        page,
        f'<div id="js_article" class="rich_media"><h1 class="rich_media_title" id="activity-name">{page.title}</h1><div id="meta_content"><a href="javascript:;">青禾发布</a> <em>{page.date}</em></div>'
        f'<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">{"".join(f"<section><span>{line}</span></section>" for line in text(page))}</div>'
        f'<div id="js_pc_qr_code">微信扫一扫关注该公众号</div><div><p>预览时标签不可点</p><p>继续滑动看下一个</p></div><div>{links(RELATED, "div")}</div></div>',
        metas=False,
        site="",
    )


def mobile(page: Article) -> str:
    cards = "".join(
        f'<a href="/m/{place}.html"><div class="card"><h4>{word}</h4><span>2021-01-0{place + 1}</span></div></a>'
        for place, word in enumerate(RELATED)
    )
    return html(
        page,
        f'<div class="m-top"><a href="/">首页</a><span onclick="location.href=\'/login\'">登录个人中心</span></div><div class="m-tit">{page.title}</div><div class="m-txt">{paragraphs(text(page), "div")}</div>'
        f"<div>相关阅读</div>{cards}<div>{plain(FOOT, 'span')}</div>",
        metas=False,
    )


def for_print(page: Article) -> str:
    return html(
        page,
        f"<center><b>{page.title}</b></center><p>时间：{page.date} 来源：县政府办</p>{paragraphs(text(page))}<p>打印本页 关闭窗口</p>{plain(FOOT[3:])}",
        metas=False,
    )


def unknown_names(page: Article) -> str:
    return html(
        page,
        f'<div class="a1b2"><div class="q9">{links(MENU, "span")}</div><div class="zz"><div class="k3">{page.title}</div><div class="k4">{paragraphs(text(page), "div")}</div>'
        f'<div class="k5">{links(RELATED, "div")}</div></div><div class="w0">{links(FOOT, "span")}</div></div>',
        metas=False,
    )


def flat(page: Article) -> str:
    return html(
        page,
        f"{links(MENU, 'span')}<p>{page.title}</p>{paragraphs(text(page))}<p>相关阅读</p>{links(RELATED, 'p')}{plain(FOOT)}",
        metas=False,
    )


def copy_first(page: Article) -> str:
    return html(
        page,
        f'<div class="menu">{links(MENU)}</div><div class="m" style="display:none">{paragraphs(page.body)}</div><h1>{page.title}</h1><div class="main">{paragraphs(text(page))}</div>'
        f"<div class='footer'>{plain(FOOT)}</div>",
    )


def two_copies(page: Article) -> str:
    return html(
        page,
        f'<div class="pc"><ul>{links(MENU)}</ul><h1>{page.title}</h1><div class="nr">{paragraphs(text(page))}</div></div>'
        f'<div class="phone"><h1>{page.title}</h1><div class="nr2">{paragraphs(text(page))}</div></div><ul>{links(RELATED)}</ul>{plain(FOOT)}',
    )


def old_tables(page: Article) -> str:
    lines = "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in text(page))
    return html(
        page,
        f"<table width=778><tr>{links(MENU, 'td')}</tr></table><table><tr><td width=180><table>{''.join(f'<tr><td><a href=/{word}>{word}</a></td></tr>' for word in RELATED)}</table></td>"
        f"<td><table><tr><td align=center><font size=4><b>{page.title}</b></font></td></tr><tr><td>日期：{page.date} 来源：县政府办 点击：33</td></tr><tr><td><font size=3>{lines}</font></td></tr>"
        f"<tr><td>【打印本页】 【关闭窗口】</td></tr></table></td></tr></table><table><tr><td>{'<br>'.join(FOOT)}</td></tr></table>",
        metas=False,
    )


def hidden_until_script(page: Article) -> str:
    blob = json.dumps([{"id": place, "name": word} for place, word in enumerate(MENU * 80)])
    return html(
        page,
        f'<script>var conf = {blob};</script><div class="nav">{links(MENU)}</div><div class="detail"><p class="detail-title">{page.title}</p><div class="txt">{paragraphs(text(page))}</div></div>'
        f"<div class='xgyd'>相关阅读{links(RELATED)}</div><div class='foot'>{plain(FOOT)}</div>",
        attributes='style="visibility:hidden"',
    )


def entry_list(page: Article) -> str:
    entries = {
        "索引号": "QH01/2022-3",
        "主题分类": "水利",
        "发布机构": "县政府办",
        "发文日期": page.date,
        "文号": page.number or "无",
        "标题": page.title,
    }
    return html(
        page,
        f'<div>{links(MENU)}</div><ul class="info">{"".join(f"<li><b>{name}：</b>{value}</li>" for name, value in entries.items())}</ul><div class="tit">{page.title}</div>'
        f'<div id="zoom">{paragraphs(page.body)}</div><div class="related">{links(RELATED)}</div>{plain(FOOT)}',
    )


def semantic(page: Article) -> str:
    return html(
        page,
        f"<header><a href='/'>青禾县人民政府</a><nav>{links(MENU)}</nav></header><main><article><header><h1>{page.title}</h1></header>{paragraphs(text(page))}</article>"
        f"<aside><h2>相关阅读</h2>{plain(RELATED)}</aside></main><footer>{plain(FOOT)}</footer>",
        metas=False,
    )


def by_script(page: Article) -> str:
    state = json.dumps({"menu": MENU, "detail": {"title": page.title, "content": paragraphs(text(page))}, "foot": FOOT})
    return html(page, f'<div id="app"></div><script>window.__INITIAL_STATE__={state};</script>')


def menus_without_links(page: Article) -> str:
    words = "".join(f"<span onclick=\"location.href='/{place}'\">{word}</span>" for place, word in enumerate(MENU))
    return html(
        page,
        f'<div class="x">{words}</div><div class="t">{page.title}</div><div class="c">{paragraphs(text(page))}</div><div>{NEIGHBOURS}</div>{plain(FOOT)}',
    )


def sidebar_first(page: Article) -> str:
    return html(
        page,
        f'<div class="left"><h2>栏目导航</h2><ul>{links(MENU)}</ul><h2>最新文件</h2><ul>{links(RELATED)}</ul></div><div class="right"><h1>{page.title}</h1>'
        f"<div>{paragraphs(text(page))}</div></div>{plain(FOOT)}",
        metas=False,
    )


def title_in_lines(page: Article) -> str:
    middle = len(page.title) // 2
    return html(
        page,
        f'<ul>{links(MENU)}</ul><h1>{page.title}</h1>{TOOLS}<div class="article-con"><p align=center><b>{page.title[:middle]}</b></p><p align=center><b>{page.title[middle:]}</b></p>{paragraphs(text(page))}</div>{plain(FOOT)}',
    )


def swallowed(page: Article) -> str:
    """A container that is never closed, so that all that follows falls into it."""
    return html(
        page,
        f'<ul>{links(MENU)}</ul><h1>{page.title}</h1><div class="TRS_Editor"><div>{paragraphs(text(page))}<p>附件：<a href="/a.docx">附件1.docx</a></p>{NEIGHBOURS}<p>相关阅读</p>{links(RELATED, "p")}{plain(FOOT)}',
    )


def site_heading(page: Article) -> str:
    return html(
        page,
        f'<h1><a href="/">青禾县人民政府</a></h1><ul>{links(MENU)}</ul><div class="biaoti">{page.title}</div><div class="nei">{paragraphs(text(page))}</div><div class="foot">{plain(FOOT)}</div>',
        metas=False,
        site="-青禾县人民政府",
    )


def dialog_first(page: Article) -> str:
    dialog = "<div class='popup'><p>您访问的链接即将离开本网站，是否继续？</p><p>本网站重视您的隐私。未经您同意，我们不会收集您的个人信息；失信行为将被记录。</p></div>"
    return html(
        page,
        f'{dialog}<div class="nav">{links(MENU)}</div><div class="art"><h3 class="title">{page.title}</h3><div class="body">{paragraphs(text(page))}</div></div>{plain(FOOT)}',
    )


def framed(page: Article) -> str:
    inner = f"<p>{page.title}</p>{paragraphs(text(page))}".replace('"', "&quot;")
    return html(page, f'<ul>{links(MENU)}</ul><iframe srcdoc="{inner}"></iframe><ul>{links(RELATED)}</ul>{plain(FOOT)}')


def tabs(page: Article) -> str:
    return html(
        page,
        f'<ul>{links(MENU)}</ul><h1>{page.title}</h1><div class="tab"><div class="pane"><p>图解请看视频。</p></div><div class="pane TRS_Editor" style="display:none">{paragraphs(text(page))}</div></div>{plain(FOOT)}',
    )


def mht(page: Article) -> str:
    head = "From: <Saved by Blink>\r\nSubject: page\r\nDate: Mon, 1 Mar 2021 00:00:00 -0000\r\nMIME-Version: 1.0\r\n"
    return f'{head}Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n----b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{trs(page)}\r\n----b--\r\n'


def reader_markdown(page: Article) -> str:
    menu = "\n".join(f"*   [{word}](https://www.qinghe.example/{place})" for place, word in enumerate(MENU))
    more = "\n".join(f"*   [{word}](https://www.qinghe.example/r{place})" for place, word in enumerate(RELATED))
    return (
        f"Title: {page.title}\n\nURL Source: https://www.qinghe.example/1.html\n\nPublished Time: {page.date}\n\nMarkdown Content:\n[![Image 1: logo](https://www.qinghe.example/l.png)](https://www.qinghe.example/)\n\n{menu}\n\n"
        f"{page.title}\n{'-' * 20}\n\n发布时间：{page.date} 来源：县政府办\n\n"
        + "\n\n".join(text(page))
        + f"\n\n相关阅读\n\n{more}\n\n"
        + "\n\n".join(FOOT)
    )


def crawled_markdown(page: Article) -> str:
    menu = "  ".join(f"[{word}](/c/{place}.html)" for place, word in enumerate(MENU))
    return (
        f"{menu}\n\n# {page.title}\n\n"
        + "\n\n".join(f"**{line}**" if not place else line for place, line in enumerate(text(page)))
        + "\n\n[上一篇：某](/p.html)\n\n"
        + "\n".join(f"- [{word}](/r/{word})" for word in RELATED + FOOT)
    )


SHAPES: dict[str, Callable[[Article], str]] = {
    shape.__name__: shape
    for shape in (
        trs, catalogue, comments, content_marks, wechat, mobile, for_print, unknown_names, flat, copy_first, two_copies, old_tables,
        hidden_until_script, entry_list, semantic, by_script, menus_without_links, sidebar_first, title_in_lines, swallowed,
        site_heading, dialog_first, framed, tabs, mht, reader_markdown, crawled_markdown,
    )
}  # fmt: skip


def link_list() -> str:
    """A page that only lists the titles of others."""
    dated = "".join(
        f'<li><a href="/{place}.html">{word}</a><span>2021-06-1{place}</span></li>' for place, word in enumerate(RELATED * 2)
    )
    return (
        f'<html><head><meta charset="utf-8"><title>规范性文件_青禾县人民政府</title></head><body><div class="nav">{links(MENU)}</div><ul class="list">{dated}</ul>'
        f"<div>共 12 页 下一页 尾页</div>{plain(FOOT)}</body></html>"
    )
