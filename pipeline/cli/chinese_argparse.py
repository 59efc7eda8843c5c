"""argparse in Chinese: its own headings, help lines and messages are English and not meant to be replaced piecemeal."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

_MESSAGES = [
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"无法识别的参数：\1"),
    (r"argument (.+?): expected one argument", r"\1 后面需要一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面至少需要一个值"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能是 \2，可用：\3"),
    (r"argument (.+?): invalid (?:int|float|number) value: (.+)", r"\1 应为数字，而不是 \2"),
    (r"argument (.+?): (.+)", r"\1：\2"),
]


class ChineseFormatter(argparse.HelpFormatter):
    """Help with a Chinese usage line and room for long option names."""

    def __init__(self, prog: str):
        super().__init__(prog, max_help_position=32, width=100)

    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """An ArgumentParser whose help, headings and errors are Chinese. Wrong usage ends with code 2 (refused)."""

    def __init__(self, **options):
        super().__init__(formatter_class=ChineseFormatter, add_help=False, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        for pattern, chinese in _MESSAGES:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, chinese, message)
                break
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}：{message}\n")
