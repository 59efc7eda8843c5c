"""Bytes -> Document: discover, sniff, one reader a format, layout clean-up."""

from pipeline.addresses import RemoteUnavailable, archive_at, is_there
from pipeline.ingest.containers.members import Found, members_in
from pipeline.ingest.discover import Kept, Source, count_files, discover, hash_file, nothing_kept, opened, read_bytes
from pipeline.ingest.ocr.installed import is_installed as can_recognise
from pipeline.ingest.ocr.long_scans import PAGES_AT_ONCE, SECONDS_A_PAGE, MoreTimeNeeded, granted
from pipeline.ingest.problems import kinds as problem_kinds
from pipeline.ingest.problems import problem
from pipeline.ingest.reading import bytes_at, is_address, read, read_document

__all__ = [
    "PAGES_AT_ONCE",
    "SECONDS_A_PAGE",
    "Found",
    "Kept",
    "MoreTimeNeeded",
    "RemoteUnavailable",
    "Source",
    "archive_at",
    "bytes_at",
    "can_recognise",
    "count_files",
    "discover",
    "granted",
    "hash_file",
    "is_address",
    "is_there",
    "members_in",
    "nothing_kept",
    "opened",
    "problem",
    "problem_kinds",
    "read",
    "read_bytes",
    "read_document",
]
