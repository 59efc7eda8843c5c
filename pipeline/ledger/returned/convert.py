"""Workbooks of other formats (.xls, .et, .ods) by way of LibreOffice, where it is installed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from openpyxl import Workbook

from pipeline.ingest.problems import Unreadable
from pipeline.ingest.word.soffice import converted
from pipeline.ledger.workbook.read import LedgerError, open_ledger


def as_xlsx(path: Path) -> Workbook:
    """The workbook as LibreOffice saves it. Raises LedgerError that says what to do where that can't be done."""
    ending = path.suffix.lower().lstrip(".") or "xls"
    with tempfile.TemporaryDirectory(prefix="shixin-") as folder:
        try:
            data = converted(path.read_bytes(), Path(folder), ending, "xlsx:Calc MS Excel 2007 XML")
        except Unreadable as error:
            raise LedgerError(f"{path}：不能读取这种格式（{error}）；请用 Excel 或 WPS 打开后另存为 .xlsx") from error
        (Path(folder) / "read.xlsx").write_bytes(data)
        return open_ledger(Path(folder) / "read.xlsx", data_only=True)
