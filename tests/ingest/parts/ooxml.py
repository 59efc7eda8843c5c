"""Office Open XML packages with sentences in any of their parts: DOCX, XLSX, PPTX, written part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pipeline.ingest.containers.compound import ole_file
from tests.ingest.parts import plant

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = {
    "document.xml": "wordprocessingml.document.main",
    "workbook.xml": "spreadsheetml.sheet.main",
    "presentation.xml": "presentationml.presentation.main",
    "header": "wordprocessingml.header",
    "footer": "wordprocessingml.footer",
    "footnotes": "wordprocessingml.footnotes",
    "endnotes": "wordprocessingml.endnotes",
    "word/comments": "wordprocessingml.comments",
    "xl/comments": "spreadsheetml.comments",
    "ppt/comments": "presentationml.comments",
    "commentAuthors": "presentationml.commentAuthors",
    "sheet": "spreadsheetml.worksheet",
    "chartsheets": "spreadsheetml.chartsheet",
    "slideLayout": "presentationml.slideLayout",
    "slideMaster": "presentationml.slideMaster",
    "notesSlide": "presentationml.notesSlide",
    "slides/slide": "presentationml.slide",
    "theme": "theme",
    "charts/chart": "drawingml.chart",
    "diagrams/data": "drawingml.diagramData",
    "xl/drawings/drawing": "drawing",
}
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": _OFFICE,
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
        "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        "x": "urn:schemas-microsoft-com:office:excel",
    }.items()
)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_CHART, _SMART = '<c:chart r:id="{}"/>', '<dgm:relIds r:dm="{}"/>'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@dataclass
class Parts:
    """A package that grows part by part; ``refer`` gives the id under which one part knows another."""

    files: dict[str, bytes | str] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)

    def refer(self, owner: str, kind: str, name: str, data: bytes | str | None = None, external: bool = False) -> str:
        links = self.links.setdefault(owner, [])
        key, target = f"rId{len(links) + 1}", name if external else f"/{name}"
        mode = ' TargetMode="External"' if external else ""
        kind = kind if kind.startswith("http") else f"{_OFFICE}/{kind}"
        links.append(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{mode}/>')
        if data is not None:
            self.files[name] = _XML + data if isinstance(data, str) and name.endswith(".xml") else data
        return key

    def free(self, stem: str, ending: str) -> str:
        """A name that no part bears yet."""
        return f"{stem}{1 + sum(name.startswith(stem) for name in self.files)}.{ending}"

    def bytes(self) -> bytes:
        files: dict[str, bytes | str] = {"[Content_Types].xml": self._types()}
        for owner, links in self.links.items():
            folder, _, file = owner.rpartition("/")
            files[f"{folder}/_rels/{file}.rels".lstrip("/")] = (
                f'{_XML}<Relationships xmlns="{_PACKAGE}">{"".join(links)}</Relationships>'
            )
        return plant.zipped(files | self.files)

    def _types(self) -> str:
        plain = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            "png": "image/png",
        }
        plain |= {"emf": "image/x-emf", "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing", "htm": "text/html"}
        plain |= {"bin": "application/vnd.openxmlformats-officedocument.oleObject", "pdf": "application/pdf"}
        plain |= {
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
        found = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in plain.items())
        for name in self.files:
            kind = next((kind for part, kind in _TYPES.items() if part in name and name.endswith(".xml")), None)
            if kind:
                found += (
                    f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
                )
        return f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{found}</Types>'


def chart(words: str) -> str:
    """A chart with a title."""
    text = f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p>"
    series = '<c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/></c:ser></c:barChart>'
    title = f"<c:title><c:tx><c:rich><a:bodyPr/>{text}</c:rich></c:tx></c:title>"
    return f"<c:chartSpace {SPACES}><c:chart>{title}<c:plotArea>{series}</c:plotArea></c:chart></c:chartSpace>"


def diagram(words: str) -> str:
    """The data of a SmartArt graphic."""
    text = f"<dgm:t><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t>"
    return f'<dgm:dataModel {SPACES}><dgm:ptLst><dgm:pt modelId="1">{text}</dgm:pt></dgm:ptLst></dgm:dataModel>'


def embedded(parts: Parts, owner: str, place: str, words: str, stem: str) -> str:
    """Put a file into the package as the place says; the id of its relationship."""
    if place == "嵌入的DOCX":
        return parts.refer(owner, "package", f"{stem}/embeddings/Document.docx", plant.small_docx(words))
    if place == "嵌入的XLSX":
        return parts.refer(owner, "package", f"{stem}/embeddings/Sheet.xlsx", plant.small_xlsx(words))
    if place == "嵌入的ZIP":
        data = plant.packed_object("附件.zip", plant.zipped({"办法.txt": words}))
        return parts.refer(owner, "oleObject", f"{stem}/embeddings/oleObject1.bin", ole_file({"\x01Ole10Native": data}))
    from tests.ingest.parts.pdf import build_pdf

    data = ole_file({"CONTENTS": build_pdf([("正文", words)])})
    return parts.refer(owner, "oleObject", f"{stem}/embeddings/oleObject2.bin", data)


EMBEDDED = ("嵌入的DOCX", "嵌入的XLSX", "嵌入的ZIP", "嵌入的PDF")


# DOCX

_DOC = "word/document.xml"


def run(words: str, properties: str = "") -> str:
    return f"<w:r>{properties}<w:t>{words}</w:t></w:r>"


def par(words: str, properties: str = "") -> str:
    return f"<w:p>{run(words, properties)}</w:p>"


def _cell(inner: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>{inner}</w:tc>'


def _grid(*cells: str) -> str:
    columns = '<w:gridCol w:w="4000"/>' * len(cells)
    return f'<w:tbl><w:tblPr><w:tblW w:w="8000" w:type="dxa"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid><w:tr>{"".join(cells)}</w:tr></w:tbl>'


def _shape(inner: str, kind: str = "v:textbox") -> str:
    style = 'style="position:absolute;width:300pt;height:60pt"'
    return f'<w:r><w:pict><v:shape type="#_x0000_t202" {style}><{kind}>{inner}</{kind}></v:shape></w:pict></w:r>'


def _graphic(uri: str, inner: str) -> str:
    data = f'<a:graphic><a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic>'
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="1200000"/><wp:docPr id="1" name="x"/>'
        f"{data}</wp:inline></w:drawing></w:r>"
    )


def _blip(key: str) -> str:
    fill = f'<pic:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    frame = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="5000000" cy="1200000"/></a:xfrm><a:prstGeom prst="rect"/>'
    named = '<pic:nvPicPr><pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr>'
    inner = f"<pic:pic>{named}{fill}<pic:spPr>{frame}</pic:spPr></pic:pic>"
    return _graphic("http://schemas.openxmlformats.org/drawingml/2006/picture", inner)


def _image(parts: Parts, owner: str, data: bytes, ending: str, stem: str = "word") -> str:
    return parts.refer(owner, "image", parts.free(f"{stem}/media/image", ending), data)


def _root(name: str, inner: str) -> str:
    return f"<w:{name} {SPACES}>{inner}</w:{name}>"


def _old_field(words: str) -> str:
    """A text field of a protected form whose value is its default."""
    data = f'<w:ffData><w:name w:val="f"/><w:enabled/><w:textInput><w:default w:val="{words}"/></w:textInput></w:ffData>'
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r>'
    return f'<w:p>{begin}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def _field(code: str) -> str:
    """A field whose result was never stored."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    half = len(code) // 2  # Word parts codes as it likes
    codes = "".join(f'<w:r><w:instrText xml:space="preserve">{each}</w:instrText></w:r>' for each in (code[:half], code[half:]))
    return begin + codes + end


