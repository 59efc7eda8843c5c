"""Saved web pages in twenty-three more shapes of site, nine articles each, written after reading how content systems lay out pages.

All of it is invented. What stands round the articles speaks of dishonesty in whole sentences, as summaries and footers do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from tests.ingest.web.saved_pages import ARTICLES as SIX
from tests.ingest.web.saved_pages import Article

ARTICLES = (
    *SIX,
    Article(
        "青禾县人民政府办公室关于印发青禾县建筑工地扬尘管控办法的通知", "青政办发〔2016〕3号", "青禾县人民政府办公室", "2016年1月20日",
        (
            "各乡（镇）人民政府，县政府各部门：",
            "《青禾县建筑工地扬尘管控办法》已经县政府同意，现印发给你们，请认真贯彻执行。",
            "第一章　总则",
            "第一条　为控制建筑工地扬尘，改善空气质量，结合本县实际，制定本办法。",
            "第二条　本县行政区域内的房屋建筑、市政和拆除工地适用本办法。",
            "第二章　管控要求",
            "第三条　工地周边应当设置围挡，出入口应当设置冲洗设施，裸露土方应当覆盖。",
            "第四条　土石方作业应当洒水降尘，遇大风天气停止作业。",
            "第三章　信用管理",
            "第五条　一年内两次以上未落实管控措施的施工单位，由县住房城乡建设局认定为扬尘治理失信单位，列入黑名单，并在县政府网站公示。",
            "第六条　列入黑名单的施工单位，一年内不得参加本县政府投资项目投标，取消评优资格。",
            "第七条　施工单位整改合格的，可以申请移出黑名单。",
            "第四章　附则",
            "第八条　本办法自印发之日起施行，有效期五年。",
        ), True,
    ),
    Article(
        "云州市邮政管理局关于规范快递末端网点备案的通知", "云邮管〔2017〕12号", "云州市邮政管理局", "2017年11月3日",
        (
            "各快递企业：",
            "为方便企业办理末端网点备案，现将有关事项通知如下。",
            "一、网点应当自开办之日起二十日内备案。",
            "二、备案事项变更的，应当自变更之日起十日内办理变更。",
        ), False,
    ),
    Article(
        "青禾县科学技术局关于申报县级科技计划项目的公告", "青科公告〔2023〕2号", "青禾县科学技术局", "2023年3月1日",
        (
            "根据年度工作安排，现面向全县公开征集科技计划项目。",
            "一、申报单位应当在本县注册满一年，具有研发条件和科研人员。",
            "二、每个单位限报两项，已承担在研项目的不得申报。",
            "三、申报材料一式三份，于三月三十一日前报送县科技局。",
            "联系人：某某，电话：0000-0000000。",
        ), False,
    ),
)  # fmt: skip

CHROME = (
    "信用青禾", "双公示专栏", "失信联合惩戒案例", "政策图解", "数据开放", "走进青禾",
    "县法院将三名被执行人纳入失信名单", "我县对十二家失信企业实施联合惩戒，限制其参加政府采购活动。", "图解：什么是信用修复，如何申请移出黑名单？",
    "未经授权不得转载本网信息，违者列入黑名单并依法追究责任。", "网站标识码：0000000000", "地址：青禾县城关镇某路1号",
)  # fmt: skip
_MENU, _MORE, _FOOT = CHROME[:6], CHROME[6:9], CHROME[9:]


def _a(texts: Sequence[str], tag: str = "li", date: str = "") -> str:
    return "".join(
        f'<{tag}><a href="/art/{n}.html" target="_blank">{text}</a>{f"<span>{date}</span>" if date else ""}</{tag}>'
        for n, text in enumerate(texts)
    )


def _p(article: Article, tag: str = "p", attributes: str = "") -> str:
    return "".join(f"<{tag}{attributes}>　　{text}</{tag}>" for text in article.paragraphs)


def _end(article: Article, tag: str = "p") -> str:
    return f'<{tag} style="text-align: right;">{article.issuer}</{tag}><{tag} style="text-align: right;">{article.date}</{tag}>'


def _html(body: str, title: str, head: str = "") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def _plain(texts: Sequence[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def webforms(article: Article) -> str:
    """A site of one great form whose labels are spans with numbered names."""
    menu = "".join(f"<td onclick=\"window.location='/{n}.aspx'\">{text}</td>" for n, text in enumerate(_MENU))
    text = "<br />".join(
        f"&nbsp;&nbsp;&nbsp;&nbsp;{each}" for each in (article.number, *article.paragraphs, article.issuer, article.date)
    )
    name = "ctl00_ContentPlaceHolder1_lbl"
    main = f'<span id="{name}Title" class="t1">{article.title}</span><br/><span id="{name}Time">添加时间：2022/3/1 8:30:00　点击：27　来源：本站</span><hr/><span id="{name}Body">{text}</span>'
    side = f'<div id="ctl00_right"><span>最新公告</span>{_a(_MORE, "div")}</div>'
    body = f'<form method="post" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="{"dDw" * 200}"/><table><tr>{menu}</tr></table><div>{main}</div>{side}<div>{"<br/>".join(_FOOT)}</div></form>'
    return _html(body, "青禾县门户网站")


def college(article: Article) -> str:
    """A site builder of colleges: a form round the news, the neighbours below."""
    text = f'<div id="vsb_content_2"><div class="v_news_content"><p style="text-align:center"><span>{article.number}</span></p>{_p(article)}{_end(article)}</div></div>'
    near = f'<p>上一条：<a href="1.htm">{_MORE[0]}</a></p><p>下一条：<a href="2.htm">{_MORE[2]}</a></p>'
    main = f'<form name="_newscontent_fromname"><h2 class="title">{article.title}</h2><div class="source">发布者：管理员 发布时间：2022-03-01 浏览次数：<span>5</span></div>{text}{near}<p><a href="javascript:window.opener=null;window.close();">【关闭】</a></p></form>'
    body = f'<div class="wp_nav">{_a(_MENU)}</div><div class="dqwz"><a href="/">首页</a>&gt;&gt;通知公告&gt;&gt;正文</div>{main}<div class="tj"><p>{_MORE[1]}</p></div><div class="foot">{_plain(_FOOT)}</div>'
    return _html(body, f"{article.title}-青禾县职业学院")


def spa(article: Article) -> str:
    """The tree that a script made, saved by the browser: menus are boxes that listen, without links."""
    menu = "".join(
        f'<div data-v-1a class="el-menu-item" role="menuitem" tabindex="-1"><span data-v-1a>{text}</span></div>'
        for text in _MENU
    )
    main = f'<div data-v-2b class="detail-wrap"><div data-v-2b class="detail-title">{article.title}</div><div data-v-2b class="detail-info"><span>发布时间：2022-03-01</span><span>访问量：33</span></div><div data-v-2b class="rich-text"><p>{article.number}</p>{_p(article)}{_end(article)}</div></div>'
    side = "".join(
        f'<div data-v-3c class="side-item"><div class="side-name">{text}</div><div class="side-time">2022-02-0{n + 1}</div></div>'
        for n, text in enumerate(_MORE)
    )
    body = f'<div id="app"><div class="el-menu el-menu--horizontal">{menu}</div><div class="main">{main}<div class="recommend-side"><div class="side-head">推荐阅读</div>{side}</div></div><div class="page-footer">{_plain(_FOOT, "div")}</div></div>'
    return _html(body, "政务公开")


def central(article: Article) -> str:
    """The catalogue in nested tables above the text."""
    cells = [
        ("索 引 号", "000014349/2022-00001"),
        ("主题分类", "综合政务"),
        ("发文机关", article.issuer),
        ("成文日期", article.date),
        ("标　　题", article.title),
        ("发文字号", article.number),
        ("发布日期", "2022年03月01日"),
        ("主 题 词", ""),
    ]
    rows = "".join(
        f"<tr><td><b>{one[0]}：</b></td><td>{one[1]}</td><td><b>{two[0]}：</b></td><td>{two[1]}</td></tr>"
        for one, two in zip(cells[::2], cells[1::2], strict=True)
    )
    head = f'<table class="bd0"><tr><td class="bd1"><table class="bd2">{rows}</table></td></tr></table>'
    text = f'<table><tr><td class="b12c" id="UCAP-CONTENT"><p align="center"><strong>{article.title}</strong></p><p align="center">{article.number}</p>{_p(article)}{_end(article)}</td></tr></table>'
    body = f'<div class="header2016">{_a(_MENU, "span")}</div><div class="wrap">{head}{text}<div class="related-news"><h2>相关稿件</h2><ul>{_a(_MORE)}</ul></div></div><div class="footer2016">{_plain(_FOOT, "span")}</div>'
    return _html(body, f"{article.title}_{article.issuer}_青禾县人民政府网")


def two_line_title(article: Article) -> str:
    """The title on two lines as the paper has it, the number in brackets below."""
    at = article.title.find("关于")
    title = f'<p class="doc-t">{article.title[:at]}</p><p class="doc-t">{article.title[at:]}</p><p class="doc-n">{article.number}</p>'
    tools = '<div class="op"><span>【字体：</span><a>大</a> <a>中</a> <a>小</a><span>】</span><span>打印</span><span>收藏</span></div>'
    body = f'<div class="nv"><a href="/">首页</a>{_a(_MENU, "span")}</div><div class="wz">首页 &gt; 政务公开 &gt; 文件</div><div class="mid">{tools}{title}{_p(article)}{_end(article)}</div><div class="rel"><b>相关文件</b>{_a(_MORE, "p", "2022-01-09")}</div><div class="bot">{"　".join(_FOOT)}</div>'
    return _html(
        body,
        f"{article.title} - 通知 - 青禾县人民政府",
        f'<meta name="ArticleTitle" content="{article.title}"><meta name="ColumnName" content="通知">',
    )


def row_a_paragraph(article: Article) -> str:
    """Every paragraph a row of a table of one column."""
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in (article.number, *article.paragraphs, article.issuer, article.date))
    menu = "".join(f'<td><a href="/c{n}.html">{text}</a></td>' for n, text in enumerate(_MENU))
    side = "".join(f'<tr><td>·<a href="/n{n}.html">{text}</a></td><td>[02-1{n}]</td></tr>' for n, text in enumerate(_MORE))
    body = f'<table><tr>{menu}</tr></table><table><tr><td><table><tr><td>热点文章</td></tr>{side}</table></td><td><table><tr><td align="center"><b>{article.title}</b></td></tr><tr><td align="center">2022-03-01 来源：{article.issuer} 阅读：12次</td></tr>{rows}</table></td></tr></table><table><tr><td>{"<br>".join(_FOOT)}</td></tr></table>'
    return _html(body, f"{article.title}")


def forum(article: Article) -> str:
    """A notice in a forum, with replies below."""
    post = "<br />\n".join((article.number, *article.paragraphs, article.issuer, article.date))
    replies = "".join(
        f'<div class="plhin"><table><tr><td class="t_f" id="postmessage_{n}">{text}</td></tr></table></div>'
        for n, text in enumerate(("收到", "顶一下"))
    )
    body = f'<div id="nv">{_a(_MENU)}</div><div id="pt"><a href="./">论坛</a> › <a href="f.html">公告</a> › {article.title}</div><h1 class="ts"><span id="thread_subject">{article.title}</span></h1><div class="pi">发表于 2022-3-1 10:20 | 只看该作者 | 倒序浏览</div><table><tr><td class="t_f" id="postmessage_1">{post}</td></tr></table>{replies}<div class="bm"><h2>相关帖子</h2><ul>{_a(_MORE)}</ul></div><div id="ft">{_plain(_FOOT)}</div>'
    return _html(body, f"{article.title} - 公告 - 青禾论坛 - Powered by Forum!")


def law_library(article: Article) -> str:
    """A library of laws: named entries in brackets, then the text."""
    facts = [
        ("法规标题", article.title),
        ("发文字号", article.number),
        ("颁布机构", article.issuer),
        ("颁布日期", article.date),
        ("时效性", "现行有效"),
        ("效力级别", "地方规范性文件"),
    ]
    listed = "".join(f"<li>【{name}】{value}</li>" for name, value in facts)
    text = f'<div class="fulltext"><div align="center">{article.title}</div><div align="center">（{article.number}）</div>{_p(article, "div")}{_end(article, "div")}</div>'
    body = f'<div class="logo-bar">{_a(_MENU, "span")}</div><div class="law-info"><ul>{listed}</ul></div>{text}<div class="tuijian"><h3>本法变迁</h3>{_a(_MORE)}</div><div class="bottom">{_plain(_FOOT)}</div>'
    return _html(body, f"{article.title}-法规库")


def mobile(article: Article) -> str:
    """A page for telephones: a drawer with the menu, then the article, then cards with summaries."""
    cards = "".join(
        f'<a class="card" href="/m/{n}"><div class="card-t">{text}</div><div class="card-s">{_MORE[1]}</div></a>'
        for n, text in enumerate(_MORE)
    )
    body = f'<div class="drawer" hidden>{_a(_MENU)}</div><header class="m-head"><span>青禾县政府</span></header><section class="m-article"><h3>{article.title}</h3><p class="m-meta">2022-03-01 11:00 青禾发布</p><div class="m-body"><p>{article.number}</p>{_p(article)}{_end(article)}</div></section><section class="cards"><h4>更多推荐</h4>{cards}</section><div class="m-foot">{_plain(_FOOT, "span")}</div>'
    return _html(body, article.title, '<meta name="viewport" content="width=device-width">')


def sidebar_sentences(article: Article) -> str:
    """A column with pictures and summaries stands before the article in the file."""
    side = f'<div class="col-l"><div class="tit3">图说信用</div><dl><dt><a href="/p1.html"><img src="1.jpg"></a></dt><dd><a href="/p1.html">{_MORE[0]}</a><p>{_MORE[1]}</p></dd></dl><ul>{_a(_MORE[2:])}</ul></div>'
    main = f'<div class="col-r"><div class="art-tit"><h1>{article.title}</h1></div><div class="art-sub">时间：2022-03-01 &nbsp; 来源：青禾县政府网 &nbsp; 作者：管理员</div><div class="art-main" id="artibody"><p>{article.number}</p>{_p(article)}{_end(article)}</div></div>'
    return _html(
        f'<div class="topnav">{_a(_MENU)}</div>{side}{main}<div class="copyright">{_plain(_FOOT)}</div>',
        f"{article.title}--青禾新闻网",
    )


def table_of_facts_only(article: Article) -> str:
    """Number and date only in the catalogue; the text begins with the addressee; a tab holds the interpretation."""
    facts = f'<div class="xxgk-info"><div><label>索引号：</label><span>QH001/2022-003</span></div><div><label>文　号：</label><span>{article.number}</span></div><div><label>发布机构：</label><span>{article.issuer}</span></div><div><label>成文日期：</label><span>{article.date}</span></div><div><label>有效性：</label><span>有效</span></div></div>'
    tabs = '<ul class="tabs"><li class="on">政策原文</li><li>政策解读</li><li>相关问答</li></ul>'
    main = f'<h1 class="wenzhang-bt">{article.title}</h1>{facts}{tabs}<div class="wenzhang">{_p(article)}{_end(article)}</div>'
    more = f'<div class="jiedu" style="display:none"><p>{_MORE[2]}</p><p>{_MORE[1]}</p></div><div class="xiangguan"><span>相关解读</span>{_a(_MORE, "div")}</div>'
    return _html(
        f'<div class="head">{_a(_MENU)}</div>{main}{more}<div class="footer">{_plain(_FOOT)}</div>', "青禾县政府信息公开平台"
    )


def picture_title(article: Article) -> str:
    """The red header is a picture; the title stands in the text as its first line and in the title bar."""
    main = f'<div class="xl-box"><img src="red.png" alt="红头"><div class="xl-num">{article.number}</div><p style="text-align:center"><b>{article.title}</b></p>{_p(article)}{_end(article)}</div>'
    return _html(
        f'<div class="gnav">{_a(_MENU)}</div><div class="loc">当前位置：<a href="/">首页</a>&gt;<a href="/1">公文</a></div>{main}<div class="side-list">{_a(_MORE, "p")}</div><div class="foot-txt">{"|".join(_FOOT)}</div>',
        f"{article.title}_公文_青禾县",
    )


def pages_of_text(article: Article) -> str:
    """A text that is parted into pages, with their numbers below it; related titles in the middle of the text."""
    half = len(article.paragraphs) // 2
    first = "".join(f"<p>{text}</p>" for text in article.paragraphs[:half])
    rest = "".join(f"<p>{text}</p>" for text in article.paragraphs[half:])
    middle = f'<div class="inner-related"><a href="/1.html">{_MORE[0]}</a></div>'
    pages = '<div class="fenye"><span>共2页</span> <span>1</span> <a href="_2.html">2</a> <a href="_2.html">下一页</a></div>'
    main = f'<div class="post"><h1 class="entry-title">{article.title}</h1><div class="entry-meta">作者 admin | 2022-03-01 | 分类：<a href="/c">公告</a></div><div class="entry-content"><p>{article.number}</p>{first}{middle}{rest}{_end(article)}{pages}</div></div>'
    widgets = f'<div class="widget"><h3 class="widget-title">近期文章</h3><ul>{_a(_MORE)}</ul></div><div class="widget"><p>{_FOOT[0]}</p></div>'
    return _html(
        f'<div class="site-nav">{_a(_MENU)}</div>{main}{widgets}<div class="site-info">{_plain(_FOOT)}</div>',
        f"{article.title} – 青禾县水利协会",
    )


def word_export(article: Article) -> str:
    """A text pasted from a word processor: spans in spans, classes of its own, inside a portal's box."""
    text = "".join(
        f'<p class="MsoNormal" style="text-indent:32pt"><span style="font-family:仿宋"><span lang="EN-US"></span>{each}</span><o:p></o:p></p>'
        for each in (article.number, *article.paragraphs, article.issuer, article.date)
    )
    body = f'<div class="portal-top">{_a(_MENU, "span")}</div><div class="box"><div class="box-hd"><h2>{article.title}</h2><p>【 发布日期：2022-03-01 】 【 打印 】 【 关闭 】</p></div><div class="box-bd">{text}</div></div><div class="box"><div class="box-hd"><h2>推荐信息</h2></div><div class="box-bd">{_a(_MORE)}</div></div><div class="portal-bottom">{_plain(_FOOT)}</div>'
    return _html(body, f"青禾县人民政府 通知公告 {article.title}")


