"""Recall proved by reading a sample (查全)."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from pipeline.cli.answers import DONE, print_json
from pipeline.cli.command import Command
from pipeline.cli.values import positive, share_of_one


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    command.add_argument("--size", metavar="份数", type=positive, help="抽查多少份（默认 60；加大时原有的都保留）")
    command.add_argument("--goal", metavar="查全率", type=share_of_one, default=0.95, help="想要证明的查全率（默认 0.95）")


def _run(options: argparse.Namespace) -> int:
    from pipeline.archive import rewrite_outputs
    from pipeline.audit import audit
    from pipeline.cli.console import print_audit

    found = audit(options.out, options.size, options.goal)
    if found.found:
        rewrite_outputs(options.out)  # what people found enters the ledger
    if options.json:
        print_json(asdict(found) | {"sheet": str(found.sheet), "sentence": found.sentence})
    else:
        print_audit(found)
    return DONE


COMMANDS = (Command("audit", "证明查全：随机抽查未命中的文件，据人工标记说明漏报最多还有几份", _arguments, _run),)
