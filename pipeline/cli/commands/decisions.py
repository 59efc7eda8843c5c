"""What people decided, read back and sealed (确认、封存)."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.answers import DONE, say
from pipeline.cli.command import Command


def _confirm_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    command.add_argument("ledger", metavar="台账.xlsx", type=Path, help="填好处置意见的台账，或复核页面保存的 复核决定.json")


def _confirm(options: argparse.Namespace) -> int:
    from pipeline.archive import confirm, rewrite_outputs, take_reviews

    if options.ledger.suffix.lower() == ".json":
        taken, unknown = take_reviews(options.out, options.ledger)
        said = f"已读入 {taken} 个复核决定，预填在 {options.out / 'ledger.xlsx'}；核对后用 shixin confirm 读入台账。"
        said += f"另有 {unknown} 个决定的文件不在本次扫描结果中，未读入。" if unknown else ""
        numbers = {"decided": taken, "unknown": unknown}
    else:
        decided = confirm(options.out, options.ledger)
        said = f"已读入 {decided} 行决定；{options.out / 'ledger.xlsx'} 已按此更新。"
        numbers = {"decided": decided}
    rewrite_outputs(options.out)
    say(options, numbers, said)
    return DONE


def _seal_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")


def _seal(options: argparse.Namespace) -> int:
    from pipeline.archive import seal_out

    sealed = seal_out(options.out)
    counts = "，".join(f"{name} {count}" for name, count in sealed.counts.items() if count)
    say(options, {"sha256": sealed.sha256, "counts": sealed.counts}, f"台账已封存：{counts}。校验值 {sealed.sha256}")
    return DONE


COMMANDS = (
    Command(
        "confirm", "读入人工填好处置意见的台账（或复核页面保存的决定）；此后重新扫描不会改动", _confirm_arguments, _confirm
    ),
    Command("seal", "封存已确认的台账（上报前最后一步）；此后新发现的文件只进增补台账", _seal_arguments, _seal),
)
