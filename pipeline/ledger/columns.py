"""The ledger form (台账样式, DOMAIN.md 4): its columns, which of them are the document's and which the measure's."""

from __future__ import annotations

from typing import NamedTuple

TITLE = "信用相关制度文件清理规范台账"
OWN_SHEET, OTHER_SHEET, NOTES_SHEET = "台账", "不属本单位台账", "说明"


class Column(NamedTuple):
    """A column: its heading, the field of `LedgerRow` that fills it ("" for the person's), width in characters.

    ``whole`` columns say something of the document and are merged over its lines.
    """

    heading: str
    field: str
    width: float
    whole: bool = False


COLUMNS = (
    Column("序号", "serial", 5, True),
    Column("文件名称", "title", 18, True),
    Column("发文字号", "number", 13, True),
    Column("发文机关", "issuers", 12, True),
    Column("成文（出台）日期", "date", 11, True),
    Column("责任（起草）单位", "drafter", 12, True),
    Column("是否以党委、政府名义印发", "on_behalf", 11, True),
    Column("失信约束措施内容（条款、页码、原文摘录）", "measure", 42),
    Column("涉及环节", "functions", 9),
    Column("惩戒措施类别", "categories", 12),
    Column("现有依据（名称、文号、条款、效力级别、是否现行有效）", "basis", 34),
    Column("是否符合《指导意见》要求", "conforms", 10),
    Column("系统建议及理由", "reason", 36),
    Column("处置意见（保留/修订/立法/废止）", "decision", 11),
    Column("处置理由", "decision_reason", 16),
    Column("完成时限", "deadline", 10),
    Column("完成情况", "progress", 10),
    Column("联系人", "contact", 9),
    Column("备注", "remark", 20, True),
)
HIDDEN = (Column("文件标识", "document_id", 18), Column("行标识", "row_id", 22), Column("规则版本", "version", 18))
DECISION = "处置意见（保留/修订/立法/废止）"
PERSONAL_FIELDS = ("decision", "decision_reason", "deadline", "progress", "contact")
