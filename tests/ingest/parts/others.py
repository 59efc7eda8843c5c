"""RTF, OFD, XPS, TXT, ZIP and Word XML with sentences in their parts."""

from __future__ import annotations

import struct
from xml.sax.saxutils import escape

from pipeline.ingest.containers.compound import ole_file
from tests.ingest.parts import ooxml, plant

# RTF


def _r(words: str) -> str:
    return "".join(f"\\u{ord(each) - 65536 if ord(each) > 32767 else ord(each)}?" for each in words)


_WMF = b"\x01\0\x09\0\0\x03" + bytes(60)


def _pict(kind: str, data: bytes) -> str:
    return f"{{\\pict\\{kind}\\picw1100\\pich260 {data.hex()}}}"


def _ole1(name: str, data: bytes) -> bytes:
    """An embedded object of OLE 1 ([MS-OLEDS] 2.2.5)."""
    kind = name.encode() + b"\0"
    return struct.pack("<III", 0x501, 2, len(kind)) + kind + struct.pack("<III", 0, 0, len(data)) + data


def _objdata(data: bytes) -> str:
    label = _r("附件")
    return f"{{\\object\\objemb{{\\*\\objclass Package}}{{\\*\\objdata {data.hex()}}}{{\\result {{\\pard {label}\\par}}}}}}"


_RTF = {
    "正文": "\\pard {0}\\par ",
    "表格单元格": "\\trowd\\cellx3000\\cellx9000\\pard\\intbl {措施}\\cell\\pard\\intbl {0}\\cell\\row\\pard ",
    "页眉": "{{\\header \\pard {0}\\par}}",
    "页脚": "{{\\footer \\pard {0}\\par}}",
    "首页页脚": "{{\\footerf \\pard {0}\\par}}",
    "脚注": "\\pard {见注}{{\\footnote \\pard {0}\\par}}\\par ",
    "文本框": "\\pard{{\\shp{{\\*\\shpinst{{\\sp{{\\sn shapeType}}{{\\sv 202}}}}{{\\shptxt \\pard {0}\\par}}}}}}\\par ",
    "批注": "\\pard {此处}{{\\*\\atnid a}}{{\\*\\atnauthor b}}\\chatn{{\\*\\annotation \\pard {0}\\par}}\\par ",
    "隐藏文字": "\\pard {{\\v {0}}}\\par ",
    "域结果": "\\pard {{\\field{{\\*\\fldinst REF x}}{{\\fldrslt {0}}}}}\\par ",
    "旧式表单域": "\\pard {{\\field{{\\*\\fldinst FORMTEXT {{\\*\\formfield{{\\fftype0{{\\*\\ffdeftext {0}}}}}}}}}{{\\fldrslt }}}}\\par ",
    "尾注": "\\pard {见注}{{\\footnote\\ftnalt \\pard {0}\\par}}\\par ",
    "修订删除": "\\pard {措施}{{\\deleted\\revauthdel1 {0}}}\\par ",
    "宏按钮域": "\\pard {{\\field{{\\*\\fldinst MACROBUTTON NoMacro {0}}}{{\\fldrslt }}}}\\par ",
    "公式": "\\pard {{\\mmath{{\\*\\moMath{{\\mr {0}}}}}}}\\par ",
    "替代文字": "\\pard{{\\shp{{\\*\\shpinst{{\\sp{{\\sn wzDescription}}{{\\sv {0}}}}}}}}}\\par ",
    "艺术字": "\\pard{{\\shp{{\\*\\shpinst{{\\sp{{\\sn gtextUNICODE}}{{\\sv {0}}}}}}}}}\\par ",
}
RTF = (*_RTF, "图片", "图元文件图片", "WMF图片", "位图图片", "嵌入的DOCX", "嵌入的ZIP")


