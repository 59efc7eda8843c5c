"""The ledger (台账): draft in Excel and report in HTML from screenings; confirmed ledgers read back, sealed, merged."""

from pipeline.ledger.excel import write_ledger
from pipeline.ledger.read import CellProblem, LedgerError, ReadLedger, read_ledger
from pipeline.ledger.report import NearMiss, write_report
from pipeline.ledger.row import DetailLine, Entry, LedgerRow, ScanFacts, build_rows
from pipeline.ledger.unit import Scope, Unit, UnitError, load_unit, scope

__all__ = [
    "CellProblem",
    "DetailLine",
    "Entry",
    "LedgerError",
    "LedgerRow",
    "NearMiss",
    "ReadLedger",
    "ScanFacts",
    "Scope",
    "Unit",
    "UnitError",
    "build_rows",
    "load_unit",
    "read_ledger",
    "scope",
    "write_ledger",
    "write_report",
]
