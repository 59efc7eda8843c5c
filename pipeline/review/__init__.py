"""Review (复核): what an analyst uses in a notebook, or a clerk in a browser, to look at hits and decide."""

from pathlib import Path

from pipeline.review.book import open_in_jupyter, with_out, write_book
from pipeline.review.display import Shown, show
from pipeline.review.page import write_page
from pipeline.review.parquet import write_tables
from pipeline.review.results import Scan

__all__ = ["Scan", "Shown", "open_in_jupyter", "open_scan", "show", "with_out", "write_book", "write_page", "write_tables"]


def open_scan(out: str | Path) -> Scan:
    """Open the output folder of a scan. Raises FileNotFoundError where nothing was scanned into it."""
    return Scan(out)
