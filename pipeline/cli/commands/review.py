"""Review of the hits (复核)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.cli.answers import DONE, say
from pipeline.cli.command import Command


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    command.add_argument("--notebook", action="store_true", help="随即在 Jupyter 中打开笔记本（需已安装 jupyterlab）")


def _run(options: argparse.Namespace) -> int:
    from pipeline.review import open_in_jupyter, open_scan, write_book, write_page

    scan = open_scan(options.out)
    page, book = write_page(scan), write_book(options.out)
    own = [item for item in scan.items if item.flagged and item.own]
    outside = sum(item.flagged and not item.own for item in scan.items)
    numbers = {"flagged": len(own), "outside": outside, "decided": sum(bool(item.decision) for item in own)}
    said = (
        f"命中本单位文件 {len(own)} 个，已决定 {numbers['decided']} 个；另有不属本单位的 {outside} 个。\n"
        f"请用浏览器打开 {page} 复核；保存决定后运行：shixin confirm {options.out} 复核决定.json\n"
        f"装有 Jupyter 的，可打开 {book}，决定随点随存。"
    )
    say(options, {"page": str(page), "notebook": str(book), **numbers}, said)
    if options.notebook and not options.json and not open_in_jupyter(book):
        print("没有安装 Jupyter，可用 pip install jupyterlab 安装，或在 VS Code 中打开。", file=sys.stderr)
    return DONE


COMMANDS = (Command("review", "复核命中文件：生成可点选决定的离线页面 复核.html 和笔记本 复核.ipynb", _arguments, _run),)
