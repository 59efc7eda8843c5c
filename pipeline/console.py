"""What the commands print for a person: progress bars, tables, closing lines. Data go to standard output only."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.archive import ScanResult
from pipeline.classify import TrainingReport, Version

_OUTPUTS = [
    ("ledger.xlsx", "台账草稿（逐行核对、确认）"),
    ("report.html", "筛查报告（浏览器打开，可离线）"),
    ("problems.csv", "未能筛查的文件及原因"),
    ("scan.sqlite", "全部结果（续扫、复核用，请勿删除）"),
]

_FIGURES = ("recall", "false_rate", "macro_f1")


@contextlib.contextmanager
def progress(label: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error; the function that it yields takes done and total so far."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def print_scan(result: ScanResult) -> None:
    """The scan's table, where its outputs lie, and, last, the sum that must close."""
    console = Console()
    table = Table(title="扫描结果")
    for heading in ("发现文件", "已筛查", "命中", "重复", "问题", "用时（秒）"):
        table.add_column(heading, justify="right")
    numbers = (result.found, result.screened, result.flagged, result.duplicates, result.problems)
    table.add_row(*map(str, numbers), f"{result.seconds:.1f}")
    console.print(table)
    for note in result.notes:
        console.print(f"注意：{note}", style="yellow")
    for name, meaning in _OUTPUTS:
        console.print(f"  {result.out / name}  {meaning}", soft_wrap=True, highlight=False)
    console.print(
        f"发现 {result.found} = 已筛查 {result.screened} + 重复 {result.duplicates} + 问题 {result.problems}",
        highlight=False,
    )


def say_step(*, quiet: bool) -> Callable[[str], None]:
    """What long work without a countable end is doing, on standard error."""
    console = Console(stderr=True, quiet=quiet)
    return lambda doing: console.print(f"{doing}……", style="dim", highlight=False)


def print_training(report: TrainingReport) -> None:
    """What training measured, the change against the model in place, and last whether the new one is in use."""
    console = Console()
    console.print(
        f"学习条款 {report.clauses} 条（其中人工决定 {report.decided} 条，相关 {report.relevant} 条）；分组五折交叉验证：",
        highlight=False,
    )
    table = Table()
    for heading, side in (("指标", "left"), ("数值", "right"), ("95% 区间", "left")):
        table.add_column(heading, justify=side)  # type: ignore[arg-type]
    figures = {"查全率": report.recall, "误报率": report.false_rate, "各环节平均": report.macro_f1} | report.f1
    for name, value in figures.items():
        low, high = report.intervals[name]
        table.add_row(name if name not in report.f1 else f"F1 {name}", f"{value:.3f}", f"{low:.3f}—{high:.3f}")
    console.print(table)
    if report.changes:
        _print_changes(console, report)
    said = "新模型已启用，说明见 models/README.md。" if report.replaced else "新模型不如现有模型，未替换。"
    console.print(said, highlight=False)


def _print_changes(console: Console, report: TrainingReport) -> None:
    table = Table(title="与现有模型比较（相同的折，差值按组重抽样）")
    for heading in ("数据", "指标", "现有模型", "新模型", "差值的 95% 区间", ""):
        table.add_column(heading)
    for change in report.changes:
        interval = f"{change.low:+.3f}—{change.high:+.3f}"
        cells = (change.part, change.name, f"{change.before:.3f}", f"{change.after:.3f}", interval)
        table.add_row(*cells, "变差" if change.worse else "")
    console.print(table)


def print_versions(versions: Sequence[Version]) -> None:
    """The model in use and the kept ones, newest first."""
    table = Table(title="模型版本")
    for heading in ("版本", "训练日期", "查全率", "误报率", "各环节平均", ""):
        table.add_column(heading)
    for version in versions:
        figures = [f"{version.figures[name]:.3f}" if name in version.figures else "—" for name in _FIGURES]
        table.add_row(version.version, version.trained or "—", *figures, "使用中" if version.in_use else "")
    Console().print(table)
