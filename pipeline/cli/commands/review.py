"""Review of the hits (复核)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.answers import DONE, say
from pipeline.cli.command import Command
from pipeline.cli.values import positive

if TYPE_CHECKING:
    from pipeline.review import Agreement


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    command.add_argument("--name", metavar="姓名", default="", help="由谁复核（页面上可改；默认为本机的用户名）")
    command.add_argument("--port", metavar="端口", type=positive, default=0, help="页面的端口（默认由程序挑选空闲的）")
    command.add_argument("--no-open", action="store_true", help="只印出地址，不打开浏览器")
    command.add_argument("--offline", action="store_true", help="不开服务，只生成可邮寄的 复核.html 和笔记本 复核.ipynb")
    command.add_argument("--second", metavar="姓名", default="", help="由第二人对已决定的文件抽样再看一遍，看不到第一人的决定")
    command.add_argument("--sample", metavar="份数", type=positive, default=50, help="第二人看多少份（默认 50）")
    command.add_argument("--agreement", action="store_true", help="只列出两人的一致程度和分歧，不打开页面")
    command.add_argument("--notebook", action="store_true", help="在 Jupyter 中打开笔记本（需已安装 jupyterlab）")


def _run(options: argparse.Namespace) -> int:
    if options.agreement:
        return _agreement(options)
    if options.offline or options.notebook or options.json:
        return _offline(options)
    return _serve(options)


def _serve(options: argparse.Namespace) -> int:
    from pipeline.archive import person
    from pipeline.review import agreement, serve, served

    page = served(
        options.out,
        name=person(options.name),
        port=options.port,
        second=options.second,
        sample=options.sample if options.second else 0,
    )
    serve(page, name=options.name, browser=not options.no_open, said=lambda line: print(line, flush=True))
    done, of = page.board.told()
    print(f"\n复核已结束：{of} 个文件中已决定 {done} 个，决定都已保存。")
    if options.second:
        print(agreement(options.out).sentence)
        print(f"分歧见：shixin review {options.out} --agreement")
    else:
        print(f"接着复核：shixin review {options.out}　预填台账：shixin ledger {options.out}")
    return DONE


def _offline(options: argparse.Namespace) -> int:
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


def _agreement(options: argparse.Namespace) -> int:
    from pipeline.review import agreement, open_scan

    open_scan(options.out)  # says where nothing was scanned
    found = agreement(options.out)
    said = [found.sentence, *_disputes(found)]
    numbers = {"read": len(found.pairs), "share": found.share, "kappa": found.kappa, "low": found.low, "high": found.high}
    listed = [pair._asdict() for pair in found.pairs if pair.first != pair.second]
    say(options, numbers | {"disputes": listed}, "\n".join(said))
    return DONE


def _disputes(found: Agreement) -> list[str]:
    apart = [pair for pair in found.pairs if pair.first != pair.second]
    if not apart:
        return []
    waiting = sum(not pair.settled for pair in apart)
    lines = [
        f"  《{pair.title}》{pair.first_by}：{pair.first}　{pair.second_by}：{pair.second}"
        + (f"　已定为：{pair.settled}" if pair.settled else "")
        for pair in apart
    ]
    return [f"分歧 {len(apart)} 份，其中 {waiting} 份尚未商定（复核页面上“复核人”选“两人意见不同”，再作决定）：", *lines]


COMMANDS = (Command("review", "复核命中文件：在本机打开复核页面，决定当即保存；--offline 生成可邮寄的页面", _arguments, _run),)
