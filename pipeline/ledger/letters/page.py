"""The page of an official document (GB/T 9704-2012, 党政机关公文格式): its numbers, its fonts and what stands in for them.

Clauses of the standard are given as （5.2.1） and the like. Lengths are millimetres unless a name says points.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

WIDTH, HEIGHT = 210, 297  # A4 （5.1）
TOP, LEFT, TYPE_WIDTH, TYPE_HEIGHT = 37, 28, 156, 225  # 天头、订口、版心 （5.2.1）
BOTTOM, RIGHT = HEIGHT - TOP - TYPE_HEIGHT, WIDTH - LEFT - TYPE_WIDTH
LINES, CHARACTERS = 22, 28  # （5.2.3）
#: 22 lines in 225 mm, in twentieths of a point, rounded down so that the last line stays on its page.
PITCH_TWENTIETHS = int(TYPE_HEIGHT / 25.4 * 72 * 20 / LINES)
PITCH_POINTS = PITCH_TWENTIETHS / 20
BODY, TITLE, SMALL = 16.0, 22.0, 14.0  # 三号、二号、四号, in points
#: 28 characters of 16 points are a little wider than 156 mm: each is set closer, in twentieths of a point.
CLOSER_TWENTIETHS = int((BODY - TYPE_WIDTH / 25.4 * 72 / CHARACTERS) * 20) + 1
CHARACTER_POINTS = BODY - CLOSER_TWENTIETHS / 20
RED = "FF0000"
_PAGE_NUMBER_BELOW = 7  # 一字线上距版心下边缘 （7.5）
_FOOT = 20  # 信函的红色双线距下页边 （10.1）; the page number stands a little above it


class Face(NamedTuple):
    """A font and, in order, what may stand in for it where it is not installed."""

    name: str
    others: str


XIAOBIAOSONG = Face("方正小标宋简体", "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC")
FANGSONG = Face("仿宋_GB2312", "仿宋,FangSong,FangSong_GB2312,华文仿宋,STFangsong,方正仿宋_GBK,Noto Serif CJK SC")
HEITI = Face("黑体", "SimHei,方正黑体_GBK,华文黑体,微软雅黑,Noto Sans CJK SC")
KAITI = Face("楷体_GB2312", "楷体,KaiTi,KaiTi_GB2312,华文楷体,STKaiti,方正楷体_GBK,Noto Serif CJK SC")
SONGTI = Face("宋体", "SimSun,华文宋体,Noto Serif CJK SC")
FACES = (XIAOBIAOSONG, FANGSONG, HEITI, KAITI, SONGTI)


def new_document() -> Docx:
    """An empty document with the standard's page, grid, body text, page numbers and fonts."""
    document = Document()
    style = document.styles["Normal"]
    assert isinstance(style, ParagraphStyle)
    _set_face(style.element.get_or_add_rPr(), FANGSONG)
    style.font.size = Pt(BODY)
    style.element.rPr.append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="{-CLOSER_TWENTIETHS}"/>'))
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH_POINTS)
    form.widow_control = False  # else a page may hold 21 lines
    document.settings.odd_and_even_pages_header_footer = True
    _declare_fonts(document)
    set_up(document.sections[0])
    _number_pages(document.sections[0])
    return document


def set_up(section: Section) -> None:
    """Page, margins and grid."""
    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(_FOOT)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)
    section._sectPr.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{PITCH_TWENTIETHS}"/>'))


def _number_pages(section: Section) -> None:
    """四号半角宋体，左右各放一条一字线；单页居右空一字，双页居左空一字 （7.5）."""
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = "Normal"
        paragraph.alignment = side
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        paragraph.paragraph_format.space_after = Mm(BOTTOM - _PAGE_NUMBER_BELOW - _FOOT) - Pt(SMALL)
        indent = Pt(SMALL)
        if side == WD_ALIGN_PARAGRAPH.RIGHT:
            paragraph.paragraph_format.right_indent = indent
        else:
            paragraph.paragraph_format.left_indent = indent
        set_text(paragraph.add_run("— "), SONGTI, SMALL)
        _add_field(paragraph, "PAGE")
        set_text(paragraph.add_run(" —"), SONGTI, SMALL)


def _add_field(paragraph: Paragraph, code: str) -> None:
    for name, said, text in (
        ("fldChar", 'w:fldCharType="begin"', ""),
        ("instrText", 'xml:space="preserve"', f" {code} "),
        ("fldChar", 'w:fldCharType="separate"', ""),
        ("t", "", "1"),
        ("fldChar", 'w:fldCharType="end"', ""),
    ):
        run = paragraph.add_run()
        set_text(run, SONGTI, SMALL)
        run._r.append(parse_xml(f"<w:{name} {nsdecls('w')} {said}>{text}</w:{name}>"))


def set_text(run: Run, face: Face = FANGSONG, points: float = BODY, color: str = "") -> None:
    """Font and size of a run; only what differs from the body need be set."""
    _set_face(run._r.get_or_add_rPr(), face)
    run.font.size = Pt(points)
    if color:
        run._r.rPr.append(parse_xml(f'<w:color {nsdecls("w")} w:val="{color}"/>'))  # type: ignore[union-attr]


def _set_face(properties: Any, face: Face) -> None:
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face.name)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:hint"), "eastAsia")


def _declare_fonts(document: Docx) -> None:
    """The font table with the names that stand in: Word and WPS take the first that is installed."""
    listed = "".join(
        f'<w:font w:name="{face.name}"><w:altName w:val="{face.others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{"modern" if face is FANGSONG else "auto"}"/><w:pitch w:val="variable"/></w:font>'
        for face in FACES
    )
    table = document.part.part_related_by(RT.FONT_TABLE)
    table._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{listed}</w:fonts>'.encode()
