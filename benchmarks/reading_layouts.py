"""More samples for the reading benchmark: the reading order, page furniture and envelopes of real files.

A booklet (running heads, page numbers left and right, paragraphs over page breaks, another typeface, merged cells), a
page of two columns, a sheet, a saved web page, a mail. All text is that of `reading_samples`.
"""

from __future__ import annotations

import io
from email.message import EmailMessage
from email.policy import SMTP

from docx import Document as NewDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from openpyxl import Workbook

from benchmarks.reading_samples import ARTICLES, HEAD, TABLE, TITLE

SANS = "Noto Sans CJK SC"
_DATE = "Mon, 01 Jan 2024 08:00:00 +0800"
_DIGITS = "一二三四五六七八九十"
MERGED = [["失信行为", "认定依据", "公示期限"], ["轻微", "《建筑法》第六十四条", "3个月"], ["《招标投标法》第五十条", "6个月"]]


def booklet_text(chapters: int = 3) -> str:
    """The booklet as a person reads it."""
    return "\n".join([TITLE, *_chapters(chapters), *("\t".join(row) for row in MERGED)])


def _chapters(count: int) -> list[str]:
    texts = []
    for chapter in range(count):
        texts.append(f"第{_DIGITS[chapter]}章 信用信息之{_DIGITS[chapter]}")
        texts += [f"第{_number(10 * chapter + index + 1)}条 {text}" for index, text in enumerate(ARTICLES)]
    return texts


def _number(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("" if tens < 2 else _DIGITS[tens - 1]) + ("十" if tens else "") + (_DIGITS[ones - 1] if ones else "")


def booklet(chapters: int = 3) -> bytes:
    """As DOCX, set in a face without serifs, with a running head and the page's number on its outer side."""
    document = _document(SANS, 14)
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    sides = ((section.header, section.footer, "RIGHT"), (section.even_page_header, section.even_page_footer, "LEFT"))
    for header, footer, side in sides:
        header.paragraphs[0].text = "临川市住房和城乡事务局规范性文件汇编"
        number = footer.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH[side]
        number.add_run("— ")
        number._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
        number.add_run(" —")
    document.add_paragraph(TITLE).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in _chapters(chapters):
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.first_line_indent = Pt(28)
    table = document.add_table(3, 3, style="Table Grid")
    for row, texts in enumerate((MERGED[0], MERGED[1], ["", *MERGED[2]])):
        for column, text in enumerate(texts):
            if text:
                table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = MERGED[1][0]
    return _saved(document)


def columns_text() -> str:
    """The page of two columns as a person reads it: the left one first."""
    return "\n".join(ARTICLES)


def columns() -> bytes:
    """As DOCX, in two columns, as gazettes are set."""
    document = _document("Noto Serif CJK SC", 12)
    for text in ARTICLES:
        document.add_paragraph(text).paragraph_format.first_line_indent = Pt(24)
    spread = parse_xml(f'<w:cols {nsdecls("w")} w:num="2" w:space="720"/>')
    properties = document.sections[0]._sectPr
    for old in properties.findall(qn("w:cols")):
        properties.remove(old)
    properties.append(spread)
    return _saved(document)


def _document(font: str, size: int):
    document = NewDocument()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return document


def _saved(thing) -> bytes:
    stored = io.BytesIO()
    thing.save(stored)
    return stored.getvalue()


def sheet_text() -> str:
    return "\n".join([TITLE, *("\t".join(row) for row in TABLE)])


def sheet() -> bytes:
    """The table as XLSX, under its title."""
    book = Workbook()
    page = book.active
    page.title = "Sheet1"
    page.append([TITLE])
    for row in TABLE:
        page.append(row)
    return _saved(book)


def html_text() -> str:
    return "\n".join([*HEAD, TITLE, *ARTICLES, *("\t".join(row) for row in TABLE)])


def html() -> str:
    """The document as a website shows it, among menus."""
    menu = "<ul>" + "".join(f"<li><a href='#'>{name}</a></li>" for name in ("首页", "政务公开", "办事服务")) + "</ul>"
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    body = "".join(f"<p>{text}</p>" for text in (*HEAD, TITLE, *ARTICLES))
    return f'<html><head><meta charset="gb2312"><title>x</title></head><body><nav>{menu}</nav>{body}<table>{rows}</table></body></html>'


def mht() -> bytes:
    """The web page with its picture in one file, as browsers and Word save it."""
    message = EmailMessage(policy=SMTP)
    for name, value in (("From", "<Saved by a browser>"), ("Subject", "x"), ("Date", _DATE)):
        message[name] = value
    message.set_content(html(), subtype="html", charset="gb18030", cte="quoted-printable")
    message.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<a>")
    return message.as_bytes()


def mail() -> bytes:
    """The text as a mail without attachments."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "a@example.invalid", "b@example.invalid"
    message["Subject"], message["Date"] = TITLE, _DATE
    message.set_content("\n".join(ARTICLES), charset="gb18030", cte="base64")
    return message.as_bytes()


def mail_text() -> str:
    return "\n".join([f"主题：{TITLE}", "发件人：a@example.invalid", f"日期：{_DATE}", *ARTICLES])
