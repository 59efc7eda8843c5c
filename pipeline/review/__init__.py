"""Review (复核): what an analyst uses in a notebook, or a clerk in a browser, to look at hits and decide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.review.book import open_in_jupyter, with_out, write_book
from pipeline.review.display import Shown, show
from pipeline.review.mailed import write_page
from pipeline.review.parquet import write_tables
from pipeline.review.plots import bars
from pipeline.review.results import Scan
from pipeline.review.second import Agreement, agreement, disputes

if TYPE_CHECKING:
    from pipeline.review.desk import Served

__all__ = [
    "Agreement",
    "Scan",
    "Shown",
    "agreement",
    "bars",
    "disputes",
    "open_in_jupyter",
    "open_scan",
    "serve",
    "served",
    "show",
    "with_out",
    "write_book",
    "write_page",
    "write_tables",
]


def open_scan(out: str | Path) -> Scan:
    """Open the output folder of a scan. Raises FileNotFoundError where nothing was scanned into it."""
    return Scan(out)


def served(out: str | Path, *, name: str = "", port: int = 0, second: str = "", sample: int = 0) -> Served:
    """The page of review, ready to be served. Raises FileNotFoundError where nothing was scanned into ``out``."""
    from pipeline.review.desk import Served  # the server is loaded where somebody wants one

    return Served(Scan(out).out, name=name, port=port, second=second, sample=sample)


def serve(page: Served, *, name: str = "", browser: bool = True, said=print) -> None:
    """Serve it until Ctrl-C, and open it in the browser."""
    from pipeline.review.desk import serve as until_the_end

    until_the_end(page, name=name, browser=browser, said=said)
