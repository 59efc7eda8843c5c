"""Bytes -> Document: discover, sniff, one reader a format, layout clean-up."""

from pipeline.ingest.discover import Source, discover, hash_file, read_bytes
from pipeline.ingest.ocr.long_scans import PAGES_AT_ONCE, SECONDS_A_PAGE, MoreTimeNeeded, granted
from pipeline.ingest.problems import problem
from pipeline.ingest.reading import bytes_at, is_address, read, read_document

__all__ = [
    "PAGES_AT_ONCE",
    "SECONDS_A_PAGE",
    "MoreTimeNeeded",
    "Source",
    "bytes_at",
    "discover",
    "granted",
    "hash_file",
    "is_address",
    "problem",
    "read",
    "read_bytes",
    "read_document",
]
