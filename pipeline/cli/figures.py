"""Tables of figures (指标) that the commands of learning print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.learn import Evaluation, Share, TrainingReport, Version

_QUOTED = 120
_FIGURES = ("recall", "false_rate", "macro_f1")


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