def _group(words: str) -> str:
    """A group of shapes, one of which holds text."""
    shape = f"<wps:wsp><wps:spPr/><wps:txbx><w:txbxContent>{par(words)}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    return _graphic(
        "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup", f"<wpg:wgp><wpg:grpSpPr/>{shape}</wpg:wgp>"
    )


def _choices(words: str) -> str:
    """A list to choose from, nothing chosen yet: its choices are what the form offers."""
    item = f'<w:listItem w:displayText="{words}" w:value="1"/>'
    return (
        f"<w:sdt><w:sdtPr><w:dropDownList>{item}</w:dropDownList></w:sdtPr><w:sdtContent>{par('请选择')}</w:sdtContent></w:sdt>"
    )


_BODY: dict[str, Callable[[str], str]] = {
    "正文": par,
    "表格单元格": lambda words: _grid(_cell(par("措施")), _cell(par(words))),
    "嵌套表格": lambda words: _grid(_cell(par("外层")), _cell(_grid(_cell(par("甲")), _cell(par(words))) + "<w:p/>")),
    "VML文本框": lambda words: f"<w:p>{_shape(f'<w:txbxContent>{par(words)}</w:txbxContent>')}</w:p>",
    "文本框": lambda words: (
        "<w:p>"
        + _graphic(
            "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
            f"<wps:wsp><wps:spPr/><wps:txbx><w:txbxContent>{par(words)}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>",
        )
        + "</w:p>"
    ),
    "艺术字": lambda words: (
        "<w:p><w:r><w:pict><v:shape style='width:300pt;height:40pt'>"
        f'<v:textpath on="t" string="{words}"/></v:shape></w:pict></w:r></w:p>'
    ),
    "内容控件": lambda words: f"<w:sdt><w:sdtContent>{par(words)}</w:sdtContent></w:sdt>",
    "下拉列表": _choices,
    "旧式表单域": _old_field,
    "隐藏文字": lambda words: par(words, "<w:rPr><w:vanish/></w:rPr>"),
    "修订插入": lambda words: f'<w:p><w:ins w:id="1" w:author="甲">{run(words)}</w:ins></w:p>',
    "公式": lambda words: f"<w:p><m:oMath><m:r><m:t>{words}</m:t></m:r></m:oMath></w:p>",
    "修订删除": lambda words: (
        f'<w:p>{run("供热")}<w:del w:id="2" w:author="甲"><w:r><w:delText>{words}</w:delText></w:r></w:del></w:p>'
    ),
    "宏按钮域": lambda words: f"<w:p>{_field(f' MACROBUTTON NoMacro {words} ')}</w:p>",
    "宏按钮简单域": lambda words: f'<w:p><w:fldSimple w:instr=" MACROBUTTON  AcceptAll {words} "/></w:p>',
    "引文域": lambda words: f"<w:p>{_field(f' QUOTE &quot;{words}&quot; ')}</w:p>",
    "图形组里的文本框": lambda words: f"<w:p>{_group(words)}</w:p>",
    "表格里的内容控件": lambda words: _grid(
        _cell(par("措施")), f"<w:sdt><w:sdtContent>{_cell(par(words))}</w:sdtContent></w:sdt>"
    ),
    "智能标记": lambda words: f'<w:p><w:smartTag w:element="x"><w:customXml>{run(words)}</w:customXml></w:smartTag></w:p>',
    "替代文字": lambda words: (
        f"<w:p>{_graphic('x', '').replace('<wp:docPr ', f'<wp:docPr descr={chr(34)}{words}{chr(34)} ')}</w:p>"
    ),
    "白色文字": lambda words: par(words, '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'),
    "极小的文字": lambda words: par(words, '<w:rPr><w:sz w:val="2"/></w:rPr>'),
    "独立公式": lambda words: (
        f"<w:p><m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>{words}</m:t></m:r></m:num></m:f></m:oMath></m:oMathPara></w:p>"
    ),
    "域结果": lambda words: f'<w:p><w:fldSimple w:instr=" REF x ">{run(words)}</w:fldSimple></w:p>',
    "注音": lambda words: (
        f"<w:p><w:r><w:ruby><w:rt>{run('yin')}</w:rt><w:rubyBase>{run(words)}</w:rubyBase></w:ruby></w:r></w:p>"
    ),
}


