"""Official documents drafted from the ledger (拟稿)."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from pipeline.cli.answers import DONE, WITH_PROBLEMS, print_json
from pipeline.cli.command import Command
from pipeline.cli.values import iso_date

_KINDS = ("报送函", "联系人表", "方案", "季报", "总结", "废止公告", "清理建议", "对照表")
_SHOWN = 30


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    command.add_argument("kind", metavar="公文", choices=_KINDS, help="、".join(_KINDS))
    command.add_argument("--to", metavar="目录", type=Path, help="公文放在哪里（默认为输出目录下的“公文”）")
    command.add_argument("--unit", metavar="unit.toml", type=Path, help="本单位信息（默认为扫描时所用的）")
    command.add_argument("--on", metavar="日期", type=iso_date, help="按哪一天统计办理情况（默认今天）")


def _run(options: argparse.Namespace) -> int:
    from pipeline.archive import facts_of
    from pipeline.ledger.letters import draft

    today = date.fromisoformat(options.on) if options.on else date.today()
    facts = facts_of(options.out, today, options.unit)
    made = draft(options.kind, facts, options.to or options.out / "公文")
    undecided = sum(not row.decision for row in facts.rows)
    if options.json:
        listed = [{"file": str(each.path), "blanks": list(each.blanks)} for each in made]
        print_json({"documents": listed, "undecided": undecided, "notice": facts.timetable.number, "to": facts.timetable.to})
        return WITH_PROBLEMS if undecided else DONE
    for each in made:
        print(f"已拟出 {each.path}")
        if each.blanks:
            print(f"  须填写 {len(each.blanks)} 处（文中标黄）：")
            print("\n".join(f"    {name}" for name in each.blanks[:_SHOWN]))
            if len(each.blanks) > _SHOWN:
                print(f"    ……其余 {len(each.blanks) - _SHOWN} 处见文中标黄处")
    if not made:
        print(f"台账中没有需要写“{options.kind}”的文件，没有生成公文。")
    if facts.timetable.shipped and made:
        print(
            f"通知名称、文号和报送机关取自默认日程（{facts.timetable.number}，{facts.timetable.to}）；另有通知的，先运行 shixin status {options.out} --init 修改。"
        )
    if undecided:
        print(f"注意：台账还有 {undecided} 个文件没有处置意见，公文中按“待定”计。")
    return WITH_PROBLEMS if undecided else DONE


COMMANDS = (
    Command(
        "draft",
        "按国家公文格式拟出报送函、方案、季报、总结、废止公告、清理建议、联系人表、对照表（Word，可修改）",
        _arguments,
        _run,
    ),
)
