"""Every benchmark in one run: `make bench` prints the tables and writes them to benchmarks/RESULTS.md."""

from __future__ import annotations

import contextlib
import io
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks import authors, citations, documents, faults, metadata, robustness, simulation

_RESULTS = Path(__file__).with_name("RESULTS.md")


def _apart(module: str) -> None:
    """Run a part in a process of its own, so that its peak of memory is its own."""
    done = subprocess.run([sys.executable, "-m", module], capture_output=True, text=True, encoding="utf-8", check=False)
    print(done.stdout or done.stderr, end="")


_PARTS: list[tuple[str, str, Callable[[], None]]] = [
    ("文件：查全、查准、环节", "python -m benchmarks.documents", documents.main),
    ("换一位撰写人", "python -m benchmarks.authors", authors.main),
    ("没有学过的撰写人和普通材料", "python -m benchmarks.hands", partial(_apart, "benchmarks.hands")),
    ("工作点的代价", "python -m benchmarks.operating_point", partial(_apart, "benchmarks.operating_point")),
    ("法律人的考题：级别、时效、引文、措施、处置", "python -m benchmarks.lawyer", partial(_apart, "benchmarks.lawyer")),
    ("不相干的条文", "python -m benchmarks.strange_articles", partial(_apart, "benchmarks.strange_articles")),
    ("扫描件识别错误", "python -m benchmarks.robustness", robustness.main),
    ("与 ASReview 比较：读多少份才能找全", "python -m benchmarks.simulation", simulation.main),
    ("依据：引文、级别、速度", "python -m benchmarks.citations", citations.main),
    ("公文要素", "python -m benchmarks.metadata", metadata.main),
    ("各格式与扫描件的错字率", "python -m benchmarks.reading", partial(_apart, "benchmarks.reading")),
    ("文件里的各部分：位置、图片文字、代价", "python -m benchmarks.parts", partial(_apart, "benchmarks.parts")),
    ("图片里有没有文字", "python -m benchmarks.looks", partial(_apart, "benchmarks.looks")),
    ("读取速度与裸提取对照", "python -m benchmarks.reading_speed", partial(_apart, "benchmarks.reading_speed")),
    ("扫描的内存", "python -m benchmarks.memory", partial(_apart, "benchmarks.memory")),
    ("随文件数的增长", "python -m benchmarks.growth", partial(_apart, "benchmarks.growth")),
    ("随文件长度的增长", "python -m benchmarks.length", partial(_apart, "benchmarks.length")),
    ("与裸提取和其他读取程序对照", "python -m benchmarks.floor", partial(_apart, "benchmarks.floor")),
    ("损坏文件", "python -m benchmarks.faults", faults.main),
    ("离线安装包：断网安装、扫描", "python -m benchmarks.bundle", partial(_apart, "benchmarks.bundle")),
    ("汇总：五百份台账", "python -m benchmarks.rollup", partial(_apart, "benchmarks.rollup")),
    ("复核页和报告", "python -m benchmarks.review", partial(_apart, "benchmarks.review")),
    ("人的决定：乱改、中断、篡改、合并", "python -m benchmarks.decisions", partial(_apart, "benchmarks.decisions")),
]
_TITLES = [title for title, _, _ in _PARTS]


def main() -> None:
    """All parts, or those named (`python -m benchmarks hands lawyer`), whose sections are put in the place of the old ones."""
    if not documents.SHARED.is_dir():
        print("旁边没有 shared/ 度量数据，跳过。")
        return
    named = sys.argv[1:]
    sections = _written() if named else {}
    for title, command, run in _PARTS:
        if named and command.rpartition(".")[2] not in named:
            continue
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            run()
        print(f"== {title}\n{output.getvalue()}")
        sections[title] = f"{date.today()}，`{command}`\n\n```\n{_figures(output.getvalue())}```\n"
    head = f"# 度量结果\n\n{platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}；机器与他人共用，速度只看比例。\n"
    ordered = [title for title, _, _ in _PARTS if title in sections] + [title for title in sections if title not in _TITLES]
    _RESULTS.write_text("\n".join([head, *(f"## {title}\n\n{sections[title]}" for title in ordered)]), encoding="utf-8")


def _written() -> dict[str, str]:
    """The sections of RESULTS.md by title."""
    parts = _RESULTS.read_text(encoding="utf-8").split("\n## ")[1:]
    return {title: body.lstrip("\n") for title, _, body in (part.partition("\n") for part in parts)}


def _figures(output: str) -> str:
    """The figures without the lines that quote real documents: their text stays out of the project."""
    kept = [line for line in output.splitlines() if not line.startswith((" ", "漏报 ", "误报 ", "\t")) and len(line) < 160]
    return "\n".join(kept) + "\n"


if __name__ == "__main__":
    main()
