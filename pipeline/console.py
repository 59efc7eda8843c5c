"""What the commands print for a person: progress bars, tables, closing lines. Data go to standard output only."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.archive import ScanResult

_OUTPUTS = [
    ("ledger.xlsx", "台账草稿（逐行核对、确认）"),
    ("report.html", "筛查报告（浏览器打开，可离线）"),
    ("problems.csv", "未能筛查的文件及原因"),
    ("scan.sqlite", "全部结果（续扫、复核用，请勿删除）"),
]


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