def _docx_part(parts: Parts, place: str, words: str) -> str:
    """The body's XML for a place that needs a part of its own."""
    if place in _BODY:
        return _BODY[place](words)
    if place in ("脚注", "尾注"):
        kind = "footnote" if place == "脚注" else "endnote"
        note = _root(f"{kind}s", f'<w:{kind} w:id="2">{par(words)}</w:{kind}>')
        parts.refer(_DOC, f"{kind}s", f"word/{kind}s.xml", note)
        return f'<w:p>{run("见注")}<w:r><w:{kind}Reference w:id="2"/></w:r></w:p>'
    if place == "批注":
        parts.refer(
            _DOC,
            "comments",
            "word/comments.xml",
            _root("comments", f'<w:comment w:id="3" w:author="甲">{par(words)}</w:comment>'),
        )
        return f'<w:p>{run("此处有批注")}<w:r><w:commentReference w:id="3"/></w:r></w:p>'
    if place == "图片":
        return f"<w:p>{_blip(_image(parts, _DOC, plant.picture(words), 'png'))}</w:p>"
    if place == "图元文件图片":
        return f"<w:p>{_blip(_image(parts, _DOC, plant.emf(words), 'emf'))}</w:p>"
    if place == "链接的图片":
        key = parts.refer(_DOC, "image", "file:///D:/scan.png", external=True)
        return f"<w:p>{_blip(key)}</w:p>".replace("r:embed", "r:link")
    if place == "图表":
        key = parts.refer(_DOC, "chart", "word/charts/chart1.xml", chart(words))
        return f"<w:p>{_graphic(_DRAWING + '/chart', _CHART.format(key))}</w:p>"
    if place == "SmartArt":
        key = parts.refer(_DOC, "diagramData", "word/diagrams/data1.xml", diagram(words))
        return f"<w:p>{_graphic(_DRAWING + '/diagram', _SMART.format(key))}</w:p>"
    if place == "插入的HTML":
        key = parts.refer(
            _DOC, "aFChunk", "word/chunk.htm", f'<html><meta charset="utf-8"><body><p>{words}</p></body></html>'.encode()
        )
        return f'<w:altChunk r:id="{key}"/>'
    if place == "插入的DOCX":
        key = parts.refer(_DOC, "aFChunk", "word/chunk.docx", plant.small_docx(words))
        return f'<w:altChunk r:id="{key}"/>'
    key = embedded(parts, _DOC, place, words, "word")
    return (
        f'<w:p>{run("附件见此")}<w:r><w:object><o:OLEObject Type="Embed" ProgID="Package" r:id="{key}"/></w:object></w:r></w:p>'
    )


