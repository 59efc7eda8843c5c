"""A province's own form (自带模板): the user's workbook is filled by matching the names of its columns.

One row a document, since forms count rows: its measures are numbered inside the cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.ledger.cell import cell_text, put_text
from pipeline.ledger.row import LedgerRow
from pipeline.ledger.workbook.columns import columns
from pipeline.ledger.workbook.heights import row_height
from pipeline.ledger.workbook.read import SIGNATURE, LedgerError, as_text, find_header, open_ledger
from pipeline.ledger.workbook.reproducible import save

_POINTS = 9.0
_DEFAULT_WIDTH = 8.43


def fill_template(rows: Sequence[LedgerRow], template: str | Path, path: str | Path) -> list[str]:
    """Fill ``template`` with the unit's rows and save it as ``path``; return the headers of ours that it has no column for.

    The template's fonts, borders and everything above and below the table stay. Raises LedgerError where it has no table
    header that is known, or where ``path`` is the template itself.
    """
    template, path = Path(template), Path(path)
    if path.exists() and path.samefile(template):
        raise LedgerError(f"{path}：结果不能写回模板本身，请换一个文件名")
    book = open_ledger(template)
    found = next(((sheet, head) for sheet in book.worksheets if (head := find_header(sheet))), None)
    if found is None:
        raise LedgerError(f"{template}：没有找到表头（应有“文件名称”等列），不能按模板填写")
    sheet, (header, keys) = found
    own = [row for row in rows if row.belongs]
    first = _below_header(sheet, header)
    _make_room(sheet, first, len(own))
    style = {position: copy(sheet.cell(first, position)._style) for position in range(1, sheet.max_column + 1)}  # type: ignore[union-attr]
    for index, row in enumerate(own, 1):
        _write_row(sheet, first + index - 1, _cells(row, index), keys, style)
    save(book, path)
    return [c.header for c in columns() if c.kind != "hidden" and c.key != "reporter" and c.key not in keys.values()]


def _below_header(sheet: Worksheet, header: int) -> int:
    """The first row under the header, whose cells may be merged over several rows."""
    last = max((area.max_row for area in sheet.merged_cells.ranges if area.min_row <= header <= area.max_row), default=header)
    return last + 1


def _make_room(sheet: Worksheet, first: int, needed: int) -> None:
    """Move what stands below the table (signatures, notes) down, so that the rows fit above it."""
    end = next((number for number in range(first, sheet.max_row + 1) if _is_foot(sheet, number)), sheet.max_row + 1)
    missing = needed - (end - first)
    if missing <= 0 or end > sheet.max_row:
        return
    below = [area for area in sheet.merged_cells.ranges if area.min_row >= end]
    for area in below:
        sheet.unmerge_cells(area.coord)
    heights = {number: sheet.row_dimensions[number].height for number in range(end, sheet.max_row + 1)}
    sheet.move_range(f"A{end}:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}", rows=missing)
    for area in below:
        area.shift(row_shift=missing)
        sheet.merge_cells(area.coord)
    for number, height in heights.items():
        sheet.row_dimensions[number + missing].height = height


def _is_foot(sheet: Worksheet, number: int) -> bool:
    texts = [as_text(cell.value) for cell in sheet[number]]
    return any(SIGNATURE.match(text) for text in texts) or any(text.startswith(("注", "说明", "备注：")) for text in texts)


def _write_row(sheet: Worksheet, number: int, cells: dict[str, str], keys: dict[int, str], style: dict[int, Any]) -> None:
    texts = []
    for position, proto in style.items():
        cell = sheet.cell(number, position)
        cell._style = copy(proto)  # type: ignore[union-attr]
        if key := keys.get(position):
            put_text(cell, cells.get(key, ""))
            shown = cell.alignment
            cell.alignment = Alignment(horizontal=shown.horizontal, vertical=shown.vertical or "top", wrap_text=True)
            width = sheet.column_dimensions[get_column_letter(position)].width or _DEFAULT_WIDTH
            texts.append((cells.get(key, ""), width))
    sheet.row_dimensions[number].height = row_height(texts, _POINTS, least=20)


def _cells(row: LedgerRow, index: int) -> dict[str, str]:
    """A document's cells, its detail lines numbered within a cell where they differ."""
    about = {
        name: getattr(row, name)
        for name in ("title", "number", "issuers", "date", "drafter", "in_name_of", "suggestion", "decision", "deadline")
    }
    about |= {name: getattr(row, name) for name in ("progress", "contact", "remark", "document_id", "reporter")}
    numbered = {name: _numbered([getattr(d, name) for d in row.details]) for name in ("content", "bases", "reason")}
    listed = {name: _joined([getattr(d, name) for d in row.details]) for name in ("functions", "measure")}
    verdicts = [line.verdict for line in row.details]
    worst = next((verdict for verdict in ("不符合", "需人工判断", "符合") if verdict in verdicts), "")
    return {"index": str(index), **about, **numbered, **listed, "verdict": worst}


def _numbered(texts: Sequence[str]) -> str:
    if len(set(texts)) <= 1:
        return texts[0] if texts else ""
    return cell_text("\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1)))


def _joined(texts: Sequence[str]) -> str:
    return "、".join(dict.fromkeys(part for text in texts for part in text.split("、") if part))
