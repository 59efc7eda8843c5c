"""What the commands print for a person: progress bars, tables, closing lines. Data go to standard output only."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.archive import ScanResult
from pipeline.learn import Share, TrainingReport, Version
from pipeline.learn.evaluation import Evaluation

if TYPE_CHECKING:
    from pipeline.audit import Audit, Simulation

_OUTPUTS = [
    ("ledger.xlsx", "台账草稿（逐行核对、确认）"),
    ("report.html", "筛查报告（浏览器打开，可离线）"),
    ("problems.csv", "未能筛查的文件及原因"),
    ("scan.sqlite", "全部结果（续扫、复核用，请勿删除）"),
]

_QUOTED = 120
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


def print_training(report: TrainingReport) -> None:
    """What training measured, the change against the model in place, and last whether the new one is in use."""
    console = Console()
    console.print(
        f"学习条款 {report.clauses} 条（其中人工决定 {report.decided} 条，相关 {report.relevant} 条）；分组五折交叉验证：",
        highlight=False,
    )
    console.print(_figures(asdict(report)))
    if report.changes:
        _print_changes(console, report)
    if report.forgotten:
        console.print(
            f"注意：现有模型学过 {report.forgotten} 条人工决定，本次没有带入；要保留请加 --from 输出目录。", style="yellow"
        )
    said = "新模型已启用，说明见 models/README.md。" if report.replaced else "新模型不如现有模型，未替换。"
    console.print(said, highlight=False)


def _figures(metrics: dict[str, Any]) -> Table:
    """The figures of cross-validation as `TrainingReport` names them, then the shares of the annotated documents."""
    table = Table()
    for heading in ("指标", "数值", "95% 区间"):
        table.add_column(heading)
    names = {"recall": "查全率", "precision": "查准率", "false_rate": "误报率", "macro_f1": "各环节平均"}
    figures = {f"条款{names[key]}" if key != "macro_f1" else "各环节 F1 平均": (names[key], metrics.get(key)) for key in names}
    figures |= {f"F1 {name}": (name, value) for name, value in metrics.get("f1", {}).items()}
    intervals = metrics.get("intervals", {})
    for shown, (name, value) in figures.items():
        if value is not None:
            low, high = intervals.get(name, (None, None))
            table.add_row(shown, f"{value:.3f}", f"{low:.3f}—{high:.3f}" if low is not None else "—")
    for name, (hits, total) in metrics.get("documents", {}).items():
        _add_share(table, f"短文件{name}", Share(hits, total))
    return table


def _add_share(table: Table, name: str, share: Share) -> None:
    if share.total:
        table.add_row(name, f"{share.value:.3f}（{share.hits}/{share.total}）", f"{share.low:.3f}—{share.high:.3f}")


def print_metrics(metrics: dict[str, Any]) -> None:
    """The figures that the model in use was shipped with."""
    console = Console()
    if not metrics:
        console.print("models/ 中没有 metrics.json，请先运行 shixin train。")
        return
    console.print(f"随附模型 {metrics['version']}：{metrics['clauses']} 个标注条款的分组五折交叉验证", highlight=False)
    console.print(_figures(metrics))
    console.print("在自己的文件上检验：shixin evaluate labels.csv --docs 目录", highlight=False)


def print_evaluation(found: Evaluation) -> None:
    """The figures on a user's labels, then every document judged wrongly with its likeliest clause."""
    console = Console()
    table = Table(title=f"检验结果（{found.documents} 个文件）")
    for heading in ("指标", "数值", "95% 区间"):
        table.add_column(heading)
    for name, share in found.shares.items():
        _add_share(table, name, share)
    for name, score in found.functions.items():
        table.add_row(f"F1 {name}", f"{score.value:.3f}", f"{score.low:.3f}—{score.high:.3f}")
    console.print(table)
    for miss in found.misses:
        quoted = " ".join(miss.text.split())
        quoted = f"{quoted[:_QUOTED]}……" if len(quoted) > _QUOTED else quoted or "没有一个条款送入模型"
        console.print(
            f"{miss.kind} {miss.path}（得分 {miss.score:.2f}）{miss.label}：{quoted}", highlight=False, soft_wrap=True
        )
    for problem in found.unreadable:
        console.print(f"无法读取 {problem}", style="yellow", highlight=False, soft_wrap=True)


def _print_changes(console: Console, report: TrainingReport) -> None:
    table = Table(title="与现有模型比较（相同的折，差值按组重抽样）")
    for heading in ("数据", "指标", "现有模型", "新模型", "差值的 99% 区间", ""):
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
