"""Punctuation as official documents print it (全角标点): what people type with half-width marks reads like what they type with full ones."""

from __future__ import annotations

import re

_MARKS = re.compile("[,;:?!().]")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_WIDE = r"\u3000-\u303f\u4e00-\u9fff\uff00-\uffef”’"
#: A half-width mark beside a Chinese character; a stop also where a text ends with it.
_HALF = re.compile(rf"(?<=[{_WIDE}])[,;:?!()]|[,;:?!()](?=[{_WIDE}])|(?<=[{_WIDE})])\.(?=[{_WIDE}\s]|$)")


def full_width(text: str) -> str:
    """``text`` with its half-width marks among Chinese characters made full-width; as long as before, so that places stay."""
    if not _MARKS.search(text):  # most texts have none, and are not looked through mark by mark
        return text
    return _HALF.sub(lambda mark: "。" if mark.group() == "." else mark.group().translate(_FULL), text)