_MARGINS = {
    "页眉": "header",
    "页脚": "footer",
    "首页页眉": "header",
    "页眉图片": "header",
    "页眉文本框": "header",
    "水印": "header",
}


def _margin(parts: Parts, place: str, words: str) -> str:
    kind = _MARGINS[place]
    name = f"word/{kind}{list(_MARGINS).index(place) + 1}.xml"
    inner = par(words)
    if place == "页眉图片":
        inner = f"<w:p>{_blip(_image(parts, name, plant.picture(words), 'png'))}</w:p>"
    elif place == "页眉文本框":
        inner = f"<w:p>{_shape(f'<w:txbxContent>{par(words)}</w:txbxContent>')}</w:p>"
    elif place == "水印":
        inner = f"<w:p>{run('')}{_BODY['艺术字'](words).removeprefix('<w:p>')}"
    key = parts.refer(_DOC, kind, name, _root("hdr" if kind == "header" else "ftr", inner))
    where = "first" if place == "首页页眉" else "default"
    return f'<w:{kind}Reference w:type="{where}" r:id="{key}"/>'


def build_docx(planted: plant.Planted) -> bytes:
    """A DOCX whose parts hold the sentences."""
    parts = Parts()
    parts.refer("", "officeDocument", _DOC)
    margins = "".join(_margin(parts, place, words) for place, words in planted if place in _MARGINS)
    body = "".join(_docx_part(parts, place, words) for place, words in planted if place not in _MARGINS)
    first = "<w:titlePg/>" if any(place == "首页页眉" for place, _ in planted) else ""
    ending = f'{par("请遵照执行。")}<w:sectPr>{margins}<w:pgSz w:w="11906" w:h="16838"/>{first}</w:sectPr>'
    parts.files[_DOC] = _XML + _root("document", f"<w:body>{par('关于做好今冬供热工作的通知')}{body}{ending}</w:body>")
    return parts.bytes()


DOCX = (
    *_BODY, *_MARGINS, "脚注", "尾注", "批注", "图片", "图元文件图片", "链接的图片", "图表", "SmartArt",
    "插入的HTML", "插入的DOCX", *EMBEDDED,
)  # fmt: skip


# XLSX

_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_BOOK, _SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
_ANCHOR = (
    "<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    "</xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>15</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    "{}<xdr:clientData/></xdr:twoCellAnchor>"
)
_FRAME = (
    '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="4" name="g"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>'
    '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="{}">{}</a:graphicData>'
    "</a:graphic></xdr:graphicFrame>"
)


