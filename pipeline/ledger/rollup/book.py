"""The workbook of a roll-up: 汇总 (sums and charts), 台账, 报送情况, 重复文件, 问题.

Written by XlsxWriter row by row, since a city's book has some 100,000 lines: a workbook in memory would take ten times as
much time and room. The same ledgers give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range

from pipeline.ledger.cell import cell_text
from pipeline.ledger.choices import NOT_LISTED
from pipeline.ledger.confirm import UNDECIDED
from pipeline.ledger.detail import DetailLine
from pipeline.ledger.rollup.merging import Merged, Source
from pipeline.ledger.rollup.same import Duplicate
from pipeline.ledger.rollup.streaming import REPORTING_SHEET, STATE_COLUMN, UNIT_COLUMN
from pipeline.ledger.rollup.tallies import LISTED, Tally, tallies
from pipeline.ledger.rollup.units import UnitList
from pipeline.ledger.row import LedgerRow
from pipeline.ledger.workbook.columns import Column, columns, form
from pipeline.ledger.workbook.sheet import OWN_SHEET, TITLE
from pipeline.whole_files import whole

SUMMARY_SHEET, DUPLICATES_SHEET, PROBLEMS_SHEET = "汇总", "重复文件", "问题"
_EPOCH = datetime(2000, 1, 1)
_SOURCES = (("来源文件", 24), ("来源位置", 14))
_PERSONS = frozenset({"decision", "deadline", "progress", "contact", "remark"})
_WIDER = 1.6  # than on the paper of one ledger: this book is looked at on a screen
_DITTO = "〃"
_CHARTED = {"处置意见": "pie", "单位层级": "column", "汇总单位（含所辖）": "column", "涉及环节": "bar", "依据效力级别": "bar"}
_COLOURS = {"保留": "#4C9F70", "修订": "#E0A030", "立法": "#5B7DB8", "废止": "#C0504D", UNDECIDED: "#A6A6A6"}
_CHART_LINES, _MOST_UNITS = 17, 25


def write_merged(merged: Merged, path: str | Path, *, unit: str = "", units: UnitList | None = None) -> None:
    """Write the roll-up. ``unit`` is who gathers it. Raises LedgerError where a sum does not tie, PermissionError."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = tallies(merged, units or UnitList())
    options = {"constant_memory": True, "strings_to_urls": False}
    with whole(path) as written, xlsxwriter.Workbook(str(written), options) as book:
        book.set_properties({"author": "shixin", "created": _EPOCH})
        styles = _styles(book)
        summary, ledger, reporting, same, problems = (
            book.add_worksheet(name) for name in (SUMMARY_SHEET, OWN_SHEET, REPORTING_SHEET, DUPLICATES_SHEET, PROBLEMS_SHEET)
        )
        _write_summary(book, summary, merged, tables, styles, unit)
        _write_ledger(ledger, merged, styles, unit)
        _write_reporting(reporting, merged, styles)
        _write_table(same, _DUPLICATE_HEAD, map(_duplicate_cells, merged.duplicates), styles)
        _write_table(problems, (("文件", 34), ("单元格", 18), ("问题", 80)), map(list, merged.problems), styles)


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#808080"}
    return {
        "cell": book.add_format(base),
        "grey": book.add_format(base | {"font_color": "#8C8C8C"}),
        "head": book.add_format(base | {"font_name": "黑体", "bg_color": "#E8EDF4", "align": "center", "valign": "vcenter"}),
        "sum": book.add_format(base | {"font_name": "黑体", "bg_color": "#F5F7FA"}),
        "title": book.add_format({"font_name": "黑体", "font_size": 18, "align": "left", "valign": "vcenter"}),
        "section": book.add_format({"font_name": "黑体", "font_size": 12}),
        "note": book.add_format({"font_name": "宋体", "font_size": 10, "font_color": "#667085"}),
    }


