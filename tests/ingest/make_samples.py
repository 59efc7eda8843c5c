"""Make the sample files of this folder anew: ``python -m tests.ingest.make_samples`` (needs LibreOffice).

They hold what readers lose most easily: automatic numbers at two levels, tracked changes, a text box, a footnote, fields,
nested and merged tables, hidden text, a page header with a mark. All text is invented.
"""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document as NewDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from benchmarks.reading_samples import converted

FILES = Path(__file__).with_name("files")
FORMATS = {"doc": "doc:MS Word 97", "rtf": "rtf", "odt": "odt"}
# What a person reads on the page, in reading order.
EXPECTED = """秘密★1年
临川市信用管理文件
第一章 总则
第一条 为规范失信行为认定，制定本办法。
第二条 本办法所称失信主体，是指列入名单的单位。
（一）企业；
（二）社会组织。
第三条 修订后的条文保留新词，并公开。
文本框里的联系方式
见脚注之处。
脚注里的依据：《民法典》第七条。
序号	措施	依据
1	限制参加评优	《条例》第八条
2	合并两列的说明
外层	里层在下一行
里甲	里乙
第二页的结尾，详见市局网站。"""


def hard_docx() -> bytes:
    """The document with all its traps."""
    document = NewDocument()
    _lists(document)
    _note(document)
    document.sections[0].header.paragraphs[0].text = "秘密★1年"
    document.sections[0].footer.paragraphs[0].text = "页脚不要"
    body = document.element.body
    place = body.index(body.sectPr)
    for offset, xml in enumerate(_BLOCKS):
        body.insert(
            place + offset, parse_xml(xml.replace("<w:p>", f"<w:p {_SPACES}>", 1).replace("<w:tbl>", f"<w:tbl {_SPACES}>", 1))
        )
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()


_SPACES = (
    nsdecls("w")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    + ' xmlns:w10="urn:schemas-microsoft-com:office:word"'
)


def _p(text: str, numbered: tuple[int, int] | None = None) -> str:
    number = ""
    if numbered:
        number = f'<w:pPr><w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr></w:pPr>'
    return f"<w:p>{number}<w:r><w:t>{text}</w:t></w:r></w:p>"


def _cell(text: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{properties}</w:tcPr>{text if text.startswith("<") else _p(text)}</w:tc>'


def _table(*rows: str) -> str:
    grid = "<w:tblGrid>" + '<w:gridCol w:w="2000"/>' * 3 + "</w:tblGrid>"
    return f'<w:tbl><w:tblPr><w:tblW w:w="6000" w:type="dxa"/></w:tblPr>{grid}{"".join(f"<w:tr>{row}</w:tr>" for row in rows)}</w:tbl>'


_AUTHOR = 'w:id="7" w:author="x" w:date="2023-01-01T00:00:00Z"'
_TRACKED = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="91"/></w:numPr></w:pPr><w:r><w:t>修订后的条文保留</w:t></w:r>'
    f"<w:del {_AUTHOR}><w:r><w:delText>旧词</w:delText></w:r></w:del><w:ins {_AUTHOR}><w:r><w:t>新词</w:t></w:r></w:ins>"
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的话</w:t></w:r><w:r><w:t>，并公开。</w:t></w:r>"
    '<w:r><w:pict><v:shape id="box1" type="#_x0000_t202" style="position:absolute;width:200pt;height:40pt">'
    "<v:textbox><w:txbxContent><w:p><w:r><w:t>文本框里的联系方式</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
_NOTED = '<w:p><w:r><w:t>见脚注之处</w:t></w:r><w:r><w:footnoteReference w:id="5"/></w:r><w:r><w:t>。</w:t></w:r></w:p>'
_FIELD = (
    '<w:p><w:r><w:t>第二页的结尾，详见</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> HYPERLINK "http://example.invalid/" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>市局网站</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>。</w:t></w:r></w:p>'
)
_NESTED = _table(_cell("里甲") + _cell("里乙"))
_BLOCKS = [
    _p("临川市信用管理文件"),
    _p("总则", (91, 0)),
    _p("为规范失信行为认定，制定本办法。", (91, 1)),
    _p("本办法所称失信主体，是指列入名单的单位。", (91, 1)),
    _p("企业；", (91, 2)),
    _p("社会组织。", (91, 2)),
    _TRACKED,
    _NOTED,
    _table(
        _cell("序号") + _cell("措施") + _cell("依据"),
        _cell("1") + _cell("限制参加评优") + _cell("《条例》第八条"),
        _cell("2") + _cell("合并两列的说明", '<w:gridSpan w:val="2"/>'),
    ),
    "<w:p></w:p>",
    _table(_cell("外层") + _cell(_p("里层在下一行") + _NESTED + "<w:p/>", '<w:gridSpan w:val="2"/>')),
    '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
    _FIELD,
]


def _lists(document) -> None:
    numbering = document.part.numbering_part.element
    levels = [("chineseCounting", "第%1章"), ("chineseCounting", "第%2条"), ("chineseCounting", "（%3）")]
    xml = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        + ('<w:lvlRestart w:val="0"/>' if depth == 1 else "")
        + f'<w:suff w:val="{"nothing" if depth == 2 else "space"}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for depth, (kind, text) in enumerate(levels)
    )
    start = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="91"><w:multiLevelType w:val="multilevel"/>'
    numbering.insert(0, parse_xml(f"{start}{xml}</w:abstractNum>"))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="91"/></w:num>'))


def _note(document) -> None:
    """A footnotes part: python-docx makes none by itself."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    marks = [f'<w:footnote w:type="{kind}" w:id="{index}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
             for kind, index, mark in (("separator", 0, "separator"), ("continuationSeparator", 1, "continuationSeparator"))]  # fmt: skip
    note = '<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>脚注里的依据：《民法典》第七条。</w:t></w:r></w:p></w:footnote>'
    xml = f"<w:footnotes {nsdecls('w')}>{''.join(marks)}{note}</w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def main() -> None:
    """Write the samples."""
    FILES.mkdir(exist_ok=True)
    docx = hard_docx()
    (FILES / "hard.docx").write_bytes(docx)
    for ending, target in FORMATS.items():
        (FILES / f"hard.{ending}").write_bytes(converted(docx, target))


if __name__ == "__main__":
    main()
