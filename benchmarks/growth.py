"""How a scan grows with the archive: ``python -m benchmarks.growth [--sizes 1000 10000] [--parent 1000 10000 100000]``.

Two measures, each scan in a process of its own. ``--sizes``: the whole scan, its workers too, and the same archive again,
unchanged. ``--parent``: the scanning process alone, to sizes that one machine's workers would take hours for: its engine hands
back, for each file, one of 200 real screenings of such files, with number, title, text's signature and bytes of the file's own;
walk, store, grouping, ledger, report and lists are the product's. Memory is the peak of the scanning process.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path

import numpy as np

import pipeline
from benchmarks.archives import build, files
from pipeline.archive.work import Outcome, ReadTask, packed, perform
from pipeline.ingest import Source, members_in, read_bytes
from pipeline.svg import BLUE, GRID, INK, SOFT, line, opening, text

_AS_OF = "2026-01-01"
_STOCK = 200
_HITS = 50  # one file in so many is a hit where answers stand in: an archive's share, and its ledger is long enough
_PLOT = Path(__file__).resolve().parents[1] / "docs" / "growth.svg"


class Standing(Executor):
    """An engine that answers at once, with what was screened before: what is left to measure is the process that asks."""

    def __init__(self, folder: Path):
        self._hits: list[Outcome] = []
        self._others: list[Outcome] = []
        for number, (path, data) in enumerate(files(_STOCK + 40, "brief", seed=9)):
            place = folder / f"{number}.{path.rpartition('.')[2]}"
            place.write_bytes(data)
            if not members_in(data, path):
                outcome = perform(ReadTask(Source(path, len(data), 0, str(place)), _AS_OF))
                assert isinstance(outcome, Outcome)
                is_hit = outcome.screening is not None and outcome.screening.flagged
                (self._hits if is_hit else self._others).append(outcome)

    def submit(self, function: Callable, /, *arguments, **more) -> Future:
        future: Future = Future()
        future.set_result(self._answer(arguments[-1]))
        return future

    def _answer(self, task: ReadTask) -> Outcome:
        sha256 = hashlib.sha256(task.source.path.encode() + read_bytes(task.source)).hexdigest()
        drawn = int(sha256[:8], 16)
        stock = self._others if drawn % _HITS else self._hits
        known = stock[drawn // _HITS % len(stock)]
        if known.screening is None:
            return known
        own = {"number": f"云发〔2020〕{int(sha256[:10], 16)}号", "title": f"{known.screening.metadata.title}{sha256[:6]}"}
        document = replace(known.screening.document, sha256=sha256, path=task.source.path)
        screening = replace(known.screening, document=document, metadata=replace(known.screening.metadata, **own))
        signature = np.random.default_rng(int(sha256[:8], 16)).integers(0, 2**32, 64, "<u4").tobytes()
        return packed(Outcome(sha256, screening, signature))


def scan(archive: Path, out: Path, alone: bool) -> None:
    """One scan and what it took, as a line of JSON."""
    with tempfile.TemporaryDirectory() as scratch:
        engine = Standing(Path(scratch)) if alone else "local"
        began, worked = time.perf_counter(), time.process_time()
        result = pipeline.scan(archive, out, workers=2, engine=engine, as_of=_AS_OF)
        taken, spent = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    numbers = {"files": result.found, "flagged": result.flagged, "problems": result.problems, "duplicates": result.duplicates}
    print(json.dumps(numbers | {"seconds": taken, "cpu": spent, "peak": peak}))


def measure(count: int, *, alone: bool, folder: Path) -> tuple[dict, dict]:
    """An archive of ``count`` files scanned, and scanned again."""
    archive, out = folder / f"档案{count}", folder / f"out{count}{'a' * alone}"
    if not archive.exists():
        build(archive, count, "brief")
    command = [sys.executable, "-m", "benchmarks.growth", "--one", str(archive), str(out), *(["--alone"] if alone else [])]
    first, again = (json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(2))
    return first, again


def table(title: str, found: list[tuple[dict, dict]]) -> None:
    print(f"{title}\n文件\t命中\t主进程峰值 MB\t用时 秒\t主进程 CPU 秒\t毫秒/文件\t再扫 秒\t再扫 CPU 秒\t再扫峰值 MB")
    for first, again in found:
        each = [f"{first['files']}", f"{first['flagged']}", f"{first['peak'] / 1e6:.0f}", f"{first['seconds']:.0f}"]
        each += [f"{first['cpu']:.1f}", f"{1000 * first['seconds'] / first['files']:.2f}"]
        each += [f"{again['seconds']:.1f}", f"{again['cpu']:.1f}", f"{again['peak'] / 1e6:.0f}"]
        print("\t".join(each))
    if len(found) > 1:
        low, high = found[0], found[-1]
        print(f"峰值之比\t{high[0]['peak'] / low[0]['peak']:.2f}\t再扫\t{high[1]['peak'] / low[1]['peak']:.2f}")


def plot(found: list[tuple[dict, dict]]) -> str:
    """Peak, time and time again against the number of files, on log axes."""
    width, height, left, bottom = 560.0, 330.0, 60.0, 290.0
    sizes = [first["files"] for first, _ in found]
    low, high = 0.1, 1000.0

    def x(size: float) -> float:
        return left + 440 * np.log10(size / sizes[0]) / max(np.log10(sizes[-1] / sizes[0]), 1e-9)

    def y(value: float) -> float:
        return bottom - 250 * np.log10(max(value, low) / low) / np.log10(high / low)

    parts = opening(width, height, "扫描随文件数的增长")
    for power in range(-1, 4):
        parts += [line(left, y(10.0**power), left + 440, y(10.0**power), GRID)]
        parts += [text(left - 8, y(10.0**power) + 4, f"{10.0**power:g}", anchor="end")]
    parts += [text(x(size), bottom + 20, f"{size:,} 个文件", anchor="middle") for size in sizes]
    series = [
        ("主进程峰值（10 MB）", BLUE, [first["peak"] / 1e7 for first, _ in found]),
        ("主进程 CPU（秒）", INK, [first["cpu"] for first, _ in found]),
        ("再扫一次（秒）", SOFT, [again["seconds"] for _, again in found]),
    ]
    for name, colour, values in series:
        points = list(zip(map(x, sizes), map(y, values), strict=True))
        parts += [line(*one, *other, colour) for one, other in itertools.pairwise(points)]
        parts += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>' for px, py in points]
        parts.append(text(points[-1][0] - 6, points[-1][1] - 8, name, colour=colour, anchor="end"))
    return "\n".join([*parts, "</svg>\n"])


def main() -> None:
    command = argparse.ArgumentParser()
    command.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000])
    command.add_argument("--parent", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    command.add_argument("--folder", type=Path)
    command.add_argument("--one", type=Path, nargs=2)
    command.add_argument("--alone", action="store_true")
    options = command.parse_args()
    if options.one:
        scan(*options.one, options.alone)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        if options.sizes:
            table("整个扫描（2 个工作进程）", [measure(size, alone=False, folder=folder) for size in options.sizes])
        if options.parent:
            found = [measure(size, alone=True, folder=folder) for size in options.parent]
            table("主进程单独（文件由现成的筛查结果代答）", found)
            _PLOT.write_text(plot(found), encoding="utf-8")


if __name__ == "__main__":
    main()
