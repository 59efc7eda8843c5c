"""Bytes -> Document: discover, sniff, one reader a format, layout clean-up."""

from pipeline.ingest.discover import Source, discover, hash_file, read_bytes
from pipeline.ingest.problems import problem
from pipeline.ingest.reading import is_address, read, read_document

__all__ = ["Source", "discover", "hash_file", "is_address", "problem", "read", "read_bytes", "read_document"]
