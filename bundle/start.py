"""Scan the folder that was dropped on the starter, or that the person names; then open the report and its folder."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from pipeline.cli import main as shixin

_ASK = "请把要筛查的文件夹拖到这个窗口里，再按回车键（直接按回车退出）："


def main(arguments: list[str]) -> int:
    """The exit code of the scan."""
    archive = Path(arguments[0]) if arguments and arguments[0] else _asked()
    if archive is None:
        return 0
    if not archive.exists():
        print(f"找不到：{archive}。请检查路径。")
        return 2
    archive = archive.resolve()
    out = _out_of(archive)
    print(f"档案：{archive}\n结果：{out}\n")
    code = shixin(["scan", str(archive), "--out", str(out)])
    if code in (0, 1):
        for path in (out / "report.html", out):
            _open(path)
    return code


def _asked() -> Path | None:
    """The folder that a person types or drops; terminals drop it in quotes."""
    said = input(_ASK).strip()
    if os.name != "nt" and said:
        said = " ".join(shlex.split(said)) if said[0] in "'\"" or "\\ " in said else said
    said = said.strip("\"'").removeprefix("file://")
    return Path(said) if said else None


def _out_of(archive: Path) -> Path:
    """Beside the archive, where that may be written to; else among the person's own files."""
    name = f"{archive.name or archive.drive.strip(':') or '档案'}_筛查结果"
    beside = archive.parent / name
    if beside.exists() or (archive.parent != archive and os.access(archive.parent, os.W_OK)):
        return beside
    return Path.home() / name


def _open(path: Path) -> None:
    """In the program that the desktop has for it; where there is none, the printed path must do."""
    if sys.platform == "win32":
        os.startfile(path)
        return
    try:
        subprocess.Popen(["xdg-open", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        print(f"请打开：{path}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