def build_rtf(planted: plant.Planted) -> bytes:
    """An RTF in ASCII, its characters by number."""
    body = ""
    for place, words in planted:
        if place in _RTF:
            made = _RTF[place].replace("{0}", _r(words))
            for label in ("措施", "见注", "此处"):
                made = made.replace(f"{{{label}}}", _r(label))
            body += made.replace("{{", "{").replace("}}", "}")
        elif place == "图片":
            body += "\\pard " + _pict("pngblip", plant.picture(words)) + "\\par "
        elif place == "图元文件图片":
            body += "\\pard " + _pict("emfblip", plant.emf(words)) + "\\par "
        elif place == "WMF图片":
            body += "\\pard " + _pict("wmetafile8", _WMF) + "\\par "
        elif place == "位图图片":
            body += "\\pard " + _pict("dibitmap0", plant.dib(words)) + "\\par "
        elif place == "嵌入的DOCX":
            body += _objdata(_ole1("Word.Document.12", ole_file({"Package": plant.small_docx(words)})))
        else:
            packed = plant.packed_object("附件.zip", plant.zipped({"办法.txt": words}))
            body += _objdata(_ole1("Package", packed[4:]))
    title, end = _r("关于做好今冬供热工作的通知"), _r("请遵照执行。")
    return f"{{\\rtf1\\ansi\\ansicpg936\\deff0{{\\fonttbl{{\\f0\\fcharset134 SimSun;}}}}\\pard {title}\\par {body}\\pard {end}\\par}}".encode(
        "ascii"
    )


# OFD

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
OFD = ("正文", "书签", "不可见的文字", "路径后的文字", "模板页", "图片", "扫描页", "注释", "附件", "复合对象", "印章图片")


def _text(words: str, y: float, size: float = 4.0) -> str:
    code = f'<ofd:TextCode X="0" Y="{size}" DeltaX="g {len(words) - 1} {size}">{words}</ofd:TextCode>'
    return f'<ofd:TextObject ID="{int(y) + 100}" Boundary="20 {y} 180 10" Font="1" Size="{size}">{code}</ofd:TextObject>'


def _layer(inner: str) -> str:
    return f'<ofd:Page {_OFD}><ofd:Content><ofd:Layer ID="2">{inner}</ofd:Layer></ofd:Content></ofd:Page>'


