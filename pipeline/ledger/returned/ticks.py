"""A decision that is ticked (打勾): in a column of its own (保留｜修订｜立法｜废止), or in one of the boxes of a cell (□保留 □修订).

What is surely ticked is read; where two are ticked, or a sign may mean yes or no (×), the words are left for the reader to ask back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from pipeline.ledger.choices import DECISIONS, NOT_LISTED
from pipeline.ledger.returned.words import WITHDRAWN, bare, decision_of, words

#: The column of a form in which a decision is ticked, by its key (columns.csv).
COLUMNS = dict(
    zip(("tick_retain", "tick_revise", "tick_legislate", "tick_repeal", "tick_not"), (*DECISIONS, NOT_LISTED), strict=True)
)
BOXES = "tick_boxes"
_EMPTY, _TICKED = "□☐◻▢", "√✓✔☑■"
_YES = frozenset({*_TICKED, "是", "1", "v", "y", "yes", "true", "有", "对"})
_NO = frozenset({"", *_EMPTY, "否", "0", "n", "no", "false", "无", "/", "-", "—", "一"})
_SIGNS = re.compile(f"[{_EMPTY}{_TICKED}]")
_TICK_BEHIND_BOX = re.compile(f"[{_EMPTY}][{_TICKED}]")


def has_boxes(text: str) -> bool:
    """Whether a cell offers decisions to be ticked.

    >>> has_boxes("□保留 □修订 □废止"), has_boxes("□保留"), has_boxes("保留、修订")
    (True, False, False)
    """
    return bool(_SIGNS.search(text)) and len(_offered(text)) > 1


def decision_column(name: str) -> str:
    """The key of the column in which the decision is ticked that a header names; empty where it names none.

    >>> decision_column("拟保留（打√）"), decision_column("□废止"), decision_column("备注")
    ('tick_retain', 'tick_repeal', '')
    """
    named = decision_of(bare(re.sub(r"[（(].*?[)）]", "", name)).removeprefix("是否"))
    return next((key for key, decision in COLUMNS.items() if decision == named), "")


def tick(text: str) -> bool | None:
    """Whether a cell is ticked; None where that is not sure.

    >>> tick("√"), tick("☑"), tick(" V "), tick("是"), tick("□"), tick("×")
    (True, True, True, True, False, None)
    """
    flat = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    if flat in _NO:
        return False
    signs = set(_SIGNS.findall(flat))
    return True if flat in _YES or (signs & set(_TICKED) and not _SIGNS.sub("", flat)) else None


def boxed(text: str) -> str:
    """What is ticked in a cell with boxes: a decision, several of them, nothing; the text itself where it has no boxes, or it
    can't be said to which a tick belongs.

    >>> boxed("□保留 ☑修订 □废止"), boxed("保留√ 修订□"), boxed("□保留□√修订"), boxed("□保留 □修订"), boxed("☑保留 ☑废止"), boxed("废止")
    ('修订', '保留', '修订', '', '保留、废止', '废止')
    """
    if not has_boxes(text):
        return text
    items = [item for item in re.split(r"[\s、，,；;/|]+", text) if item]
    if any(len(_offered(item)) != 1 for item in items):
        items = _cut(text)
    if any("☒" in item or "×" in item or len(_offered(item)) != 1 for item in items):
        return text
    return "、".join(_offered(item)[0] for item in items if set(item) & set(_TICKED))


def _cut(text: str) -> list[str]:
    """A text without spaces cut into its options: the signs stand all before the words, or all behind."""
    flat = "".join(text.split())
    before = bool(_SIGNS.match(flat))
    parts = re.split(rf"({_option().pattern})", flat)
    signs, named = parts[0::2], parts[1::2]
    own = signs[: len(named)] if before else signs[1:]
    sure = all(len(_SIGNS.findall(each)) == 1 or _TICK_BEHIND_BOX.fullmatch(each) for each in own)
    return [sign + word for sign, word in zip(own, named, strict=True)] if sure else [flat]


def shown(key: str, decision: str, printed: str) -> str:
    """What a cell says of a decision: ``printed`` is what the form has in its place."""
    if key == BOXES:
        options = list(dict.fromkeys(_offered(printed))) or list(DECISIONS)
        options += [decision] if decision and decision not in map(decision_of, options) else []
        return " ".join(("☑" if decision and decision_of(option) == decision else "□") + option for option in options)
    box = any(sign in printed for sign in _EMPTY)
    if COLUMNS[key] == decision:
        return "☑" if box else "√"
    return "□" if box else ""


def said(cells: Sequence[tuple[str, str, str]]) -> tuple[str, str]:
    """The decision of a line and the address where it stands, from its cells (key, text, address): empty and the first address
    where nothing is ticked; all that is ticked where it is more than one."""
    found = [(text, address) for key, raw, address in cells if (text := _text(key, raw))]
    if not found:
        return "", cells[0][2]
    texts = list(dict.fromkeys(text for text, _ in found))
    return "、".join(texts), "、".join(address for _, address in found) if len(texts) > 1 else found[0][1]


def _text(key: str, raw: str) -> str:
    if key == BOXES:
        return boxed(raw)
    if key not in COLUMNS:
        return raw
    ticked = tick(raw)
    if ticked is None and decision_of(raw) not in (COLUMNS[key], WITHDRAWN):
        return f"{COLUMNS[key]}（{raw}）"  # which nobody understands
    return raw if decision_of(raw) == WITHDRAWN else "" if ticked is False else COLUMNS[key]


def _offered(text: str) -> list[str]:
    return _option().findall("".join(text.split()))


@cache
def _option() -> re.Pattern[str]:
    """Every word for a decision, and what else a form may offer."""
    known = sorted((*filter(decision_of, words()), "其他", "其它"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)))
