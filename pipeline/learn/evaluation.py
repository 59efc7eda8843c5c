"""How many labelled documents the product finds (检验): the whole way from file to flag, on a user's own labels.

`labels.csv` has a header and one row a document: ``path`` (below the folder of documents) or ``id`` (the file's name without
its ending); ``relevant`` (1 or 0, 是 or 否; empty: not labelled, left out); and, where known, ``tier`` (core: about credit;
embedded: a clause in something else) and ``functions`` (parted by ;).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.document import Function, Screening, UnreadableFile
from pipeline.errors import Refusal
from pipeline.learn.held_out import document_shares, function_scores
from pipeline.learn.intervals import Share
from pipeline.screening import likeliest, screen

_YES_NO = {"1": True, "是": True, "0": False, "否": False}
_FUNCTIONS = tuple(map(str, Function))


class LabelsError(Refusal, ValueError):
    """A table of labels that can't be used; the message, in Chinese, names the line and what to do."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of a document; ``functions`` is None where the table does not tell."""

    path: str
    relevant: bool
    tier: str = ""
    functions: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled document and what the product says of it."""

    label: Label
    screening: Screening

    @property
    def functions(self) -> frozenset[str]:
        """The functions of the clauses that are listed."""
        return frozenset(name for clause in self.screening.clauses for name in clause.functions)


@dataclass(frozen=True, slots=True)
class FunctionScore:
    """F1 of one function over the relevant documents, with its 95 % interval (documents drawn with replacement)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Miss:
    """A document judged wrongly: 漏报 or 误报, its score, and the clause that speaks most for it (None: none was looked at)."""

    kind: str
    path: str
    score: float
    label: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Shares by name, F1 by function and on average, what was wrong, and the files that could not be read."""

    documents: int
    shares: dict[str, Share]
    functions: dict[str, FunctionScore]
    misses: list[Miss] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def evaluate(labels: Path, docs: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> Evaluation:
    """Screen every labelled document below ``docs``. Raises LabelsError, FileNotFoundError."""
    return measure(*judge_labelled(labels, docs, progress))


def judge_labelled(
    labels: Path, docs: Path, progress: Callable[[int, int], None] = lambda done, total: None
) -> tuple[list[Judged], list[str]]:
    """Every labelled document screened, in the order of the table, and which could not be read and why."""
    rows = read_labels(labels, docs)
    judged, unreadable = [], []
    for done, label in enumerate(rows, start=1):
        try:
            judged.append(Judged(label, screen(docs / label.path)))
        except UnreadableFile as error:
            unreadable.append(f"{label.path}：{error.reason}")
        progress(done, len(rows))
    return judged, unreadable


def measure(judged: Sequence[Judged], unreadable: Iterable[str] = ()) -> Evaluation:
    """The figures of documents that were screened."""
    shares = document_shares([(each.label.relevant, each.label.tier, each.screening.flagged) for each in judged])
    misses = [_miss(each) for each in judged if each.label.relevant != each.screening.flagged]
    ordered = sorted(misses, key=lambda miss: (miss.kind != "漏报", miss.path))
    return Evaluation(len(judged), shares, _function_scores(judged), ordered, list(unreadable))


def read_labels(path: Path, docs: Path) -> list[Label]:
    """The labelled rows, in file order; read as UTF-8, or as Excel on a Chinese Windows saves CSV."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    heads = set(reader.fieldnames or ())
    if not heads & {"path", "id"} or "relevant" not in heads:
        raise LabelsError(f"{path}：表头须有 path（或 id）和 relevant 两列，现为：{'、'.join(sorted(heads)) or '空'}")
    names = {file.stem: file.name for file in sorted(docs.iterdir())} if "path" not in heads else {}
    rows = [(line, {head: (value or "").strip() for head, value in row.items() if head}) for line, row in enumerate(reader, 2)]
    labels = [_label(path, line, row, docs, names) for line, row in rows if row["relevant"]]
    if not labels:
        raise LabelsError(f"{path}：没有一行填写了 relevant（1 或 0）。")
    return labels


def _label(table: Path, line: int, row: dict[str, str], docs: Path, names: dict[str, str]) -> Label:
    if row["relevant"] not in _YES_NO:
        raise LabelsError(f"{table} 第{line}行：relevant 应为 1 或 0，现为“{row['relevant']}”")
    name = row.get("path") or names.get(row.get("id", ""), "")
    if not name or not (docs / name.partition("!")[0]).is_file():
        raise LabelsError(f"{table} 第{line}行：在 {docs} 中找不到文件“{name or row.get('id', '')}”")
    functions = (
        frozenset(filter(None, row["functions"].replace("；", ";").replace("、", ";").split(";")))
        if "functions" in row
        else None
    )
    if functions and not functions <= set(_FUNCTIONS):
        raise LabelsError(f"{table} 第{line}行：不认识的环节“{'、'.join(sorted(functions - set(_FUNCTIONS)))}”")
    return Label(name, _YES_NO[row["relevant"]], row.get("tier", ""), functions)


def _function_scores(judged: Sequence[Judged]) -> dict[str, FunctionScore]:
    """Over the relevant documents whose functions the table tells; nothing where there is none."""
    told = [each for each in judged if each.label.relevant and each.label.functions]
    truth = [[name in (each.label.functions or ()) for name in _FUNCTIONS] for each in told]
    said = [[name in each.functions for name in _FUNCTIONS] for each in told]
    return {name: FunctionScore(*score) for name, score in function_scores(truth, said).items()} if told else {}


def _miss(judged: Judged) -> Miss:
    screening = judged.screening
    kind = "漏报" if judged.label.relevant else "误报"
    clause = likeliest(screening)
    path = judged.label.path
    return Miss(kind, path, screening.score, clause.label, clause.text) if clause else Miss(kind, path, screening.score)
