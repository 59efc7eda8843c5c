"""The draft ledger made anew from what is stored (台账)."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.answers import DONE, print_json
from pipeline.cli.command import Command


def _ledger_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    command.add_argument("--unit", metavar="unit.toml", type=Path, help="本单位信息")
    command.add_argument("--paper", choices=["A4", "A3"], default="A4", help="打印纸张，横向；默认 A4，A3 字更大")


def _ledger(options: argparse.Namespace) -> int:
    from pipeline.archive import rewrite_outputs

    notes = rewrite_outputs(options.out, options.unit, options.paper)
    if options.json:
        print_json({"out": str(options.out), "notes": notes})
    else:
        for note in notes:
            print(f"注意：{note}")
        print(f"已生成 {options.out / 'ledger.xlsx'} 和 {options.out / 'report.html'}")
    return DONE


COMMANDS = (Command("ledger", "不再读取文件，按已有结果重新生成台账草稿和报告", _ledger_arguments, _ledger),)
