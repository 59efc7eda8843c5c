"""The model trained (训练)."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from pipeline.cli.answers import DONE, REFUSED, print_json, say
from pipeline.cli.command import Command


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--from",
        dest="outs",
        metavar="输出目录",
        type=Path,
        action="append",
        default=[],
        help="同时学习该目录中已确认台账的决定（确认的条款为正例，不列入的文件和删去的条款为反例）；可以写多次",
    )
    command.add_argument("--list", action="store_true", help="列出现有模型和保存的各个版本，不训练")
    command.add_argument("--rollback", metavar="版本", help="恢复一个保存的版本，不训练")


def _run(options: argparse.Namespace) -> int:
    from pipeline.cli.console import say_step
    from pipeline.cli.figures import print_training, print_versions
    from pipeline.learn import Annotations, lessons, list_versions, rollback, train

    if options.rollback:
        restored = rollback(options.rollback)
        say(
            options,
            asdict(restored),
            f"已恢复版本 {restored.version}（{restored.trained or '日期不详'}训练）；原模型仍保存在 models/versions/。",
        )
        return DONE
    if options.list:
        versions = list_versions()
        if options.json:
            print_json({"versions": [asdict(version) for version in versions]})
        else:
            print_versions(versions)
        return DONE
    report = train(decisions=Annotations.joined([lessons(out) for out in options.outs]), step=say_step(quiet=options.json))
    if options.json:
        print_json(asdict(report))
    else:
        print_training(report)
    return DONE if report.replaced else REFUSED


COMMANDS = (Command("train", "用标注数据和人工决定重新训练模型；更差的新模型不会替换现有模型", _arguments, _run),)
