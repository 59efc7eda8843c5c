"""What a reader of the printed page sees of a DOCX, once; and nothing that he does not."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from pipeline.document import UnreadableFile
from pipeline.ingest import read_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def text_of(document) -> str:
    return read_document(saved(document), "样本.docx").text


def add(document, xml: str) -> None:
    document.element.body.insert(-1, parse_xml(xml))


def numbered(document, text: str, level: int = 0) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'))


def test_articles_numbered_by_word_appear_in_the_text() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {W} w:abstractNumId="77">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
        "</w:abstractNum>"
    )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in (
        ("为了管理，制定本办法。", 0),
        ("有下列情形的：", 0),
        ("伪造数据；", 1),
        ("拒不整改。", 1),
        ("自印发之日起施行。", 0),
    ):
        numbered(document, text, level)
    lines = text_of(document).split("\n")
    assert [line[:4].strip() for line in lines] == ["第一条", "第二条", "（一）伪", "（二）拒", "第三条"]


def test_tracked_changes_are_read_as_accepted() -> None:
    document = docx.Document()
    add(
        document,
        f'<w:p {W}><w:r><w:t>罚款</w:t></w:r><w:del w:id="1"><w:r><w:delText>一万元</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>二万元</w:t></w:r></w:ins></w:p>',
    )
    assert text_of(document) == "罚款二万元"


def test_content_controls_are_read() -> None:
    document = docx.Document()
    add(document, f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>控件里的条款。</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    assert "控件里的条款。" in text_of(document)


def test_a_table_gives_rows_with_merged_cells_once_and_nested_tables() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "失信行为"
    table.cell(0, 2).text = "措施"
    for column, text in enumerate(("虚报", "瞒报", "列入名单")):
        table.cell(1, column).text = text
    table.cell(1, 2).add_table(rows=1, cols=2).cell(0, 0).text = "内层"
    lines = text_of(document).split("\n")
    assert lines[0] == "失信行为\t措施"
    assert lines[1].startswith("虚报\t瞒报\t列入名单")
    assert sum("失信行为" in line for line in lines) == 1
    assert any("内层" in line for line in lines)


def test_external_entities_are_not_resolved(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("外部内容", encoding="utf-8")
    source = io.BytesIO(saved(docx.Document()))
    target = io.BytesIO()
    body = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>正文&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, body if info.filename == "word/document.xml" else old.read(info))
    try:
        text = read_document(target.getvalue(), "实体.docx").text
    except UnreadableFile:
        return
    assert "外部内容" not in text


def test_a_truncated_package_is_a_problem_and_not_a_crash() -> None:
    data = saved(docx.Document())
    with pytest.raises(UnreadableFile) as error:
        read_document(data[: len(data) // 2], "半截.docx")
    assert error.value.kind == "文件损坏"
