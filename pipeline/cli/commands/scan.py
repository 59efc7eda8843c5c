"""The scan of an archive (扫描)."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.answers import DONE, WITH_PROBLEMS, print_json
from pipeline.cli.command import Command
from pipeline.cli.commands.status import new_figures, print_new
from pipeline.cli.values import iso_date

if TYPE_CHECKING:
    from pipeline.archive import NewDocument


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "archive",
        metavar="档案",
        help="要扫描的目录或文件，或者 s3://桶/目录、smb://、webdav:// 等地址（由各工作进程直接读取）",
    )
    command.add_argument("--out", metavar="输出目录", type=Path, required=True, help="结果放在哪里；再次扫描同一目录时接着用")
    command.add_argument("--workers", metavar="N", type=int, help="同时工作的进程数（默认与处理器核数相同）")
    command.add_argument(
        "--engine",
        metavar="引擎",
        default="local",
        help="在哪里筛查：local 本机（默认），或 dask://主机:端口 一个 Dask 集群（每个文件的时间、内存限制相同）",
    )
    command.add_argument("--unit", metavar="unit.toml", type=Path, help="本单位信息；默认在档案目录及其上级目录中查找")
    command.add_argument(
        "--as-of", metavar="日期", type=iso_date, help="按哪一天判断依据是否现行有效，如 2021-01-25（默认今天）"
    )
    command.add_argument(
        "--registry", metavar="依据.csv", type=Path, help="自备的依据表（名称、文号、效力级别等列），补充随附的依据库"
    )
    command.add_argument(
        "--since", metavar="日期", type=iso_date, help="扫描后列出此日以后出台的不符合文件（通知要求不得新出台）"
    )
    command.add_argument("--add", action="store_true", help="把另一个档案目录并入这个输出目录（同一份台账）")


def _run(options: argparse.Namespace) -> int:
    from pipeline.archive import outdated, scan
    from pipeline.cli.console import print_scan, progress, warnings

    registry = str(options.registry.resolve()) if options.registry else None
    before = outdated(options.out, options.as_of or date.today().isoformat(), registry)
    if before and not options.json:
        print(before.sentence(), file=sys.stderr)
    with progress("扫描", quiet=options.json) as step:
        result = scan(
            options.archive,
            options.out,
            options.workers,
            options.engine,
            unit=options.unit,
            as_of=options.as_of,
            registry=options.registry,
            add=options.add,
            progress=step,
        )
    new = _new_documents(options)
    if options.json:
        numbers = ("found", "screened", "duplicates", "problems", "flagged")
        print_json(
            {name: getattr(result, name) for name in numbers}
            | {"seconds": round(result.seconds, 2), "out": str(result.out)}
            | {"parts": result.parts, "notes": [*warnings(result), *result.notes]}
            | {"judged_anew": before.judged if before else 0}
            | ({"since": options.since, "new": [new_figures(each) for each in new]} if options.since else {})
        )
    else:
        print_scan(result)
        print_new(new, date.fromisoformat(options.since) if options.since else None)
    return WITH_PROBLEMS if result.problems or result.parts.get("未读") or warnings(result) else DONE


def _new_documents(options: argparse.Namespace) -> list[NewDocument]:
    from pipeline.archive import status

    if not options.since:
        return []
    return status(options.out, date.today(), since=date.fromisoformat(options.since)).new


COMMANDS = (Command("scan", "扫描一个目录（或单个文件），生成台账草稿、报告和问题清单", _arguments, _run),)
