"""The data tables hold what the scan's DataFrames hold, and those of many output folders are read as one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import pipeline
from benchmarks.archives import build
from pipeline.cli import main
from pipeline.review import open_scan, write_tables

pytest.importorskip("pyarrow")
NAMES = ("documents", "measures", "citations", "problems")


@pytest.fixture(scope="module")
def outs(tmp_path_factory) -> list[Path]:
    """Three offices' output folders: two with hits, one of an archive that holds one empty file."""
    folder = tmp_path_factory.mktemp("全省")
    for number in (1, 2):
        build(folder / f"档案{number}", 40, "small", seed=number)
    (folder / "档案3").mkdir()
    (folder / "档案3" / "空.doc").write_bytes(b"")
    made = [folder / f"out{number}" for number in (1, 2, 3)]
    for number, out in enumerate(made, 1):
        pipeline.scan(folder / f"档案{number}", out, workers=1, as_of="2026-01-01")
        assert main(["tables", str(out)]) == 0
    return made


def test_tables_are_those_of_the_opened_scan(outs: list[Path]) -> None:
    scan = open_scan(outs[0])
    assert len(scan.measures) and len(scan.citations)
    for name in NAMES:
        stored = pd.read_parquet(outs[0] / "tables" / f"{name}.parquet")
        pd.testing.assert_frame_equal(stored, getattr(scan, name), check_dtype=False)


@pytest.mark.parametrize("name", NAMES)
def test_tables_of_many_folders_are_read_as_one(outs: list[Path], name: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    files = [str(out / "tables" / f"{name}.parquet") for out in outs]
    ((counted,),) = duckdb.sql(f"SELECT count(*) FROM read_parquet({files})").fetchall()
    assert counted == sum(len(getattr(open_scan(out), name)) for out in outs) > 0


def test_types_of_an_empty_table_are_those_of_a_full_one(outs: list[Path]) -> None:
    from pyarrow import parquet

    for name in NAMES:
        full, empty = (parquet.read_schema(out / "tables" / f"{name}.parquet") for out in (outs[0], outs[2]))
        assert full.remove_metadata() == empty.remove_metadata()


def test_table_is_the_same_however_few_documents_are_in_memory(outs: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    before = pd.read_parquet(outs[0] / "tables" / "citations.parquet")
    monkeypatch.setattr("pipeline.review.parquet._AT_ONCE", 3)
    assert write_tables(outs[0])["citations"] == len(before)
    pd.testing.assert_frame_equal(pd.read_parquet(outs[0] / "tables" / "citations.parquet"), before)
