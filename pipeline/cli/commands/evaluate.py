"""The product measured on a user's labels (检验)."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from pipeline.cli.answers import DONE, WITH_PROBLEMS, print_json
from pipeline.cli.command import Command


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "labels", metavar="labels.csv", type=Path, nargs="?", help="标注表：path（或 id）、relevant，可有 tier、functions"
    )
    command.add_argument("--docs", metavar="目录", type=Path, help="标注的文件所在目录（默认与标注表同一目录）")


def _run(options: argparse.Namespace) -> int:
    from pipeline.cli.console import progress
    from pipeline.cli.figures import print_evaluation, print_metrics
    from pipeline.learn import read_metrics
    from pipeline.learn.evaluation import evaluate

    if options.labels is None:
        metrics = read_metrics()
        print_json(metrics) if options.json else print_metrics(metrics)
        return DONE
    with progress("检验", quiet=options.json) as step:
        found = evaluate(options.labels, options.docs or options.labels.parent, step)
    if options.json:
        shares = {name: {**share._asdict(), "low": share.low, "high": share.high} for name, share in found.shares.items()}
        print_json(asdict(found) | {"shares": shares})
    else:
        print_evaluation(found)
    return WITH_PROBLEMS if found.unreadable else DONE


COMMANDS = (
    Command("evaluate", "检验：在自己标注的文件上算查全率、查准率；不带参数时列出随附模型的交叉验证结果", _arguments, _run),
)