def build_ofd(planted: plant.Planted) -> bytes:
    """An OFD of one page, or two where one is scanned."""
    at, files = dict(planted), {}
    page = _text("关于做好今冬供热工作的通知", 30, 6.0) + _text("请各单位提前检修管网，按时报送进度。", 45)
    media, template, rest, pages = "", "", "", '<ofd:Page ID="1" BaseLoc="P0.xml"/>'
    if "正文" in at:
        page += _text(at["正文"], 60)
    if "不可见的文字" in at:
        page += _text(at["不可见的文字"], 70).replace("<ofd:TextObject ", '<ofd:TextObject Visible="false" ')
    if "路径后的文字" in at:
        page += f'<ofd:PageBlock ID="64">{_text(at["路径后的文字"], 80)}</ofd:PageBlock>'
    if "书签" in at:
        rest += f'<ofd:Outlines><ofd:OutlineElem Title="{at["书签"]}"/></ofd:Outlines>'
    for name, place in (("a", "图片"), ("b", "扫描页")):
        if place in at:
            media += f'<ofd:MultiMedia ID="{name}" Type="Image"><ofd:MediaFile>{name}.png</ofd:MediaFile></ofd:MultiMedia>'
            files[f"Doc_0/Res/{name}.png"] = (plant.picture if place == "图片" else plant.page_picture)(at[place])
    if "图片" in at:
        page += '<ofd:ImageObject ID="61" Boundary="20 90 170 40" CTM="170 0 0 40 0 0" ResourceID="a"/>'
    if "复合对象" in at:
        unit = f'<ofd:CompositeGraphicUnit ID="77" Width="210" Height="20"><ofd:Content>{_text(at["复合对象"], 2)}</ofd:Content></ofd:CompositeGraphicUnit>'
        media += ""
        page += '<ofd:CompositeObject ID="62" Boundary="0 140 210 20" ResourceID="77"/>'
        files["Doc_0/Unit.xml"] = (
            f'<ofd:Res {_OFD} BaseLoc="Res"><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>'
        )
    if "模板页" in at:
        template = '<ofd:TemplatePage ID="5" BaseLoc="T0.xml"/>'
        files["Doc_0/T0.xml"] = _layer(_text(at["模板页"], 200))
    if "扫描页" in at:
        pages += '<ofd:Page ID="2" BaseLoc="P1.xml"/>'
        files["Doc_0/P1.xml"] = _layer('<ofd:ImageObject ID="63" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="b"/>')
    if "注释" in at:
        shown = f'<ofd:Appearance Boundary="20 220 180 10">{_text(at["注释"], 0)}</ofd:Appearance>'
        annotation = f'<ofd:Annot ID="90" Type="Watermark" Creator="x" LastModDate="2021-01-01">{shown}</ofd:Annot>'
        files["Doc_0/Annots/P0.xml"] = f"<ofd:PageAnnot {_OFD}>{annotation}</ofd:PageAnnot>"
        files["Doc_0/Annotations.xml"] = (
            f'<ofd:Annotations {_OFD}><ofd:Page PageID="1"><ofd:FileLoc>Annots/P0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
        )
        rest += "<ofd:Annotations>Annotations.xml</ofd:Annotations>"
    if "附件" in at:
        files["Doc_0/Attachs/a.docx"] = plant.small_docx(at["附件"])
        files["Doc_0/Attachments.xml"] = (
            f'<ofd:Attachments {_OFD}><ofd:Attachment ID="95" Name="办法" Format="docx"><ofd:FileLoc>Attachs/a.docx</ofd:FileLoc></ofd:Attachment></ofd:Attachments>'
        )
        rest += "<ofd:Attachments>Attachments.xml</ofd:Attachments>"
    signed = ""
    if "印章图片" in at:
        files["Doc_0/Signs/Sign_0/Seal.esl"] = b"\x30\x82" + plant.picture(at["印章图片"])
        files["Doc_0/Signs/Sign_0/Signature.xml"] = (
            f'<ofd:Signature {_OFD}><ofd:SignedInfo><ofd:StampAnnot ID="1" PageRef="1" Boundary="120 200 60 20"/><ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo></ofd:Signature>'
        )
        files["Doc_0/Signs/Signatures.xml"] = (
            f'<ofd:Signatures {_OFD}><ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>'
        )
        signed = "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>"
    uses = '<ofd:Template TemplateID="5" ZOrder="Background"/>' if template else ""
    files["Doc_0/P0.xml"] = f'<ofd:Page {_OFD}>{uses}<ofd:Content><ofd:Layer ID="2">{page}</ofd:Layer></ofd:Content></ofd:Page>'
    files["Doc_0/DocumentRes.xml"] = f'<ofd:Res {_OFD} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    more = "<ofd:DocumentRes>Unit.xml</ofd:DocumentRes>" if "复合对象" in at else ""
    common = f"<ofd:CommonData>{area}<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>{more}{template}</ofd:CommonData>"
    files["Doc_0/Document.xml"] = f"<ofd:Document {_OFD}>{common}<ofd:Pages>{pages}</ofd:Pages>{rest}</ofd:Document>"
    body = f"<ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{signed}"
    return plant.zipped({"OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody>{body}</ofd:DocBody></ofd:OFD>", **files})


# XPS

XPS = ("正文", "画布中的文字", "图片", "扫描页")


def build_xps(planted: plant.Planted) -> bytes:
    """A fixed document of one page, or two where one is scanned (ECMA-388)."""
    at, files = dict(planted), {}
    space = 'xmlns="http://schemas.microsoft.com/xps/2005/06"'

    def glyphs(words: str, y: int) -> str:
        return f'<Glyphs OriginX="60" OriginY="{y}" FontRenderingEmSize="18" FontUri="/f.odttf" UnicodeString="{escape(words)}" Fill="#ff000000"/>'

    page = glyphs("关于做好今冬供热工作的通知", 100) + glyphs("请各单位提前检修管网，按时报送进度。", 140)
    if "正文" in at:
        half = len(at["正文"]) // 2
        page += glyphs(at["正文"][:half], 180) + glyphs(at["正文"][half:], 180).replace(
            'OriginX="60"', f'OriginX="{60 + 18 * half}"'
        )
    if "画布中的文字" in at:
        page += f'<Canvas RenderTransform="1,0,0,1,0,40">{glyphs(at["画布中的文字"], 200)}</Canvas>'
    pages = [page]

    def image(name: str, data: bytes, box: str) -> str:
        files[name] = data
        brush = f'<ImageBrush ImageSource="/{name}" Viewbox="0,0,1100,260" Viewport="{box}" ViewboxUnits="Absolute" ViewportUnits="Absolute"/>'
        return f'<Path Data="M 0,0 L 1,1"><Path.Fill>{brush}</Path.Fill></Path>'

    if "图片" in at:
        pages[0] += image("Resources/a.png", plant.picture(at["图片"]), "60,300,600,140")
    if "扫描页" in at:
        pages.append(image("Resources/b.png", plant.page_picture(at["扫描页"]), "0,0,793,1122"))
    for number, inner in enumerate(pages, 1):
        files[f"Documents/1/Pages/{number}.fpage"] = (
            f'<FixedPage {space} Width="793" Height="1122" xml:lang="zh-CN">{inner}</FixedPage>'
        )
    listed = "".join(f'<PageContent Source="Pages/{number}.fpage"/>' for number in range(1, len(pages) + 1))
    files["Documents/1/FixedDocument.fdoc"] = f"<FixedDocument {space}>{listed}</FixedDocument>"
    files["FixedDocumentSequence.fdseq"] = (
        f'<FixedDocumentSequence {space}><DocumentReference Source="/Documents/1/FixedDocument.fdoc"/></FixedDocumentSequence>'
    )
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="fpage" ContentType="application/vnd.ms-package.xps-fixedpage+xml"/></Types>'
    )
    files["_rels/.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.microsoft.com/xps/2005/06/fixedrepresentation" Target="/FixedDocumentSequence.fdseq"/></Relationships>'
    )
    return plant.zipped(files)


