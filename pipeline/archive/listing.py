"""Lists of the documents found (文件清单): every file with what became of it, and the unflagged ones that are worth a look."""

from __future__ import annotations

import pandas as pd

from pipeline.archive.schema import Leading
from pipeline.archive.store import FileRecord, Store, Summary
from pipeline.ledger import NearMiss

_NEAR = 0.05  # a document below this holds nothing that resembles a measure


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
        return f"{_told_apart(summary)}：只废止其他文件"
    return f"非政策文件中提到（{_told_apart(summary)}）" if summary.mentioned else ""


def near_misses(store: Store) -> list[NearMiss]:
    """Unflagged documents worth a look, likeliest first: what is no policy document but speaks of measures (非政策文件中提到) and
    what only repeals others, with what they are; and those whose best clause came nearest to the flag. All of them: the report
    says how many it does not show."""
    found = [
        NearMiss(each.path, each.title, each.score, _told_apart(each))
        for each in store.leading()
        if not each.flagged and (each.score >= _NEAR or _told_apart(each))
    ]
    return sorted(found, key=lambda miss: (-miss.score, miss.path))


def _told_apart(summary: Leading | Summary) -> str:
    """What an unflagged document is that speaks of measures all the same; empty for any other."""
    if summary.repeals:
        return "废止文件"
    return (summary.material or "其他") if summary.mentioned else ""
