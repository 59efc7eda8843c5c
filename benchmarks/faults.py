"""Damaged files by the thousand (损坏文件): is any lost, does the scan end, is the result the same twice?

`python -m benchmarks.faults [COUNT]` damages the files of the sample archive in every way that happens to files, scans them,
scans them again with another number of workers, and prints what became of each kind.
"""

from __future__ import annotations

import io
import random
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

import pipeline
from pipeline.archive import ScanResult
from pipeline.shipped import ROOT

SAMPLES = ROOT / "data" / "raw"
COUNT, CHUNK = 5000, 500
_LARGEST = 400_000  # bytes; what must be recognised optically is slow and would be most of the time
_ENDINGS = (".pdf", ".docx", ".doc", ".txt", ".html", ".ofd", ".xlsx", ".zip", ".jpg", ".eml", "", ".PDF ", ".wps", ".rtf")
_ODD = (
    "空 格 ",
    "＝公式",
    "=1+1",
    "换\n行",
    "emoji😀",
    "‮反向",
    "a" * 60,
    "。。",
    "-rf",
    "%s{}",
    "\u200b零宽",
    "全角！号",
    "感叹!号",
)

Named = tuple[str, bytes]
Damage = Callable[[random.Random, str, bytes], Named]


def _cut(draw: random.Random, name: str, data: bytes) -> Named:
    return name, data[: draw.randrange(len(data) + 1)]


def _flipped(draw: random.Random, name: str, data: bytes) -> Named:
    changed = bytearray(data)
    for _ in range(draw.choice((1, 8, 64, 512))):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return name, bytes(changed)


