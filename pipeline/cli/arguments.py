"""The arguments of the command line (命令行参数), with their Chinese help."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from pipeline.cli.chinese_argparse import ChineseParser


def parser() -> ChineseParser:
    """Every verb with its arguments, in the order in which the work goes; ``verb`` of what it parses is the verb's name."""
    shixin = ChineseParser(prog="shixin", description="失信约束文件筛查：找出文件、核对依据、预填台账。全程离线。")
    verbs = shixin.add_subparsers(title="命令", metavar="命令", required=True, parser_class=ChineseParser)

    def verb(name: str, summary: str) -> ChineseParser:
        command = verbs.add_parser(name, help=summary, description=summary)
        command.set_defaults(verb=name)
        command.add_argument("--json", action="store_true", help="在标准输出只打印一个 JSON 对象，供程序使用")
        return command

    scan = verb("scan", "扫描一个目录（或单个文件），生成台账草稿、报告和问题清单")
    scan.add_argument("archive", metavar="档案目录", type=Path, help="要扫描的目录或文件")
    scan.add_argument("--out", metavar="输出目录", type=Path, required=True, help="结果放在哪里；再次扫描同一目录时接着用")
    scan.add_argument("--workers", metavar="N", type=int, help="同时工作的进程数（默认与处理器核数相同）")
    scan.add_argument("--unit", metavar="unit.toml", type=Path, help="本单位信息；默认在档案目录及其上级目录中查找")
    scan.add_argument("--as-of", metavar="日期", type=_iso_date, help="按哪一天判断依据是否现行有效，如 2021-01-25（默认今天）")
    scan.add_argument(
        "--registry", metavar="依据.csv", type=Path, help="自备的依据表（名称、文号、效力级别等列），补充随附的依据库"
    )

    review = verb("review", "复核命中文件：生成可点选决定的离线页面 复核.html 和笔记本 复核.ipynb")
    review.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    review.add_argument("--notebook", action="store_true", help="随即在 Jupyter 中打开笔记本（需已安装 jupyterlab）")

    report = verb("report", "只重新生成筛查报告 report.html，不动台账")
    report.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    report.add_argument("--unit", metavar="unit.toml", type=Path, help="本单位信息")

    ledger = verb("ledger", "不再读取文件，按已有结果重新生成台账草稿和报告")
    ledger.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    ledger.add_argument("--unit", metavar="unit.toml", type=Path, help="本单位信息")

    confirm = verb("confirm", "读入人工填好处置意见的台账（或复核页面保存的决定）；此后重新扫描不会改动")
    confirm.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    confirm.add_argument("ledger", metavar="台账.xlsx", type=Path, help="填好处置意见的台账，或复核页面保存的 复核决定.json")

    seal = verb("seal", "封存已确认的台账（上报前最后一步）；此后新发现的文件只进增补台账")
    seal.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")

    merge = verb("merge", "把各单位的台账汇总为一份，列出重复文件和有问题的单元格")
    merge.add_argument("ledgers", metavar="台账.xlsx", type=Path, nargs="+", help="各单位的台账")
    merge.add_argument("--out", metavar="汇总.xlsx", type=Path, required=True, help="汇总后的台账")

    check = verb("check", "检查一份尚未印发的草案：列出没有合格依据的措施；有则退出码为 1")
    check.add_argument("draft", metavar="草案", type=Path, help="草案文件")
    check.add_argument("--as-of", metavar="日期", type=_iso_date, help="按哪一天判断依据是否现行有效（默认今天）")
    check.add_argument("--registry", metavar="依据.csv", type=Path, help="自备的依据表")
    check.add_argument("--comments", metavar="副本.docx", type=Path, help="另存一份带批注的副本（仅限 DOCX 草案）")

    audit = verb("audit", "证明查全：随机抽查未命中的文件，据人工标记说明漏报最多还有几份")
    audit.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    audit.add_argument("--size", metavar="份数", type=_positive, help="抽查多少份（默认 60；加大时原有的都保留）")
    audit.add_argument("--goal", metavar="查全率", type=_share, default=0.95, help="想要证明的查全率（默认 0.95）")

    simulate = verb("simulate", "模拟：在自己标注的文件上，比较各种方法要读多少份才能找全，并画出查全曲线")
    simulate.add_argument("labels", metavar="labels.csv", type=Path, help="标注表：path（或 id）、relevant")
    simulate.add_argument("--docs", metavar="目录", type=Path, help="标注的文件所在目录（默认与标注表同一目录）")
    simulate.add_argument(
        "--out", metavar="图.svg", type=Path, default=Path("查全曲线.svg"), help="曲线图（默认 查全曲线.svg）"
    )

    train = verb("train", "用标注数据和人工决定重新训练模型；更差的新模型不会替换现有模型")
    train.add_argument(
        "--from",
        dest="outs",
        metavar="输出目录",
        type=Path,
        action="append",
        default=[],
        help="同时学习该目录中已确认台账的决定（确认的条款为正例，不列入的文件和删去的条款为反例）；可以写多次",
    )
    train.add_argument("--list", action="store_true", help="列出现有模型和保存的各个版本，不训练")
    train.add_argument("--rollback", metavar="版本", help="恢复一个保存的版本，不训练")

    evaluate = verb("evaluate", "检验：在自己标注的文件上算查全率、查准率；不带参数时列出随附模型的交叉验证结果")
    evaluate.add_argument(
        "labels", metavar="labels.csv", type=Path, nargs="?", help="标注表：path（或 id）、relevant，可有 tier、functions"
    )
    evaluate.add_argument("--docs", metavar="目录", type=Path, help="标注的文件所在目录（默认与标注表同一目录）")
    return shixin


def _iso_date(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{value}”不是日期，应写作 2021-01-25 这样的形式") from None


def _positive(value: str) -> int:
    if not value.isdecimal() or not int(value):
        raise argparse.ArgumentTypeError(f"“{value}”应为正整数")
    return int(value)


def _share(value: str) -> float:
    try:
        share = float(value)
    except ValueError:
        share = 0.0
    if not 0 < share < 1:
        raise argparse.ArgumentTypeError(f"“{value}”应为 0 与 1 之间的小数，如 0.95")
    return share
