"""Saved web pages in nine shapes of site, six articles each: three that set out measures, three that are ordinary.

All of it is invented. The menus, lists and footers of every page speak of credit and dishonesty, as those of such sites do.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Article:
    """What a page is there for; ``relevant`` where it sets out measures on dishonest conduct."""

    title: str
    number: str
    issuer: str
    date: str
    paragraphs: tuple[str, ...]
    relevant: bool


ARTICLES = (
    Article(
        "青禾县水务局关于加强取水许可事后监管的通知", "青水发〔2019〕21号", "青禾县水务局", "2019年5月6日",
        (
            "各乡镇水利站，各取水单位：",
            "为进一步规范取水秩序，现就加强取水许可事后监管有关事项通知如下。",
            "一、取水单位应当按月报送取水量，安装计量设施，保存原始记录不少于三年。",
            "二、对虚报取水量、拒不接受检查的单位，列入水务失信名单，在县政府网站公示一年，期间不受理其取水许可申请。",
            "三、失信单位整改到位满六个月的，可以申请信用修复，由县水务局审核后移出名单。",
        ), True,
    ),
    Article(
        "云州市文化和旅游局关于做好暑期旅行社质量检查的通知", "云文旅〔2020〕8号", "云州市文化和旅游局", "2020年6月30日",
        (
            "各县（区）文化和旅游局，各旅行社：",
            "暑期旅游旺季将至，为维护旅游市场秩序，决定开展旅行社服务质量检查。",
            "一、检查内容包括合同签订、导游委派、购物场所安排和投诉处理情况。",
            "二、对强迫购物、擅自变更行程的旅行社，记入信用档案，列为严重失信主体，三年内取消评优评先资格，不予安排专项补助资金。",
            "三、各地于七月底前报送检查总结。",
        ), True,
    ),
    Article(
        "青禾县交通运输局关于印发货运车辆超限治理办法的通知", "青交〔2018〕47号", "青禾县交通运输局", "2018年9月12日",
        (
            "各货运企业，局属各单位：",
            "《青禾县货运车辆超限治理办法》已经局务会议通过，现印发给你们，请遵照执行。",
            "第一条　为保护公路和桥梁，治理车辆超限运输，制定本办法。",
            "第二条　货运企业一年内三次以上超限运输的，认定为失信企业，纳入黑名单管理，实施联合惩戒，限制参加道路养护工程投标。",
            "第三条　本办法自印发之日起施行。",
        ), True,
    ),
    Article(
        "云州市教育局关于调整秋季学期校历的通知", "云教办〔2021〕16号", "云州市教育局", "2021年7月2日",
        (
            "各县（区）教育局，市属各学校：",
            "根据省教育厅统一安排，结合我市实际，现将秋季学期校历调整如下。",
            "一、中小学九月一日正式开学，八月三十日至三十一日报到注册。",
            "二、国庆放假七天，期末考试安排在次年一月中旬。",
            "三、各校要提前做好教室通风、食堂检修和教材征订工作。",
        ), False,
    ),
    Article(
        "青禾县农业农村局关于开展秋播技术指导的函", "青农函〔2022〕5号", "青禾县农业农村局", "2022年9月20日",
        (
            "各乡镇人民政府：",
            "秋播在即，为提高小麦播种质量，我局将派出技术人员分片指导。",
            "一、适宜播期为十月上旬，每亩用种十二至十五公斤。",
            "二、推广宽幅播种和播后镇压，增施有机肥。",
            "请各乡镇组织种植大户参加现场培训，并于九月底前报送联系人。",
        ), False,
    ),
    Article(
        "云州市城市管理局关于国庆期间市容环境保障工作的通知", "云城管〔2021〕33号", "云州市城市管理局", "2021年9月18日",
        (
            "各区城市管理局，局属各单位：",
            "国庆节将至，为营造整洁有序的市容环境，现就有关工作通知如下。",
            "一、加大主次干道保洁力度，延长机扫作业时间。",
            "二、对破损路灯、井盖和护栏进行一次全面排查，九月底前修复。",
            "三、值班人员保持通信畅通，重要情况及时报告。",
        ), False,
    ),
)  # fmt: skip

# What stands round the article on every site; none of it is the article's.
CHROME = (
    "信用信息公示平台", "失信被执行人名单查询", "严重失信主体联合惩戒专栏", "政务服务大厅", "领导信箱", "网站地图",
    "某建设公司被列入严重失信主体名单", "我市召开信用体系建设推进会", "关于公布第三批守信激励名单的公告",
    "主办单位：某某办公室", "备案序号00000000", "无障碍浏览",
)  # fmt: skip
_MENU, _RELATED, _FOOTER = CHROME[:6], CHROME[6:9], CHROME[9:]


def _links(texts: tuple[str, ...], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/{index}.html" title="{text}">{text}</a></{tag}>' for index, text in enumerate(texts))


def _paragraphs(article: Article, form: str = "<p>　　{}</p>") -> str:
    return "".join(form.format(text) for text in article.paragraphs)


def _signature(article: Article, form: str = '<p style="text-align:right">{}</p>') -> str:
    return form.format(article.issuer) + form.format(article.date)


def _page(article: Article, body: str, *, head: str = "", title: str | None = None) -> str:
    shown = article.title if title is None else title
    return f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{shown}</title>{head}</head><body>{body}</body></html>'


def department(article: Article) -> str:
    """A department's portal of nested boxes whose classes say nothing; the line under the title gives time and source."""
    menu = f'<div class="w1200 c1"><ul>{_links(_MENU)}</ul></div>'
    trail = '<div class="c2">您所在的位置：<a href="/">首页</a> &gt; <a href="/zw">通知文件</a> &gt; 正文</div>'
    line = f'<div class="c4"><span>日期：2022-01-04 09:30</span><span>来源：{article.issuer}</span><span>浏览量：<em id="n">136</em>次</span><span>字体：【大 中 小】</span></div>'
    text = f'<div class="c5"><p align="center">{article.number}</p>{_paragraphs(article)}{_signature(article)}</div>'
    side = f'<div class="c6"><h3>热点推荐</h3><ul>{_links(_RELATED)}</ul></div>'
    footer = "".join(f"<p>{each}</p>" for each in _FOOTER)
    main = f'<div class="c3"><div class="bt">{article.title}</div>{line}{text}</div>'
    return _page(
        article,
        f'{menu}{trail}<div class="w1200">{main}{side}</div><div class="c9">{footer}</div>',
        title=f"{article.title}_通知文件_{article.issuer}",
    )


