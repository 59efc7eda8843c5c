"""Runs the notebooks from top to bottom and keeps what they show: ``python notebooks/run.py FOLDER [NAME ...]``.

The notebooks in git hold no outputs; the executed copies, and the scan that they share, lie in FOLDER.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from pipeline.review import with_out

HERE = Path(__file__).parent
SECONDS_A_CELL = 600


def notebooks() -> list[Path]:
    """All notebooks in the order of the work."""
    return sorted(HERE.glob("[0-9]*.ipynb"))


def run(path: Path, folder: Path) -> Path:
    """Run one notebook on the scan in ``folder`` and write the executed copy there. Raises CellExecutionError."""
    folder.mkdir(parents=True, exist_ok=True)
    book = with_out(nbformat.read(path, as_version=4), str((folder / "示例").resolve()))
    client = NotebookClient(book, timeout=SECONDS_A_CELL, resources={"metadata": {"path": str(HERE)}})
    client.execute()
    nbformat.write(book, folder / path.name)
    return folder / path.name


def main(folder: str, *names: str) -> None:
    for path in notebooks():
        if not names or path.stem in names:
            began = time.monotonic()
            written = run(path, Path(folder))
            print(f"{written}　{time.monotonic() - began:.0f} 秒")


if __name__ == "__main__":
    main(*sys.argv[1:])
