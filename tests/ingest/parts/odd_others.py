"""Odd places of the other formats, each in a file of its own: what stands there is on no page, or on none that is walked first."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.ingest.parts import open_document, others, pdf, plant, web
from tests.ingest.parts.odd_ooxml import SEEN, changed

_HTML = {
    "朗读标签": '<p aria-label="{0}">甲</p>',
    "数据属性": '<p data-content="{0}">甲</p>',
    "隐藏的输入": '<input type="hidden" value="{0}">',
    "提交按钮": '<input type="submit" value="{0}">',
    "选项组": '<select><optgroup label="{0}"><option>一</option></optgroup></select>',
    "候选值": '<datalist><option value="{0}"></datalist>',
    "热区": '<map><area alt="{0}"></map>',
    "矢量图的标题": "<svg><title>{0}</title></svg>",
    "矢量图里的网页": "<svg><foreignObject><p>{0}</p></foreignObject></svg>",
    "条件注释": "<!--[if mso]><p>{0}</p><![endif]-->",
    "公式的替代文字": '<math alttext="{0}"></math>',
    "链接的标题": '<a href="x" title="{0}">甲</a>',
    "表头的缩写": '<table><tr><th abbr="{0}">一</th><td>二</td></tr></table>',
    "框架的后备内容": '<iframe src="x"><p>{0}</p></iframe>',
    "脚本写出": '<script>document.write("{0}")</script>',
    "网页数据": '<script type="application/ld+json">{{"d":"{0}"}}</script>',
    "影子模板": '<div><template shadowrootmode="open"><p>{0}</p></template></div>',
    "注音": "<ruby>甲<rt>{0}</rt></ruby>",
    "字幕轨": '<video><track label="{0}"></video>',
    "对话框": "<dialog><p>{0}</p></dialog>",
    "无框架时的内容": "<noframes><p>{0}</p></noframes>",
    "网页的说明": '<meta name="description" content="{0}">',
    "图例": "<fieldset><legend>{0}</legend></fieldset>",
    "标记前的空格": '<p title = "{0}">甲</p>',
}
_ODT = {
    "文献": '<text:p><text:bibliography-mark text:title="{0}">[1]</text:bibliography-mark></text:p>',
    "输入域的提示": '<text:p><text:text-input text:description="{0}">甲</text:text-input></text:p>',
    "表格的标题": "<table:table><table:title>{0}</table:title><table:table-row><table:table-cell/></table:table-row></table:table>",
    "目录的标题模板": "<text:table-of-content><text:table-of-content-source><text:index-title-template>{0}</text:index-title-template></text:table-of-content-source></text:table-of-content>",
    "链接的标题": '<text:p><text:a xlink:href="x" office:title="{0}">甲</text:a></text:p>',
    "变量": '<text:p><text:variable-set text:name="a" office:string-value="{0}" text:display="none"/></text:p>',
    "图形的名称": '<text:p><draw:frame draw:name="{0}"/></text:p>',
    "控件的标题": '<office:forms><form:form><form:text form:title="{0}"/></form:form></office:forms>',
    "注释的标号": '<text:p>见<text:note text:note-class="footnote"><text:note-citation text:label="{0}">甲</text:note-citation><text:note-body><text:p>乙</text:p></text:note-body></text:note></text:p>',
    "嵌套的文本框": "<text:p><draw:frame><draw:text-box><text:p><draw:frame><draw:text-box><text:p>{0}</text:p></draw:text-box></draw:frame></text:p></draw:text-box></draw:frame></text:p>",
}
_ODS = {
    "输入提示": '<table:content-validations><table:content-validation table:name="a"><table:help-message><text:p>{0}</text:p></table:help-message></table:content-validation></table:content-validations>',
    "错误提示的标题": '<table:content-validations><table:content-validation table:name="a"><table:error-message table:title="{0}"/></table:content-validation></table:content-validations>',
    "输入条件": '<table:content-validations><table:content-validation table:condition="cell-content-is-in-list(&quot;{0}&quot;)"/></table:content-validations>',
    "命名的表达式": '<table:named-expressions><table:named-expression table:name="a" table:expression="&quot;{0}&quot;"/></table:named-expressions>',
    "修订": '<table:tracked-changes><table:cell-content-change><table:previous><table:change-track-table-cell office:value-type="string"><text:p>{0}</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>',
    "方案的批注": '<table:table table:name="x"><table:scenario table:comment="{0}"/></table:table>',
    "空表的名称": '<table:table table:name="{0}"/>',
    "公式里的文字": '<table:table table:name="x"><table:table-row><table:table-cell table:formula="of:=IF(1;&quot;{0}&quot;;1)" office:value-type="float" office:value="0"/></table:table-row></table:table>',
}
_RTF = {
    "标题属性": "{{\\info{{\\title {0}}}}}",
    "说明属性": "{{\\info{{\\doccomm {0}}}}}",
    "自定义属性": "{{\\*\\userprops{{\\propname a}}\\proptype30{{\\staticval {0}}}}}",
    "文档变量": "{{\\*\\docvar {{a}}{{{0}}}}}",
    "书签": "{{\\*\\bkmkstart {0}}}",
    "索引项": "\\pard a{{\\v {{\\xe {0}}}}}\\par ",
    "目录项": "\\pard a{{\\tc {0}}}\\par ",
    "注释分隔符": "{{\\*\\ftnsep \\pard {0}\\par}}",
    "表单域的帮助": "\\pard {{\\field{{\\*\\fldinst FORMTEXT {{\\*\\formfield{{\\fftype0{{\\*\\ffhelptext {0}}}}}}}}}{{\\fldrslt }}}}\\par ",
    "旧式图形": "\\pard{{\\*\\do\\dobxcolumn{{\\dptxbx{{\\dptxbxtext \\pard {0}\\par}}}}}}\\par ",
    "智能标记的属性": "{{\\*\\xmlopen\\xmlns1{{\\xmlname a}}{{\\xmlattrname b}}{{\\xmlattrvalue {0}}}}}",
}
_NS = open_document._SPACES


def html(words: str) -> dict[str, bytes]:
    page = web.page((("正文", SEEN),))
    return {place: page.replace("<p>二、", f"{made.format(words)}<p>二、").encode() for place, made in _HTML.items()}


def odt(words: str) -> dict[str, bytes]:
    plain, end = open_document.build_odt((("正文", SEEN),)), "</office:text>"
    found = {place: changed(plain, {"content.xml": (end, made.format(words) + end)}) for place, made in _ODT.items()}
    meta = f"<office:document-meta {_NS}><office:meta><dc:subject>{words}</dc:subject></office:meta></office:document-meta>"
    hidden = f'<style:header><text:p><text:hidden-text text:string-value="{words}"/></text:p></style:header>'
    return found | {"文档属性": changed(plain, {}, {"meta.xml": meta}), "页眉里隐藏的": _with_master(plain, hidden)}


def _with_master(plain: bytes, inner: str) -> bytes:
    masters = f"<office:master-styles><style:master-page>{inner}</style:master-page></office:master-styles>"
    return changed(plain, {}, {"styles.xml": f"<office:document-styles {_NS}>{masters}</office:document-styles>"})


def ods(words: str) -> dict[str, bytes]:
    plain, end = open_document.build_ods((("单元格", SEEN),)), "</office:spreadsheet>"
    found = {place: changed(plain, {"content.xml": (end, made.format(words) + end)}) for place, made in _ODS.items()}
    number = f'<number:number-style xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"><number:text>{words}</number:text></number:number-style>'
    styles = "</office:automatic-styles>"
    return found | {"数字格式": changed(plain, {"content.xml": (styles, number + styles)})}


def odp(words: str) -> dict[str, bytes]:
    plain, begin, end = open_document.build_odp((("文本框", SEEN),)), "<office:presentation>", "</office:presentation>"
    box = f"<draw:frame><draw:text-box><text:p>{words}</text:p></draw:text-box></draw:frame>"
    show = f'<presentation:settings><presentation:show presentation:name="{words}"/></presentation:settings>'
    footer = f'<presentation:footer-decl presentation:name="f">{words}</presentation:footer-decl>'
    return {
        "页脚声明": changed(plain, {"content.xml": (begin, begin + footer)}),
        "母版上的文字": _with_master(plain, box),
        "母版的提示页": _with_master(plain, f"<presentation:notes>{box}</presentation:notes>"),
        "页的名称": changed(plain, {"content.xml": ('draw:name="一"', f'draw:name="{words}"')}),
        "放映的名称": changed(plain, {"content.xml": (end, show + end)}),
    }


def rtf(words: str) -> dict[str, bytes]:
    plain, end = others.build_rtf((("正文", SEEN),)), f"\\pard {others._r('请遵照执行。')}".encode()
    made = {place: each.format(others._r(words)).encode() for place, each in _RTF.items()}
    return {place: plain.replace(end, each + end) for place, each in made.items()}


def eml(words: str) -> dict[str, bytes]:
    head = "From: a@example.cn\r\nTo: b@example.cn\r\nSubject: x\r\n{0}MIME-Version: 1.0\r\n{1}"
    parts = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n{0}\r\n--b\r\nContent-Type: text/plain\r\n{1}\r\nabc\r\n--b--\r\n{2}\r\n'
    plain = "Content-Type: text/plain\r\n\r\nabc\r\n"
    made = {
        "关键词": head.format(f"Keywords: {words}\r\n", plain),
        "说明": head.format(f"Comments: {words}\r\n", plain),
        "部分之前": head.format("", parts.format(words, "", "")),
        "部分之后": head.format("", parts.format("", "", words)),
        "部分的说明": head.format("", parts.format("", f"Content-Description: {words}\r\n", "")),
    }
    return {place: each.encode() for place, each in made.items()}


def zip_(words: str) -> dict[str, bytes]:
    found = {}
    for place in ("压缩包的注释", "成员的注释"):
        stored = io.BytesIO()
        with zipfile.ZipFile(stored, "w") as archive:
            member = zipfile.ZipInfo("a.txt")
            if place == "成员的注释":
                member.comment = words.encode("gbk")
            else:
                archive.comment = words.encode("gbk")
            archive.writestr(member, SEEN)
        found[place] = stored.getvalue()
    return found


def jpg(words: str) -> dict[str, bytes]:
    exif, stored = Image.Exif(), io.BytesIO()
    exif[0x9C9C] = words.encode("utf-16-le")
    Image.open(io.BytesIO(plant.page_picture(SEEN))).save(stored, "JPEG", exif=exif)
    return {"文件的说明": stored.getvalue()}


def png(words: str) -> dict[str, bytes]:
    about, stored = PngInfo(), io.BytesIO()
    about.add_itxt("Description", words)
    Image.open(io.BytesIO(plant.page_picture(SEEN))).save(stored, "PNG", pnginfo=about)
    return {"文件的说明": stored.getvalue()}


def pdf_(words: str) -> dict[str, bytes]:
    """Each adds to what a file with a remark and a form field holds: the strings lie in the catalog or in an annotation."""
    string = pdf._string(words)
    plain = pdf.build_pdf((("正文", SEEN), ("批注", "请核对"), ("表单域", "甲")))
    catalog, remark, field = b"<</Type/Catalog", b"/Subtype/Text/", b"/FT/Tx/T(a)"
    found = {
        "图片的替代文字": (catalog, f"/StructTreeRoot<</Type/StructTreeRoot/K<</S/Figure/Alt{string}>>>>"),
        "脚本": (catalog, f"/OpenAction<</S/JavaScript/JS{string}>>"),
        "图层的名称": (catalog, f"/OCProperties<</OCGs[<</Type/OCG/Name{string}>>]/D<<>>>>"),
        "目标的名称": (catalog, f"/Names<</Dests<</Names[{string}[0/Fit]]>>>>"),
        "作品集的栏目": (catalog, f"/Collection<</Schema<</x<</N{string}/Subtype/S>>>>>>"),
        "批注的主题": (remark, f"Subj{string}/"),
        "批注的富文本": (remark, f"RC{pdf._string(f'<p>{escape(words)}</p>')}/"),
        "域的名称": (field, f"/TM{string}"),
        "域的默认值": (field, f"/DV{string}"),
        "没有选的选项": (field, f"/Opt[{string}]"),
    }
    files = {place: plain.replace(mark, mark + more.encode(), 1) for place, (mark, more) in found.items()}
    stamp = pdf.build_pdf((("正文", SEEN), ("图章外观", words)))
    for place, kind in (("水印注释的外观", b"/Subtype/Watermark"), ("文本框的外观", b"/Subtype/FreeText")):
        files[place] = stamp.replace(b"/Subtype/Stamp", kind)
    signature = pdf.build_pdf((("正文", SEEN), ("签名外观", words)))
    files["空域的外观"] = signature.replace(b"/FT/Sig", b"/FT/Tx ")
    return files


def ofd(words: str) -> dict[str, bytes]:
    plain = others.build_ofd((("正文", SEEN), ("注释", plant.sentence(2))))
    document, end = "Doc_0/Document.xml", "</ofd:Document>"
    about = "<ofd:DocInfo/>"
    drawn = "<ofd:Appearance"
    tag = f"<公文体><正文>{words}</正文></公文体>"
    return {
        "文档信息": changed(plain, {"OFD.xml": (about, f"<ofd:DocInfo><ofd:Title>{words}</ofd:Title></ofd:DocInfo>")}),
        "注释的说明": changed(plain, {"Doc_0/Annots/P0.xml": (drawn, f"<ofd:Remark>{words}</ofd:Remark>{drawn}")}),
        "自定义标引": changed(plain, {}, {"Doc_0/Tags/CustomTag.xml": tag}),
        "扩展": changed(plain, {}, {"Doc_0/Ext.xml": f"<x><p>{words}</p></x>"}),
        "命名的书签": changed(plain, {document: (end, f'<ofd:Bookmark Name="{words}"/>{end}')}),
        "旧版的页": changed(plain, {}, {"Doc_0/P9.xml": others._layer(others._text(words, 5))}),
        "页面之外": changed(plain, {"Doc_0/P0.xml": ("</ofd:Layer>", others._text(words, 900) + "</ofd:Layer>")}),
    }


def xps(words: str) -> dict[str, bytes]:
    plain, page = others.build_xps((("正文", SEEN),)), "Documents/1/Pages/1.fpage"
    named = f'<Canvas AutomationProperties.Name="{words}"/></FixedPage>'
    return {
        "替代文字": changed(plain, {page: ("</FixedPage>", named)}),
        "文档属性": changed(plain, {}, {"docProps/core.xml": f"<core><title>{words}</title></core>"}),
        "书签": changed(
            plain, {}, {"Documents/1/Structure/DocStructure.struct": f'<x><OutlineEntry Description="{words}"/></x>'}
        ),
    }
