"""The ledger (台账): draft in Excel and report in HTML from screenings; confirmed ledgers read back, sealed, merged."""

from pipeline.ledger import seal
from pipeline.ledger.cell import put_text, read_text
from pipeline.ledger.choices import NOT_LISTED
from pipeline.ledger.confirm import decisions, tally, undecided
from pipeline.ledger.detail import DetailLine, selected_line
from pipeline.ledger.mask import mask
from pipeline.ledger.report import NearMiss, Problem, write_report
from pipeline.ledger.returned import WITHDRAWN, Edit, Returned, ReturnedRow, bare, read_returned, same
from pipeline.ledger.rollup import Duplicate, Merged, UnitCounts, load_units, merge, write_merged
from pipeline.ledger.row import (
    Entry,
    LedgerRow,
    ScanFacts,
    as_json,
    build_row,
    build_rows,
    draft_id,
    lines_as_json,
    lines_from_json,
    row_from_json,
    sorted_rows,
)
from pipeline.ledger.seal import Seal, later_finds, load_seal, load_seals, names_of, write_supplement
from pipeline.ledger.template import Filled, fill_template
from pipeline.ledger.unit import UNIT_FIELDS, Scope, Unit, UnitError, load_unit, scope
from pipeline.ledger.workbook.excel import write_ledger
from pipeline.ledger.workbook.heights import row_height
from pipeline.ledger.workbook.paper import A4, PAPERS, Paper
from pipeline.ledger.workbook.read import CellProblem, LedgerError, ReadLedger, open_ledger, read_ledger
from pipeline.ledger.workbook.reproducible import save as save_book

__all__ = [
    "A4",
    "NOT_LISTED",
    "PAPERS",
    "UNIT_FIELDS",
    "WITHDRAWN",
    "CellProblem",
    "DetailLine",
    "Duplicate",
    "Edit",
    "Entry",
    "Filled",
    "LedgerError",
    "LedgerRow",
    "Merged",
    "NearMiss",
    "Paper",
    "Problem",
    "ReadLedger",
    "Returned",
    "ReturnedRow",
    "ScanFacts",
    "Scope",
    "Seal",
    "Unit",
    "UnitCounts",
    "UnitError",
    "as_json",
    "bare",
    "build_row",
    "build_rows",
    "decisions",
    "draft_id",
    "fill_template",
    "later_finds",
    "lines_as_json",
    "lines_from_json",
    "load_seal",
    "load_seals",
    "load_unit",
    "load_units",
    "mask",
    "merge",
    "names_of",
    "open_ledger",
    "put_text",
    "read_ledger",
    "read_returned",
    "read_text",
    "row_from_json",
    "row_height",
    "same",
    "save_book",
    "scope",
    "seal",
    "selected_line",
    "sorted_rows",
    "tally",
    "undecided",
    "write_ledger",
    "write_merged",
    "write_report",
    "write_supplement",
]
