"""The bundle on a machine like this one, with the network cut: gathered, installed, the samples scanned, each timed.

Only Linux can cut a network (``unshare -n``, which needs the right to). Gathering itself asks the package index.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bundle.gather import gather

MOST_SECONDS = 180


def main() -> None:
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-n", "true"], check=False).returncode:
        print("本机不能断开网络试装（需要 unshare -n），跳过。")
        return
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    with tempfile.TemporaryDirectory() as folder:
        bundle = gather(f"linux-{platform.machine()}", Path(folder), python=version)
        size = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file())
        print(f"安装包\t{size / 2**20:.0f} MB")
        home, archive = Path(folder) / "家", Path(folder) / "历年文件"
        shutil.copytree(bundle / "示例档案", archive)
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "SHIXIN_HOME": str(home / "shixin")}
        home.mkdir()
        print("步骤\t用时 秒\t处理器 秒\t退出码")
        total = 0.0
        for name, command in (("安装", [bundle / "安装.sh"]), ("扫描示例档案", [bundle / "扫描.sh", archive])):
            before, began = _worked(), time.monotonic()
            done = subprocess.run(
                ["unshare", "-n", *map(str, command)],
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
            took = time.monotonic() - began
            total += took
            print(f"{name}\t{took:.0f}\t{_worked() - before:.0f}\t{done.returncode}")
            if done.returncode not in (0, 1):
                print(done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
        installed = sum(
            path.stat().st_size for path in (home / "shixin").rglob("*") if path.is_file() and path.suffix != ".pyc"
        )
        print(f"合计 秒\t{total:.0f}\t（应不超过 {MOST_SECONDS}）\n装好后\t{installed / 2**20:.0f} MB（含文字识别和训练）")


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
