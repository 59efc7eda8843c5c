"""An opened scan (打开的扫描结果): tables, displays and the review of one output folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.archive import Review, Store, decided, documents_table
from pipeline.document import Screening
from pipeline.review import tables
from pipeline.review.display import Shown, show
from pipeline.review.glance import items
from pipeline.review.queue import Item, in_order
from pipeline.review.summary import summary

if TYPE_CHECKING:
    from pipeline.review.in_notebook import NotebookReview

_NAMED_MOST = 8


class Scan:
    """What lies in an output folder. Tables are read when first asked for; ``documents`` and ``near_misses`` always show
    the decisions as they stand."""

    def __init__(self, out: str | Path):
        """Raises FileNotFoundError where nothing was scanned into ``out``."""
        self.out = Path(out)
        if not (self.out / "scan.sqlite").is_file():
            raise FileNotFoundError(2, "no scan", str(self.out / "scan.sqlite"))

    # tables

    @property
    def documents(self) -> pd.DataFrame:
        """One row a file found, in the order of paths: outcome, elements, score, suggestion, decision."""
        return tables.documents(self._files, self.items)

    @cached_property
    def measures(self) -> pd.DataFrame:
        """One row a function or punishment measure of a flagged document, with basis, verdict and reason."""
        return tables.measures(self.screenings(flagged_only=True))

    @cached_property
    def citations(self) -> pd.DataFrame:
        """One row a legal basis that a screened document names, flagged or not."""
        return tables.citations(self.screenings(flagged_only=False))

    @property
    def problems(self) -> pd.DataFrame:
        """One row a file that could not be screened, with the reason and what can be done."""
        with self._store() as store:
            rows = [[record.path, record.kind, record.reason, record.remedy] for record in store.files() if record.kind]
        return pd.DataFrame(rows, columns=list(tables.PROBLEMS))

    @property
    def near_misses(self) -> pd.DataFrame:
        """The unflagged documents, the nearest to a flag first."""
        return tables.near_misses(self.items)

    @property
    def items(self) -> list[Item]:
        """The screened documents, one a group of duplicates, in the order of review, with the decisions as they stand."""
        decisions = decided(self.out)
        return [_with(item, decisions[item.document_id]) if item.document_id in decisions else item for item in self._items]

    # displays

    def screening(self, document: str) -> Screening:
        """One document by its path, its id, or a part of its path or title that no other has. Raises KeyError that says so."""
        item = self.find(document)
        with self._store() as store:
            return store.screening(item.sha256, item.path)

    def show(self, document: str) -> Shown:
        """The document's view, by the same names as `screening`."""
        item = self.find(document)
        return show(self.screening(item.document_id), places=self.places(item))

    def summary(self) -> Shown:
        """Counts that close, and bars by function, level, suggestion and decision."""
        return summary(self.documents, self.measures, self.citations)

    def review(self, name: str = "") -> NotebookReview:
        """The review in a notebook: the served page with its keys; decisions are kept at once, under ``name``."""
        from pipeline.review.in_notebook import NotebookReview  # the server is loaded where somebody wants one

        return NotebookReview(self.out, name)

    def find(self, document: str) -> Item:
        """The item that a person means by this name. Raises KeyError where none or several fit."""
        exact = [item for item in self._items if document in (item.path, item.document_id, item.sha256)]
        for lead in self._files.loc[self._files["路径"] == document, "同一文件"]:
            exact += [item for item in self._items if item.path == lead]
        found = exact or [item for item in self._items if document and (document in item.path or document in item.title)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise KeyError(f"没有筛查过的文件叫“{document}”；全部文件见 documents 表。")
        raise KeyError(f"“{document}”可指 {len(found)} 个文件：" + "、".join(item.path for item in found[:_NAMED_MOST]))

    def places(self, item: Item) -> list[str]:
        """The file and its duplicates."""
        return [item.path, *self._duplicates.get(item.path, [])]

    # what lies behind them

    def _store(self) -> Store:
        return Store(self.out / "scan.sqlite")

    def screenings(self, *, flagged_only: bool) -> Iterator[Screening]:
        """The screened documents, one a group of duplicates, by path; one in memory at a time."""
        with self._store() as store:
            for item in sorted(self._items, key=lambda item: item.path):
                if item.flagged or not flagged_only:
                    yield store.screening(item.sha256, item.path)

    @cached_property
    def _files(self) -> pd.DataFrame:
        with self._store() as store:
            return documents_table(store)

    @cached_property
    def _duplicates(self) -> dict[str, list[str]]:
        places: dict[str, list[str]] = defaultdict(list)
        for path, lead in zip(self._files["路径"], self._files["同一文件"], strict=True):
            if lead:
                places[lead].append(path)
        return places

    @cached_property
    def _items(self) -> list[Item]:
        with self._store() as store:
            return in_order(items(store))


def _with(item: Item, said: Review) -> Item:
    return replace(item, decision=said.decision, note=said.note, decided_at=said.decided_at)
