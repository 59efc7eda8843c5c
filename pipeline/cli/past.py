"""What people decided, told as a story (决定经过): one paragraph a reading, one line a document."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

#: What the program notes for itself: not a person's word.
_OWN = "文件变动"


def print_history(rows: list[dict[str, Any]]) -> None:
    """The events in order; ``rows`` are those of `pipeline.archive.history`."""
    console = Console()
    told = [row for row in rows if row["栏"] != _OWN]
    for number, batch in groupby(told, key=lambda row: row["读入"]):
        _print_batch(console, number, list(batch))
    if not told:
        console.print("没有记录。")
    else:
        taken_back = len({row["读入"] for row in told if row["已撤回"]})
        readings = len({row["读入"] for row in told})
        console.print(
            f"共 {readings} 次，{len(told)} 项" + (f"，其中 {taken_back} 次已撤回" if taken_back else "") + "。",
            highlight=False,
        )


def _print_batch(console: Console, number: int, batch: list[dict[str, Any]]) -> None:
    first = batch[0]
    taken_back = "　（已撤回，不再有效）" if first["已撤回"] else ""
    source = "" if first["栏"] in ("撤回", "封存") else first["来源"].partition("（")[0]
    heading = f"第 {number} 次　{clock(first['时间'])}　{first['何人'] or '未具名'}　{source}{taken_back}"
    console.print(Text(heading, style="bold"), soft_wrap=True)
    for document, events in groupby(batch, key=lambda row: (row["文件标识"], row["文件"])):
        changes = [_change(row) for row in events]
        name = document[1] if document[0] else ""
        console.print(Text("　　" + "　".join(part for part in (name, "；".join(changes)) if part)), soft_wrap=True)


def _change(row: dict[str, Any]) -> str:
    where = f"（{row['位置']}）" if row["位置"] else ""
    if row["栏"] == "撤回":
        return f"撤回第 {row['改为']} 次（{row['原为'].partition('（')[0]}）"
    if row["栏"] == "封存":
        return f"封存台账，校验值 {row['改为']}"
    if row["栏"] == "手工增加":
        return f"手工增加此行{where}"
    if not row["原为"]:
        return f"{row['栏']} {row['改为'] or '空白'}{where}"
    return f"{row['栏']} {row['原为']} → {row['改为'] or '空白'}{where}"


def clock(at: str) -> str:
    """An ISO time in UTC as the clock on this machine showed it."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