def messenger(article: Article) -> str:
    """An article of a messenger's public account: hidden until a script shows it, sections in sections."""
    sections = "".join(
        f'<section style="margin:0"><section><span leaf="">{text}</span></section></section><section><br></section>'
        for text in (article.number, *article.paragraphs)
    )
    signed = "".join(
        f'<section style="text-align:right"><span>{text}</span></section>' for text in (article.issuer, article.date)
    )
    name = f'<h1 class="rich_media_title" id="activity-name">\n{article.title}\n</h1>'
    meta = '<div id="meta_content"><span class="rich_media_meta">原创</span><a id="js_name">云州发布</a><em id="publish_time">2022-01-05 18:00</em></div>'
    after = f'<div class="rich_media_tool"><a>阅读原文</a><span>在看</span></div><div class="recommend">{_links(_RELATED, "p")}</div>'
    scripts = f"<script>var msg_title = '{article.title}'; var list = {json.dumps(_MENU, ensure_ascii=False)};</script>" * 3
    body = f'<div class="rich_media_inner">{name}{meta}<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">{sections}{signed}</div>{after}</div><div class="foot">{_links((*_MENU, *_FOOTER), "span")}</div>{scripts}'
    return _page(article, body, head=f'<meta property="og:title" content="{article.title}">', title="")


def news(article: Article) -> str:
    """A news portal: advertisements and recommended titles between the paragraphs' box and the comments."""
    channels = f'<nav class="channel">{_links(_MENU, "span")}</nav>'
    source = '<div class="info"><time>2022年01月06日 07:12</time> <a href="#">云州新闻网</a> 编辑：某</div>'
    text = f'<div class="artical-main" itemprop="articleBody"><p>{article.number}</p>{_paragraphs(article, "<p>{}</p>")}{_signature(article)}<div class="ad"><a href="#">广告</a></div></div>'
    more = f'<div class="hot-news"><h2>相关新闻</h2><ul>{_links(_RELATED)}</ul></div><div class="comment"><p>网友评论仅供其表达个人看法</p></div>'
    footer = f"<footer>{_links(_FOOTER, 'span')}</footer>"
    return _page(
        article,
        f"{channels}<article><h1>{article.title}</h1>{source}{text}</article>{more}{footer}",
        title=f"{article.title}-云州新闻网",
    )


def old_tables(article: Article) -> str:
    """A site of twenty years ago: tables in tables, fonts, no heading, the text in lines with breaks."""
    menu = "".join(
        f'<tr><td height="22"><a href="{index}.asp"><font size="2">{text}</font></a></td></tr>'
        for index, text in enumerate((*_MENU, *_RELATED))
    )
    lines = "<br>".join(f"　　{text}" for text in (article.number, *article.paragraphs))
    text = f'<table width="96%"><tr><td align="center"><font size="4" color="red"><b>{article.title}</b></font></td></tr><tr><td align="center"><font size="2">发布人：admin　点击：88</font></td></tr><tr><td><font size="3">{lines}<br><div align="right">{article.issuer}<br>{article.date}</div></font></td></tr></table>'
    foot = "".join(f'<tr><td align="center"><font size="2">{text}</font></td></tr>' for text in _FOOTER)
    body = f'<table width="780" align="center"><tr><td width="180" valign="top"><table>{menu}</table></td><td valign="top">{text}</td></tr></table><table align="center">{foot}</table>'
    return _page(article, body, title="信息内容")


