"""Ledgers of many units into one (汇总)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.cli.answers import DONE, WITH_PROBLEMS, say
from pipeline.cli.command import Command


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("ledgers", metavar="台账.xlsx", type=Path, nargs="+", help="各单位的台账")
    command.add_argument("--out", metavar="汇总.xlsx", type=Path, required=True, help="汇总后的台账")


def _run(options: argparse.Namespace) -> int:
    from pipeline.ledger import merge, write_merged

    merged = merge(options.ledgers)
    write_merged(merged, options.out)
    for problem in merged.problems:
        print(problem, file=sys.stderr)
    numbers = {"rows": len(merged.rows), "duplicates": len(merged.duplicates), "problems": len(merged.problems)}
    said = f"已汇总 {len(merged.rows)} 个文件到 {options.out}；重复 {numbers['duplicates']} 组，问题 {numbers['problems']} 处。"
    say(options, numbers, said)
    return WITH_PROBLEMS if merged.problems else DONE


COMMANDS = (Command("merge", "把各单位的台账汇总为一份，列出重复文件和有问题的单元格", _arguments, _run),)