def popup_and_speech(article: Article) -> str:
    """A bar that reads aloud, a window that warns of leaving, a code to scan; the article between them."""
    bar = '<div class="tts">语音播报：<span>播放</span><span>暂停</span><span>停止</span></div>'
    window = f'<div class="tc"><p>您即将离开本网站，是否继续访问？</p><p>{_FOOT[0]}</p><a>放弃</a><a>继续</a></div>'
    body = f'{window}<ul class="daohang">{_a(_MENU)}</ul><div class="con_tit">{article.title}</div><div class="con_sx"><span>2022-03-01 16:22</span><span>来源： {article.issuer}</span></div>{bar}<div class="con_nr"><p style="text-align: center;">{article.number}</p>{_p(article)}{_end(article)}</div><div class="sm"><img src="q.png"><p>扫一扫在手机打开当前页</p></div><div class="tuijian_bt">延伸阅读</div><ul class="tuijian_lb">{_a(_MORE)}</ul><div class="dibu">{_plain(_FOOT)}</div>'
    return _html(body, article.title)


def paper(article: Article) -> str:
    """A gazette online: the issue's contents at the left, the text in the middle."""
    contents = "".join(
        f'<li><a href="/gb/{n}.html">{text}</a> ({n + 3})</li>' for n, text in enumerate((article.title, *_MORE))
    )
    text = f'<div class="gb-text"><p class="gb-title">{article.title}</p><p class="gb-no">{article.number}</p>{_p(article)}{_end(article)}</div>'
    return _html(
        f'<div class="gb-top">{_a(_MENU, "b")}</div><div class="gb-left"><h4>2022年第3期 目录</h4><ol>{contents}</ol></div>{text}<div class="gb-foot">{_plain(_FOOT)}</div>',
        "青禾县人民政府公报 2022年第3期",
    )


