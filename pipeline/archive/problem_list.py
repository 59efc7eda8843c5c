"""problems.csv: every file, or part of one, that could not be screened; what costs most comes first.

A person reads the first columns, in Chinese. Programs go by name: ``path, kind, reason, remedy`` say the same under the
names that have always been theirs, and ``key`` names the kind in letters that do not change with the wording. By place,
the first four columns are these four as well.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from pipeline.ingest import problem_kinds
from pipeline.ledger import Problem
from pipeline.whole_files import whole

CHINESE = ("文件位置", "类别", "原因", "办法")
FOR_PROGRAMS = ("key", "path", "kind", "reason", "remedy")


def cost(kind: str, path: str) -> tuple[int, str, str]:
    """Sorts what may hide a whole document first, leftovers of programs last. A kind of another version's is taken for costly."""
    known = problem_kinds().get(kind)
    return (known.cost if known else 1, kind, path)


def write_problem_list(problems: Iterable[Problem], file_path: Path) -> None:
    """With a byte-order mark, so that Excel shows the Chinese; cells never begin as a formula would."""
    with (
        whole(file_path) as written,
        written.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow([*CHINESE, *FOR_PROGRAMS])
        for path, kind, reason, remedy in sorted(problems, key=lambda found: cost(found[1], found[0])):
            cells = [_as_text(cell) for cell in (path, kind, reason, remedy)]
            known = problem_kinds().get(kind)
            writer.writerow([*cells, known.key if known else "other", *cells])


def _as_text(cell: str) -> str:
    return "'" + cell if cell[:1] in "=+-@\t\r" and cell else cell
