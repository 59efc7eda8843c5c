"""Files that are whole or not there (整存): written beside their place, put on the disk, then moved into it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """The path to write to; what lies there at the end of the block takes the place of ``path`` in one step. Where the block
    fails, or the disk is full, ``path`` stays as it was."""
    written = path.with_name(f".{path.name}.part")
    try:
        yield written
        with written.open("rb+") as file:
            os.fsync(file.fileno())
        written.replace(path)
    finally:
        with contextlib.suppress(OSError):
            written.unlink(missing_ok=True)
