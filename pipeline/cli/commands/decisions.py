"""What people decided, read back, shown, taken back, sealed and verified (确认、经过、撤回、封存、核验)."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.cli.answers import DONE, WITH_PROBLEMS, print_json, say
from pipeline.cli.command import Command

_SHOWN = 20


def _out(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")


def _who(command: argparse.ArgumentParser) -> None:
    command.add_argument("--who", metavar="姓名", default="", help="由谁决定（默认为本机的用户名）")


def _confirm_arguments(command: argparse.ArgumentParser) -> None:
    _out(command)
    command.add_argument(
        "ledger", metavar="台账.xlsx", type=Path, help="填好的台账、问题文件处理表，或复核页面保存的 复核决定.json"
    )
    _who(command)
    command.add_argument("--partial", action="store_true", help="有看不懂或有冲突的行时，只读入其余各行，并列出没有读入的")
    command.add_argument("--take-mine", action="store_true", help="与已记录的决定不同时，以本文件为准")


def _confirm(options: argparse.Namespace) -> int:
    from pipeline.archive import is_problem_sheet

    if options.ledger.suffix.lower() == ".json":
        return _confirm_page(options)
    if is_problem_sheet(options.ledger):
        return _confirm_problems(options)
    return _confirm_ledger(options)


def _confirm_page(options: argparse.Namespace) -> int:
    from pipeline.archive import take_reviews

    taken = take_reviews(options.out, options.ledger, who=options.who, take_mine=options.take_mine, partial=options.partial)
    left = {"unknown": taken.unknown, "older": taken.older, "conflicts": taken.conflicts}
    said = [
        f"读入 {taken.read} 个复核决定 = 作出或改动决定 {taken.decided} + 没有变化 {taken.unchanged} + "
        f"没有读入 {sum(map(len, left.values()))}；已预填在 {options.out / 'ledger.xlsx'}，核对后用 shixin confirm 读入台账。",
        *_listed("文件不在本次扫描结果中", taken.unknown),
        *_listed("记录中另有更晚的决定，以更晚的为准", taken.older),
        *_listed("与已记录的决定不同，没有读入", taken.conflicts),
    ]
    rewritten = _rewrite(options.out)
    numbers = {"read": taken.read, "decided": taken.decided, "unchanged": taken.unchanged}
    say(options, numbers | {name: len(items) for name, items in left.items()}, "\n".join([*said, *rewritten]))
    return WITH_PROBLEMS if any(left.values()) or rewritten else DONE


def _confirm_problems(options: argparse.Namespace) -> int:
    from pipeline.archive import take_problem_sheet

    settled, waiting = take_problem_sheet(options.out, options.ledger, who=options.who)
    said = f"已读入 {settled} 个问题文件的处理说明；还有 {waiting} 个没有说明。"
    say(options, {"settled": settled, "waiting": waiting}, said)
    return WITH_PROBLEMS if waiting else DONE


def _confirm_ledger(options: argparse.Namespace) -> int:
    from pipeline.archive import confirm

    told = confirm(options.out, options.ledger, who=options.who, partial=options.partial, take_mine=options.take_mine)
    said = [
        told.sentence,
        *_listed("没有读入", [*told.problems, *told.conflicts]),
        *_listed("草稿中有而这份台账里没有的文件", told.missing),
        *_listed("处置意见被清空", told.cleared),
        *(f"注意：{note}" for note in told.notes),
    ]
    said += [f"还有 {told.undecided} 个文件没有处置意见。"] if told.undecided else []
    rewritten = _rewrite(options.out)
    said += rewritten or [f"{options.out / 'ledger.xlsx'} 已按此更新。"]
    say(options, asdict(told), "\n".join(said))
    left = (told.problems, told.conflicts, told.missing, told.cleared, told.notes, rewritten)
    return WITH_PROBLEMS if any(left) else DONE


def _rewrite(out: Path) -> list[str]:
    """Make the views anew; where that fails the decisions are kept all the same, and that is said."""
    from pipeline.archive import rewrite_outputs
    from pipeline.errors import Refusal

    try:
        rewrite_outputs(out)
    except (OSError, Refusal) as error:
        reason = str(error) if isinstance(error, Refusal) else f"{error.filename or out}：{error.strerror or error}"
        return [f"决定已经记入，但台账和报告没有更新（{reason}）。请关闭打开着的台账后运行 shixin ledger {out}"]
    return []


def _listed(heading: str, items: list[str]) -> list[str]:
    if not items:
        return []
    more = [f"  ……共 {len(items)} 个"] if len(items) > _SHOWN else []
    return [f"{heading}（{len(items)}）：", *(f"  {item}" for item in items[:_SHOWN]), *more]


def _seal_arguments(command: argparse.ArgumentParser) -> None:
    _out(command)
    _who(command)
    command.add_argument("--without-audit", metavar="姓名", default="", help="没有查全抽查也封存，由此人认可（记入封存清单）")


def _seal(options: argparse.Namespace) -> int:
    from pipeline.archive import rewrite_outputs, seal_out

    sealed = seal_out(options.out, who=options.who, without_audit=options.without_audit)
    rewrite_outputs(options.out)
    counts = "，".join(f"{name} {count}" for name, count in sealed.counts.items() if count)
    said = f"已封存 {options.out / '封存' / sealed.file}：{counts or '没有文件'}。校验值 {sealed.sum}，已印在台账末尾，请随纸质台账留存。"
    say(options, {"sha256": sealed.sha256, "sum": sealed.sum, "file": sealed.file, "counts": sealed.counts}, said)
    return DONE


def _verify_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("path", metavar="输出目录或台账", type=Path, help="输出目录，或一份封存的台账.xlsx")
    command.add_argument("--sum", metavar="校验值", default="", help="纸质台账上印的校验值")
    command.add_argument("--archive", metavar="档案目录", type=Path, help="档案目录（默认为扫描时的位置）")


def _verify(options: argparse.Namespace) -> int:
    from pipeline.archive import verify

    found = verify(options.path, archive=options.archive, paper=options.sum)
    said = [*found.said, *_listed("有变动", found.changed), "没有发现变动。" if found.whole else "请用备份恢复或查明原因。"]
    say(options, asdict(found) | {"whole": found.whole}, "\n".join(said))
    return DONE if found.whole else WITH_PROBLEMS


def _history_arguments(command: argparse.ArgumentParser) -> None:
    _out(command)
    command.add_argument(
        "document", metavar="文件", nargs="?", default="", help="标题、文号、路径或文件标识的一部分；不写则列出全部"
    )


def _history(options: argparse.Namespace) -> int:
    from pipeline.archive import history
    from pipeline.cli.past import print_history

    table = history(options.out, options.document)
    rows: list[dict[str, Any]] = table.to_dict("records")  # type: ignore[assignment]
    if options.json:
        print_json({"events": rows})
        return DONE
    print_history(rows)
    return DONE


def _undo_arguments(command: argparse.ArgumentParser) -> None:
    _out(command)
    _who(command)


def _undo(options: argparse.Namespace) -> int:
    from pipeline.archive import undo

    reading, file, documents = undo(options.out, who=options.who)
    rewritten = _rewrite(options.out)
    said = [
        f"已撤回第 {reading} 次读入（{file.partition('（')[0]}），涉及 {documents} 个文件；它们回到这次读入以前的决定。",
        "记录仍保留，可用 shixin history 查看；要重新采用，再读入一次那份文件即可。",
        *rewritten,
    ]
    say(options, {"reading": reading, "file": file, "documents": documents}, "\n".join(said))
    return WITH_PROBLEMS if rewritten else DONE


COMMANDS = (
    Command(
        "confirm",
        "读入人工填好的台账（或问题文件处理表、复核页面保存的决定）；此后重新扫描不会改动",
        _confirm_arguments,
        _confirm,
    ),
    Command("history", "列出每个决定的经过：何时、何人、哪个文件哪一格、原为、改为", _history_arguments, _history),
    Command("undo", "撤回最后一次读入的文件", _undo_arguments, _undo),
    Command(
        "seal", "封存台账（上报前最后一步）；封存以后新发现的文件进增补台账，再次运行即封存增补台账", _seal_arguments, _seal
    ),
    Command("verify", "核对封存的台账、清单、决定记录和档案文件有没有变动", _verify_arguments, _verify),
)
