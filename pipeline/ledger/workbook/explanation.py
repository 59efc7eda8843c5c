"""The sheet 说明: the sums, how to fill the ledger in, the rules behind it, and what it cannot know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.document import Disposition
from pipeline.ledger.cell import put_text
from pipeline.ledger.row import LedgerRow, ScanFacts
from pipeline.ledger.unit import Scope, Unit
from pipeline.ledger.workbook.columns import columns
from pipeline.ledger.workbook.heights import row_height

_WIDTHS = (24.0, 14.0, 14.0, 60.0)
_POINTS = 10.5
NO_UNIT = "未设置 unit.toml，全部文件列入“台账”，没有区分本单位和外单位的文件，请逐一核对。"
DECIDED = tuple(d.value for d in (Disposition.RETAIN, Disposition.REVISE, Disposition.LEGISLATE, Disposition.REPEAL))

_HOW_TO = (
    "一个文件一个序号，一项措施一行；同一文件的第二行起，文件名称等仍在单元格里（可筛选），只是不再显示。",
    "请逐个文件核对原文，在该文件第一行的“处置意见”中从下拉列表选择：保留、修订、立法、废止。",
    "缺乏依据而确需继续执行、拟通过地方性法规明确依据的，选“立法”；机器不会建议“立法”。",
    "经核对不是失信约束文件的，在“处置意见”填“不列入”（出现提示时选“是”），并在“备注”写明理由；请勿直接删行。",
    "机器的建议、理由、得分和文件位置在“核对底稿”，供核对，不上报；封存的台账不含此表。",
    "可以调整列的次序、增加列、排序和筛选；隐藏的“文件标识”“行标识”列请保留，程序据此读回您的决定。",
    "填完后用 shixin confirm 读入。没有失信约束文件的，打印空表，经主要负责人签字盖章后上报。",
)
_LIMITS = (
    "本表为机器预填的草稿，每一行都须由人对照原文核对；“核对底稿”中的“机器建议”不是结论。",
    "台账上报后原则上不得增补、修改；未能读取的文件见 problems.csv，须人工查看后再上报。",
    "引文中的电话号码、证件号码、邮箱、账号和“联系人”等处的姓名以 * 隐去，其余与原文一致；文件位置照原样列出。",
    "“时效待核”“待核”表示依据库中没有查到，需人工核对；凭记忆整理的规则已注明“待核”。",
    "引文过长时只摘录有关语句，以“……”表示省略；依据超过六项的只列前六项。",
)


def write_explanation(
    sheet: Worksheet,
    own: Sequence[LedgerRow],
    outside: Sequence[LedgerRow],
    unit: Unit | None,
    facts: ScanFacts,
    decisions: str,
) -> None:
    """Write the sheet. ``decisions`` is the address of the column 处置意见 on the sheet 台账, empty where it has no rows."""
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    page = _Page(sheet)
    page.heading("一、范围")
    page.sentence(f"填报单位：{unit.name}" if unit else NO_UNIT)
    counts = Counter(row.scope for row in (*own, *outside))
    for whose in Scope:
        if counts[whose]:
            page.line(whose.value, counts[whose])
    if any(row.scope is Scope.ON_BEHALF for row in own):
        page.sentence("“代拟”的文件以党委、政府名义印发，需向党委/政府提出清理建议并牵头负责清理到位。")
    page.heading("二、文件数")
    _write_counts(page, own, outside, decisions)
    page.heading("三、扫描")
    page.line("发现文件", facts.found, "", "＝ 已筛查 ＋ 重复 ＋ 问题")
    page.line("已筛查", facts.screened)
    page.line("重复", facts.duplicates, "", "与已筛查的文件内容相同，列在“核对底稿”同一文件的“文件位置”中")
    page.line("问题", facts.problems, "", "未能筛查，见 problems.csv")
    if facts.parts_sum:
        page.sentence(f"已筛查文件中的图片、附带文件、批注等：{facts.parts_sum}；未读的列在 problems.csv（部分未读）。")
    page.line("命中", facts.flagged, "", "已筛查的文件中判为失信约束文件的")
    page.line(
        "另行保留",
        facts.kept,
        "",
        "手工增加的，以及已作决定而不再命中或档案中已无的；命中 ＋ 另行保留 ＝ 台账 ＋ 不属本单位台账",
    )
    page.heading("四、怎样填写")
    page.sentences(_HOW_TO)
    page.heading("五、各列含义")
    for column in columns():
        if "样表" in column.sheets:
            continue  # a form's, not this ledger's
        page.wide_line(column.header, column.meaning, column.source)
    page.heading("六、判断所依据的规则")
    page.sentence("依据须为法律、行政法规、地方性法规或党中央、国务院政策文件（国办发〔2020〕49号）。本表用到的条款：")
    page.sentences(sorted({rule for row in (*own, *outside) for rule in row.rules}))
    page.heading("七、局限")
    page.sentences(_LIMITS)
    page.heading("八、版本")
    page.line("规则、模型和依据库", facts.version or "未注明")
    page.line("判断时效的日期", facts.as_of or "未注明")
    _set_up_page(sheet)


def _write_counts(page: _Page, own: Sequence[LedgerRow], outside: Sequence[LedgerRow], decisions: str) -> None:
    """Counts as drafted (fixed), and of the person's decisions (formulas of ours, that follow what is filled in)."""
    page.line("台账（本单位）", "机器建议", "处置意见", "右栏随填写自动计数", bold=True)
    suggested = Counter(row.suggestion for row in own)
    names = [*DECIDED, Disposition.PERSON.value]
    first = page.next_line
    for name in names:
        is_open = name == Disposition.PERSON.value
        counted = Formula(f'COUNTIF({decisions},"{name}")' if not is_open else f"COUNTBLANK({decisions})")
        label = f"{name}／尚未填写" if is_open else name
        page.line(label, suggested[name], counted if decisions else 0)
    page.line("不列入", 0, Formula(f'COUNTIF({decisions},"不列入")') if decisions else 0)
    total = Formula(f"SUM(C{first}:C{page.next_line - 1})") if decisions else 0
    page.line("合计", len(own), total, "保留＋修订＋立法＋废止＋需人工判断（尚未填写）＋不列入＝全部文件", bold=True)
    page.line("其中明细行", sum(len(row.details) for row in own))
    page.line("不属本单位台账", len(outside), "", "外单位、上级来文，只供了解，不计入上面的合计")
    page.line("两表合计", len(own) + len(outside), "", "应等于命中的文件数加上另行保留的文件数", bold=True)


