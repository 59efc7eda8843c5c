"""Ledgers of many units into one (汇总)."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from pipeline.cli.answers import DONE, WITH_PROBLEMS, say
from pipeline.cli.command import Command

_SHOWN = 30
_LIST = "单位.csv"


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("ledgers", metavar="台账或目录", type=Path, nargs="+", help="各单位的台账，或放台账的目录")
    command.add_argument("--out", metavar="汇总.xlsx", type=Path, required=True, help="汇总后的台账")
    command.add_argument(
        "--units", metavar="单位.csv", type=Path, help="应报单位名单：单位,层级,上级（默认用台账目录中的 单位.csv）"
    )
    command.add_argument("--unit", metavar="名称", default="", help="由哪个单位汇总，印在表头")


def _run(options: argparse.Namespace) -> int:
    from pipeline.ledger import load_units, merge, write_merged

    listed = options.units or next((place / _LIST for place in options.ledgers if (place / _LIST).is_file()), None)
    units = load_units(listed) if listed else None
    out = options.out.resolve()
    merged = merge([path for path in options.ledgers if path.resolve() != out], units, leave_out=out)
    write_merged(merged, options.out, unit=options.unit, units=units)
    for problem in merged.problems[:_SHOWN]:
        print(problem, file=sys.stderr)
    if len(merged.problems) > _SHOWN:
        print(f"……共 {len(merged.problems)} 处，全部列在 {options.out} 的“问题”中", file=sys.stderr)
    states = Counter(each.state for each in merged.reporting)
    numbers = {
        "rows": len(merged.rows),
        "distinct": merged.distinct,
        "duplicates": len(merged.duplicates),
        "problems": len(merged.problems),
        "units": len(merged.reporting),
        "ledgers": len(merged.units),
        "states": dict(states),
        "missing": [each.unit for each in merged.reporting if each.state == "未报"],
    }
    told = "，".join(f"{state} {number}" for state, number in states.items())
    said = (
        f"已汇总 {len(merged.rows)} 个文件到 {options.out}；重复 {len(merged.duplicates)} 组（每个文件只计一次为 {merged.distinct} 个），"
        f"问题 {len(merged.problems)} 处。\n单位 {len(merged.reporting)} 个：{told or '无'}。"
    )
    said += "" if listed else f"\n没有单位名单，不能指出谁没有报送；把 {_LIST}（单位,层级,上级）放在台账目录中即可。"
    say(options, numbers, said)
    return WITH_PROBLEMS if merged.problems else DONE


COMMANDS = (
    Command(
        "merge",
        "把各单位的台账汇总为一份：谁未报、谁空表、谁重复，重复文件和牵头单位，有问题的单元格，合计和图表",
        _arguments,
        _run,
    ),
)
