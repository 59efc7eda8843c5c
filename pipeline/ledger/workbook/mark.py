"""The hidden mark (暗记) by which a workbook of ours is known when it comes back: which sheet, made from which draft."""

from __future__ import annotations

import re

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

MARK = re.compile(r"shixin:(?P<kind>[^:]+):(?P<draft>[0-9a-f]{16})?")
#: Before the digest of a seal's manifest, in a hidden cell.
CORE = "shixin-core:"
#: The kind of sheet that is there to be read and is not read back.
FOR_READING = "说明"
#: The kind of sheet that is a province's own form, and what stands where its table ends.
FORM, END = "样表", "shixin-end"
_PROPERTY = "shixin"


def mark(kind: str, draft: str) -> str:
    """The text of a sheet's mark."""
    return f"shixin:{kind}:{draft}"


def mark_book(book: Workbook, draft: str) -> None:
    """Mark the workbook too, for whoever deletes the hidden columns."""
    book.custom_doc_props.append(StringProperty(name=_PROPERTY, value=draft))  # type: ignore[attr-defined]


def marked_draft(book: Workbook) -> str:
    """The draft that a workbook was made from; empty where it does not say."""
    properties = book.custom_doc_props.props  # type: ignore[attr-defined]
    found = [prop.value for prop in properties if prop.name == _PROPERTY]
    return str(found[0] or "") if found else ""