class Formula(NamedTuple):
    """A formula of ours, without its equals sign: the only kind of value that is written as one."""

    text: str


class _Page:
    """Writes the sheet from top to bottom."""

    def __init__(self, sheet: Worksheet):
        self._sheet = sheet
        self.next_line = 1

    def heading(self, text: str) -> None:
        self._write([text], bold=True, merged_from=1)

    def sentence(self, text: str) -> None:
        self._write([text], merged_from=1)

    def sentences(self, texts: Sequence[str]) -> None:
        for number, text in enumerate(texts, 1):
            self.sentence(f"{number}. {text}")

    def line(self, *values: str | int | Formula, bold: bool = False) -> None:
        """A line of up to four cells."""
        self._write(list(values), bold=bold)

    def wide_line(self, name: str, meaning: str, source: str) -> None:
        self._write([name, f"{meaning}（来源：{source}）"], merged_from=2)

    def _write(self, values: list[str | int | Formula], *, bold: bool = False, merged_from: int = 0) -> None:
        widths = list(_WIDTHS)
        if merged_from:
            widths[merged_from - 1] = sum(_WIDTHS[merged_from - 1 :])
            self._sheet.merge_cells(
                start_row=self.next_line, end_row=self.next_line, start_column=merged_from, end_column=len(_WIDTHS)
            )
        for position, value in enumerate(values, 1):
            cell = self._sheet.cell(self.next_line, position)
            if isinstance(value, Formula):
                cell.value = f"={value.text}"
            elif isinstance(value, int):
                cell.value = value
            else:
                put_text(cell, value)
            cell.font = Font(name="黑体" if bold else "宋体", size=_POINTS, charset=134, bold=bold)
            cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="left")
        texts = [(str(v), width) for v, width in zip(values, widths, strict=False) if not isinstance(v, Formula)]
        self._sheet.row_dimensions[self.next_line].height = row_height(texts, _POINTS, least=19)
        self.next_line += 1


def _set_up_page(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"  # type: ignore[union-attr]
    sheet.sheet_view.showGridLines = False
