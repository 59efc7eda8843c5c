"""The sheet 核对底稿: what the machine offers for checking the ledger, line by line, and what is not reported.

It is for reading: it is protected (without password), and what stands in it is not read back as an edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.cell import put_text
from pipeline.ledger.detail import DetailLine
from pipeline.ledger.row import LedgerRow
from pipeline.ledger.workbook.columns import working
from pipeline.ledger.workbook.heights import fitting_size, row_height
from pipeline.ledger.workbook.lines import Lines
from pipeline.ledger.workbook.paper import Height, Paper, break_between, set_up_page, set_width
from pipeline.ledger.workbook.sheet import FIRST_ROW, HEADER_ROW, SMALLEST, TITLE_ROW, UNIT_ROW, about
from pipeline.ledger.workbook.styles import aligned, font, style_head

_TITLE = "核对底稿（供核对，不上报）"
_NOTE = "机器的建议、理由、得分和文件位置，供对照原文核对；本表不读回，意见请写在“台账”的“处置意见”和“备注”。外单位文件的序号前加“外”。"
_PLACES_SHOWN = 5


def write_working(sheet: Worksheet, own: Sequence[LedgerRow], outside: Sequence[LedgerRow], paper: Paper) -> Lines:
    """Write the sheet for the rows of both ledger sheets, in their order and with their numbers."""
    columns = [replace(column, width=round(column.width * paper.wider, 2)) for column in working()]
    width = sum(column.kind != "hidden" for column in columns)
    for position, column in enumerate(columns, 1):
        set_width(sheet, position, column.width, hidden=column.kind == "hidden")
        cell = sheet.cell(HEADER_ROW, position)
        put_text(cell, column.header)
        style_head(cell, paper.points)
    for line, text, points, high in ((TITLE_ROW, _TITLE, 16, 28), (UNIT_ROW, _NOTE, 10, 30)):
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=width)
        cell = sheet.cell(line, 1)
        put_text(cell, text)
        cell.font, cell.alignment = font(points, "黑体" if line == TITLE_ROW else "宋体"), aligned("left", "center")
        sheet.row_dimensions[line].height = high
    sheet.row_dimensions[HEADER_ROW].height = row_height([(c.header, c.width) for c in columns[:width]], paper.points)
    lines, line = Lines(sheet, HEADER_ROW), FIRST_ROW
    blocks: list[list[Height]] = []
    numbered = [(str(n), row) for n, row in enumerate(own, 1)] + [(f"外{n}", row) for n, row in enumerate(outside, 1)]
    for index, row in numbered:
        blocks.append([])
        for detail in row.details:
            first = not blocks[-1]
            cells = _cells(row, detail, index, first=first)
            texts = [(cells.get(column.key, ""), column.width) for column in columns[:width]]
            size = fitting_size(texts, paper.points, SMALLEST)
            height = row_height(texts, size, least=16)
            lines.write(line, cells, columns, height, size, first=first)
            blocks[-1].append(Height(line, height, height))
            line += 1
    set_up_page(sheet, paper, HEADER_ROW, width, max(line - 1, FIRST_ROW))
    break_between(sheet, paper, HEADER_ROW, filter(None, blocks))
    sheet.freeze_panes = f"C{FIRST_ROW}"
    _protect(sheet)
    return lines


def _cells(row: LedgerRow, detail: DetailLine, index: str, *, first: bool) -> dict[str, str]:
    """A line's cells by column key; what is about the document stands on its first line only, the ids on each."""
    ids = {"document_id": row.document_id, "row_id": detail.row_id, "scope": row.scope.value}
    line = {"clause": detail.content.partition("\n")[0], "reason": detail.reason, "hits": _hits(detail), **ids}
    if not first:
        return line
    shown = "\n".join(row.places[:_PLACES_SHOWN])
    more = f"\n……等共{len(row.places)}处" if len(row.places) > _PLACES_SHOWN else ""
    score = f"{row.score:.2f}" if row.score else ""
    return {**about(row), **line, "index": index, "places": shown + more, "score": score}


def _hits(detail: DetailLine) -> str:
    """The words of the quotation that made the line; empty where the line was kept without them."""
    evidence = detail.evidence
    return "、".join(dict.fromkeys(evidence.quote[m.start : m.end] for m in evidence.marks)) if evidence else ""


def _protect(sheet: Worksheet) -> None:
    """Against edits that would be lost; columns can be widened, rows filtered."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False
