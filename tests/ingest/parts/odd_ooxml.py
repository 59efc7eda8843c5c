"""Odd places of Office packages, each in a file of its own: what stands there is on no page, or on none that is walked first."""

from __future__ import annotations

import io
import zipfile

from tests.ingest.parts import ooxml, plant
from tests.ingest.parts.ooxml import SPACES, Parts, par, run

SEEN = plant.sentence(1)
_DOC, _BOOK, _SHEET = "word/document.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"
_SHOW, _SLIDE, _LAYOUT, _MASTER = (
    "ppt/presentation.xml",
    "ppt/slides/slide1.xml",
    "ppt/slideLayouts/slideLayout1.xml",
    "ppt/slideMasters/slideMaster1.xml",
)
_TREE_END = "</p:spTree>"


def changed(package: bytes, changes: dict[str, tuple[str, str]], more: dict[str, bytes | str] | None = None) -> bytes:
    """A package in whose parts a text is replaced once, and with parts more."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        files: dict[str, bytes | str] = {name: old.read(name) for name in old.namelist()}
    for name, (before, after) in changes.items():
        data = files[name]
        assert isinstance(data, bytes) and before.encode() in data, (name, before)
        files[name] = data.replace(before.encode(), after.encode(), 1)
    return plant.zipped(files | (more or {}))


def _document(body: str, *linked: tuple[str, str, str]) -> Parts:
    """A document with other parts, each (kind, name, XML): the first has the identifier rId1."""
    parts = Parts()
    parts.refer("", "officeDocument", _DOC)
    for kind, name, xml in linked:
        parts.refer(_DOC, kind, name, xml)
    parts.files[_DOC] = f"<w:document {SPACES}><w:body>{par('关于供热的通知')}{body}{par(SEEN)}</w:body></w:document>"
    return parts


def _p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def _cells(*inner: str, properties: str = "") -> str:
    return f"<w:tbl><w:tr>{properties}{''.join(f'<w:tc>{each}</w:tc>' for each in inner)}</w:tr></w:tbl>"


def _box(inner: str) -> str:
    return _p(f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>")


def _form(inner: str) -> str:
    return _p(f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>')


def _in_body(words: str) -> dict[str, str]:
    locked = f'<lc:lockedCanvas xmlns:lc="x"><a:sp><a:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></a:txBody></a:sp></lc:lockedCanvas>'
    control = f"<w:sdtContent>{par('甲')}</w:sdtContent></w:sdt>"
    return {
        "移走的文字": _p(f'<w:moveFrom w:id="1"><w:r><w:t>{words}</w:t></w:r></w:moveFrom>'),
        "移来的文字": _p(f'<w:moveTo w:id="1"><w:r><w:t>{words}</w:t></w:r></w:moveTo>'),
        "链接的提示": _p(f'<w:hyperlink w:tooltip="{words}" w:anchor="x">{run("链接")}</w:hyperlink>'),
        "表格的标题": f'<w:tbl><w:tblPr><w:tblCaption w:val="{words}"/></w:tblPr><w:tr><w:tc>{par("一")}</w:tc></w:tr></w:tbl>',
        "控件的标题": f'<w:sdt><w:sdtPr><w:alias w:val="{words}"/></w:sdtPr>{control}',
        "组合框上次的值": f'<w:sdt><w:sdtPr><w:comboBox w:lastValue="{words}"/></w:sdtPr>{control}',
        "VML的替代文字": _p(f'<w:r><w:pict><v:shape alt="{words}" style="width:3pt"/></w:pict></w:r>'),
        "删除的行": _cells(par(words), properties='<w:trPr><w:del w:id="4" w:author="a"/></w:trPr>'),
        "公式里删除的": _p(f'<m:oMath><m:r><w:del w:id="3"><m:t>{words}</m:t></w:del></m:r></m:oMath>'),
        "锁定画布": _p(f"<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>{locked}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"),
        "对象里的文本框": _p(f"<w:r><w:object><v:shape><v:textbox><w:txbxContent>{par(words)}</w:txbxContent></v:textbox></v:shape></w:object></w:r>"),
        "单元格文本框里的表格": _cells(par("甲"), _box(_cells(par("乙"), par(words)))),
        "表单域的帮助": _form(f'<w:helpText w:type="text" w:val="{words}"/>'),
        "表单域的状态栏": _form(f'<w:statusText w:type="text" w:val="{words}"/>'),
    }  # fmt: skip


def docx(words: str) -> dict[str, bytes]:
    """Documents by the place where the words stand."""

    def header(inner: str) -> tuple[str, str, str]:
        return "header", "word/header1.xml", f"<w:hdr {SPACES}>{inner}</w:hdr>"

    def footnote(inner: str) -> tuple[str, str, str]:
        return (
            "footnotes",
            "word/footnotes.xml",
            f'<w:footnotes {SPACES}><w:footnote w:id="2">{inner}</w:footnote></w:footnotes>',
        )

    def chart(inner: str) -> tuple[str, str, str]:
        return "chart", "word/charts/chart1.xml", f"<c:chartSpace {SPACES}><c:chart>{inner}</c:chart></c:chartSpace>"

    cited = _p('<w:r><w:footnoteReference w:id="2"/></w:r>')
    shown = _p(ooxml._graphic(ooxml._DRAWING + "/chart", ooxml._CHART.format("rId1")))
    hidden = run(words, "<w:rPr><w:vanish/></w:rPr>")
    gone = _p(f'<w:del w:id="1"><w:r><w:delText>{words}</w:delText></w:r></w:del>')
    plot = "<c:plotArea><c:barChart><c:ser>{}</c:ser></c:barChart></c:plotArea>"
    levels = f"<c:cat><c:multiLvlStrRef><c:multiLvlStrCache><c:lvl><c:pt><c:v>{words}</c:v></c:pt></c:lvl></c:multiLvlStrCache></c:multiLvlStrRef></c:cat>"
    new = '<cx:chart xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex" r:id="rId1"/>'
    new_xml = f'<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"><cx:title><cx:v>{words}</cx:v></cx:title></cx:chartSpace>'
    block = f"<w:docParts><w:docPart><w:docPartBody>{par(words)}</w:docPartBody></w:docPart></w:docParts>"
    found = {place: _document(body) for place, body in _in_body(words).items()} | {
        "页眉里删除的": _document("", header(gone)),
        "页眉里隐藏的": _document("", header(_p(hidden))),
        "页眉里的宏按钮": _document("", header(ooxml._BODY["宏按钮域"](words))),
        "页眉里的下拉列表": _document("", header(ooxml._choices(words))),
        "页眉里的替代文字": _document("", header(ooxml._BODY["替代文字"](words))),
        "脚注里的表格": _document(cited, footnote(_cells(par(words), par("甲")))),
        "脚注里的下拉列表": _document(cited, footnote(ooxml._choices(words))),
        "没有引用的脚注": _document("", footnote(par(words))),
        "批注里删除的": _document("", ("comments", "word/comments.xml", f'<w:comments {SPACES}><w:comment w:id="1">{gone}</w:comment></w:comments>')),
        "构建基块": _document("", ("glossaryDocument", "word/glossary/document.xml", f"<w:glossaryDocument {SPACES}>{block}</w:glossaryDocument>")),
        "自定义XML": _document("", ("customXml", "customXml/item1.xml", f"<x><a>{words}</a></x>")),
        "文档变量": _document("", ("settings", "word/settings.xml", f'<w:settings {SPACES}><w:docVars><w:docVar w:name="a" w:val="{words}"/></w:docVars></w:settings>')),
        "文档属性": _document("", ("x", "docProps/core.xml", f'<c:core xmlns:c="c" xmlns:d="d"><d:subject>{words}</d:subject></c:core>')),
        "自定义属性": _document("", ("x", "docProps/custom.xml", f"<Properties><property><lpwstr>{words}</lpwstr></property></Properties>")),
        "ActiveX控件": _document("", ("control", "word/activeX/activeX1.xml", f'<ocx><ocxPr name="Caption" value="{words}"/></ocx>')),
        "图表的多级类别": _document(shown, chart(plot.format(levels))),
        "图表的系列名": _document(shown, chart(plot.format(f"<c:tx><c:v>{words}</c:v></c:tx>"))),
        "新式图表": _document(_p(ooxml._graphic("x", new)), ("chartEx", "word/charts/chartEx1.xml", new_xml)),
    }  # fmt: skip
    over = _document(shown, chart(""))
    shapes = f"<c:userShapes {SPACES}><a:p><a:r><a:t>{words}</a:t></a:r></a:p></c:userShapes>"
    over.refer("word/charts/chart1.xml", "chartUserShapes", "word/drawings/drawing1.xml", shapes)
    return {place: parts.bytes() for place, parts in (found | {"图表上的文本框": over}).items()}


def xlsx(words: str) -> dict[str, bytes]:
    """Workbooks by the place where the words stand."""
    plain = ooxml.build_xlsx((("单元格", SEEN),))

    def behind(tail: str, rows: str = "") -> bytes:
        return changed(plain, {_SHEET: ("</sheetData>", f"{rows}</sheetData>{tail}")})

    def drawn(kind: str, name: str, xml: str, tag: str) -> bytes:
        parts = Parts()
        parts.refer("", "officeDocument", _BOOK)
        parts.refer(_BOOK, "worksheet", _SHEET)
        parts.refer(_SHEET, kind, name, xml)
        parts.files[_SHEET] = ooxml._sheet_xml([ooxml._row(1, SEEN)], f'<{tag} r:id="rId1"/>')
        sheets = '<sheets><sheet name="安排" sheetId="1" r:id="rId1"/></sheets>'
        parts.files[_BOOK] = f"<workbook {ooxml._S} {SPACES}>{sheets}</workbook>"
        return parts.bytes()

    shape = ooxml._ANCHOR.format(f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="t" descr="{words}"/></xdr:nvSpPr></xdr:sp>')
    rule = f'<cfRule type="containsText" text="{words}"><formula>NOT(ISERROR(SEARCH("{words}",A1)))</formula></cfRule>'
    view = f"<headerFooter><oddHeader>&amp;C{words}</oddHeader></headerFooter>"
    cached = f'<sheetData><row r="1"><cell r="A1" t="str"><v>{words}</v></cell></row></sheetData>'
    named = f'<definedNames><definedName name="a" comment="{words}">Sheet!A1</definedName></definedNames>'
    return {
        "条件格式": behind(f'<conditionalFormatting sqref="A1">{rule}</conditionalFormatting>'),
        "方案的批注": behind(f'<scenarios><scenario name="a" comment="{words}"/></scenarios>'),
        "筛选条件": behind(f'<autoFilter ref="A1:B2"><filterColumn><filters><filter val="{words}"/></filters></filterColumn></autoFilter>'),
        "链接的显示文字": behind(f'<hyperlinks><hyperlink ref="A1" location="x" display="{words}"/></hyperlinks>'),
        "受保护区域": behind(f'<protectedRanges><protectedRange name="{words}" sqref="A1"/></protectedRanges>'),
        "自定义视图的页眉": behind(f'<customSheetViews><customSheetView guid="x">{view}</customSheetView></customSheetViews>'),
        "没有选中的结果": behind("", f'<row r="9"><c r="A9"><f>IF(1,"甲","{words}")</f><v>0</v></c></row>'),
        "空表的名称": changed(plain, {_BOOK: ("</sheets>", f'<sheet name="{words}" sheetId="9" r:id="rId1"/></sheets>')}),
        "名称的批注": changed(plain, {_BOOK: ("</workbook>", f"{named}</workbook>")}),
        "替代文字": drawn("drawing", "xl/drawings/drawing1.xml", f"<xdr:wsDr {SPACES}>{shape}</xdr:wsDr>", "drawing"),
        "VML的替代文字": drawn("vmlDrawing", "xl/drawings/vmlDrawing1.vml", f'<xml {SPACES}><v:shape alt="{words}"/></xml>', "legacyDrawing"),
        "外部链接的缓存": changed(plain, {}, {"xl/externalLinks/externalLink1.xml": f"<externalLink>{cached}</externalLink>"}),
        "透视表的缓存": changed(plain, {}, {"xl/pivotCache/pivotCacheDefinition1.xml": f'<p><sharedItems><s v="{words}"/></sharedItems></p>'}),
        "修订记录": changed(plain, {}, {"xl/revisions/revisionLog1.xml": f"<revisions><nc><is><t>{words}</t></is></nc></revisions>"}),
    }  # fmt: skip


def pptx(words: str) -> dict[str, bytes]:
    """Presentations by the place where the words stand."""
    plain, box = ooxml.build_pptx((("文本框", SEEN),)), ooxml._box(words, 9)
    slide = f"<p:sld {SPACES}>{ooxml._tree(box)}</p:sld>"
    linked = ooxml._box("链接", 9).replace("<a:rPr/>", f'<a:rPr><a:hlinkClick r:id="" tooltip="{words}"/></a:rPr>')
    section = f'<p14:section xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" name="{words}"/>'
    cell = f"<a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl>"
    described = ooxml._box("甲", 9).replace("<p:cNvPr ", f'<p:cNvPr descr="{words}" ', 1)
    prompt = box.replace("<p:nvPr/>", "<p:nvPr><p:ph/></p:nvPr>")
    places = {
        "链接的提示": (_SLIDE, _TREE_END, linked + _TREE_END),
        "幻灯片的名称": (_SLIDE, "<p:cSld>", f'<p:cSld name="{words}">'),
        "分节的名称": (_SHOW, "</p:presentation>", f"{section}</p:presentation>"),
        "放映的名称": (_SHOW, "</p:presentation>", f'<p:custShow name="{words}" id="0"/></p:presentation>'),
        "版式的占位提示": (_LAYOUT, _TREE_END, prompt + _TREE_END),
        "母版的替代文字": (_MASTER, _TREE_END, described + _TREE_END),
        "母版的表格": (_MASTER, _TREE_END, ooxml._slide_frame("t", cell) + _TREE_END),
    }
    unused = {
        "未用的版式": {"ppt/slideLayouts/slideLayout2.xml": slide},
        "未放映的幻灯片": {"ppt/slides/slide7.xml": slide},
        "未挂接的备注": {"ppt/notesSlides/notesSlide7.xml": slide},
        "讲义母版": {"ppt/handoutMasters/handoutMaster1.xml": slide},
        "标记": {"ppt/tags/tag1.xml": f'<p:tagLst {SPACES}><p:tag name="A" val="{words}"/></p:tagLst>'},
    }
    found = {place: changed(plain, {name: (before, after)}) for place, (name, before, after) in places.items()}
    return found | {place: changed(plain, {}, dict(more)) for place, more in unused.items()}