def print_view(article: Article) -> str:
    """The page that a button for printing opens."""
    buttons = '<div class="noprint"><a href="javascript:window.print()">打印本页</a> <a href="javascript:window.close()">关闭窗口</a></div>'
    body = f'{buttons}<center><b>{article.title}</b></center><hr><p align="center">{article.number}</p>{_paragraphs(article)}{_signature(article)}<hr>{"".join(f"<small>{text}</small><br>" for text in _FOOTER)}'
    return _page(article, body)


def hidden_copy(article: Article) -> str:
    """The text twice: once to be read, once hidden, for printing or reading aloud."""
    inner = f"<p>{article.number}</p>{_paragraphs(article)}{_signature(article)}"
    shown = f'<div class="detail"><h2 class="tit">{article.title}</h2><div class="con" id="fontzoom">{inner}</div></div>'
    copy = f'<div id="printarea" style="display:none"><h2>{article.title}</h2>{inner}</div><textarea id="speech" style="display:none">{article.title}</textarea>'
    body = f'<div class="top">{_links(_MENU, "span")}</div>{shown}{copy}<div class="xg"><h4>相关阅读</h4>{_links(_RELATED, "p")}</div><div class="bottom">{_links(_FOOTER, "p")}</div>'
    return _page(article, body, title=f"{article.issuer} {article.title}")


def data_fed(article: Article) -> str:
    """A page that a script builds from data that stand in it."""
    content = f"<p>{article.number}</p>{_paragraphs(article)}{_signature(article)}"
    data = {
        "props": {
            "pageProps": {
                "menu": list(_MENU),
                "detail": {"id": 7, "title": article.title, "publishTime": "2022-01-07", "content": content},
                "related": [{"title": text} for text in _RELATED],
            }
        }
    }
    stored = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    nav = f'<div id="app"><header>{_links(_MENU, "span")}</header><main><div class="loading">加载中</div></main><footer>{_links(_FOOTER, "span")}</footer></div>'
    return _page(article, f'{nav}<script id="__NEXT_DATA__" type="application/json">{stored}</script>')


def markdown(article: Article) -> str:
    """What a reader program wrote down of a page."""
    menu = "\n".join(f"*   [{text}](https://example.invalid/{index}/)" for index, text in enumerate(_MENU))
    related = "\n".join(f'*   [{text}](https://example.invalid/r{index}/ "{text}")' for index, text in enumerate(_RELATED))
    text = "\n\n".join((article.number, *article.paragraphs, article.issuer, article.date))
    footer = "\n\n".join(f"[{text}](https://example.invalid/f{index}/)" for index, text in enumerate(_FOOTER))
    return f"Title: {article.title}\n\nURL Source: https://example.invalid/a.html\n\nPublished Time: 2022-01-08\n\nMarkdown Content:\n[![Image 1](https://example.invalid/l.png)](https://example.invalid/)\n\n{menu}\n\n{article.title}\n==========\n\n{text}\n\n相关文章\n----\n\n{related}\n\n{footer}\n"


def disclosure(article: Article) -> str:
    """A page of the disclosure of information: what it says of the document in pairs, then the text in lines with breaks."""
    facts = {
        "名　　称": article.title,
        "索 引 号": "QH0001-2022-0007",
        "发布机构": article.issuer,
        "文　　号": article.number,
        "成文日期": article.date,
        "有效性": "有效",
    }
    pairs = "".join(f"<dl><dt>{name}：</dt><dd>{text}</dd></dl>" for name, text in facts.items())
    lines = "<br/><br/>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{text}" for text in article.paragraphs)
    text = f'<div class="xxgk_tit">{article.title}</div><div class="xxgk_con"><span style="font-size:16px">{lines}<br/><br/><span style="float:right">{article.issuer}<br/>{article.date}</span></span></div>'
    left = f'<div class="xxgk_left"><ul>{_links((*_MENU, *_RELATED))}</ul></div>'
    return _page(
        article,
        f'{left}<div class="xxgk_right"><div class="facts">{pairs}</div>{text}</div><div>{_links(_FOOTER, "span")}</div>',
        title="信息公开",
    )


SHAPES: dict[str, Callable[[Article], str]] = {
    "部门网站": department,
    "公众号文章": messenger,
    "新闻网站": news,
    "旧式表格": old_tables,
    "打印页": print_view,
    "隐藏的副本": hidden_copy,
    "脚本数据": data_fed,
    "阅读程序的文本": markdown,
    "信息公开": disclosure,
}


def stored(shape: str, article: Article) -> bytes:
    """The page as it lies in a file; old sites write GBK."""
    text = SHAPES[shape](article)
    return text.replace("utf-8", "gb2312").encode("gb18030") if shape == "旧式表格" else text.encode()
