"""The scan of an archive: work list, executor, store, resume, outputs; and what people decide of it, taken in and sealed."""

from pipeline.archive.outputs import rewrite_outputs, rewrite_report, write_form
from pipeline.archive.people.calendar import report_done, set_up_timetable
from pipeline.archive.people.confirming import Confirmed, confirm
from pipeline.archive.people.history import history, undo
from pipeline.archive.people.problem_sheet import PROBLEM_SHEET, is_problem_sheet, take_problem_sheet
from pipeline.archive.people.reviewing import CHOICES, Taken, add_marks, decide, person, take_reviews
from pipeline.archive.people.sitting import Contradicted, Sitting
from pipeline.archive.people.units import save_unit, settings_of
from pipeline.archive.people.verifying import verify
from pipeline.archive.people.views import NO, YES, Mark, Review, decided, read_marks, taught_by
from pipeline.archive.problem_list import documents_table
from pipeline.archive.scan import ScanResult, scan
from pipeline.archive.sealing import record_audit, seal_out
from pipeline.archive.situation import NewDocument, Status, facts_of, status, take
from pipeline.archive.sources import archives_of
from pipeline.archive.store import ScanUnfinished, Store, StoreInUse
from pipeline.archive.upgrade import Outdated, outdated

__all__ = [
    "CHOICES",
    "NO",
    "PROBLEM_SHEET",
    "YES",
    "Confirmed",
    "Contradicted",
    "Mark",
    "NewDocument",
    "Outdated",
    "Review",
    "ScanResult",
    "ScanUnfinished",
    "Sitting",
    "Status",
    "Store",
    "StoreInUse",
    "Taken",
    "add_marks",
    "archives_of",
    "confirm",
    "decide",
    "decided",
    "documents_table",
    "facts_of",
    "history",
    "is_problem_sheet",
    "outdated",
    "person",
    "read_marks",
    "record_audit",
    "report_done",
    "rewrite_outputs",
    "rewrite_report",
    "save_unit",
    "scan",
    "seal_out",
    "set_up_timetable",
    "settings_of",
    "status",
    "take",
    "take_problem_sheet",
    "take_reviews",
    "taught_by",
    "undo",
    "verify",
    "write_form",
]
