"""The notebook of one's own scan (复核.ipynb): notebooks/02 with the output folder filled in."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from pipeline.shipped import NOTEBOOKS
from pipeline.whole_files import whole

BOOK = "复核.ipynb"
_REVIEW = NOTEBOOKS / "02_review.ipynb"
_OUT = re.compile(r'^OUT = "[^"]*"', re.MULTILINE)


def with_out(book: dict[str, Any], out: str) -> dict[str, Any]:
    """The notebook with ``OUT`` set to this folder in the cell that is tagged "parameters". Raises ValueError without one."""
    for cell in book["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
            cell["source"] = _OUT.sub(lambda _: f"OUT = {json.dumps(out, ensure_ascii=False)}", source)
            return book
    raise ValueError("no cell is tagged parameters")


def write_book(out: Path) -> Path:
    """Write OUT/复核.ipynb; it names the folder that it lies in, so that it can be moved with it."""
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    book = with_out(json.loads(_REVIEW.read_text(encoding="utf-8")), ".")
    with whole(out / BOOK) as written:
        written.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return out / BOOK


def open_in_jupyter(book: Path) -> bool:
    """Open the notebook in JupyterLab until the person ends it; False where that is not installed.

    JupyterLab is told not to ask the network for news and newer versions.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        return False
    quiet = ("--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate")
    subprocess.run([sys.executable, "-m", "jupyterlab", str(book), *quiet], check=False)
    return True
