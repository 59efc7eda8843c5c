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
    command.add_argument(
        "--template",
        metavar="样表.xlsx",
        type=Path,
        help="按上级发的样表填写，另存为“填好的”加样表名；各栏怎样对应见映射.toml，可改",
    )


def _ledger(options: argparse.Namespace) -> int:
    from pipeline.archive import rewrite_outputs

    if options.template:
        return _form(options)
    notes = rewrite_outputs(options.out, options.unit, options.paper)
    if options.json:
        print_json({"out": str(options.out), "notes": notes})
    else:
        for note in notes:
            print(f"注意：{note}")
        print(f"已生成 {options.out / 'ledger.xlsx'} 和 {options.out / 'report.html'}")
    return DONE


def _form(options: argparse.Namespace) -> int:
    from pipeline.archive import write_form
    from pipeline.ledger.template.mapping import FILE, names

    done, notes = write_form(options.out, options.template, options.unit)
    mapped = {heading.name: names().get(heading.key, "") for heading in done.headings}
    if options.json:
        print_json({"out": str(done.path), "sheet": done.sheet, "mapping": mapped, "missing": done.missing, "notes": notes})
        return DONE
    print(f"样表“{options.template.name}”的工作表“{done.sheet}”，各栏这样对应：")
    for heading in done.headings:
        word = mapped[heading.name]
        print(f"  {heading.name}　→　{word or '（不填，填在其中的内容也不读回）'}" + (f"（{heading.how}）" if word else ""))
    if done.missing:
        print(f"样表里没有地方放的：{'、'.join(done.missing)}")
    for note in notes:
        print(f"注意：{note}")
    print(f"已生成 {done.path}；对应有误的，改 {options.out / FILE} 后再运行一次。填好后用 shixin confirm 读入。")
    return DONE


COMMANDS = (Command("ledger", "不再读取文件，按已有结果重新生成台账草稿和报告", _ledger_arguments, _ledger),)
