"""How many real documents are found: `python -m benchmarks.documents`."""

from __future__ import annotations

import csv
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scipy.stats import beta
from sklearn.metrics import f1_score

from pipeline.document import Document, Function, Screening
from pipeline.ingest import read
from pipeline.screening import screen

SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled document and what the product says of it."""

    row: dict[str, str]
    screening: Screening

    @property
    def relevant(self) -> bool:
        return self.row["relevant"] == "1"


def labelled(shared: Path) -> Iterator[tuple[dict[str, str], Document]]:
    """Every labelled full-text document of high confidence with its label, a group of duplicates once."""
    seen: set[str] = set()
    with (shared / "corpus" / "labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            group = row["dup_group"] or row["id"]
            if row["text_kind"] == "full" and row["label_confidence"] == "high" and group not in seen:
                seen.add(group)
                yield row, read(shared / "corpus" / "docs" / f"{row['id']}.txt")


def judged(shared: Path) -> list[Judged]:
    """What the product says of every labelled document."""
    return [Judged(row, screen(document)) for row, document in labelled(shared)]


def interval(hits: int, total: int) -> str:
    """A share with its exact 95 % interval (Clopper-Pearson)."""
    if not total:
        return "—"
    low = beta.ppf(0.025, hits, total - hits + 1) if hits else 0.0
    high = beta.ppf(0.975, hits + 1, total - hits) if hits < total else 1.0
    return f"{hits}/{total} = {hits / total:.3f} [{low:.3f}, {high:.3f}]"


def table(documents: list[Judged]) -> list[tuple[str, str]]:
    """The figures, as rows of name and value."""
    rows = []
    for name, tiers in (("查全率", {"core", "embedded"}), ("查全率 core", {"core"}), ("查全率 embedded", {"embedded"})):
        chosen = [each for each in documents if each.relevant and each.row["tier"] in tiers]
        rows.append((name, interval(sum(each.screening.flagged for each in chosen), len(chosen))))
    flagged = [each for each in documents if each.screening.flagged]
    rows.append(("查准率", interval(sum(each.relevant for each in flagged), len(flagged))))
    hard = [each for each in documents if each.row["hard_negative"] == "1" and not each.relevant]
    rows.append(("难负例误报", interval(sum(each.screening.flagged for each in hard), len(hard))))
    relevant = [each for each in documents if each.relevant]
    for function in Function:
        truth = [str(function) in each.row["functions"] for each in relevant]
        said = [any(str(function) in clause.functions for clause in each.screening.clauses) for each in relevant]
        rows.append((f"F1 {function}", f"{f1_score(truth, said):.3f}"))
    rows.append(("F1 平均", f"{sum(float(value) for name, value in rows if name.startswith('F1')) / len(Function):.3f}"))
    return rows


def main() -> None:
    screen("预热。")
    began = time.perf_counter()
    documents = judged(SHARED)
    seconds = time.perf_counter() - began
    for name, value in table(documents):
        print(f"{name}\t{value}")
    print(f"每秒文件\t{len(documents) / seconds:.1f}（单核，含读取）")
    print(f"内存峰值\t{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    for each in documents:
        if each.relevant != each.screening.flagged:
            kind = "漏报" if each.relevant else "误报"
            best = max(each.screening.clauses, key=lambda clause: max(clause.functions.values(), default=0), default=None)
            print(
                f"{kind} {each.row['id']} {each.screening.score:.2f} {each.row['note'][:30]} | {best.text[:90] if best else ''}"
            )


if __name__ == "__main__":
    main()
