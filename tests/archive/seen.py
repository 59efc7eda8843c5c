"""What a person sees in a ledger, read without any of the product's code: document (by title) -> field -> what stands there."""

from __future__ import annotations

import csv
import datetime
import re
import unicodedata
from pathlib import Path

from openpyxl import load_workbook

#: How a header begins -> the field; longer beginnings first.
_FIELDS = {
    "文件名称": "title", "文件标题": "title", "发文字号": "number", "文号": "number", "发文机关": "issuers", "成文": "date",
    "责任": "drafter", "起草": "drafter", "是否以党委": "in_name_of", "党委政府": "in_name_of", "失信约束措施": "content", "涉及环节": "functions",
    "惩戒措施类别": "measure", "现有依据": "bases", "是否符合": "verdict", "处置意见": "decision", "处置理由": "reason", "完成时限": "deadline",
    "完成情况": "progress", "联系人": "contact", "备注": "remark",
}  # fmt: skip
_MEANS = {
    "建议保留": "保留", "拟修订": "修订", "已废止": "废止", "非失信约束文件": "不列入", "立法": "立法", "保留": "保留", "修订": "修订",
    "废止": "废止", "不列入": "不列入", "廢止": "废止", "修訂": "修订", "予以保留": "保留", "宣布失效": "废止", "修改": "修订",
    "继续有效": "保留", "上升为地方性法规": "立法", "不属于": "不列入",
}  # fmt: skip
_DITTO = {"〃", "同上"}
Seen = dict[str, dict[str, set[str]]]


def seen(path: Path, sheets: tuple[str, ...] = ()) -> Seen:
    """By title: what its lines show, merged cells as they are shown. ``sheets``: only these, where given."""
    found: Seen = {}
    for name, grid in _grids(path):
        if sheets and name not in sheets:
            continue
        head = next((at for at, row in enumerate(grid) if {"title", "decision"} <= set(_fields(row))), None)
        if head is None:
            continue
        fields = _fields(grid[head])
        for row in grid[head + 1 :]:
            title = _flat(row[fields.index("title")])
            if not title or set(_fields(row)) >= {"title", "decision"}:
                continue
            about = found.setdefault(title, {field: set() for field in fields if field})
            for field, text in zip(fields, row, strict=False):
                if field and (said := _said(field, text)):
                    about[field].add(said)
    return found


def decisions_seen(found: Seen) -> dict[str, str]:
    """By title: the decision that stands there, empty where none does; several are joined, as no reading may give."""
    return {title: "+".join(sorted(about.get("decision", ()))) for title, about in found.items()}


def _fields(row: list[str]) -> list[str]:
    flat = [re.sub(r"[\W\d_]", "", text) for text in row]
    fields = [next((field for start, field in _FIELDS.items() if text.startswith(start)), "") for text in flat]
    return [field if field not in fields[:at] else "" for at, field in enumerate(fields)]


def _flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def _said(field: str, text: str) -> str:
    text = _flat(text)
    if text in _DITTO:
        return ""
    if field == "decision":
        bare = re.sub(r"[。\W]", "", unicodedata.normalize("NFKC", text))
        return _MEANS.get(bare, "")
    if field in ("deadline", "date"):
        text = unicodedata.normalize("NFKC", text)
        day = re.fullmatch(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})日?(?:0?0:00(?::00)?)?", text)
        if day:
            return datetime.date(*map(int, day.groups())).isoformat()
        if re.fullmatch(r"4[34]\d{3}", text):
            return (datetime.date(1899, 12, 30) + datetime.timedelta(int(text))).isoformat()
    if field == "remark":
        return re.sub(r"【(?:文件有变动|档案中已无|文件现在无法)[^】]*】", "", text)
    return text


def _shown(cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{value * 100:g}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _grids(path: Path):
    if path.suffix == ".csv":
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig") if raw.startswith(b"\xef\xbb\xbf") else raw.decode("gb18030")
        yield "台账", list(csv.reader(text.splitlines(keepends=True)))
        return
    for sheet in load_workbook(path, data_only=True).worksheets:
        if sheet.max_row > 5000 or sheet.max_column > 500:  # a stray word in a far corner
            continue
        grid = [[_shown(cell) for cell in row] for row in sheet.iter_rows()]
        for area in sheet.merged_cells.ranges:
            for row in range(area.min_row, area.max_row + 1):
                grid[row - 1][area.min_col - 1] = grid[area.min_row - 1][area.min_col - 1]
        yield sheet.title, grid
