"""The registry looked over, and what a changed one touches (依据库自查、影响)."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.answers import DONE, WITH_PROBLEMS, print_json, say
from pipeline.cli.command import Command
from pipeline.cli.values import iso_date

_SHOWN = 40


def _registry_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", metavar="check", choices=["check"], help="check：列出收录情况和存疑之处")


def _registry(options: argparse.Namespace) -> int:
    from pipeline.extract.authorities.registry_check import check_registry

    state = check_registry()
    if options.json:
        print_json(state._asdict())
        return DONE
    print("收录：" + "，".join(f"{level} {count}" for level, count in state.levels.items()))
    print(f"条文：逐条核对 {state.articles_checked} 条，机读 {state.articles_read} 条")
    print("没有收录社会信用条例的省份：" + ("、".join(state.without_credit_act) or "无"))
    print(f"存疑 {len(state.doubts)} 部：")
    for title, doubt in state.doubts[:_SHOWN]:
        print(f"  《{title}》{doubt}")
    if len(state.doubts) > _SHOWN:
        print(f"  另有 {len(state.doubts) - _SHOWN} 部，全部见 --json")
    return DONE


def _impact_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    command.add_argument("--registry", metavar="依据.csv", type=Path, required=True, help="改动过的依据表")
    command.add_argument("--as-of", metavar="日期", type=iso_date, help="按哪一天判断（默认与扫描时相同）")


def _impact(options: argparse.Namespace) -> int:
    from pipeline.archive.impact import impact

    changes = impact(options.out, options.registry, options.as_of)
    lines = [
        f"{change.path}《{change.title}》{change.clause} {change.function}{change.measure and '·' + change.measure}\n"
        f"  原：{change.before or '（无此项）'}\n  现：{change.after or '（无此项）'}"
        for change in changes
    ]
    said = "\n".join([*lines, f"共 {len(changes)} 项判断会改变；没有改动任何结果，重新扫描时加 --registry 才生效。"])
    say(options, {"changes": [change._asdict() for change in changes]}, said)
    return WITH_PROBLEMS if changes else DONE


COMMANDS = (
    Command("registry", "依据库自查：收录了什么，哪些存疑", _registry_arguments, _registry),
    Command("impact", "依据表改动以后，已有结果中哪些判断会变（只列出，不改动）", _impact_arguments, _impact),
)
