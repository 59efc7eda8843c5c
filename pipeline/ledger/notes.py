"""The sheet 说明: what was counted, what each column means, how to fill the ledger in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from pipeline.ledger.columns import COLUMNS, DECISION, NOTES_SHEET, OWN_SHEET
from pipeline.ledger.facts import ScanFacts
from pipeline.ledger.rows import LedgerRow
from pipeline.ledger.unit import Unit

_CHOICES = ("保留", "修订", "立法", "废止")
_HOW_TO = [
    "本表由程序预填，是草稿；每一行都须由人核对原文后确认。",
    "“失信约束措施内容”列出条款、页码和原文摘录，请对照原文件核对；“文件位置”在备注栏，同一文件的多处存放合并为一行。",
    "“系统建议及理由”仅供参考；“处置意见”由人从下拉列表中选择，程序从不代填，也从不自行建议“立法”。",
    "判断依据：国办发〔2020〕49号。合格依据为法律、行政法规、地方性法规和党中央、国务院政策文件；部门规章、地方政府规章和其他规范性文件不是合格依据。",
    "“未引用合格依据。可核对：……”列出可能作为依据的条文，系按主题检索所得，须人工核对后方可采用。",
    "台账一经上报原则上不得增补：请同时查看 problems.csv（未能读取的文件）和 report.html（得分接近的未命中文件）。",
    "摘录中的手机号、身份证号、电话和邮箱已遮盖；其余文字与原文一致（连续空白合并为一个空格）。",
]


def write_notes(book: Workbook, rows: Sequence[LedgerRow], unit: Unit | None, facts: ScanFacts) -> None:
    """Add the sheet. Counts of the person's decisions are formulas over the ledger, the only ones in the file."""
    sheet = book.create_sheet(NOTES_SHEET)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 92
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    lines: list[tuple[str, str | int]] = [("一、扫描结果", "")]
    lines += [
        ("发现文件", f"{facts.found} = 已筛查 {facts.screened} + 重复 {facts.duplicates} + 问题 {facts.problems}"),
        ("命中文件", facts.flagged),
        ("判断基准日", facts.as_of),
        ("规则版本", facts.version),
        ("单位设置", unit.name if unit else "未设置 unit.toml：全部命中文件均列入台账，未区分本单位与外单位文件。"),
    ]
    lines += [("二、系统建议（按文件计）", ""), *_suggested(rows)]
    lines += [("三、处置意见（按行计，随填写变化）", ""), *_decided(rows)]
    lines += [("四、填写说明", ""), *((str(number), text) for number, text in enumerate(_HOW_TO, start=1))]
    for number, (name, value) in enumerate(lines, start=1):
        first, second = sheet.cell(number, 1, name), sheet.cell(number, 2, value)
        first.font = Font(name="黑体" if value == "" else "宋体", size=11)
        second.font = Font(name="宋体", size=11)
        first.alignment = second.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")


def _suggested(rows: Sequence[LedgerRow]) -> list[tuple[str, int]]:
    by_document = {row.document_id: row.suggested for row in rows}
    counts = Counter(by_document.values())
    named = [(name, counts.pop(name, 0)) for name in (*_CHOICES, "需人工判断")]
    return [*named, ("合计", len(by_document))]


def _decided(rows: Sequence[LedgerRow]) -> list[tuple[str, str | int]]:
    own = sum(row.own for row in rows)
    if not own:
        return [("合计", 0)]
    letter = get_column_letter([column.heading for column in COLUMNS].index(DECISION) + 1)
    cells = f"'{OWN_SHEET}'!{letter}4:{letter}{3 + own}"
    lines: list[tuple[str, str | int]] = [(name, f'=COUNTIF({cells},"{name}")') for name in _CHOICES]
    return [*lines, ("待定", f"=COUNTBLANK({cells})"), ("合计", own)]
