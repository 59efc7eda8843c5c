"""The events of the journal (决定记录): one field of one document, before and after, by whom, when, from which cell."""

from __future__ import annotations

from typing import NamedTuple

#: Fields of a document that a person fills in; the decision is one of them.
DECISION = "decision"
PERSONS = (DECISION, "deadline", "progress", "contact", "remark")
#: Fields of a document that the program fills in and a person may correct.
DOCUMENTS = ("title", "number", "issuers", "date", "drafter", "in_name_of", "scope")
LINES = "lines"  # the detail lines as the person left them (JSON)
FIELDS = (*PERSONS, *DOCUMENTS, LINES)
CHECKED = "checked"  # the detail lines that a person read and kept in review (JSON, their ids)
SECOND = "second"  # what a second reader decided without seeing the first one's word
SAMPLE = "sample"  # the documents drawn for a second reader (JSON)
ROW = "row"  # the whole row as it stood when it was decided (JSON), so that it outlives scan and file
ADDED = "added"  # a row that a person added by hand (JSON)
NOTE = "note"  # the reviewer's note (复核意见)
AUDIT, AUDIT_NOTE = "audit", "audit_note"  # 是 or 否 of a document read in the audit
IDENTITY = "identity"  # what the document is known by (JSON)
SETTLED = "settled"  # how a problem file was settled; the document is its path
SEAL = "seal"  # the sum of a sealed ledger
REPORTED = "reported"  # the day on which an item of the calendar was handed in; the document is 事项： and its name
UNDO = "undo"  # the number of the reading that is taken back

BY_LEDGER, BY_REVIEW, BY_AUDIT, BY_SCAN, BY_SEAL, BY_HAND_OVER = "台账", "复核", "抽查", "扫描", "封存", "旧记录"


class Change(NamedTuple):
    """One field of one document that changes. ``cell`` is where it stands in the file, as ``台账!N7``."""

    document: str
    field: str
    before: str
    after: str
    cell: str = ""


class Batch(NamedTuple):
    """Where changes come from: the kind of source, the file's name, who, and the version of rules that they saw."""

    source: str
    file: str = ""
    who: str = ""
    version: str = ""


class Event(NamedTuple):
    """A change as the journal keeps it. ``reading`` numbers the batches; ``at`` is an ISO time in UTC."""

    seq: int
    reading: int
    at: str
    source: str
    file: str
    who: str
    version: str
    document: str
    field: str
    before: str
    after: str
    cell: str
