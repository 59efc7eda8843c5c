"""How the work stands against the notice's calendar, and what follows from the last scan (进度)."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.cli.answers import DONE, WITH_PROBLEMS, print_json, say
from pipeline.cli.command import Command
from pipeline.cli.values import iso_date

if TYPE_CHECKING:
    from pipeline.archive import NewDocument, Status

_SHOWN = 20


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    command.add_argument("--unit", metavar="unit.toml", type=Path, help="本单位信息（默认为扫描时所用的）")
    command.add_argument("--on", metavar="日期", type=iso_date, help="按哪一天看（默认今天）；与 --done 同用时为报送的日期")
    command.add_argument("--since", metavar="日期", type=iso_date, help="列出此日以后出台的不符合文件（默认为封存之日）")
    command.add_argument("--done", metavar="事项", default="", help="登记一个事项已经报送，如 规范完善方案")
    command.add_argument("--undone", metavar="事项", default="", help="撤销一个事项的报送登记")
    command.add_argument("--take", metavar="编号", nargs="+", default=[], help="确认跟进建议，记入“完成情况”")
    command.add_argument("--who", metavar="姓名", default="", help="由谁登记或确认（默认为本机的用户名）")
    command.add_argument("--init", action="store_true", help="把默认日程写到输出目录的 日程.toml，供本单位修改")


def _run(options: argparse.Namespace) -> int:
    from pipeline.archive import report_done, set_up_timetable, status, take

    today = date.fromisoformat(options.on) if options.on else date.today()
    if options.init:
        path = set_up_timetable(options.out)
        say(options, {"timetable": str(path)}, f"已写出 {path}，请按本单位收到的通知修改名称、文号、报送机关和各事项的期限。")
        return DONE
    if name := options.done or options.undone:
        on = today if options.done else None
        item = report_done(options.out, name, on, who=options.who)
        say(
            options,
            {"item": item, "done": str(on or "")},
            f"已登记“{item}”于 {on} 报送。" if on else f"已撤销“{item}”的报送登记。",
        )
        return DONE
    if options.take:
        taken = take(options.out, options.take, today, who=options.who)
        said = [f"已记入《{each.row.title}》：{each.progress}" for each in taken]
        said.append(f"运行 shixin ledger {options.out} 更新台账；记错了用 shixin undo {options.out} 撤回。")
        say(options, {"taken": [each.id for each in taken]}, "\n".join(said))
        return DONE
    since = date.fromisoformat(options.since) if options.since else None
    now = status(options.out, today, unit=options.unit, since=since)
    if options.json:
        print_json(_figures(now))
    else:
        _print(now, options.out)
    late = any(each.state == "逾期" for each in now.items)
    return WITH_PROBLEMS if late or now.late or now.proposals or now.new else DONE


def _figures(now: Status) -> dict[str, Any]:
    return {
        "notice": now.facts.timetable.number,
        "on": now.facts.today.isoformat(),
        "items": [
            {"name": each.item.name, "due": each.item.due.isoformat(), "state": each.state, "done": str(each.done or "")}
            for each in now.items
        ],
        "documents": len(now.facts.rows),
        "states": now.states,
        "late": [{"title": row.title, "number": row.number, "deadline": row.deadline} for row in now.late],
        "proposals": [
            {"id": p.id, "title": p.row.title, "number": p.row.number, "progress": p.progress, "path": p.path, "why": p.why}
            for p in now.proposals
        ],
        "since": str(now.since or ""),
        "new": [new_figures(each) for each in now.new],
    }


def new_figures(each: NewDocument) -> dict[str, Any]:
    """A new document that does not conform, for machines."""
    row = each.row
    return {"title": row.title, "number": row.number, "date": row.date, "verdict": each.verdict, "measures": each.measures}


def _print(now: Status, out: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, soft_wrap=True)
    timetable = now.facts.timetable
    table = Table(title=f"日程（{timetable.number or timetable.notice}，截至 {now.facts.today}）")
    for heading in ("事项", "期限", "情况", "怎样办"):
        table.add_column(heading)
    colours = {"逾期": "red", "今天到期": "yellow", "已完成": "green", "迟完成": "green"}
    for each in now.items:
        how = f"shixin draft {out} {each.item.by}" if each.item.by and not each.done else ""
        table.add_row(each.item.name, str(each.item.due), each.said, how, style=colours.get(each.state))
    console.print(table)
    if timetable.shipped:
        console.print(f"日程取自默认的 {timetable.number}；另有通知的，运行 shixin status {out} --init 后修改 日程.toml。")
    console.print(f"台账 {len(now.facts.rows)} = " + " + ".join(f"{name} {number}" for name, number in now.states.items()))
    for row in now.late[:_SHOWN]:
        console.print(f"  逾期（{row.deadline}）《{row.title}》{row.number}　{row.decision}　{row.progress}", style="red")
    if now.proposals:
        console.print(f"档案中发现 {len(now.proposals)} 处办理结果，请核对原文后确认：")
    for p in now.proposals[:_SHOWN]:
        console.print(f"  [{p.id}] 《{p.row.title}》{p.row.number}：{p.progress or '不能记为完成'}", markup=False)
        console.print(f"          {p.why}；见 {p.path}", markup=False)
    if takeable := [p.id for p in now.proposals if p.progress]:
        console.print(f"  属实的运行：shixin status {out} --take {' '.join(takeable[:3])}")
    print_new(now.new, now.since)


def print_new(new: list[NewDocument], since: date | None) -> None:
    """The documents issued after a day that do not conform: the notice forbids new ones."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    if since is None:
        return
    console.print(f"{since} 以后出台而不符合（或待判断）的文件 {len(new)} 个" + ("，通知要求不得新出台：" if new else "。"))
    for each in new[:_SHOWN]:
        row = each.row
        console.print(
            f"  {row.date or '日期不明'}　《{row.title}》{row.number}　{each.verdict} {each.measures} 项", markup=False
        )
    if len(new) > _SHOWN:
        console.print(f"  ……共 {len(new)} 个")


COMMANDS = (
    Command(
        "status",
        "进度：对照日程列出已完成、到期和逾期事项，台账办理情况，档案中发现的办理结果，新出台的不符合文件",
        _arguments,
        _run,
    ),
)