def search_result(article: Article) -> str:
    """A page opened from a search: marked words, a box of hints, other results below."""
    marked = _p(article).replace("通知", '<em class="hl">通知</em>').replace("企业", '<font color="red">企业</font>')
    others = "".join(
        f'<div class="result"><h3><a href="/s/{n}">{text}</a></h3><p class="abs"><a href="/s/{n}">{_MORE[1]}</a></p></div>'
        for n, text in enumerate(_MORE)
    )
    body = f'<div class="s-box"><input value="失信 惩戒"><button>搜索</button></div><div class="s-nav">{_a(_MENU, "span")}</div><div class="view"><h1>{article.title}</h1><div class="attr">文号：{article.number}</div><div class="view-body">{marked}{_end(article)}</div></div><div class="others"><h2>相关搜索结果</h2>{others}</div><div class="s-foot">{_plain(_FOOT, "span")}</div>'
    return _html(body, f"{article.title}_搜索")


def nested_div_text(article: Article) -> str:
    """No paragraph elements: every line a box in a box; a fixed bar at the side."""
    lines = "".join(
        f"<div><div>{text}</div></div>" for text in (article.number, *article.paragraphs, article.issuer, article.date)
    )
    bar = "".join(f'<div class="fixed-i"><i></i><span>{text}</span></div>' for text in ("无障碍", "智能问答", "返回顶部"))
    body = f'<div class="l1"><div class="l2">{_a(_MENU, "div")}</div></div><div class="l3"><div class="l4"><div class="l5">{article.title}</div><div class="l6"><div>信息来源：{article.issuer}</div><div>发布时间：2022-03-01</div></div><div class="l7">{lines}</div></div><div class="l8"><div>热门信息</div>{_a(_MORE, "div", "03-01")}</div></div><div class="fixed">{bar}</div><div class="l9">{_plain(_FOOT, "div")}</div>'
    return _html(body, f"{article.title}")


