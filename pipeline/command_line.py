"""Commands as a person is shown them (命令): quoted, so that a line can be pasted as it stands."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

_SPECIAL_TO_CMD = re.compile(r"[\s&()\[\]{}^=;!'+,`~|<>%]")


def pasted(*arguments: str | Path) -> str:
    """The line that runs this program with these arguments, from whatever folder, as this system's shell reads it."""
    return quoted([*_program(), *map(str, arguments)], windows=os.name == "nt")


def quoted(words: list[str], *, windows: bool) -> str:
    """Words as one line for cmd or for a POSIX shell. Chinese needs no quotes, and gets none."""
    if windows:  # a file name there holds no double quote
        return " ".join(f'"{word}"' if not word or _SPECIAL_TO_CMD.search(word) else word for word in words)
    return " ".join(word if re.fullmatch(r"[\w@%+=:,./-]+", word) else shlex.quote(word) for word in words)


def _program() -> list[str]:
    """How this program can be started again: by its name where that finds it, else as it was started, else by the
    interpreter that runs it."""
    script = Path(sys.executable).with_name("shixin.exe" if os.name == "nt" else "shixin")
    found = shutil.which("shixin")
    if found and script.exists() and Path(found).samefile(script):
        return ["shixin"]
    started = Path(sys.argv[0])
    if started.stem == "shixin" and started.is_file():
        return [str(started)]
    return [sys.executable, "-m", "pipeline"]
