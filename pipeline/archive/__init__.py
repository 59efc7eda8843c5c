"""The scan of an archive: work list, executor, store, resume, outputs."""

from pipeline.archive.scan import ScanResult, rewrite_outputs, scan
from pipeline.archive.store import Store, StoreInUse

__all__ = ["ScanResult", "Store", "StoreInUse", "rewrite_outputs", "scan"]