def letterhead(article: Article) -> str:
    """The paper drawn with styles: red head, number, rule, title; attachments and a list of downloads at the end."""
    head = f'<div class="red">{article.issuer}文件</div><div class="hao">{article.number}</div><hr color="red">'
    files = '<div class="fj"><p>附件：<a href="/f/1.doc">申报表.doc</a></p></div>'
    body = f'<div class="tp">{_a(_MENU)}</div><div class="paper">{head}<div class="paper-t">{article.title}</div>{_p(article)}{_end(article)}</div>{files}<div class="down"><h5>文件下载</h5></div><div class="about">{_a(_MORE)}</div><div class="end">{_plain(_FOOT)}</div>'
    return _html(
        body, f"{article.title}|青禾县", f"<script>var cfg={json.dumps({'menu': list(_MENU)}, ensure_ascii=False)}</script>"
    )


def accordion(article: Article) -> str:
    """A menu that folds, in definition lists; the article in a main element with a byline in lists."""
    menu = "".join(
        f"<dl><dt>{text}</dt><dd><a href='#'>{text}一</a></dd><dd><a href='/x'>{text}二</a></dd></dl>" for text in _MENU
    )
    main = f'<main><h1>{article.title}</h1><ul class="byline"><li>2022-03-01</li><li>{article.issuer}</li><li>字号 大 中 小</li></ul><p>{article.number}</p>{_p(article)}{_end(article)}</main>'
    return _html(
        f'<div class="fold">{menu}</div>{main}<div class="under"><h3>大家都在看</h3><ol>{_a(_MORE)}</ol></div><footer>{_plain(_FOOT)}</footer>',
        f"{article.title}·青禾",
    )