def _put(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    """Text is written as text, whatever it begins with."""
    if isinstance(value, int):
        sheet.write_number(row, column, value, style)
    elif text := cell_text(str(value)):
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_blank(row, column, None, style)


def _set_up(sheet: Any, widths: Sequence[float], *, header: int, rows: int) -> None:
    """A header that stays, a filter, A4 across, page numbers."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(header + 1, 0)
    sheet.repeat_rows(header)
    sheet.autofilter(header, 0, max(header + rows, header + 1), len(widths) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页　共 &N 页")


def _write_table(
    sheet: Any, head: Sequence[tuple[str, float]], body: Iterator[Sequence[object]], styles: dict[str, Any]
) -> None:
    for column, (name, _) in enumerate(head):
        _put(sheet, 0, column, name, styles["head"])
    number = 0
    for number, values in enumerate(body, 1):
        for column, value in enumerate(values):
            _put(sheet, number, column, value, styles["cell"])
    _set_up(sheet, [width for _, width in head], header=0, rows=number)


# 台账


def _write_ledger(sheet: Any, merged: Merged, styles: dict[str, Any], unit: str) -> None:
    """One block a document, one line a measure, the columns of the form, and where each row came from."""
    shown = list(_columns(merged))
    visible = [column for column in shown if column.kind != "hidden"]
    order = [*visible, *(column for column in shown if column.kind == "hidden")]
    places = len(visible)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"{TITLE}（汇总）", styles["title"])
    sheet.write_string(1, 0, f"填报单位（盖章）：{cell_text(unit)}", styles["note"])
    names = [*(column.header for column in visible), *(name for name, _ in _SOURCES), *(c.header for c in order[places:])]
    for column, name in enumerate(names):
        _put(sheet, 2, column, name, styles["head"])
    detail_columns = {place for place, column in enumerate(visible) if column.kind == "detail"}
    grey = [styles["cell" if column in detail_columns else "grey"] for column in range(len(names))]
    looks = ([styles["cell"]] * len(names), grey)
    line = 3
    for index, (row, source) in enumerate(zip(merged.rows, merged.sources, strict=True), 1):
        for position, detail in enumerate(row.details or (None,)):
            cells = [_cell(column, row, detail, index, position == 0) for column in order]
            cells[places:places] = _source(source)
            for column, value in enumerate(cells):
                if value:  # cleaned when it was read; a hundred thousand lines leave no time to do it again
                    sheet.write_string(line, column, value, looks[position > 0][column])
            line += 1
    widths = [round(column.width * _WIDER, 1) for column in visible] + [width for _, width in _SOURCES]
    _set_up(sheet, [*widths, *(column.width for column in order[places:])], header=2, rows=line - 3)
    sheet.set_column(len(widths), len(names) - 1, None, None, {"hidden": True})
    sheet.print_area(0, 0, max(line - 1, 3), len(widths) - 1)


def _columns(merged: Merged) -> Iterator[Column]:
    """The form's columns, and those that some ledger filled in beside them: nothing that was handed in is lost."""
    shown = {column.key for column in form(merged=True)}
    reasons = any(line.reason for row in merged.rows for line in row.details)
    suggested = any(row.suggestion for row in merged.rows)
    for column in columns():
        if column.key in shown or (column.key == "reason" and reasons) or (column.key == "suggestion" and suggested):
            yield column


def _cell(column: Column, row: LedgerRow, line: DetailLine | None, index: int, first: bool) -> str:
    if column.key == "index":
        return str(index)
    if column.key in _PERSONS and not first:
        return _DITTO
    if line is not None and column.key in DetailLine.__slots__:
        return str(getattr(line, column.key))
    return str(getattr(row, column.key, ""))


def _source(source: Source) -> list[str]:
    sheet, _, cell = source.cell.rpartition("!")
    return [source.file, f"{sheet} 第{''.join(filter(str.isdecimal, cell))}行"]


# 报送情况, 重复文件

_DUPLICATE_HEAD = (
    ("文件名称", 40), ("发文字号", 20), ("填报单位", 26), ("位置", 34), ("处置意见", 14), ("怎样认出", 14), ("意见不一致", 10),
    ("建议牵头单位", 26),
)  # fmt: skip


def _duplicate_cells(duplicate: Duplicate) -> list[str]:
    decided = "\n".join(decision or UNDECIDED for decision in duplicate.decisions)
    units, cells = "\n".join(duplicate.units), "\n".join(duplicate.cells)
    conflict = "是" if duplicate.conflict else ""
    return [duplicate.title, duplicate.number, units, cells, decided, duplicate.why, conflict, duplicate.leader]


def _write_reporting(sheet: Any, merged: Merged, styles: dict[str, Any]) -> None:
    """Who reported, and the documents of each by decision; the last line adds up what stands above it."""
    head = (
        (UNIT_COLUMN, 32), ("层级", 10), ("上级", 26), (STATE_COLUMN, 20), ("文件", 34), *((name, 9) for name in LISTED),
        ("合计", 9), (NOT_LISTED, 9),
    )  # fmt: skip
    body = [
        [u.unit, u.level, u.parent, u.state, "\n".join(u.files), *(u.counts[n] for n in LISTED), u.listed, u.counts[NOT_LISTED]]
        for u in merged.reporting
    ]
    _write_table(sheet, head, iter(body), styles)
    last = len(body) + 1
    _put(sheet, last, 0, "合计", styles["sum"])
    _put(sheet, last, 1, f"{len(body)}个单位", styles["sum"])
    for column in range(2, 5):
        _put(sheet, last, column, "", styles["sum"])
    for column in range(5, len(head)):
        total = sum(line[column] for line in body if isinstance(line[column], int))  # type: ignore[misc]
        formula = f"=SUM({xl_range(1, column, max(last - 1, 1), column)})"
        sheet.write_formula(last, column, formula, styles["sum"], total)


# 汇总


def _write_summary(book: Any, sheet: Any, merged: Merged, tables: Sequence[Tally], styles: dict[str, Any], unit: str) -> None:
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"失信约束措施清理规范台账汇总{f'（{cell_text(unit)}）' if unit else ''}", styles["title"])
    for line, said in enumerate(_sentences(merged), 1):
        sheet.write_string(line, 0, said, styles["note"])
    at, charts = 5, []
    for table in tables:
        sheet.write_string(at, 0, table.title + (f"（{table.note}）" if table.note else ""), styles["section"])
        for column, name in enumerate(table.head):
            _put(sheet, at + 1, column, name, styles["head"])
        for number, values in enumerate((*table.lines, table.total), at + 2):
            last = number == at + 2 + len(table.lines)
            for column, value in enumerate(values):
                if last and table.adds and column and table.lines:
                    formula = f"=SUM({xl_range(at + 2, column, number - 1, column)})"
                    sheet.write_formula(number, column, formula, styles["sum"], value)
                else:
                    _put(sheet, number, column, value, styles["sum" if last else "cell"])
        charts.append((table, at))
        at += max(len(table.lines) + 5, 6)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 12, 9)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for number, (table, top) in enumerate(charts):
        if table.lines:
            sheet.insert_chart(1 + number * _CHART_LINES, 13, _chart(book, table, top))
    sheet.insert_chart(1 + len(charts) * _CHART_LINES, 13, _chart_of_units(book, merged))


