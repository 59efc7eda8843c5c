"""Scans of many pages (长扫描件): recognising takes seconds a page, so the reader counts first and asks for the time.

A file read under a time limit that turns out to need more is given up at once and read again with a limit to match its
pages; counting costs milliseconds. Nothing is half read: past `MAX_PAGES` the file is a problem with a remedy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pipeline.ingest.problems import Unreadable

MAX_PAGES = 1_000
PAGES_AT_ONCE = 20  # recognised within the usual time limit of a file, on a slow and busy machine too
SECONDS_A_PAGE = 12.0  # two are usual; a page that lies on its side is read four times

_granted: ContextVar[int | None] = ContextVar("granted", default=None)


class MoreTimeNeeded(Exception):
    """So many pages have to be recognised, more than the time granted allows."""

    def __init__(self, pages: int):
        super().__init__(pages)
        self.pages = pages


@contextmanager
def granted(pages: int | None) -> Iterator[None]:
    """Within the block as many pages may be recognised; None: as many as there are."""
    token = _granted.set(pages)
    try:
        yield
    finally:
        _granted.reset(token)


def ask(pages: int) -> None:
    """Called by a reader before it recognises ``pages`` pages. Raises MoreTimeNeeded, or Unreadable where it is too much."""
    if pages > MAX_PAGES:
        raise Unreadable("超出限制", f"有 {pages} 页扫描件要识别，超过 {MAX_PAGES} 页")
    allowed = _granted.get()
    if allowed is not None and pages > allowed:
        raise MoreTimeNeeded(pages)
