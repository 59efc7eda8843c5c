"""What a person sees in a returned ledger, read without any of the product's code: document -> decision."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from openpyxl import load_workbook

_MEANS = {
    "建议保留": "保留", "拟修订": "修订", "已废止": "废止", "非失信约束文件": "不列入", "立法": "立法", "保留": "保留", "修订": "修订",
    "废止": "废止", "不列入": "不列入",
}  # fmt: skip


def seen(path: Path) -> dict[str, str]:
    """By title: the decision on any line that shows the title, merged cells as they are shown."""
    found: dict[str, str] = {}
    for grid in _grids(path):
        head = next((at for at, row in enumerate(grid) if _place(row, "处置意见") >= 0 and _title(row) >= 0), None)
        if head is None:
            continue
        title, decision = _title(grid[head]), _place(grid[head], "处置意见")
        for row in grid[head + 1 :]:
            if len(row) > max(title, decision) and (name := row[title].strip()):
                word = _MEANS.get(re.sub(r"[\s。]", "", row[decision]), "")
                found[name] = found.get(name) or word
    return found


def _place(row: list[str], word: str) -> int:
    return next((at for at, text in enumerate(row) if re.sub(r"\s", "", text).startswith(word)), -1)


def _title(row: list[str]) -> int:
    return max(_place(row, "文件名称"), _place(row, "文件标题"))


def _grids(path: Path):
    if path.suffix == ".csv":
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig") if raw.startswith(b"\xef\xbb\xbf") else raw.decode("gb18030")
        yield list(csv.reader(text.splitlines(keepends=True)))
        return
    for sheet in load_workbook(path, data_only=True).worksheets:
        grid = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        for area in sheet.merged_cells.ranges:
            for row in range(area.min_row, area.max_row + 1):
                grid[row - 1][area.min_col - 1] = grid[area.min_row - 1][area.min_col - 1]
        yield grid