def unsigned_with_summaries(article: Article) -> str:
    """News without a signature; the site's name as its heading; below, titles each with a summary that is no link."""
    teasers = "".join(f"<div><a href='/n'>{text}</a><div>{_MORE[1]}</div></div>" for text in _MORE)
    main = f'<div id="d2"><h2>{article.title}</h2><div>2022-03-01　来源：青禾日报　记者 某某</div><div id="d3"><p>{article.number}</p>{_p(article)}</div></div>'
    return _html(
        f'<h1 class="logo">青禾县人民政府门户网站</h1><div id="d1">{_a(_MENU, "span")}</div>{main}<div id="d4">{teasers}</div><div id="d5">{_plain(_FOOT)}</div>',
        f"{article.title}_青禾县人民政府门户网站",
    )


def date_in_figures(article: Article) -> str:
    """A signature with its date in figures, labels below it."""
    figures = "-".join(re.findall(r"\d+", article.date))
    signed = f'<p align="right">{article.issuer}</p><p align="right">{figures}</p>'
    main = f'<div class="nr"><div class="nr-bt"><strong>{article.title}</strong></div><div class="nr-sx">[ 2022-03-01 ]　[ 阅读：21 ]</div><div class="nr-wz"><p>{article.number}</p>{_p(article)}{signed}</div><div class="bq">标签：<a href="/1">信用</a> <a href="/2">失信</a></div></div>'
    return _html(
        f'<table><tr><td>{_a(_MENU, "font")}</td></tr></table>{main}<div class="r"><dl><dt>图片新闻</dt>{_a(_MORE, "dd")}</dl></div><div class="b">{"<br>".join(_FOOT)}</div>',
        f"{article.title}--通知公告--青禾县",
    )


