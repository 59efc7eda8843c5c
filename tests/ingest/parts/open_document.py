"""OpenDocument packages (ODT, ODS, ODP) with sentences in their parts."""

from __future__ import annotations

from tests.ingest.parts import plant

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing", "fo": "xsl-fo-compatible",
        "svg": "svg-compatible", "chart": "chart", "form": "form", "presentation": "presentation", "manifest": "manifest",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:math="http://www.w3.org/1998/Math/MathML"'  # fmt: skip
_STYLES = '<style:style style:name="V" style:family="text"><style:text-properties text:display="none"/></style:style>'


def _p(words: str) -> str:
    return f"<text:p>{words}</text:p>"


def _frame(inner: str) -> str:
    return f'<draw:frame svg:width="14cm" svg:height="3cm">{inner}</draw:frame>'


_FLOWING = {
    "正文": "<text:p>{0}</text:p>",
    "表格单元格": "<table:table><table:table-row><table:table-cell><text:p>措施</text:p></table:table-cell><table:table-cell><text:p>{0}</text:p></table:table-cell></table:table-row></table:table>",
    "脚注": '<text:p>见注<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>{0}</text:p></text:note-body></text:note></text:p>',
    "尾注": '<text:p>见注<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>{0}</text:p></text:note-body></text:note></text:p>',
    "文本框": '<text:p><draw:frame svg:width="14cm"><draw:text-box><text:p>{0}</text:p></draw:text-box></draw:frame></text:p>',
    "图形中的文字": '<text:p><draw:custom-shape svg:width="14cm" svg:height="3cm"><text:p>{0}</text:p></draw:custom-shape></text:p>',
    "批注": "<text:p>此处<office:annotation><dc:creator>甲</dc:creator><text:p>{0}</text:p></office:annotation></text:p>",
    "隐藏文字": '<text:p><text:span text:style-name="V">{0}</text:span></text:p>',
    "隐藏的节": '<text:section text:name="s" text:display="none"><text:p>{0}</text:p></text:section>',
    "隐藏文字域": '<text:p><text:hidden-text text:condition="ooow:true" text:string-value="{0}" text:is-hidden="true"/>甲</text:p>',
    "修订插入": '<text:p><text:change-start text:change-id="c"/>{0}<text:change-end text:change-id="c"/></text:p>',
    "隐藏的段落": '<text:p><text:hidden-paragraph text:condition="ooow:true" text:is-hidden="true"/>{0}</text:p>',
    "条件文字": '<text:p>甲<text:conditional-text text:condition="ooow:false" text:string-value-if-true="{0}" text:string-value-if-false="乙">乙</text:conditional-text></text:p>',
    "占位符": "<text:p><text:placeholder text:placeholder-type='text'>{0}</text:placeholder></text:p>",
    "替代文字": '<text:p><draw:frame svg:width="14cm"><svg:desc>{0}</svg:desc></draw:frame></text:p>',
    "公式": "<text:p><draw:frame><draw:object><math:math><math:semantics><math:mtext>{0}</math:mtext></math:semantics></math:math></draw:object></draw:frame></text:p>",
    "用户变量": '<text:user-field-decls><text:user-field-decl text:name="u" office:value-type="string" office:string-value="{0}"/></text:user-field-decls><text:p><text:user-field-get text:name="u">{0}</text:user-field-get></text:p>',
    "下拉域": '<text:p>选择：<text:drop-down text:name="d"><text:label text:value="{0}"/></text:drop-down></text:p>',
    "列表": "<text:list><text:list-item><text:p>{0}</text:p></text:list-item></text:list>",
    "注音": "<text:p><text:ruby><text:ruby-base>{0}</text:ruby-base><text:ruby-text>yin</text:ruby-text></text:ruby></text:p>",
}
_OBJECTS = ("图片", "图元文件图片", "嵌入的表格对象", "图表", "嵌入的OLE对象")


def _object(files: dict[str, bytes | str], place: str, words: str) -> str:
    """A frame with a picture or an object; its parts go into ``files``."""
    if place in ("图片", "图元文件图片"):
        name, data = ("Pictures/a.png", plant.picture(words)) if place == "图片" else ("Pictures/b.emf", plant.emf(words))
        files[name] = data
        return _frame(f'<draw:image xlink:href="{name}"/>')
    if place == "嵌入的OLE对象":
        from pipeline.ingest.containers.compound import ole_file

        files["Object 3"] = ole_file({"\x01Ole10Native": plant.packed_object("细则.docx", plant.small_docx(words))})
        return _frame('<draw:object-ole xlink:href="./Object 3"/>')
    cells = f'<table:table-cell office:value-type="string"><text:p>措施</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'
    if place == "图表":
        body = f'<office:chart><chart:chart chart:class="chart:bar"><chart:title><text:p>{words}</text:p></chart:title></chart:chart></office:chart>'
        files["Object 2/content.xml"] = _content(body)
        return _frame('<draw:object xlink:href="./Object 2"/>')
    body = f'<office:spreadsheet><table:table table:name="表"><table:table-row>{cells}</table:table-row></table:table></office:spreadsheet>'
    files["Object 1/content.xml"] = _content(body)
    files["Object 1/mimetype"] = "application/vnd.oasis.opendocument.spreadsheet"
    return _frame('<draw:object xlink:href="./Object 1"/>')


