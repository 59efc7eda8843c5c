"""Privacy (个人信息隐去): numbers and names of private persons are blotted out of quotations, character for character.

Every character hidden becomes one ``*``, so that the rest of the quotation stays exact and offsets stay right.
"""

from __future__ import annotations

import re

_DIGIT = "[0-9０-９]"
_BEFORE, _AFTER = r"(?<![0-9０-９A-Za-z])", r"(?![0-9０-９A-Za-z])"
#: What is hidden, whole or by its group 1. Order matters: the longer kinds first.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # e-mail, also with the space that extraction puts in
        r"[A-Za-z0-9_.+-]+\s?[@＠]\s?[A-Za-z0-9-]+(?:\.\s?[A-Za-z0-9-]+)+",
        # 居民身份证号码: 17 digits with a birthday in it and a check character; the old ones of 15 digits
        rf"{_BEFORE}[1-8]\d{{5}}(?:18|19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}[\dXxＸ]{_AFTER}",
        rf"{_BEFORE}[1-8]\d{{7}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}{_AFTER}",
        # bank accounts, only where the text says so
        rf"(?:账号|帐号|卡号|银行账户)[：:\s]*({_DIGIT}(?:[ -]?{_DIGIT}){{11,22}}){_AFTER}",
        # mobile and fixed telephones
        rf"{_BEFORE}(?:\+?86[- ]?)?[1１][3-9３-９]{_DIGIT}(?:[- ]?{_DIGIT}{{4}}){{2}}{_AFTER}",
        rf"{_BEFORE}[（(]?[0０]{_DIGIT}{{2,3}}[)）]?[-－—– ]?{_DIGIT}{{7,8}}(?:[-－转]{_DIGIT}{{1,5}})?{_AFTER}",
        rf"(?:电话|传真|手机|热线|联系方式|联系人)[^0-9０-９。；\n]{{0,16}}({_DIGIT}{{3,4}}[- ]?{_DIGIT}{{4}}){_AFTER}",
        # the name that stands after a label of a person
        r"(?:联系人|联络人|经办人|姓名)\s*[：:]\s*([\u4e00-\u9fff]{1,2}[\u4e00-\u9fff·　 ]{0,2}[\u4e00-\u9fff])(?=[\s，,；;。、（(0-9*]|$)",
    )
)
_HIDE = re.compile(r"[^\s@＠.\-－（）()]")


def mask(text: str) -> str:
    """The text with e-mail addresses, identity, telephone and account numbers and names of contacts hidden; same length.

    >>> mask("联系电话：13900001111，地址不变")
    '联系电话：***********，地址不变'
    """
    for pattern in _PATTERNS:
        text = pattern.sub(_hidden, text)
    return text


def _hidden(match: re.Match[str]) -> str:
    group = 1 if match.re.groups else 0
    start, end = match.start(group) - match.start(), match.end(group) - match.start()
    whole = match.group()
    return whole[:start] + _HIDE.sub("*", whole[start:end]) + whole[end:]
