"""The report, the draft ledger and the data tables made anew from what is stored (报告、台账、数据表)."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.answers import DONE, say
from pipeline.cli.command import Command


def _report_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    command.add_argument("--unit", metavar="unit.toml", type=Path, help="本单位信息")


def _report(options: argparse.Namespace) -> int:
    from pipeline.archive import rewrite_report

    counts = rewrite_report(options.out, options.unit)
    path = options.out / "report.html"
    said = f"已生成 {path}：发现 {counts.found} = 已筛查 {counts.screened} + 重复 {counts.duplicates} + 问题 {counts.problems}，命中 {counts.flagged}"
    say(options, {"report": str(path), **counts._asdict()}, said)
    return DONE


def _tables_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")


def _tables(options: argparse.Namespace) -> int:
    from pipeline.review import write_tables

    rows = write_tables(options.out)
    told = "，".join(f"{name}.parquet {count} 行" for name, count in rows.items())
    say(options, {"tables": str(options.out / "tables"), "rows": rows}, f"已生成 {options.out / 'tables'}：{told}")
    return DONE


COMMANDS = (
    Command("report", "只重新生成筛查报告 report.html，不动台账", _report_arguments, _report),
    Command("tables", "把结果写成 Parquet 数据表，供 pandas、DuckDB、Spark 等程序汇总", _tables_arguments, _tables),
)
