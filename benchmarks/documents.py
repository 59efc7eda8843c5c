"""How many real documents are found: `python -m benchmarks.documents`."""

from __future__ import annotations

import csv
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.document import Document
from pipeline.ingest import read
from pipeline.learn import Share
from pipeline.learn.evaluation import Judged, Label, measure
from pipeline.screening import screen

SHARED = Path(__file__).resolve().parents[2] / "shared"
_SHOWN = 90


def labelled(shared: Path) -> Iterator[tuple[dict[str, str], Document]]:
    """Every labelled full-text document of high confidence with its label, a group of duplicates once."""
    seen: set[str] = set()
    with (shared / "corpus" / "labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            group = row["dup_group"] or row["id"]
            if row["text_kind"] == "full" and row["label_confidence"] == "high" and group not in seen:
                seen.add(group)
                yield row, read(shared / "corpus" / "docs" / f"{row['id']}.txt")


def label_of(row: dict[str, str]) -> Label:
    functions = frozenset(filter(None, row["functions"].split(";")))
    return Label(row["id"], row["relevant"] == "1", row["tier"], functions)


def main() -> None:
    screen("预热。")
    began = time.perf_counter()
    found = [(row, Judged(label_of(row), screen(document))) for row, document in labelled(SHARED)]
    seconds = time.perf_counter() - began
    judged = [each for _, each in found]
    measured = measure(judged)
    hard = [each.screening.flagged for row, each in found if row["hard_negative"] == "1" and not each.label.relevant]
    for name, share in (measured.shares | {"难负例误报": Share(sum(hard), len(hard))}).items():
        print(f"{name}\t{share}")
    for name, score in measured.functions.items():
        print(f"F1 {name}\t{score.value:.3f} [{score.low:.3f}, {score.high:.3f}]")
    print(f"每秒文件\t{len(found) / seconds:.1f}（单核，含读取）")
    print(f"内存峰值\t{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    for miss in measured.misses:
        quoted = " ".join(miss.text.split())[:_SHOWN] or "没有条款送入模型"
        print(f"{miss.kind} {miss.path} {miss.score:.2f} | {quoted}")


if __name__ == "__main__":
    main()
