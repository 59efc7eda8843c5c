"""The scan of an archive: work list, executor, store, resume, outputs."""

from pipeline.archive.decisions import confirm, seal_out
from pipeline.archive.lessons import lessons
from pipeline.archive.scan import ScanResult, rewrite_outputs, scan
from pipeline.archive.store import Store, StoreInUse

__all__ = ["ScanResult", "Store", "StoreInUse", "confirm", "lessons", "rewrite_outputs", "scan", "seal_out"]