def entries_on_one_line(article: Article) -> str:
    """Number and date of publication on one line under the title; words of the text lead elsewhere."""
    text = _p(article).replace("通知", "<a href='/law'>通知</a>")
    main = f'<table><tr><td align="center" class="biaoti">{article.title}</td></tr><tr><td align="center">文号：{article.number}　　发布日期：2022-03-01</td></tr><tr><td>{text}{_end(article)}</td></tr><tr><td><a href="javascript:print()">打印本页</a></td></tr></table>'
    foot = f"<table><tr><td>主办：某办</td><td>{_FOOT[0]}</td><td>{_FOOT[2]}</td></tr></table>"
    return _html(
        f"<table><tr>{_a(_MENU, 'td')}</tr></table>{main}<table><tr><td>相关链接</td></tr><tr><td>{_a(_MORE, 'p')}</td></tr></table>{foot}",
        f"青禾县{article.issuer}",
    )


SHAPES: dict[str, Callable[[Article], str]] = {
    shape.__name__: shape
    for shape in (
        webforms, college, spa, central, two_line_title, row_a_paragraph, forum, law_library, mobile, sidebar_sentences,
        table_of_facts_only, picture_title, pages_of_text, word_export, popup_and_speech, paper, search_result, nested_div_text,
        letterhead, accordion, unsigned_with_summaries, date_in_figures, entries_on_one_line,
    )
}  # fmt: skip


def stored(shape: str, article: Article) -> bytes:
    """The page as it lies in a file."""
    return SHAPES[shape](article).encode()