# TXT, ZIP, Word XML

TXT = ("正文", "坏字节之后", "控制字符之间")


def build_txt(planted: plant.Planted) -> bytes:
    """A text in GB18030, some of its bytes broken."""
    at = dict(planted)
    data = f"关于做好今冬供热工作的通知\r\n{at.get('正文', '')}\r\n".encode("gb18030")
    if "坏字节之后" in at:
        data += b"\xff\x80\r\n" + at["坏字节之后"].encode("gb18030") + b"\r\n"
    if "控制字符之间" in at:
        data += b"\x07\x0b" + at["控制字符之间"].encode("gb18030") + b"\x1f\r\n"
    return data


ZIP = ("文本成员", "DOCX成员", "内层ZIP的成员", "图片成员", "加密说明之外的成员")


def build_zip(planted: plant.Planted) -> bytes:
    """A ZIP whose members hold the sentences."""
    files: dict[str, bytes | str] = {"说明.txt": "供热工作材料。"}
    for place, words in planted:
        if place == "DOCX成员":
            files["办法.docx"] = plant.small_docx(words)
        elif place == "内层ZIP的成员":
            files["内.zip"] = plant.zipped({"细则.txt": words})
        elif place == "图片成员":
            files["扫描.png"] = plant.page_picture(words)
        else:
            files[f"{place}.txt"] = words
    return plant.zipped(files)


WORDXML = ("正文", "表格单元格", "页眉", "页脚", "脚注", "VML文本框", "批注", "隐藏文字", "图片")


def build_wordxml(planted: plant.Planted) -> bytes:
    """A document of Word 2003 in one XML file."""
    import base64

    body, rest = "", ""
    for place, words in planted:
        if place in ("页眉", "页脚"):
            tag = "hdr" if place == "页眉" else "ftr"
            rest += f'<w:{tag} w:type="odd">{ooxml.par(words)}</w:{tag}>'
        elif place == "脚注":
            body += f"<w:p>{ooxml.run('见注')}<w:r><w:footnote>{ooxml.par(words)}</w:footnote></w:r></w:p>"
        elif place == "批注":
            body += f'<w:p><aml:annotation aml:id="0" w:type="Word.Comment"><aml:content>{ooxml.par(words)}</aml:content></aml:annotation>{ooxml.run("此处")}</w:p>'
        elif place == "图片":
            data = base64.b64encode(plant.picture(words)).decode()
            body += f'<w:p><w:r><w:pict><w:binData w:name="wordml://1.png">{data}</w:binData><v:shape><v:imagedata src="wordml://1.png"/></v:shape></w:pict></w:r></w:p>'
        else:
            body += ooxml._BODY[place](words)
    space = 'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
    title = ooxml.par("关于做好今冬供热工作的通知")
    return f'<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?><w:wordDocument {space}><w:body>{title}{body}<w:sectPr>{rest}</w:sectPr></w:body></w:wordDocument>'.encode()