def _inline(cell: str, words: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{words}</t></is></c>'


def _row(number: int, words: str, attributes: str = "") -> str:
    return f'<row r="{number}" {attributes}>{_inline(f"A{number}", "措施")}{_inline(f"B{number}", words)}</row>'


def _drawn(parts: Parts, place: str, words: str) -> str:
    owner = "xl/drawings/drawing1.xml"
    shape = '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
    if place == "文本框":
        named = '<xdr:nvSpPr><xdr:cNvPr id="2" name="t"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
        return f'<xdr:sp macro="" textlink="">{named}{shape}<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
    if place in ("图片", "图元文件图片"):
        data, ending = (plant.picture(words), "png") if place == "图片" else (plant.emf(words), "emf")
        key = _image(parts, owner, data, ending, "xl")
        named = '<xdr:nvPicPr><xdr:cNvPr id="3" name="p"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        fill = f'<xdr:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        return f"<xdr:pic>{named}{fill}{shape}</xdr:pic>"
    if place == "图表":
        key = parts.refer(owner, "chart", "xl/charts/chart1.xml", chart(words))
        return _FRAME.format(_DRAWING + "/chart", _CHART.format(key))
    key = parts.refer(owner, "diagramData", "xl/diagrams/data1.xml", diagram(words))
    return _FRAME.format(_DRAWING + "/diagram", _SMART.format(key))


_DRAWN = ("文本框", "图片", "图元文件图片", "图表", "SmartArt")


def _drawings(parts: Parts, planted: plant.Planted) -> str:
    drawn = [_ANCHOR.format(_drawn(parts, place, words)) for place, words in planted if place in _DRAWN]
    if not drawn:
        return ""
    key = parts.refer(_SHEET, "drawing", "xl/drawings/drawing1.xml", f"<xdr:wsDr {SPACES}>{''.join(drawn)}</xdr:wsDr>")
    return f'<drawing r:id="{key}"/>'


def _sheet_xml(rows: Iterable[str], rest: str = "", columns: str = "") -> str:
    return f"<worksheet {_S} {SPACES}>{columns}<sheetData>{''.join(rows)}</sheetData>{rest}</worksheet>"


def build_xlsx(planted: plant.Planted) -> bytes:
    """A workbook whose parts hold the sentences."""
    parts, at = Parts(), dict(planted)
    parts.refer("", "officeDocument", _BOOK)
    rows = [f'<row r="1">{_inline("A1", "供热工作安排")}{_inline("B1", "备注")}</row>']
    rest, columns, legacy = "", "", []
    sheets = ['<sheet name="安排" sheetId="1" r:id="rId1"/>']
    parts.refer(_BOOK, "worksheet", _SHEET)
    if "单元格" in at:
        rows.append(_row(2, at["单元格"]))
    if "隐藏的行" in at:
        rows.append(_row(3, at["隐藏的行"], 'hidden="1"'))
    if "公式结果" in at:
        rows.append(f'<row r="4"><c r="B4" t="str"><f>CONCATENATE("a","b")</f><v>{at["公式结果"]}</v></c></row>')
    if "没有结果的公式" in at:
        rows.append(f'<row r="5"><c r="B5"><f>IF(A1="x","{at["没有结果的公式"]}","")</f></c></row>')
    if "数字格式里的文字" in at:
        style = f'<numFmts count="1"><numFmt numFmtId="170" formatCode="0&quot;{at["数字格式里的文字"]}&quot;"/></numFmts>'
        empty = '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        formats = '<cellXfs count="2"><xf/><xf numFmtId="170" applyNumberFormat="1"/></cellXfs>'
        parts.refer(_BOOK, "styles", "xl/styles.xml", f"<styleSheet {_S}>{style}{empty}{formats}</styleSheet>")
        rows.append('<row r="6"><c r="B6" s="1"><v>3</v></c></row>')
    if "隐藏的列" in at:
        columns = '<cols><col min="4" max="4" width="9" hidden="1"/></cols>'
        rows.append(f'<row r="7">{_inline("A7", "供热")}{_inline("D7", at["隐藏的列"])}</row>')
    if "错误提示" in at:
        rule = f'<dataValidation type="whole" showErrorMessage="1" sqref="C2" errorTitle="{at["错误提示"]}"/>'
        rest += f'<dataValidations count="1">{rule}</dataValidations>'
    if "输入提示" in at:
        rule = f'<dataValidation type="whole" allowBlank="1" showInputMessage="1" sqref="C1" prompt="{at["输入提示"]}"/>'
        rest += f'<dataValidations count="1">{rule}</dataValidations>'
    if "页眉" in at or "页脚" in at:
        head = f"<oddHeader>&amp;C&amp;14{at['页眉']}</oddHeader>" if "页眉" in at else ""
        foot = f"<oddFooter>&amp;L{at['页脚']}&amp;R&amp;P</oddFooter>" if "页脚" in at else ""
        rest += f"<headerFooter>{head}{foot}</headerFooter>"
    rest += _drawings(parts, planted)
    if "批注" in at:
        text = f"<text><r><t>{at['批注']}</t></r></text>"
        comments = f'<comments {_S}><authors><author>甲</author></authors><commentList><comment ref="A1" authorId="0">{text}</comment></commentList></comments>'
        parts.refer(_SHEET, "comments", "xl/comments1.xml", comments)
        legacy.append(
            '<v:shape id="c1" type="#_x0000_t202" style="position:absolute"><v:textbox><div></div></v:textbox><x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape>'
        )
    if "表单控件" in at:
        legacy.append(
            f'<v:shape id="c2" type="#_x0000_t201" style="position:absolute"><v:textbox><div style="text-align:left"><font>{at["表单控件"]}</font></div></v:textbox><x:ClientData ObjectType="Checkbox"/></v:shape>'
        )
    if "页眉里的图片" in at:
        owner = "xl/drawings/vmlDrawing9.vml"
        key = _image(parts, owner, plant.picture(at["页眉里的图片"]), "png", "xl")
        picture = f'<v:shape id="LH" type="#_x0000_t75"><v:imagedata o:relid="{key}" o:title="章"/></v:shape>'
        key = parts.refer(_SHEET, "vmlDrawing", owner, f"<xml {SPACES}>{picture}</xml>")
        rest += f'<legacyDrawingHF r:id="{key}"/>'
    if "背景图片" in at:
        key = _image(parts, _SHEET, plant.picture(at["背景图片"]), "png", "xl")
        rest += f'<picture r:id="{key}"/>'
    if legacy:
        key = parts.refer(_SHEET, "vmlDrawing", "xl/drawings/vmlDrawing1.vml", f"<xml {SPACES}>{''.join(legacy)}</xml>")
        rest += f'<legacyDrawing r:id="{key}"/>'
    objects = [embedded(parts, _SHEET, place, words, "xl") for place, words in planted if place in EMBEDDED]
    if objects:
        each = "".join(f'<oleObject progId="Package" shapeId="{1030 + n}" r:id="{key}"/>' for n, key in enumerate(objects))
        rest += f"<oleObjects>{each}</oleObjects>"
    parts.files[_SHEET] = _XML + _sheet_xml(rows, rest, columns)
    if "隐藏的工作表" in at:
        key = parts.refer(_BOOK, "worksheet", "xl/worksheets/sheet2.xml", _sheet_xml([_row(1, at["隐藏的工作表"])]))
        sheets.append(f'<sheet name="内部" sheetId="2" state="hidden" r:id="{key}"/>')
    if "图表工作表" in at:
        owner = "xl/chartsheets/sheet3.xml"
        drawing = "xl/drawings/drawing3.xml"
        key = parts.refer(drawing, "chart", "xl/charts/chart3.xml", chart(at["图表工作表"]))
        frame = _FRAME.format(_DRAWING + "/chart", _CHART.format(key))
        key = parts.refer(owner, "drawing", drawing, f"<xdr:wsDr {SPACES}>{_ANCHOR.format(frame)}</xdr:wsDr>")
        key = parts.refer(_BOOK, "chartsheet", owner, f'<chartsheet {_S} {SPACES}><drawing r:id="{key}"/></chartsheet>')
        sheets.append(f'<sheet name="图" sheetId="3" r:id="{key}"/>')
    named = (
        f'<definedNames><definedName name="措施">"{at["定义的名称"]}"</definedName></definedNames>'
        if "定义的名称" in at
        else ""
    )
    parts.files[_BOOK] = _XML + f"<workbook {_S} {SPACES}><sheets>{''.join(sheets)}</sheets>{named}</workbook>"
    return parts.bytes()


XLSX = (
    "单元格",
    "隐藏的行",
    "公式结果",
    "没有结果的公式",
    "数字格式里的文字",
    "隐藏的列",
    "定义的名称",
    "页眉里的图片",
    "背景图片",
    "输入提示",
    "错误提示",
    "页眉",
    "页脚",
    "批注",
    "表单控件",
    "隐藏的工作表",
    "图表工作表",
    *_DRAWN,
    *EMBEDDED,
)


# PPTX

_SHOW = "ppt/presentation.xml"


def _box(words: str, number: int = 2) -> str:
    frame = f'<p:spPr><a:xfrm><a:off x="500000" y="{number * 500000}"/><a:ext cx="8000000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
    named = f'<p:nvSpPr><p:cNvPr id="{number}" name="t{number}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
    return f"<p:sp>{named}{frame}<p:txBody><a:bodyPr/><a:p><a:r><a:rPr/><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"


def _tree(inner: str) -> str:
    return f'<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{inner}</p:spTree></p:cSld>'


def _slide_frame(uri: str, inner: str) -> str:
    named = '<p:nvGraphicFramePr><p:cNvPr id="9" name="g"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
    place = '<p:xfrm><a:off x="500000" y="3000000"/><a:ext cx="8000000" cy="900000"/></p:xfrm>'
    return f'<p:graphicFrame>{named}{place}<a:graphic><a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic></p:graphicFrame>'


def _on_slide(parts: Parts, owner: str, place: str, words: str) -> str:
    if place == "文本框":
        return _box(words, 3)
    if place == "隐藏的形状":
        return _box(words, 3).replace("<p:cNvPr ", '<p:cNvPr hidden="1" ', 1)
    if place == "替代文字":
        return _box("图", 3).replace("<p:cNvPr ", f'<p:cNvPr descr="{words}" ', 1)
    if place == "公式":
        math = f"<mc:Choice Requires='a14'><a14:m xmlns:a14='http://schemas.microsoft.com/office/drawing/2010/main'><m:oMath><m:r><m:t>{words}</m:t></m:r></m:oMath></a14:m></mc:Choice>"
        return _box("", 3).replace("<a:r><a:rPr/><a:t></a:t></a:r>", f"<mc:AlternateContent>{math}</mc:AlternateContent>")
    if place == "组合形状":
        return f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="7" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{_box(words, 4)}</p:grpSp>'
    if place == "表格单元格":
        cells = "".join(
            f"<a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody><a:tcPr/></a:tc>"
            for text in ("措施", words)
        )
        grid = '<a:tblGrid><a:gridCol w="2000000"/><a:gridCol w="6000000"/></a:tblGrid>'
        return _slide_frame(f"{_DRAWING}/table", f'<a:tbl>{grid}<a:tr h="400000">{cells}</a:tr></a:tbl>')
    if place in ("图片", "图元文件图片"):
        data, ending = (plant.picture(words), "png") if place == "图片" else (plant.emf(words), "emf")
        key = _image(parts, owner, data, ending, "ppt")
        named = '<p:nvPicPr><p:cNvPr id="8" name="p"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        frame = '<p:spPr><a:xfrm><a:off x="500000" y="4000000"/><a:ext cx="8000000" cy="1900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        return f'<p:pic>{named}<p:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>{frame}</p:pic>'
    if place == "图表":
        key = parts.refer(owner, "chart", "ppt/charts/chart1.xml", chart(words))
        return _slide_frame(f"{_DRAWING}/chart", _CHART.format(key))
    if place == "SmartArt":
        key = parts.refer(owner, "diagramData", "ppt/diagrams/data1.xml", diagram(words))
        return _slide_frame(f"{_DRAWING}/diagram", _SMART.format(key))
    key = embedded(parts, owner, place, words, "ppt")
    return _slide_frame(
        "http://schemas.openxmlformats.org/presentationml/2006/ole", f'<p:oleObj progId="Package" r:id="{key}"/>'
    )


def build_pptx(planted: plant.Planted) -> bytes:
    """A presentation of two slides whose parts hold the sentences."""
    parts, at, slide = Parts(), dict(planted), "ppt/slides/slide1.xml"
    parts.refer("", "officeDocument", _SHOW)
    master, layout = "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout1.xml"
    master_key = parts.refer(_SHOW, "slideMaster", master)
    layout_key = parts.refer(master, "slideLayout", layout)
    parts.refer(master, "theme", "ppt/theme/theme1.xml", _theme())
    parts.refer(layout, "slideMaster", master)
    colours = 'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"'
    text = _box(at["母版上的文字"], 5) if "母版上的文字" in at else ""
    parts.files[master] = (
        f'{_XML}<p:sldMaster {SPACES}>{_tree(text)}<p:clrMap {colours}/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="{layout_key}"/></p:sldLayoutIdLst></p:sldMaster>'
    )
    on_layout = _box(at["版式上的文字"], 6) if "版式上的文字" in at else ""
    parts.files[layout] = f"{_XML}<p:sldLayout {SPACES}>{_tree(on_layout)}</p:sldLayout>"
    parts.refer(slide, "slideLayout", layout)
    drawn = [_on_slide(parts, slide, place, words) for place, words in planted if place not in _APART]
    if "备注" in at:
        notes = "ppt/notesSlides/notesSlide1.xml"
        parts.refer(slide, "notesSlide", notes, f"<p:notes {SPACES}>{_tree(_box(at['备注']))}</p:notes>")
        parts.refer(notes, "slide", slide)
    if "批注" in at:
        parts.refer(
            _SHOW,
            "commentAuthors",
            "ppt/commentAuthors.xml",
            f'<p:cmAuthorLst {SPACES}><p:cmAuthor id="0" name="甲" initials="甲" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>',
        )
        comment = (
            f'<p:cm authorId="0" dt="2021-01-01T00:00:00" idx="1"><p:pos x="10" y="10"/><p:text>{at["批注"]}</p:text></p:cm>'
        )
        parts.refer(slide, "comments", "ppt/comments/comment1.xml", f"<p:cmLst {SPACES}>{comment}</p:cmLst>")
    if "新式批注" in at:
        said = f"<p188:txBody><a:bodyPr/><a:p><a:r><a:t>{at['新式批注']}</a:t></a:r></a:p></p188:txBody>"
        space = 'xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"'
        kind = "http://schemas.microsoft.com/office/2018/10/relationships/comments"
        body = f'<p188:cmLst {SPACES} {space}><p188:cm id="a" authorId="b">{said}</p188:cm></p188:cmLst>'
        parts.refer(slide, kind, "ppt/comments/modernComment_1.xml", body)
    parts.files[slide] = f"{_XML}<p:sld {SPACES}>{_tree(_box('今冬供热工作部署') + ''.join(drawn))}</p:sld>"
    keys = [parts.refer(_SHOW, "slide", slide)]
    if "隐藏的幻灯片" in at:
        hidden = "ppt/slides/slide2.xml"
        keys.append(parts.refer(_SHOW, "slide", hidden, f'<p:sld {SPACES} show="0">{_tree(_box(at["隐藏的幻灯片"]))}</p:sld>'))
        parts.refer(hidden, "slideLayout", layout)
    slides = "".join(f'<p:sldId id="{256 + n}" r:id="{key}"/>' for n, key in enumerate(keys))
    masters = f'<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="{master_key}"/></p:sldMasterIdLst>'
    parts.files[_SHOW] = (
        f'{_XML}<p:presentation {SPACES}>{masters}<p:sldIdLst>{slides}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )
    return parts.bytes()


_APART = ("备注", "批注", "新式批注", "隐藏的幻灯片", "母版上的文字", "版式上的文字")
PPTX = (
    "文本框",
    "组合形状",
    "公式",
    "隐藏的形状",
    "替代文字",
    "表格单元格",
    "图片",
    "图元文件图片",
    "图表",
    "SmartArt",
    *EMBEDDED,
    *_APART,
)


def _theme() -> str:
    names = ["dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"]
    shades = {name: "FFFFFF" if name.startswith("lt") else "000000" for name in names}
    colours = "".join(f'<a:{name}><a:srgbClr val="{shade}"/></a:{name}>' for name, shade in shades.items())
    font = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill, line = (
        '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>',
        '<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>',
    )
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    styles = f'<a:fmtScheme name="x"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>'
    fonts = f'<a:fontScheme name="x"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
    return f'<a:theme {SPACES} name="x"><a:themeElements><a:clrScheme name="x">{colours}</a:clrScheme>{fonts}{styles}</a:themeElements></a:theme>'
