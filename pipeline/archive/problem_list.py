"""problems.csv: every file, or part of one, that could not be screened; what costs most comes first.

A person reads the first columns, in Chinese. Programs go by name: ``path, kind, reason, remedy`` say the same under the
names that have always been theirs, and ``key`` names the kind in letters that do not change with the wording. By place,
the first four columns are these four as well.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from pipeline.archive.store import FileRecord, Store, Summary
from pipeline.ingest import problem_kinds
from pipeline.ledger import Problem
from pipeline.whole_files import whole

CHINESE = ("文件位置", "类别", "原因", "办法")
FOR_PROGRAMS = ("key", "path", "kind", "reason", "remedy")


def cost(kind: str, path: str) -> tuple[int, str, str]:
    """Sorts what may hide a whole document first, leftovers of programs last. A kind of another version's is taken for costly."""
    known = problem_kinds().get(kind)
    return (known.cost if known else 1, kind, path)


def write_problem_list(problems: Iterable[Problem], file_path: Path) -> None:
    """With a byte-order mark, so that Excel shows the Chinese; cells never begin as a formula would."""
    with (
        whole(file_path) as written,
        written.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow([*CHINESE, *FOR_PROGRAMS])
        for path, kind, reason, remedy in sorted(problems, key=lambda found: cost(found[1], found[0])):
            cells = [_as_text(cell) for cell in (path, kind, reason, remedy)]
            known = problem_kinds().get(kind)
            writer.writerow([*cells, known.key if known else "other", *cells])


def _as_text(cell: str) -> str:
    return "'" + cell if cell[:1] in "=+-@\t\r" and cell else cell


def documents_table(store: Store) -> pd.DataFrame:
    """One row a file found, by path."""
    leaders = store.leaders()
    screened = {summary.sha256: summary for summary in store.summaries()}
    return pd.DataFrame([_table_row(record, leaders, screened) for record in store.files()], columns=_COLUMNS)


_COLUMNS = ["路径", "结果", "原因", "同一文件", "标题", "发文字号", "成文日期", "得分", "命中", "材料类别", "备注", "sha256"]


def _table_row(record: FileRecord, leaders: dict[str, str], screened: dict) -> list:
    if record.kind:
        return [record.path, "问题", f"{record.kind}：{record.reason}", "", "", "", "", None, False, "", "", record.sha256]
    summary, leader = screened[record.sha256], leaders[record.path]
    outcome = "已筛查" if leader == record.path else "重复"
    elements = [summary.title, summary.number, summary.date, summary.score, summary.flagged, summary.material, _remark(summary)]
    return [record.path, outcome, "", leader if leader != record.path else "", *elements, record.sha256]


def _remark(summary: Summary) -> str:
    """What a person should know of a document that is not flagged."""
    if summary.repeals:
        return "废止文件：只废止其他文件"
    return f"非政策文件中提到（{summary.material}）" if summary.mentioned else ""
