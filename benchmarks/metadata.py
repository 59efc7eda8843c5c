"""How many elements of real documents are read exactly: `python -m benchmarks.metadata`."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pipeline.document import Metadata, UnreadableFile
from pipeline.ingest import read
from pipeline.structure import parse_metadata

SHARED = Path(__file__).resolve().parents[2] / "shared"
FIELDS = ("title", "number", "issuers", "date", "addressees")


def measure(shared: Path) -> dict[str, tuple[int, int, list[str]]]:
    """Field -> documents, exact matches (white space apart), and what was wrong in each miss.

    A file that cannot be read counts as a miss in every field.
    """
    result: dict[str, tuple[int, int, list[str]]] = {field: (0, 0, []) for field in FIELDS}
    files = {path.stem: path for path in (shared / "corpus").glob("*/*")}
    for line in (shared / "corpus" / "metadata.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        try:
            metadata = parse_metadata(read(files[row["id"]]))
        except UnreadableFile:
            metadata = Metadata()
        for field in FIELDS:
            gold, got = row["gold"].get(field) or "", getattr(metadata, field) or ""
            total, exact, misses = result[field]
            same = _plain(gold) == _plain(got)
            if not same:
                misses.append(f"{row['id']} 应为 {gold!r} 得到 {got!r}")
            result[field] = (total + 1, exact + same, misses)
    return result


def _plain(value: object) -> object:
    return re.sub(r"\s+", "", value) if isinstance(value, str) else value


def main() -> None:
    for field, (total, exact, misses) in measure(SHARED).items():
        print(f"{field:<12} {exact}/{total} = {exact / total:.3f}")
        for miss in misses:
            print("    ", miss)


if __name__ == "__main__":
    main()
