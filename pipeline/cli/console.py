"""What the commands print for a person: progress bars, tables, closing lines. Data go to standard output only."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from pipeline.archive import PROBLEM_SHEET, ScanResult
from pipeline.command_line import pasted

if TYPE_CHECKING:
    from pipeline.audit import Audit, Simulation

_OUTPUTS = [
    ("ledger.xlsx", "台账草稿（逐行核对、确认）"),
    ("report.html", "筛查报告（浏览器打开，可离线）"),
    ("problems.csv", "未能筛查的文件及原因"),
    ("scan.sqlite", "全部结果（续扫、复核用，请勿删除）"),
]


@contextlib.contextmanager
def progress(label: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error; the function that it yields takes done and total so far."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        MofNCompleteColumn(),
        TextColumn("已用"),
        TimeElapsedColumn(),
        TextColumn("约剩"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def print_scan(result: ScanResult) -> None:
    """The scan's table, what must not be overlooked, where its outputs lie, what to do next, and, last, the sum that must
    close."""
    console = Console()
    table = Table(title="扫描结果")
    for heading in ("发现文件", "已筛查", "命中", "重复", "问题", "用时（秒）"):
        table.add_column(heading, justify="right")
    numbers = (result.found, result.screened, result.flagged, result.duplicates, result.problems)
    table.add_row(*map(str, numbers), f"{result.seconds:.1f}")
    console.print(table)
    for warning in warnings(result):
        console.print(f"！！{warning}", style="bold red", highlight=False, soft_wrap=True, markup=False)
    for note in result.notes:
        console.print(f"注意：{note}", style="yellow", highlight=False, soft_wrap=True, markup=False)
    for name, meaning in _OUTPUTS:
        console.print(f"  {result.out / name}  {meaning}", soft_wrap=True, highlight=False, markup=False)
    console.print("下一步：", style="bold")
    for number, step in enumerate(next_steps(result), 1):
        console.print(f"  {number}. {step}", soft_wrap=True, highlight=False, markup=False)
    if any(result.parts.values()):
        told = " + ".join(f"{outcome} {number}" for outcome, number in result.parts.items())
        console.print(f"已筛查文件中的部分 {sum(result.parts.values())} = {told}", highlight=False)
    console.print(
        f"发现 {result.found} = 已筛查 {result.screened} + 重复 {result.duplicates} + 问题 {result.problems}",
        highlight=False,
    )


def warnings(result: ScanResult) -> list[str]:
    """What makes an empty ledger mean nothing: it must not be taken for an archive without such documents."""
    if not result.found:
        return [
            "一个文件也没有发现：目录是空的，或路径不对。这不等于没有失信约束文件，不能据此上报空表；请核对路径后重新扫描。"
        ]
    if not result.screened:
        return [
            f"发现的 {result.found} 个文件没有一个读得了：台账是空的，但什么也没有筛查，不能据此上报；请先处理 problems.csv。"
        ]
    return []


def next_steps(result: ScanResult) -> list[str]:
    """Three lines: what to do first, then, and last. Their commands can be pasted as they stand."""
    out, unread = result.out, result.problems + result.parts.get("未读", 0)
    ledger = out / "ledger.xlsx"
    return [
        f"没有读到的 {unread} 处先处理（漏掉的文件往往在这里），逐个写明：{out / PROBLEM_SHEET}"
        if unread
        else "没有读不了的文件。",
        f"逐行核对命中的 {result.flagged} 份：打开 {ledger}，填好、保存后读入：{pasted('confirm', out, ledger)}",
        f"上报前抽查未命中的文件，说明漏了多少：{pasted('audit', out)}",
    ]


def print_audit(found: Audit) -> None:
    """The sentence of an audit, what it leaves out, and what was found."""
    console = Console()
    console.print(found.sentence, highlight=False, soft_wrap=True)
    for path in found.found_paths:
        console.print(f"  人工发现 {path}，已列入台账，请补填其措施条款", highlight=False, soft_wrap=True)
    if found.read and found.waiting:
        console.print(f"抽查表中还有 {found.waiting} 份没有填写；结论只计自上而下已连续填写的部分。", style="yellow")


def simulation_figures(found: Simulation) -> dict[str, Any]:
    """The numbers of a simulation, by method."""
    methods = {
        curve.name: {
            "read_95": curve.read_for(0.95),
            "read_100": curve.read_for(1.0),
            "wss_95": round(curve.saved(0.95), 4),
            "wss_100": round(curve.saved(1.0), 4),
        }
        for curve in found.curves
    }
    return {"documents": found.documents, "relevant": found.relevant, "methods": methods, "stopped": asdict(found.stopped)}


def print_simulation(found: Simulation, plot: Path) -> None:
    """A row a method, where a reader who keeps the stopping rule would stop, and where the plot lies."""
    console = Console()
    table = Table(title=f"模拟：{found.documents} 份已标注文件，其中失信约束文件 {found.relevant} 份")
    for heading in ("方法", "查全 95% 需读", "全部找到需读", "WSS@95", "WSS@100"):
        table.add_column(heading, justify="left" if heading == "方法" else "right")
    for name, numbers in simulation_figures(found)["methods"].items():
        table.add_row(
            name,
            *(f"{numbers[key]:.0f}" for key in ("read_95", "read_100")),
            *(f"{numbers[key]:.3f}" for key in ("wss_95", "wss_100")),
        )
    console.print(table)
    stopped = found.stopped
    console.print(
        f"先读命中文件，再随机抽读其余，按停止规则（查全率 {stopped.goal:.0%}，把握 95%）平均读到 {stopped.read:.0f} 份停止，"
        f"其时平均查全率 {stopped.recall:.1%}，达标的占 {stopped.kept:.1%}。",
        highlight=False,
        soft_wrap=True,
    )
    console.print(f"曲线图：{plot}（用浏览器打开）", highlight=False, soft_wrap=True)
    for problem in found.unreadable:
        console.print(f"无法读取 {problem}", style="yellow", highlight=False, soft_wrap=True)


def say_step(*, quiet: bool) -> Callable[[str], None]:
    """What long work without a countable end is doing, on standard error."""
    console = Console(stderr=True, quiet=quiet)
    return lambda doing: console.print(f"{doing}……", style="dim", highlight=False)