def _content(body: str, styles: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body></office:document-content>'


def _package(kind: str, files: dict[str, bytes | str]) -> bytes:
    entries = "".join(f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type=""/>' for name in files)
    root = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.{kind}"/>'
    manifest = f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {_SPACES}>{root}{entries}</manifest:manifest>'
    return plant.zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", **files, "META-INF/manifest.xml": manifest})


def _margins(at: dict[str, str]) -> str:
    head = f"<style:header>{_p(at['页眉'])}</style:header>" if "页眉" in at else ""
    foot = f"<style:footer>{_p(at['页脚'])}</style:footer>" if "页脚" in at else ""
    page = f'<style:master-page style:name="Default">{head}{foot}</style:master-page>'
    return f'<?xml version="1.0" encoding="UTF-8"?><office:document-styles {_SPACES}><office:master-styles>{page}</office:master-styles></office:document-styles>'


def build_odt(planted: plant.Planted) -> bytes:
    """A text document."""
    files: dict[str, bytes | str] = {"styles.xml": _margins(dict(planted))}
    body = _p("关于做好今冬供热工作的通知")
    for place, words in planted:
        if place in _FLOWING:
            body += _FLOWING[place].format(words)
        elif place in _OBJECTS:
            body += f"<text:p>{_object(files, place, words)}</text:p>"
        elif place == "修订删除":
            gone = f'<text:changed-region text:id="d"><text:deletion><office:change-info/><text:p>{words}</text:p></text:deletion></text:changed-region>'
            body = (
                f"<text:tracked-changes>{gone}</text:tracked-changes>{body}"
                + '<text:p>供热<text:change text:change-id="d"/></text:p>'
            )
        elif place == "表单控件":
            control = f'<form:textarea form:name="f" form:current-value="{words}"/>'
            body = f'<office:forms><form:form form:name="x">{control}</form:form></office:forms>' + body
    files["content.xml"] = _content(f"<office:text>{body}</office:text>", _STYLES)
    return _package("text", files)


ODT = (*_FLOWING, *_OBJECTS, "页眉", "页脚", "表单控件", "修订删除")


def build_ods(planted: plant.Planted) -> bytes:
    """A workbook."""
    at = dict(planted)
    files: dict[str, bytes | str] = {"styles.xml": _margins(at)}
    cell = f'<table:table-cell office:value-type="string">{_p(at["单元格"])}</table:table-cell>' if "单元格" in at else ""
    note = f"<office:annotation>{_p(at['批注'])}</office:annotation>" if "批注" in at else ""
    rows = f'<table:table-row><table:table-cell office:value-type="string">{note}{_p("供热工作安排")}</table:table-cell>{cell}</table:table-row>'
    shapes = "".join(_object(files, place, words) for place, words in planted if place in _OBJECTS)
    if "文本框" in at:
        shapes += _frame(f"<draw:text-box>{_p(at['文本框'])}</draw:text-box>")
    if "图形中的文字" in at:
        shapes += f'<draw:custom-shape svg:width="14cm">{_p(at["图形中的文字"])}</draw:custom-shape>'
    sheets = f'<table:table table:name="安排"><table:shapes>{shapes}</table:shapes>{rows}</table:table>'
    styles = '<style:style style:name="T2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    if "隐藏的工作表" in at:
        row = f'<table:table-row><table:table-cell office:value-type="string">{_p(at["隐藏的工作表"])}</table:table-cell></table:table-row>'
        sheets += f'<table:table table:name="内部" table:style-name="T2">{row}</table:table>'
    files["content.xml"] = _content(f"<office:spreadsheet>{sheets}</office:spreadsheet>", styles)
    return _package("spreadsheet", files)


ODS = ("单元格", "批注", "文本框", "图形中的文字", "隐藏的工作表", "页眉", "页脚", *_OBJECTS)


def build_odp(planted: plant.Planted) -> bytes:
    """A presentation."""
    files: dict[str, bytes | str] = {"styles.xml": _margins({})}
    drawn = ""
    for place, words in planted:
        if place == "文本框":
            drawn += _frame(f"<draw:text-box>{_p(words)}</draw:text-box>")
        elif place == "表格单元格":
            drawn += _frame(
                f"<table:table><table:table-row><table:table-cell>{_p('措施')}</table:table-cell><table:table-cell>{_p(words)}</table:table-cell></table:table-row></table:table>"
            )
        elif place == "备注":
            drawn += f"<presentation:notes>{_frame(f'<draw:text-box>{_p(words)}</draw:text-box>')}</presentation:notes>"
        elif place == "批注":
            drawn += f"<office:annotation>{_p(words)}</office:annotation>"
        else:
            drawn += _object(files, place, words)
    title = _frame("<draw:text-box>" + _p("今冬供热工作部署") + "</draw:text-box>")
    page = f'<draw:page draw:name="一">{title}{drawn}</draw:page>'
    files["content.xml"] = _content(f"<office:presentation>{page}</office:presentation>")
    return _package("presentation", files)


ODP = ("文本框", "表格单元格", "备注", "批注", *_OBJECTS)
