"""The results for other programs (数据表): OUT/tables/*.parquet, which pandas, DuckDB, Spark and R read, many folders at once.

The columns are those of the scan's DataFrames and always of the same types, also where a table is empty, so that the tables of
four hundred output folders are read as one. They are made from what is stored; a table is written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.errors import Refusal
from pipeline.review import tables
from pipeline.review.results import Scan
from pipeline.whole_files import whole

if TYPE_CHECKING:
    import pyarrow

FOLDER = "tables"
_AT_ONCE = 500  # documents in memory
_NUMBERS = {"得分": "float64", "把握": "float64", "页": "int32", "命中": "bool", "合格依据": "bool"}


def write_tables(out: str | Path) -> dict[str, int]:
    """Write every table of an output folder; the rows of each by its name.

    Raises FileNotFoundError where nothing was scanned, ScanUnfinished, and Refusal where pyarrow is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise Refusal("生成数据表需要安装：pip install shixin[tables]。没有改动任何文件。") from error
    scan = Scan(out)
    documents = scan.documents
    folder = scan.out / FOLDER
    folder.mkdir(exist_ok=True)
    frames: dict[str, tuple[list[str], Iterator[pd.DataFrame]]] = {
        "documents": (list(documents.columns), iter([documents])),
        "measures": (list(tables.MEASURES), _in_parts(scan, tables.measures, flagged_only=True)),
        "citations": (list(tables.CITATIONS), _in_parts(scan, tables.citations, flagged_only=False)),
        "problems": (list(tables.PROBLEMS), iter([scan.problems])),
    }
    return {name: _write(folder / f"{name}.parquet", columns, parts) for name, (columns, parts) in frames.items()}


def _in_parts(scan: Scan, table: Callable[..., pd.DataFrame], *, flagged_only: bool) -> Iterator[pd.DataFrame]:
    screenings = scan.screenings(flagged_only=flagged_only)
    while part := list(islice(screenings, _AT_ONCE)):
        yield table(part)


def _write(path: Path, columns: list[str], parts: Iterator[pd.DataFrame]) -> int:
    import pyarrow
    import pyarrow.parquet

    schema = _schema(columns)
    rows = 0
    with whole(path) as written, pyarrow.parquet.ParquetWriter(written, schema, compression="zstd") as writer:
        for part in parts:
            rows += len(part)
            writer.write_table(pyarrow.Table.from_pandas(part.map(_storable), schema=schema, preserve_index=False))
    return rows


def _storable(value: object) -> object:
    """A text may hold half a character, which no table can; it is told by a question mark."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _schema(columns: list[str]) -> pyarrow.Schema:
    import pyarrow

    types = {"float64": pyarrow.float64(), "int32": pyarrow.int32(), "bool": pyarrow.bool_()}
    return pyarrow.schema([(name, types[_NUMBERS[name]] if name in _NUMBERS else pyarrow.string()) for name in columns])
