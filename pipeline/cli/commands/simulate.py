"""Orders of reading compared (模拟)."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.answers import DONE, WITH_PROBLEMS, print_json
from pipeline.cli.command import Command


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("labels", metavar="labels.csv", type=Path, help="标注表：path（或 id）、relevant")
    command.add_argument("--docs", metavar="目录", type=Path, help="标注的文件所在目录（默认与标注表同一目录）")
    command.add_argument("--out", metavar="图.svg", type=Path, default=Path("查全曲线.svg"), help="曲线图（默认 查全曲线.svg）")


def _run(options: argparse.Namespace) -> int:
    from pipeline.audit import curves_svg, simulate
    from pipeline.cli.console import print_simulation, progress, simulation_figures

    with progress("模拟", quiet=options.json) as step:
        found = simulate(options.labels, options.docs or options.labels.parent, lambda _, done, total: step(done, total))
    options.out.write_text(curves_svg(found), encoding="utf-8")
    if options.json:
        print_json(simulation_figures(found) | {"out": str(options.out)})
    else:
        print_simulation(found, options.out)
    return WITH_PROBLEMS if found.unreadable else DONE


COMMANDS = (Command("simulate", "模拟：在自己标注的文件上，比较各种方法要读多少份才能找全，并画出查全曲线", _arguments, _run),)
