"""The work on one file: a pure function that any engine may run, and what it hands back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from pipeline.archive.duplicates import signature
from pipeline.archive.entry import Entry, entry_of
from pipeline.archive.executor import Again
from pipeline.document import Document, Screening, UnreadableFile
from pipeline.ingest import (
    PAGES_AT_ONCE,
    SECONDS_A_PAGE,
    Found,
    MoreTimeNeeded,
    Source,
    granted,
    members_in,
    problem,
    read_bytes,
    read_document,
)
from pipeline.screening import judge, screen
from pipeline.structure import parse


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A file to read and screen; ``as_of`` is the ISO date of judgement, ``registry`` the user's own table or None.

    ``scanned_pages`` is how many pages may be recognised (OCR) in the time that the task is given.
    """

    source: Source
    as_of: str
    registry: str | None = None
    scanned_pages: int = PAGES_AT_ONCE

    @property
    def extra_seconds(self) -> float:
        """What recognising so many pages may take beyond the usual time of a file."""
        return SECONDS_A_PAGE * (self.scanned_pages - PAGES_AT_ONCE)


@dataclass(frozen=True, slots=True)
class RescreenTask:
    """A stored document to screen again, without reading its file."""

    document: Document
    as_of: str
    registry: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Either a screening with its signature (packed: as its ``entry``), or the problem that stood in the way; or nothing of the file
    itself where it is a mere container. ``members`` are the files that a closed file was found to hold."""

    sha256: str
    screening: Screening | None = None
    signature: bytes = b""
    problem: UnreadableFile | None = None
    members: tuple[Found, ...] = ()
    entry: Entry | None = None


_EVERYTHING = "根据《中华人民共和国行政处罚法》第三十条，将骗取补贴的企业列入失信名单，向社会公示。"


def prepare() -> None:
    """Load what judging needs (model, tables, registry): a sentence that makes use of all of it."""
    screen(_EVERYTHING, as_of="2021-01-25")


def perform(task: ReadTask | RescreenTask) -> Outcome | Again:
    """Screen one file or stored document. An unreadable file is an outcome, not an error; a long scan asks for more time."""
    sha256 = ""
    members: tuple[Found, ...] = ()
    try:
        if isinstance(task, RescreenTask):
            document = task.document
        else:
            data = read_bytes(task.source)
            sha256 = hashlib.sha256(data).hexdigest()
            if task.source.closed and (found := members_in(data, task.source.path)):
                itself, members = _parted(found, task.source.path)
                if itself is None:
                    return Outcome(sha256, members=members)
                if itself.problem is not None:
                    raise itself.problem
            with granted(task.scanned_pages):
                document = replace(read_document(data, task.source.path), sha256=sha256)
        metadata, clauses = parse(document)
        if metadata.classification:
            # Classified text (涉密) stops here: nothing of it reaches the store, not even its title.
            marked = problem("涉密", document.path, f"标有密级“{metadata.classification}”")
            return Outcome("", problem=marked, members=members)
        screening = judge(document, metadata, clauses, as_of=task.as_of, registry=task.registry)
        return Outcome(document.sha256, screening, signature(document.text), members=members)
    except MoreTimeNeeded as need:
        assert isinstance(task, ReadTask)
        return Again(replace(task, scanned_pages=need.pages))
    except UnreadableFile as error:
        return Outcome(sha256, problem=error, members=members)


def perform_packed(task: ReadTask | RescreenTask) -> Outcome | Again:
    """`perform`, its screening as the entry that the store will keep."""
    done = perform(task)
    return packed(done) if isinstance(done, Outcome) else done


def packed(outcome: Outcome) -> Outcome:
    """An outcome as it travels: with the entry in place of its screening."""
    if outcome.screening is None:
        return outcome
    return replace(outcome, screening=None, signature=b"", entry=entry_of(outcome.screening, outcome.signature))


def _parted(found: list[Found], path: str) -> tuple[Found | None, tuple[Found, ...]]:
    """A file itself, where it is more than a container, and the others."""
    itself = next((each for each in found if each.path == path), None)
    return itself, tuple(each for each in found if each is not itself)
