"""The command line (`shixin`). Exit code 0 done, 1 done with problems listed, 2 refused."""

from __future__ import annotations

import argparse
import errno
import io
import sqlite3
import sys
from pathlib import Path
from typing import NoReturn

from pipeline.cli.answers import REFUSED, WITH_PROBLEMS
from pipeline.cli.chinese_argparse import ChineseParser
from pipeline.cli.commands import COMMANDS
from pipeline.errors import Refusal

# The packages that only some work needs, by the part of the installation (可选组件) that brings them.
_OPTIONAL = dict.fromkeys(("scipy", "sklearn", "skops", "joblib"), "train") | dict.fromkeys(
    ("ipywidgets", "IPython", "matplotlib"), "notebooks"
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; every refusal is a sentence in Chinese on standard error."""
    _speak_whatever()
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except KeyboardInterrupt:
        print("已中断。已完成的部分已保存，再次运行同一命令即可接着做。", file=sys.stderr)
        return WITH_PROBLEMS
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _OPTIONAL:
            raise
        print(_missing(error), file=sys.stderr)
    except FileNotFoundError as error:
        print(_not_there(error), file=sys.stderr)
    except sqlite3.DatabaseError as error:
        print(_database(error), file=sys.stderr)
    except PermissionError as error:
        print(f"没有权限读写：{error.filename or error}。请检查文件是否被其他程序（如 Excel、WPS）打开。", file=sys.stderr)
    except OSError as error:
        print(_system(error), file=sys.stderr)
    return REFUSED


def _not_there(error: FileNotFoundError) -> str:
    """What is not there; an output folder without a scan is told as that."""
    where = Path(error.filename or str(error))
    if where.name == "scan.sqlite":
        what = "是一个文件，不是输出目录" if where.parent.is_file() else "中没有扫描结果"
        return f"{where.parent} {what}，没有改动任何文件；请核对输出目录，或先运行 shixin scan 档案目录 --out 输出目录。"
    return f"找不到：{where}。请检查路径。"


def _speak_whatever() -> None:
    """No sign may stop a message: a console or a pipe of Windows knows GBK, or less. What is for programs is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if "--json" in sys.argv else None, errors="backslashreplace")


def _missing(error: ModuleNotFoundError) -> str:
    package = (error.name or "").partition(".")[0]
    return (
        f"这条命令需要可选组件 {_OPTIONAL[package]}（缺少 {package}），本机没有安装；没有改动任何文件。"
        f"请用完整安装包重新安装，或运行：pip install 'shixin[{_OPTIONAL[package]}]'"
    )


def _database(error: sqlite3.DatabaseError) -> str:
    from pipeline.archive.store import explained

    return explained(error)


def _system(error: OSError) -> str:
    """What the system refused, in words: a full disk, a folder that is a file, a read-only place."""
    where = error.filename2 or error.filename or ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"磁盘已满{f'：{where}' if where else ''}。原有的文件和决定都在，没有写出一半的文件；请腾出空间后再次运行同一命令。"
        )
    if error.errno == errno.EROFS:
        return f"只读，不能写入：{where}。没有改动任何文件；请换一个输出目录，或检查磁盘是否写保护。"
    if isinstance(error, (FileExistsError, NotADirectoryError, IsADirectoryError)):
        return f"{where} 是文件还是目录，与所需的不同。没有改动它；请核对路径，或换一个输出目录。"
    return f"读写出错：{where}（{error.strerror or error}）。原有的文件和决定都在；请检查磁盘或网络后再次运行同一命令。"


def parser() -> ChineseParser:
    """Every command with its arguments."""
    shixin = ChineseParser(prog="shixin", description="失信约束文件筛查：找出文件、核对依据、预填台账。全程离线。")
    shixin.add_argument("--version", action=_Version, nargs=0, help="显示程序、模型和依据库的版本")
    verbs = shixin.add_subparsers(title="命令", metavar="命令", required=True, parser_class=ChineseParser)
    for command in COMMANDS:
        verb = verbs.add_parser(command.name, help=command.summary, description=command.summary)
        verb.set_defaults(run=command.run)
        verb.add_argument("--json", action="store_true", help="在标准输出只打印一个 JSON 对象，供程序使用")
        command.add_arguments(verb)
    return shixin


class _Version(argparse.Action):
    """``--version``: what judges. The data are read only when they are asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        from pipeline.archive.result_versions import registry_version
        from pipeline.classify import load_model

        print(f"shixin {version('shixin')}\n模型 {load_model().settings.version}\n依据库 {registry_version()}")
        parser.exit()
