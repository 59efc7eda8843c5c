"""The notebooks run from top to bottom on the sample archive, and lie in git without outputs."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import nbformat
import pytest

from pipeline.review import with_out, write_book
from pipeline.shipped import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


def runner():
    """notebooks/run.py as a module."""
    spec = importlib.util.spec_from_file_location("run_notebooks", ROOT / "notebooks" / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebooks share one scan, as an analyst's do."""
    return tmp_path_factory.mktemp("笔记本")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path: Path, folder: Path) -> None:
    book = nbformat.read(runner().run(path, folder), as_version=4)
    code = [cell for cell in book.cells if cell.cell_type == "code" and cell.source.strip()]
    assert all(cell.execution_count for cell in code)
    warned = [out.text for cell in code for out in cell.outputs if out.output_type == "stream" and out.name == "stderr"]
    assert warned == [] or path.stem.startswith("04")  # training on a few clauses may warn that it did not converge


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_in_git_is_clean_and_names_no_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    book = json.loads(text)
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert not any(root in text for root in ('"/', "/home/", "/Users/", "C:\\\\"))
    assert [cell for cell in code if "parameters" in cell["metadata"].get("tags", ())]


def test_the_notebook_of_a_scan_opens_the_folder_that_it_lies_in(out: Path) -> None:
    book = nbformat.read(write_book(out), as_version=4)
    nbformat.validate(book)
    (parameters,) = (cell for cell in book.cells if "parameters" in cell.metadata.get("tags", ()))
    assert parameters.source.startswith('OUT = "."')


def test_a_notebook_without_parameters_is_refused() -> None:
    with pytest.raises(ValueError, match="parameters"):
        with_out({"cells": [{"metadata": {}, "source": "1"}]}, "out")
