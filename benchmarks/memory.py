"""Does the scanning process stay small as the archive grows? `python -m benchmarks.memory`

An archive of small invented notices is scanned in a process of its own, 1,000 files and then 10,000; what is printed is the
peak of that process, not of its workers, and what of it each file more costs.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import pipeline

SIZES = (1_000, 10_000)
_MEASURED_EVERY = 10  # one file in ten sets out a measure, so that the ledger grows with the archive
_PLACES = "东西南北上下前后左右内外大小新老金银铜铁松竹梅兰春夏秋冬山河湖海云雨风雪"
_WORK = (
    "清扫积雪",
    "检修水泵",
    "登记报表",
    "粉刷围墙",
    "核对账目",
    "培训驾驶员",
    "更换路灯",
    "修剪树木",
    "整理档案",
    "巡查河堤",
)
_MEASURE = "{place}经营户弄虚作假的，记入信用档案，{years}年内不得申请{work}补助，并在{other}公告栏公布。"


def build(folder: Path, count: int) -> None:
    """Write ``count`` notices, no two alike."""
    draw = random.Random(0)
    for number in range(count):
        names = ["".join(draw.choices(_PLACES, k=3)) for _ in range(12)]
        lines = [f"关于{names[0]}{draw.choice(_WORK)}等事项的通知", "各科室："]
        lines += [
            f"{n}、{a}{draw.choice(_WORK)}，{b}配合，{draw.randint(1, 28)}日前完成。"
            for n, (a, b) in enumerate(pairwise(names), 1)
        ]
        if number % _MEASURED_EVERY == 0:
            lines.append(_MEASURE.format(place=names[3], years=draw.randint(2, 5), work=draw.choice(_WORK), other=names[4]))
        lines += [f"{names[5]}局", f"20{draw.randint(10, 24)}年{draw.randint(1, 12)}月{draw.randint(1, 28)}日"]
        place = folder / f"{number // 500:03}" / f"{number:05}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("\n".join(lines), encoding="utf-8")


def measure(count: int) -> dict[str, float]:
    """Peak of the scanning process in bytes, and seconds, for an archive of ``count`` files."""
    with tempfile.TemporaryDirectory() as scratch:
        build(Path(scratch) / "档案", count)
        command = [sys.executable, "-m", "benchmarks.memory", f"{scratch}/档案", f"{scratch}/out"]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def scan(archive: str, out: str) -> None:
    began = time.perf_counter()
    result = pipeline.scan(archive, out, workers=2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(
        json.dumps(
            {"peak": peak, "seconds": time.perf_counter() - began, "screened": result.screened, "flagged": result.flagged}
        )
    )


def main() -> None:
    found = [measure(count) for count in SIZES]
    print("文件\t父进程峰值 MB\t用时 秒\t每秒文件\t命中")
    for count, each in zip(SIZES, found, strict=True):
        print(f"{count}\t{each['peak'] / 1e6:.0f}\t{each['seconds']:.0f}\t{count / each['seconds']:.0f}\t{each['flagged']:.0f}")
    grown = found[1]["peak"] - found[0]["peak"]
    print(f"峰值之比\t{found[1]['peak'] / found[0]['peak']:.2f}\n每多一个文件\t{grown / (SIZES[1] - SIZES[0]):.0f} 字节")


if __name__ == "__main__":
    if sys.argv[1:]:
        scan(*sys.argv[1:])
    else:
        main()
