"""How far a row's decision is carried out (办理情况), read off the words of 完成时限 and 完成情况."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date

from pipeline.document import Disposition
from pipeline.ledger.row import LedgerRow

NOTHING_TO_DO, DONE, LATE, UNDER_WAY, NOT_BEGUN, UNDECIDED = "无须处理", "已完成", "逾期", "进行中", "未开始", "待定"
STATES = (NOTHING_TO_DO, DONE, LATE, UNDER_WAY, NOT_BEGUN, UNDECIDED)
#: What says that it is done, and what before it or instead of it says that it is not.
_DONE = re.compile(
    r"(?:已|业已|均已|全部)\S{0,12}?(?:完成|废止|修订|修改|印发|重新印发|公布|出台|停止执行|失效)|^(?:完成|办结|废止|修订完成)"
)
_NOT_DONE = re.compile(r"未完成|尚未|没有完成|未能|部分完成|正在|拟|将于|计划|已起草|已报送|征求意见|待")
_DATE = re.compile(r"((?:19|20)\d{2})\s*[年.\-/]\s*(\d{1,2})(?:\s*[月.\-/]\s*(\d{1,2}))?")


def read_date(text: str) -> date | None:
    """The day that a cell names (2021-06-30, 2021年6月30日, 2021.6; the last of a month without a day); None where none.

    >>> read_date("2021年6月30日前"), read_date("2021.2"), read_date("年底")
    (datetime.date(2021, 6, 30), datetime.date(2021, 2, 28), None)
    """
    found = _DATE.search(unicodedata.normalize("NFKC", text))
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 0)
    try:
        if day:
            return date(year, month, day)
        following = date(year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    except ValueError:
        return None


def is_done(progress: str) -> bool:
    """Whether 完成情况 says that the decision is carried out; a doubtful word is not enough."""
    text = unicodedata.normalize("NFKC", progress).strip()
    return bool(_DONE.search(text)) and not _NOT_DONE.search(text)


def state_of(row: LedgerRow, today: date) -> str:
    """One of `STATES`. A row to be kept needs nothing done; one past its deadline is late whatever is under way."""
    if not row.decision:
        return UNDECIDED
    if row.decision == Disposition.RETAIN:
        return NOTHING_TO_DO
    if is_done(row.progress):
        return DONE
    due = read_date(row.deadline)
    if due and due < today:
        return LATE
    return UNDER_WAY if row.progress.strip() else NOT_BEGUN


def states(rows: Iterable[LedgerRow], today: date) -> dict[str, int]:
    """Rows by state; the values add up to the rows."""
    counts = Counter(state_of(row, today) for row in rows)
    return {state: counts[state] for state in STATES}
