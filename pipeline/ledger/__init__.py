"""Screenings -> Excel draft and report; the unit's scope."""

from pipeline.ledger.excel import write_ledger
from pipeline.ledger.facts import ScanFacts
from pipeline.ledger.read import Decision, LedgerError, read_ledger
from pipeline.ledger.report import report_entry, write_report
from pipeline.ledger.rows import Entry, LedgerRow, build_rows, renumbered
from pipeline.ledger.unit import Scope, Unit, UnitError, load_unit, scope_of

__all__ = [
    "Decision",
    "Entry",
    "LedgerError",
    "LedgerRow",
    "ScanFacts",
    "Scope",
    "Unit",
    "UnitError",
    "build_rows",
    "load_unit",
    "read_ledger",
    "renumbered",
    "report_entry",
    "scope_of",
    "write_ledger",
    "write_report",
]
