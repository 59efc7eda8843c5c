"""White space put into a text by extraction or by letterspacing, taken out again."""

from __future__ import annotations

import re

_CJK = r"\u3400-\u9fff\uf900-\ufaff〇"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ue000-\uf8ff]")
_UNITS = "年月日号条款项章节页届次个位名天万亿元％%"
_DIGIT_SPACES = re.compile(
    rf"(?<=[{_CJK}〔〕\[\]（(）)】])[ ]+(?=\d+\s*[{_UNITS}〕\]）)])|(?<=\d)[ ]+(?=[{_CJK}〕\]）)．.，、。])"
)
_LETTERSPACED = re.compile(rf"(?<![{_CJK}])[{_CJK}](?:[ 　]+[{_CJK}](?![{_CJK}]))+")
_BEFORE_PUNCTUATION = re.compile(r"(?<![ 　])[ 　]+(?=[，。；：、）》〉〕！？])|(?<=[，。；、（《〈〔！？])[ 　]+(?=\S)")
_AFTER_DE = re.compile(rf"(?<=的)[ 　]+(?=[{_CJK}])")


def tidy(text: str) -> str:
    """White space as a person would type it: "17 号" and "通 知" closed up, "第一条 为了" and "中共中央 国务院" kept."""
    if not text.isprintable():  # which it is mostly; a look is faster than a search
        text = _CONTROL.sub("", text.replace("\xa0", " ").replace("\t", " ").replace("\n", " "))
    if " " in text or "　" in text:
        text = _LETTERSPACED.sub(lambda match: re.sub(r"[ 　]+", "", match[0]), text)
        text = _DIGIT_SPACES.sub("", text)
        text = _BEFORE_PUNCTUATION.sub("", text)
        text = _AFTER_DE.sub("", text)
    return text.rstrip()
