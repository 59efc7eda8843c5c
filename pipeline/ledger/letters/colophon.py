"""版记 （GB/T 9704-2012, 7.4）: 抄送机关, 印发机关 and 印发日期 in 四号仿宋 between lines, its last line on the type area's lower edge.

A letter (信函, 10.1) has no lines there and names no printer. It is a table as wide as the type area, afloat at its lower edge on
the last page: its borders are the lines, which indents do not shorten.
"""

from __future__ import annotations

from typing import Any, Protocol

from docx.document import Document as Docx
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from pipeline.ledger.letters import page
from pipeline.ledger.letters.blanks import blank
from pipeline.ledger.letters.letter import Form, Letter
from pipeline.ledger.letters.page import FANGSONG, SMALL, Face

THICK, THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm, as far as Word draws them （7.4.1）
_WIDTH_TWENTIETHS = round(page.TYPE_WIDTH / 25.4 * 72 * 20)
_CHARACTER = SMALL - page.CLOSER_TWENTIETHS / 20
_COPIES = "抄送："
_ORDER = [qn(f"w:{name}") for name in ("tblpPr", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook")]


class Writer(Protocol):
    """What writes the letter's other paragraphs."""

    def line(self, text: str, face: Face, points: float, *, into: Any) -> Paragraph: ...

    def add(self, paragraph: Paragraph, text: str, face: Face, points: float) -> None: ...


def put(letter: Letter, writer: Writer, document: Docx) -> None:
    """Set the 版记 at the end of a letter; ``writer`` writes its paragraphs and remembers the blanks."""
    ruled = letter.form is not Form.LETTER
    said = [_copies] if letter.copies_to else []
    said += [_printed] if letter.printer and ruled else []
    if not said:
        return
    if document.element.body[-2].tag == qn("w:tbl"):  # else the two would be one table
        _flat(document.add_paragraph())
    table = document.add_table(rows=len(said), cols=1)
    table.autofit = False
    _float(table, ruled)
    for row, write in zip(table.rows, said, strict=True):
        cell = row.cells[0]
        cell.width = Mm(page.TYPE_WIDTH)
        write(letter, writer, cell)
        cell._tc.remove(cell.paragraphs[0]._p)
    _flat(document.add_paragraph())  # it belongs to the page of the paragraph behind it


def _copies(letter: Letter, writer: Writer, cell: _Cell) -> None:
    """左右各空一字，回行与冒号后的首字对齐，最后标句号 （7.4.2）."""
    paragraph = writer.line(f"{_COPIES}{'，'.join(letter.copies_to)}。", FANGSONG, SMALL, into=cell)
    shape = paragraph.paragraph_format
    shape.left_indent, shape.right_indent = Pt(_CHARACTER * (1 + len(_COPIES))), Pt(_CHARACTER)
    shape.first_line_indent = Pt(-_CHARACTER * len(_COPIES))


def _printed(letter: Letter, writer: Writer, cell: _Cell) -> None:
    """印发机关左空一字，印发日期右空一字 （7.4.3）."""
    printer, day = letter.printer, f"{blank('印发日期', '××××年×月×日')}印发"
    paragraph = writer.line(printer, FANGSONG, SMALL, into=cell)
    paragraph.add_run("\t")
    writer.add(paragraph, day, FANGSONG, SMALL)
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Pt(_CHARACTER)
    shape.tab_stops.add_tab_stop(Mm(page.TYPE_WIDTH) - Pt(_CHARACTER), 2)


def _float(table: Table, ruled: bool) -> None:
    # from the page's edge: LibreOffice lets a table of full width float only there
    left = round(page.LEFT / 25.4 * 72 * 20)
    place = f'w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="{left}" w:tblpYSpec="bottom"'
    sizes = {"top": THICK, "bottom": THICK, "insideH": THIN} if ruled else {}
    lines = "".join(f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>' for side, size in sizes.items())
    for said in (
        f"<w:tblpPr {nsdecls('w')} {place}/>",
        f'<w:tblW {nsdecls("w")} w:w="{_WIDTH_TWENTIETHS}" w:type="dxa"/>',
        f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>",
        f'<w:tblLayout {nsdecls("w")} w:type="fixed"/>',
        f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>',
    ):
        _replace(table._tbl.tblPr, parse_xml(said))


def _replace(properties: Any, element: Any) -> None:
    """Set a property of a table in the order that the schema wants."""
    for old in properties.findall(element.tag):
        properties.remove(old)
    at = _ORDER.index(element.tag)
    before = [each for each in properties if each.tag in _ORDER[:at] or each.tag == qn("w:tblStyle")]
    properties.insert(properties.index(before[-1]) + 1 if before else 0, element)


def _flat(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(1)