def _sentences(merged: Merged) -> list[str]:
    missing = [each.unit for each in merged.reporting if each.state == "未报"]
    empty = sum(each.state.startswith("空表") for each in merged.reporting)
    reported = len(merged.reporting) - len(missing)
    return [
        f"单位 {len(merged.reporting)} = 已报送 {reported}（其中空表 {empty}） + 未报送 {len(missing)}；台账文件 {len(merged.units)} 份",
        f"列入台账 {len(merged.rows)} 个文件；重复 {len(merged.duplicates)} 组，每个文件只计一次为 {merged.distinct} 个",
        f"问题 {len(merged.problems)} 处，见“{PROBLEMS_SHEET}”；来源精确到文件和行，见“{OWN_SHEET}”右侧两列",
    ]


def _chart(book: Any, table: Tally, at: int) -> Any:
    """A native chart of a table: one series a decision where the table has them, else one of its last column."""
    kind = _CHARTED[table.title]
    stacked = {"subtype": "stacked"} if kind == "column" else {}
    chart = book.add_chart({"type": kind, **stacked})
    first, last = at + 2, at + 1 + len(table.lines)
    names = [name for name in LISTED if name in table.head] or [table.head[-1]]
    for name in names:
        column = table.head.index(name)
        series: dict[str, Any] = {
            "name": [SUMMARY_SHEET, at + 1, column],
            "categories": [SUMMARY_SHEET, first, 0, last, 0],
            "values": [SUMMARY_SHEET, first, column, last, column],
        }
        if kind == "pie":
            series["points"] = [{"fill": {"color": _COLOURS[str(line[0])]}} for line in table.lines]
            series["data_labels"] = {"value": True, "percentage": True}
        else:
            series["fill"] = {"color": _COLOURS.get(name, "#5B7DB8")}
            series["data_labels"] = {} if stacked else {"value": True}
        chart.add_series(series)
    return _dressed(chart, table.title, legend=len(names) > 1 or kind == "pie", reverse=kind == "bar")


def _chart_of_units(book: Any, merged: Merged) -> Any:
    """Documents by unit, the first of the list."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    last = min(len(merged.reporting), _MOST_UNITS)
    for number, name in enumerate(LISTED):
        column = 5 + number
        chart.add_series(
            {
                "name": [REPORTING_SHEET, 0, column],
                "categories": [REPORTING_SHEET, 1, 0, max(last, 1), 0],
                "values": [REPORTING_SHEET, 1, column, max(last, 1), column],
                "fill": {"color": _COLOURS[name]},
            }
        )
    more = f"（前 {_MOST_UNITS} 个）" if len(merged.reporting) > _MOST_UNITS else ""
    return _dressed(chart, f"各单位文件数{more}", legend=True, reverse=True)


def _dressed(chart: Any, title: str, *, legend: bool, reverse: bool) -> Any:
    chart.set_title({"name": title, "name_font": {"size": 12, "name": "黑体"}})
    chart.set_legend({"position": "bottom"} if legend else {"none": True})
    if reverse:
        chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 620, "height": 330})
    return chart
