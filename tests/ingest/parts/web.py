"""Web pages, web archives and mail with sentences in their parts."""

from __future__ import annotations

import base64
import email.message
import email.policy
from html import escape

from tests.ingest.parts import plant

_HEAD = "<h1>关于做好今冬供热工作的通知</h1><p>各区城市管理局：</p><p>一、请提前检修管网，确保按时供热，各单位每周报送一次进度。</p>"


def _data(words: str) -> str:
    return f"data:image/png;base64,{base64.b64encode(plant.picture(words)).decode()}"


_PLACES = {
    "正文": "<p>{words}</p>",
    "表格单元格": "<table><tr><td>措施</td><td>{words}</td></tr></table>",
    "列表项": "<ol><li>{words}</li></ol>",
    "引用块": "<blockquote>{words}</blockquote>",
    "预排文本": "<pre>{words}</pre>",
    "折叠的内容": "<details><summary>展开</summary><p>{words}</p></details>",
    "隐藏的段落": '<p style="display:none">{words}</p>',
    "表单文本域": "<form><textarea>{words}</textarea></form>",
    "表单输入框": '<form><input type="text" value="{words}"></form>',
    "内联框架": '<iframe srcdoc="{page}"></iframe>',
    "矢量图文字": '<svg width="500" height="40"><text x="0" y="20">{words}</text></svg>',
    "图片": '<p><img src="{picture}"></p>',
    "背景图片": '<div style="width:1100px;height:260px;background-image:url({picture})"></div>',
    "不在文件里的图片": '<p><img src="http://example.invalid/scan.png" width="900" height="600"></p>',
    "无脚本时的内容": "<noscript><p>{words}</p></noscript>",
    "对象后备内容": '<object data="x.swf"><p>{words}</p></object>',
    "定义列表": "<dl><dt>措施</dt><dd>{words}</dd></dl>",
    "表题": "<table><caption>{words}</caption><tr><td>一</td><td>二</td></tr></table>",
    "样式生成的文字": '<p>办法</p><style>.x1::after {{ content: "{words}" }}</style><p class="x1">附则</p>',
    "图片的替代文字": '<p><img src="http://example.invalid/a.png" alt="{words}"></p>',
    "提示文字": '<p>办法<abbr title="{words}">注</abbr></p>',
    "网页注释": "<!-- {words} -->",
    "占位提示": '<form><input type="text" placeholder="{words}"></form>',
    "按钮": "<p>办法</p><button>{words}</button>",
    "数学公式": "<p><math><mtext>{words}</mtext></math></p>",
    "样式表隐藏的文字": '<style>.x2 {{ display: none }}</style><p class="x2">{words}</p>',
    "画布后备内容": "<canvas><p>{words}</p></canvas>",
    "视频后备内容": "<video><p>{words}</p></video>",
    "滚动文字": "<marquee>{words}</marquee>",
    "删除线文字": "<p><del>{words}</del></p>",
    "图题": "<figure><figcaption>{words}</figcaption></figure>",
}
HTML = tuple(_PLACES)


def page(planted: plant.Planted, picture: str = "") -> str:
    """A web page; ``picture`` is the address of pictures where they do not stand in the page itself."""
    body = "".join(
        _PLACES[place].format(
            words=words, page=escape(f"<html><body><p>{words}</p></body></html>"), picture=picture or _data(words)
        )
        for place, words in planted
    )
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知</title></head><body>{_HEAD}{body}<p>二、做好值班值守。</p></body></html>'


def build_html(planted: plant.Planted) -> bytes:
    return page(planted).encode()


MHT = ("正文", "表格单元格", "图片", "另一个框架页")


def build_mht(planted: plant.Planted) -> bytes:
    """A saved page: its picture and its other frame are parts of the archive."""
    at = dict(planted)
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["Subject"], message["MIME-Version"] = "<Saved by Blink>", "通知", "1.0"
    shown = [(place, words) for place, words in planted if place in _PLACES]
    html = page(shown, "http://example.invalid/a.png" if "图片" in at else "")
    if "另一个框架页" in at:
        html = html.replace("</body>", '<iframe src="http://example.invalid/two.html"></iframe></body>')
    message.set_content(html, subtype="html")
    message.make_related()
    if "图片" in at:
        message.add_related(
            plant.picture(at["图片"]), "image", "png", headers=["Content-Location: http://example.invalid/a.png"]
        )
    if "另一个框架页" in at:
        second = f"<html><body><p>{at['另一个框架页']}</p></body></html>".encode()
        message.add_related(second, "text", "html", headers=["Content-Location: http://example.invalid/two.html"])
    return message.as_bytes()


EML = ("纯文本正文", "网页正文", "正文中的图片", "附件DOCX", "附件图片", "附件ZIP", "转发的邮件", "日程")


def build_eml(planted: plant.Planted) -> bytes:
    """A mail; where it has a plain and an HTML body, each says something of its own."""
    at = dict(planted)
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = "a@example.invalid", "b@example.invalid", "供热通知"
    message["Date"], message["MIME-Version"] = "Fri, 08 Oct 2021 10:00:00 +0800", "1.0"
    message.set_content("各单位：\n请按时供热。\n" + at.get("纯文本正文", ""))
    if "网页正文" in at or "正文中的图片" in at:
        picture = '<p><img src="cid:one"></p>' if "正文中的图片" in at else ""
        message.add_alternative(
            f"<html><body><p>各单位：</p><p>{at.get('网页正文', '')}</p>{picture}</body></html>", subtype="html"
        )
        if picture:
            message.get_payload()[1].add_related(plant.picture(at["正文中的图片"]), "image", "png", cid="<one>")
    if "附件DOCX" in at:
        message.add_attachment(
            plant.small_docx(at["附件DOCX"]), maintype="application", subtype="octet-stream", filename="办法.docx"
        )
    if "附件图片" in at:
        message.add_attachment(plant.page_picture(at["附件图片"]), maintype="image", subtype="png", filename="扫描.png")
    if "附件ZIP" in at:
        data = plant.zipped({"细则.txt": at["附件ZIP"]})
        message.add_attachment(data, maintype="application", subtype="zip", filename="附件.zip")
    if "转发的邮件" in at:
        inner = email.message.EmailMessage()
        inner["Subject"], inner["From"], inner["Date"] = "转发", "c@example.invalid", "Fri, 08 Oct 2021 09:00:00 +0800"
        inner.set_content(at["转发的邮件"])
        message.add_attachment(inner)
    if "日程" in at:
        event = (
            f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:会议\r\nDESCRIPTION:{at['日程']}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        message.add_attachment(event.encode(), maintype="text", subtype="calendar", filename="invite.ics")
    return message.as_bytes()
