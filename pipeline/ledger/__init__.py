"""The ledger (台账): draft in Excel and report in HTML from screenings; confirmed ledgers read back, sealed, merged."""

from pipeline.ledger.cell import put_text, read_text
from pipeline.ledger.choices import NOT_LISTED
from pipeline.ledger.confirm import decisions, keep_confirmed, tally, undecided
from pipeline.ledger.detail import DetailLine
from pipeline.ledger.mask import mask
from pipeline.ledger.merge import Duplicate, Merged, UnitCounts, merge
from pipeline.ledger.merged_book import write_merged
from pipeline.ledger.report import NearMiss, Problem, write_report
from pipeline.ledger.row import Entry, LedgerRow, ScanFacts, build_rows
from pipeline.ledger.seal import Seal, later_finds, load_seal, seal, write_supplement
from pipeline.ledger.unit import Scope, Unit, UnitError, load_unit, scope
from pipeline.ledger.workbook.excel import write_ledger
from pipeline.ledger.workbook.heights import row_height
from pipeline.ledger.workbook.read import CellProblem, LedgerError, ReadLedger, open_ledger, read_ledger
from pipeline.ledger.workbook.reproducible import save as save_book
from pipeline.ledger.workbook.template import fill_template

__all__ = [
    "NOT_LISTED",
    "CellProblem",
    "DetailLine",
    "Duplicate",
    "Entry",
    "LedgerError",
    "LedgerRow",
    "Merged",
    "NearMiss",
    "Problem",
    "ReadLedger",
    "ScanFacts",
    "Scope",
    "Seal",
    "Unit",
    "UnitCounts",
    "UnitError",
    "build_rows",
    "decisions",
    "fill_template",
    "keep_confirmed",
    "later_finds",
    "load_seal",
    "load_unit",
    "mask",
    "merge",
    "open_ledger",
    "put_text",
    "read_ledger",
    "read_text",
    "row_height",
    "save_book",
    "scope",
    "seal",
    "tally",
    "undecided",
    "write_ledger",
    "write_merged",
    "write_report",
    "write_supplement",
]
