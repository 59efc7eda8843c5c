"""A draft document checked (检查草案)."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.answers import DONE, WITH_PROBLEMS, print_json
from pipeline.cli.command import Command
from pipeline.cli.values import iso_date


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("draft", metavar="草案", type=Path, help="草案文件")
    command.add_argument("--as-of", metavar="日期", type=iso_date, help="按哪一天判断依据是否现行有效（默认今天）")
    command.add_argument("--registry", metavar="依据.csv", type=Path, help="自备的依据表")
    command.add_argument("--comments", metavar="副本.docx", type=Path, help="另存一份带批注的副本（仅限 DOCX 草案）")


def _run(options: argparse.Namespace) -> int:
    from pipeline.assess.check import check, comment_docx, render_dict, render_text
    from pipeline.screening import screen

    screening = screen(options.draft, as_of=options.as_of, registry=options.registry)
    report = check(screening)
    if options.comments:
        comment_docx(options.draft, report, options.comments)
    if options.json:
        print_json(render_dict(report))
    else:
        print(render_text(report))
    return DONE if report.passed else WITH_PROBLEMS


COMMANDS = (Command("check", "检查一份尚未印发的草案：列出没有合格依据的措施；有则退出码为 1", _arguments, _run),)
