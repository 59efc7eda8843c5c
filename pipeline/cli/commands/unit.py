"""The reporting unit asked for in five questions (本单位设置)."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.answers import DONE, REFUSED, say
from pipeline.cli.command import Command

if TYPE_CHECKING:
    from pipeline.ledger import Unit

_NAME = "单位全称（与公章一致）"
_QUESTIONS = {
    "aliases": "别名和简称",
    "predecessors": "已撤销、其文件由本单位承继的机关",
    "subordinates": "下属单位",
    "on_behalf": "代哪些党委、政府起草过文件，如云州市人民政府",
}
_SEPARATORS = re.compile(r"[、，,；;]+")


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", metavar="目录", type=Path, help="档案目录（设置写在其中），或扫描时的输出目录")


def _run(options: argparse.Namespace) -> int:
    from pipeline.archive import save_unit, settings_of
    from pipeline.command_line import pasted
    from pipeline.ledger import Unit, load_unit

    if not options.folder.is_dir():
        raise FileNotFoundError(2, "no folder", str(options.folder))
    file = settings_of(options.folder)
    known = load_unit(file) if file.is_file() else None
    try:
        unit = _asked(known or Unit(""), _ask)
    except EOFError:
        unit = known or Unit("")
    if not unit.name:
        print("没有填写单位名称，没有写入任何文件。", file=sys.stderr)
        return REFUSED
    save_unit(unit, file)
    scanned = (options.folder / "scan.sqlite").is_file()
    following = pasted("ledger", options.folder) if scanned else pasted("scan", options.folder, "--out", "输出目录")
    said = f"已写入 {file}（可用记事本修改；机关代字、联系人、电话也在其中）。\n下一步：{following}"
    say(options, {"unit": str(file), "name": unit.name}, said)
    return DONE


def _ask(question: str) -> str:
    """The answer to one question; the question goes to standard error, so that results alone are on standard output."""
    print(question, file=sys.stderr, flush=True)
    return input().strip()


def _asked(known: Unit, ask: Callable[[str], str]) -> Unit:
    """Five questions; an empty answer keeps what is known, 无 takes it back."""
    name = ask(f"1/5 {_NAME}{_kept([known.name] if known.name else [])}：") or known.name
    unit = replace(known, name=name)
    for number, (field, question) in enumerate(_QUESTIONS.items(), 2):
        before = getattr(known, field)
        said = ask(f"{number}/5 {question}，多个用顿号隔开{_kept(before) or '，没有就按回车'}：")
        names = () if said == "无" else tuple(part.strip() for part in _SEPARATORS.split(said) if part.strip())
        unit = replace(unit, **{field: names if said else before})  # type: ignore[arg-type]
    return unit


def _kept(values: list[str] | tuple[str, ...]) -> str:
    return f"（现为 {'、'.join(values)}；按回车不变，输入“无”清空）" if values else ""


COMMANDS = (Command("unit", "回答五个问题，写好本单位设置 unit.toml", _arguments, _run),)
