"""What people write into the cells of a ledger (手填的词): decisions, dates, ditto marks. What is not surely meant is not guessed."""

from __future__ import annotations

import csv
import datetime
import re
import unicodedata
from functools import cache
from pathlib import Path

#: A person takes an earlier decision back.
WITHDRAWN = "撤回"
DITTO = frozenset({"〃", "同上", "″", "''"})
#: By what a decision is spoken of in a sentence; 修改 is not among them, since pages and names are modified too.
_SPOKEN = {
    "保留": "保留", "修订": "修订", "立法": "立法", "废止": "废止", "廢止": "废止", "失效": "废止", "不列入": "不列入", "不纳入": "不列入",
}  # fmt: skip
_NOISE = re.compile(r"[\s。；;，,、.!！\u200b\ufeff]")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:\s+0?0:00(?::00)?)?")
_SHORT_DATE = re.compile(r"(20\d\d)(0[1-9]|1[0-2])([0-3]\d)")
_SERIAL = re.compile(r"[2-6]\d{4}")
_DAY_ZERO = datetime.date(1899, 12, 30)  # of Excel's day numbers


@cache
def _meanings() -> dict[str, str]:
    with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as file:
        return {row["word"]: row["means"] for row in csv.DictReader(file)}


def words() -> tuple[str, ...]:
    """What people write for a decision."""
    return tuple(_meanings())


def decision_of(written: str) -> str | None:
    """The decision that a cell means (保留, 修订, 立法, 废止, 不列入), 撤回, empty for "not decided"; None: not understood.

    >>> decision_of("建议保留。"), decision_of("废 止"), decision_of("保留或修订"), decision_of("待定")
    ('保留', '废止', None, '')
    """
    bare = _NOISE.sub("", unicodedata.normalize("NFKC", written))
    return "" if not bare else _meanings().get(bare)


def mentioned(text: str) -> set[str]:
    """The decisions that a text speaks of, however it does.

    >>> sorted(mentioned("局长：改为废止")), mentioned("请核对页码")
    (['废止'], set())
    """
    flat = _NOISE.sub("", unicodedata.normalize("NFKC", text))
    return {means for word, means in _SPOKEN.items() if word in flat}


def date_of(written: str) -> str:
    """A date in any usual form as ISO; what is none stays as it was written.

    >>> date_of("2021年6月3日"), date_of("2021/6/3"), date_of("44350"), date_of("六月底前")
    ('2021-06-03', '2021-06-03', '2021-06-03', '六月底前')
    """
    text = unicodedata.normalize("NFKC", written).strip()
    if match := _DATE.fullmatch(text) or _SHORT_DATE.fullmatch(text):
        try:
            return datetime.date(*map(int, match.groups())).isoformat()
        except ValueError:
            return written
    if _SERIAL.fullmatch(text):
        return (_DAY_ZERO + datetime.timedelta(days=int(text))).isoformat()
    return written


def bare(text: str) -> str:
    """A text without what retyping changes: width, white space, punctuation.

    >>> bare("云水发〔2018〕31号") == bare("云水发[2018] 31 号")
    True
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


def same(first: str, second: str) -> bool:
    """Whether two cells say the same, white space and line ends apart (programs change them when they save)."""
    return "".join(first.split()) == "".join(second.split())
