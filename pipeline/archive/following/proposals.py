"""What the archive shows to be done (跟进): a repeal notice that names a document, a new version with the clauses gone.

Each is a proposal with its source; nothing is ticked off before a person confirms it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pipeline.archive.following.lists import KEPT, REPEALED, UNCLEAR, Lists
from pipeline.archive.store import Store
from pipeline.document import Citation, Role, Screening, Verdict
from pipeline.ledger import LedgerRow, bare
from pipeline.ledger.carrying_out import DONE, state_of

_REPEALED, _REVISED = "废止", "修订"
_REPEALING_TITLE = re.compile(r"废止|失效|停止执行")
_CLEARING_TITLE = re.compile(r"清理(?:结果|意见|情况)|目录")
_CARRIED = re.compile(r"[《〈](.+)[》〉]")
_VERSION = re.compile(
    r"[（(](?:试行|暂行|修订|修正|修订版|\d{4}年?(?:修订|修正|版)?|征求意见稿|送审稿)[)）]|^(?:.{2,30}?)关于(?:印发|修订|重新印发|公布)"
)
_GRAM = 4
_STILL_THERE = 0.8  # of a quotation's 4-grams: a clause with a number or a word changed still says the same


_bare = lru_cache(maxsize=8192)(bare)  # the same names are compared with every row


class Proposal(NamedTuple):
    """``progress`` is what 完成情况 would say; ``path`` the document that shows it; ``why`` what was recognised, and what is to
    be checked. ``remaining`` are clauses that a new version still holds: then there is nothing to tick off."""

    id: str
    row: LedgerRow
    progress: str
    path: str
    why: str
    remaining: tuple[str, ...] = ()


def look_for(store: Store, rows: Sequence[LedgerRow], today: date) -> list[Proposal]:
    """Proposals for the rows to be repealed or revised that are not done, by row and then by path. The store is read row by
    row: one screening is in memory at a time. The screened documents are searched, whether flagged or not."""
    open_ = [row for row in rows if row.decision in (_REPEALED, _REVISED) and state_of(row, today) != DONE]
    if not open_:
        return []
    earliest = min((row.date for row in open_), default="")
    found: list[Proposal] = []
    for leading in store.leading():
        if leading.date and leading.date < earliest:
            continue
        screening = store.screening(leading.sha256, leading.path)
        lists = Lists(screening)
        for row in open_:
            if row.document_id != leading.sha256[:16]:
                found += _shown_by(screening, lists, row)
    order = {row.document_id: number for number, row in enumerate(rows)}
    return sorted(found, key=lambda proposal: (order[proposal.row.document_id], proposal.path))


def _shown_by(screening: Screening, lists: Lists, row: LedgerRow) -> Iterator[Proposal]:
    """What one document shows of one row: its repeal, else its revision."""
    if screening.metadata.draft or (row.date and screening.metadata.date and screening.metadata.date < row.date):
        return
    if (repeal := _repeal(screening, lists, row)) is not None:
        yield repeal
    elif row.decision == _REVISED:
        yield from _revision(screening, row)


def _repeal(screening: Screening, lists: Lists, row: LedgerRow) -> Proposal | None:
    """Cases in the order in which they decide."""
    named = [citation for citation in screening.citations if _names(citation, row)]
    title = screening.metadata.title
    said = lists.say(row, _names)
    # 1. it stands in a list of what stays
    if said == KEPT:
        return None
    # 2. the sentence or the list says that it is repealed
    if said == REPEALED or (not said and any(citation.role is Role.REPEALED for citation in named)):
        why = "文中写明废止本文件"
    elif said == UNCLEAR:
        why = "清理结果中列有本文件，请核对是废止还是继续有效"
    # 3. the whole document is one of repeal, and names it
    elif named and _REPEALING_TITLE.search(title):
        why = "标题写明废止，文中列有本文件，请核对是否列入废止之列"
    # 4. a list of what was cleared: repealed or kept, a person must look
    elif named and _CLEARING_TITLE.search(title):
        why = "清理结果中列有本文件，请核对是废止还是继续有效"
    else:
        return None
    return _proposal(screening, row, f"已废止（{_source(screening)}）", why)


def _names(citation: Citation, row: LedgerRow) -> bool:
    """By number where both have one (two numbers are two documents), else by title, the carried one among them."""
    numbers = _bare(citation.number or ""), _bare(row.number)
    if all(numbers):
        return numbers[0] == numbers[1]
    titles = {_bare(citation.title), _bare(citation.carried)} - {""}
    return bool(titles & {_bare(row.title), _bare(_carried(row.title))})


def _revision(screening: Screening, row: LedgerRow) -> Iterator[Proposal]:
    """A document of the same name and another number or date is a new version; its clauses are compared."""
    metadata = screening.metadata
    if not row.title or _stem(metadata.carried_title or metadata.title) != _stem(row.title):
        return
    same_number = bare(metadata.number) == bare(row.number)
    if same_number and (metadata.date == row.date or not metadata.date or not row.date):
        return  # a copy of the document itself
    text = _grams(screening.document.text)
    failing = [line for line in row.details if line.verdict != Verdict.CONFORMS]
    remaining = tuple(line.content.partition("\n")[0] for line in failing if _holds(text, line.content.partition("\n")[2]))
    if not failing:
        return
    if remaining:
        yield _proposal(screening, row, "", f"有新版本，但仍含{'、'.join(remaining)}所列措施", remaining)
    else:
        why = f"新版本中已没有台账所列的 {len(failing)} 项措施，请对照原文核对"
        yield _proposal(screening, row, f"已修订（{_source(screening)}）", why)


def _carried(title: str) -> str:
    found = _CARRIED.search(title)
    return found.group(1) if found else ""


def _stem(title: str) -> str:
    """A title without its issuer, carrier and marks of version."""
    return bare(_VERSION.sub("", _carried(title) or title))


def _grams(text: str) -> frozenset[str]:
    said = bare(text)
    return frozenset(said[at : at + _GRAM] for at in range(max(1, len(said) - _GRAM + 1)))


def _holds(text: frozenset[str], quotation: str) -> bool:
    """Whether a text still says what was quoted; a quotation that can't be compared counts as still there."""
    wanted = _grams(quotation)
    if len(bare(quotation)) < _GRAM:
        return True
    return len(wanted & text) / len(wanted) >= _STILL_THERE


def _source(screening: Screening) -> str:
    metadata = screening.metadata
    name = metadata.number or f"《{metadata.title or screening.document.path}》"
    return "，".join(part for part in (name, metadata.date) if part)


def _proposal(screening: Screening, row: LedgerRow, progress: str, why: str, remaining: tuple[str, ...] = ()) -> Proposal:
    id_ = hashlib.sha256(f"{row.document_id}{screening.document.sha256}{progress}".encode()).hexdigest()[:6]
    return Proposal(id_, row, progress, screening.document.path, why, remaining)
