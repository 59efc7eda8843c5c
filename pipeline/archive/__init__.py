"""The scan of an archive: work list, executor, store, resume, outputs."""

from pipeline.archive.audit_marks import NO, YES, Mark, add_marks, found_by_people, read_marks
from pipeline.archive.decisions import confirm, decided, seal_out
from pipeline.archive.outputs import documents_table
from pipeline.archive.reviews import CHOICES, Review, decide, read_reviews, take_reviews
from pipeline.archive.scan import ScanResult, rewrite_outputs, rewrite_report, scan
from pipeline.archive.store import ScanUnfinished, Store, StoreInUse

__all__ = [
    "CHOICES",
    "NO",
    "YES",
    "Mark",
    "Review",
    "ScanResult",
    "ScanUnfinished",
    "Store",
    "StoreInUse",
    "add_marks",
    "confirm",
    "decide",
    "decided",
    "documents_table",
    "found_by_people",
    "read_marks",
    "read_reviews",
    "rewrite_outputs",
    "rewrite_report",
    "scan",
    "seal_out",
    "take_reviews",
]