def _blanked(draw: random.Random, name: str, data: bytes) -> Named:
    start = draw.randrange(len(data))
    length = draw.randrange(1, 1 + len(data) // 2)
    return name, data[:start] + bytes(min(length, len(data) - start)) + data[start + length :]


def _renamed(draw: random.Random, name: str, data: bytes) -> Named:
    return Path(name).stem + draw.choice(_ENDINGS), data


def _oddly_named(draw: random.Random, name: str, data: bytes) -> Named:
    return draw.choice(_ODD) + name, data


def _led_by_rubbish(draw: random.Random, name: str, data: bytes) -> Named:
    return name, draw.randbytes(draw.choice((1, 16, 2048))) + data


def _followed_by_rubbish(draw: random.Random, name: str, data: bytes) -> Named:
    return name, data + draw.randbytes(draw.choice((1, 16, 4096)))


def _twice(draw: random.Random, name: str, data: bytes) -> Named:
    middle = draw.randrange(len(data))
    return name, data[:middle] + data[draw.randrange(middle + 1) :]


def _rubbish(draw: random.Random, name: str, data: bytes) -> Named:
    return name, draw.randbytes(draw.choice((0, 1, 3, 100, 5000)))


def _packed(draw: random.Random, name: str, data: bytes) -> Named:
    stored = io.BytesIO()
    if draw.random() < 0.5:
        with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr(f"附件/{name}", data)
        return Path(name).stem + ".zip", stored.getvalue()
    with tarfile.open(fileobj=stored, mode="w:gz") as archive:
        member = tarfile.TarInfo(f"附件/{name}")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return Path(name).stem + ".tar.gz", stored.getvalue()


def _packed_twice(draw: random.Random, name: str, data: bytes) -> Named:
    return _packed(draw, *_packed(draw, name, data))


def _packed_and_cut(draw: random.Random, name: str, data: bytes) -> Named:
    return _cut(draw, *_packed(draw, name, data))


def _packed_and_flipped(draw: random.Random, name: str, data: bytes) -> Named:
    return _flipped(draw, *_packed(draw, name, data))


def _whole(draw: random.Random, name: str, data: bytes) -> Named:
    return name, data


DAMAGES: dict[str, Damage] = {
    "截断": _cut,
    "翻转字节": _flipped,
    "清零一段": _blanked,
    "改扩展名": _renamed,
    "怪文件名": _oddly_named,
    "前加乱码": _led_by_rubbish,
    "后加乱码": _followed_by_rubbish,
    "内容重叠": _twice,
    "全是乱码": _rubbish,
    "打包": _packed,
    "两层打包": _packed_twice,
    "打包后截断": _packed_and_cut,
    "打包后翻转": _packed_and_flipped,
    "原样重复": _whole,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a folder of damaged files: kinds of damage by what happened, what was lost, whether all went alike twice."""

    by_kind: pd.DataFrame
    lost: list[str]
    closes: bool
    alike: bool


def damage(folder: Path, count: int, seed: int) -> None:
    """Write ``count`` damaged files below ``folder``, one subfolder a kind; the same for the same seed."""
    draw = random.Random(seed)
    samples = [path for path in sorted(SAMPLES.rglob("*.*")) if path.parent != SAMPLES and 0 < path.stat().st_size < _LARGEST]
    kinds = list(DAMAGES)
    for number in range(count):
        kind, sample = kinds[number % len(kinds)], draw.choice(samples)
        name, data = DAMAGES[kind](draw, sample.name, sample.read_bytes())
        path = folder / kind / f"{seed}-{number}" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(data)


def survive(folder: Path, scratch: Path) -> Outcome:
    """Scan ``folder`` twice, with one worker and with two, into new places below ``scratch``."""
    first, second = (pipeline.scan(folder, scratch / str(workers), workers=workers) for workers in (1, 2))
    table = first.documents
    told = set(table["路径"]) | {path.partition("!")[0] for path in table["路径"]}
    on_disk = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()]
    lost = [path for path in on_disk if path not in told and not any(each.startswith(f"{path}!") for each in told)]
    kinds = table["路径"].str.partition("/")[0].rename("损坏")
    by_kind = pd.crosstab(kinds, table["结果"])
    return Outcome(by_kind, lost, _closes(first, table) and _closes(second, second.documents), _alike(first, second))


def _closes(result: ScanResult, table: pd.DataFrame) -> bool:
    problems = table[table["结果"] == "问题"]
    told = problems["原因"].str.len().gt(0).all()
    return result.found == result.screened + result.duplicates + result.problems == len(table) and bool(told)


def _alike(first: ScanResult, second: ScanResult) -> bool:
    ledgers = [(result.out / "ledger.xlsx").read_bytes() for result in (first, second)]
    return first.documents.equals(second.documents) and ledgers[0] == ledgers[1]


def main(count: int = COUNT) -> None:
    began = time.perf_counter()
    total, lost, unlike, open_sums, crashes = pd.DataFrame(), 0, 0, 0, 0
    for number, size in enumerate([CHUNK] * (count // CHUNK) + ([count % CHUNK] if count % CHUNK else [])):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "档案"
            damage(folder, size, seed=number)
            try:
                found = survive(folder, Path(scratch))
            except Exception as error:  # a scan that ends in an exception is what is counted here
                crashes += 1
                print(f"扫描中断：{type(error).__name__} {error}", file=sys.stderr)
                continue
        total = total.add(found.by_kind, fill_value=0)
        lost, unlike, open_sums = lost + len(found.lost), unlike + (not found.alike), open_sums + (not found.closes)
        for path in found.lost:
            print(f"丢失：{path}", file=sys.stderr)
        print(f"{(number + 1) * CHUNK} {time.perf_counter() - began:.0f} s", file=sys.stderr)
    tried = Counter(
        list(DAMAGES)[index % len(DAMAGES)] for size in [CHUNK] * (count // CHUNK) + [count % CHUNK] for index in range(size)
    )
    print("损坏方式\t文件\t" + "\t".join(total.columns))
    for kind in DAMAGES:
        cells = total.loc[kind] if kind in total.index else [0] * len(total.columns)
        print("\t".join([kind, str(tried[kind]), *(str(int(cell)) for cell in cells)]))
    print(f"合计 {count} 个损坏文件\t丢失 {lost}\t扫描崩溃 {crashes}\t两次结果不同 {unlike}\t总数不闭合 {open_sums}")
    print(f"每批 {CHUNK} 个各扫描两次（1 个和 2 个进程）\t{time.perf_counter() - began:.0f} 秒")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
