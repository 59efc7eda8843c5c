"""A letter set on the page (排版): the order, fonts and distances of its elements by GB/T 9704-2012, section 7."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from pipeline.ledger.cell import cell_text
from pipeline.ledger.letters import colophon, page
from pipeline.ledger.letters.blanks import blank, pieces
from pipeline.ledger.letters.letter import Annex, Block, Form, Letter, Table
from pipeline.ledger.letters.page import CHARACTER_POINTS, FANGSONG, HEITI, KAITI, RED, XIAOBIAOSONG, Face
from pipeline.whole_files import whole

_HEADINGS = {1: HEITI, 2: KAITI}
_TABLE_POINTS, _TABLE_PITCH = 10.5, 15.0
_MARK_LARGEST, _MARK_LINE = 36.0, 1.3
_WITH_SIGNATURE, _SHORT = 3, 4 * page.CHARACTERS  # paragraphs, and of how many characters at most
_CENTRE, _LEFT, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def write_letter(letter: Letter, path: Path) -> list[str]:
    """Write the letter as DOCX; return the names of its blanks, in the order in which they stand."""
    setter = _Setter()
    setter.head(letter)
    setter.text(letter)
    setter.sign(letter)
    labels = _labels(letter)
    for number, (annex, label) in enumerate(zip(letter.annexes, labels[len(letter.listed) :], strict=True)):
        setter.annex(annex, label, starts=number == 0 and letter.form is Form.FORM)
    colophon.put(letter, setter, setter.document)
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as written:
        setter.document.save(str(written))
    return list(dict.fromkeys(setter.blanks))


def _labels(letter: Letter) -> list[str]:
    count = len(letter.listed) + len(letter.annexes)
    return ["附件"] if count == 1 else [f"附件{number}" for number in range(1, count + 1)]


def _characters(number: float) -> Length:
    """So many characters wide (空二字)."""
    return Pt(number * CHARACTER_POINTS)


class _Setter:
    """Writes element after element and remembers the blanks."""

    def __init__(self) -> None:
        self.document: Docx = page.new_document()
        self.blanks: list[str] = []

    # paragraphs

    def line(
        self,
        text: str = "",
        face: Face = FANGSONG,
        points: float = page.BODY,
        *,
        side: WD_ALIGN_PARAGRAPH = _LEFT,
        color: str = "",
        into: Any = None,
    ) -> Paragraph:
        """One paragraph without indent."""
        paragraph = (into or self.document).add_paragraph()
        paragraph.alignment = side
        self.add(paragraph, text, face, points, color)
        return paragraph

    def add(self, paragraph: Paragraph, text: str, face: Face, points: float, color: str = "") -> None:
        for piece in pieces(cell_text(text)):
            run = paragraph.add_run(piece.text)
            page.set_text(run, face, points, color)
            if piece.blank:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
                self.blanks.append(piece.blank)

    # first page

    def head(self, letter: Letter) -> None:
        """版头: the issuer's mark, the number, the signer of an upward document, the red line."""
        if letter.form is Form.FORM:
            return
        if letter.form is Form.LETTER:
            self._head_of_letter(letter)
        else:
            self._head_of_document(letter)
        for line in range(2):  # 红色分隔线下空二行 （7.3.1）
            self.line() if line or letter.form is not Form.LETTER else None
        self.line(letter.title, XIAOBIAOSONG, page.TITLE, side=_CENTRE).paragraph_format.line_spacing = Pt(32)
        self.line()
        if letter.addressee:
            self.line(f"{letter.addressee}：")

    def _head_of_document(self, letter: Letter) -> None:
        """发文机关标志上边缘至版心上边缘 35 mm （7.2.4）; 发文字号在其下空二行，红色分隔线在其下 4 mm （7.2.5, 7.2.7）."""
        mark = f"{letter.issuer}文件"
        shape = self._mark(mark, self.document).paragraph_format
        shape.space_before = Mm(35)
        self.line(), self.line()
        if letter.form is Form.REPORT:  # 发文字号居左空一字，签发人居右空一字 （7.2.6）
            number = self.line(letter.number)
            number.paragraph_format.left_indent = number.paragraph_format.right_indent = _characters(1)
            number.paragraph_format.tab_stops.add_tab_stop(Mm(page.TYPE_WIDTH) - _characters(1), 2)
            number.add_run("\t")
            self.add(number, "签发人：", FANGSONG, page.BODY)
            self.add(number, blank("签发人", "×××"), KAITI, page.BODY)
        else:
            number = self.line(letter.number, side=_CENTRE)
        _border(number, "bottom", "single", 12, 11)

    def _mark(self, mark: str, into: Any) -> Paragraph:
        shown = sum(len(piece.text) for piece in pieces(mark))
        points = min(_MARK_LARGEST, (page.TYPE_WIDTH / 25.4 * 72 - 2) / shown)
        paragraph = self.line(mark, XIAOBIAOSONG, points, side=_CENTRE, color=RED, into=into)
        paragraph.paragraph_format.line_spacing = Pt(points * _MARK_LINE)
        return paragraph

    def _head_of_letter(self, letter: Letter) -> None:
        """信函格式 （10.1）: 标志上边缘至上页边 30 mm, 4 mm 下红色双线长 170 mm, 距下页边 20 mm 又一条; 首页不显示页码."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        section.header_distance = Mm(30)
        header = section.first_page_header
        header.is_linked_to_previous = False
        mark = self._mark(letter.issuer, header)
        beyond = Mm((170 - page.TYPE_WIDTH) / 2)
        mark.paragraph_format.left_indent = -beyond
        mark.paragraph_format.right_indent = -beyond
        _border(mark, "bottom", "thickThinSmallGap", 24, 11)
        number = self.line(letter.number, side=_RIGHT, into=header)
        number.paragraph_format.space_before = Pt(page.BODY * 7 / 8)
        header._element.remove(header.paragraphs[0]._p)
        footer = section.first_page_footer
        footer.is_linked_to_previous = False
        rule = footer.paragraphs[0]
        rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = -beyond
        rule.paragraph_format.line_spacing_rule, rule.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(2)
        _border(rule, "bottom", "thinThickSmallGap", 24, 0)

    # text

    def text(self, letter: Letter) -> None:
        """正文, and 附件说明 one line below it （7.3.4）."""
        self.blocks(letter.body)
        if letter.form is Form.FORM:
            return
        names = [*letter.listed, *(annex.title for annex in letter.annexes)]
        if names:
            self.line()
        label, numbered = 3.0, 1.25 if len(names) > 1 else 0.0
        for number, name in enumerate(names, 1):  # 左空二字，回行与上一行的名称首字对齐
            said = ("附件：" if number == 1 else "") + (f"{number}." if numbered else "") + name
            shape = self.line(said).paragraph_format
            shape.left_indent = _characters(2 + label + numbered)
            shape.first_line_indent = -_characters(numbered + (label if number == 1 else 0))

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self._table(block)
                continue
            paragraph = self.line(block.text, _HEADINGS.get(block.level, FANGSONG), side=WD_ALIGN_PARAGRAPH.JUSTIFY)
            paragraph.paragraph_format.first_line_indent = _characters(2)
            paragraph.paragraph_format.keep_with_next = block.keep or block.level in _HEADINGS

    def _table(self, table: Table) -> None:
        made = self.document.add_table(rows=0, cols=len(table.head))
        made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        widths = [Mm(page.TYPE_WIDTH * share / sum(table.widths)) for share in table.widths]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for number, values in enumerate((table.head, *table.rows)):
            row = made.add_row()
            properties = row._tr.get_or_add_trPr()
            properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
            if number == 0:
                properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
            for cell, value, width in zip(row.cells, values, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.alignment = _CENTRE if number == 0 else _LEFT
                paragraph.paragraph_format.line_spacing = Pt(_TABLE_PITCH)
                paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>'))
                self.add(paragraph, value, HEITI if number == 0 else FANGSONG, _TABLE_POINTS)

    # signature

    def sign(self, letter: Letter) -> None:
        """发文机关署名、成文日期（右空四字）和印章的位置 （7.3.5.1）; 附注在其下一行 （7.3.6）."""
        if letter.form is Form.FORM:
            return
        for paragraph in reversed(self.document.paragraphs[-_WITH_SIGNATURE:]):  # no page with a signature alone
            if len(paragraph.text) > _SHORT:
                break
            paragraph.paragraph_format.keep_with_next = True
        for _ in range(2):  # 印章顶端应当上距正文一行之内
            self.line().paragraph_format.keep_with_next = True
        date_width = sum(0.5 if sign.isascii() else 1.0 for piece in pieces(letter.date) for sign in piece.text)
        name_width = sum(len(piece.text) for piece in pieces(letter.issuer))
        name = self.line(letter.issuer, side=_RIGHT)  # 以成文日期为准居中
        name.paragraph_format.right_indent = _characters(max(0.0, 4 + (date_width - name_width) / 2))
        name.paragraph_format.keep_with_next = True
        date = self.line(letter.date, side=_RIGHT)
        date.paragraph_format.right_indent = _characters(4)
        if letter.note:
            date.paragraph_format.keep_with_next = True
            note = self.line(f"（{letter.note}）")
            note.paragraph_format.left_indent = _characters(2)

    def annex(self, annex: Annex, label: str, *, starts: bool = False) -> None:
        """附件另面编排: 黑体顶格在第一行，标题居中在第三行 （7.3.7）."""
        first = self.line(label, HEITI)
        first.paragraph_format.page_break_before = not starts
        self.line()
        self.line(annex.title, XIAOBIAOSONG, page.TITLE, side=_CENTRE).paragraph_format.line_spacing = Pt(32)
        self.line()
        self.blocks(annex.blocks)


def _border(paragraph: Paragraph, side: str, kind: str, eighths: int, space: int) -> None:
    """A red line along a paragraph: ``eighths`` of a point thick, ``space`` points away."""
    said = f'w:val="{kind}" w:sz="{eighths}" w:space="{space}" w:color="{RED}"'
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f"<w:pBdr {nsdecls('w')}><w:{side} {said}/></w:pBdr>"))
