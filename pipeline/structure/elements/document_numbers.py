"""Document numbers (发文字号): the forms that documents print, and one way of writing them."""

from __future__ import annotations

import csv
import re
from functools import cache

from pipeline.shipped import ANNOTATED
from pipeline.structure.chinese_numerals import NUMERAL, to_int
from pipeline.structure.elements.organs import is_organ

_OPEN, _CLOSE = r"[〔\[［【（(﹝〖]", r"[〕\]］】）)﹞〗]"
_YEAR = r"(?:19|20)\d{2}"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_NUMBER = re.compile(  # 国办发〔2020〕49号, 〔1996〕武司字第82号; what follows is another register's number
    rf"{_OPEN}?(?P<word>[\u4e00-\u9fffA-Za-z·、（）()]{{1,24}}?)??{_OPEN}(?P<year>{_YEAR})年?{_CLOSE}"
    rf"(?P<mid>[\u4e00-\u9fff]{{0,10}}?)第?(?P<serial>\d{{1,5}}(?:[-—]\d{{1,3}})?)号{_CLOSE}?(?:[A-Z]{{2,}}[-—\dA-Z]+)?"
)
_ORDER = re.compile(  # 国务院令第631号, 某部公告2021年第5号, 2021年第5号 under a heading 公告
    rf"{_OPEN}?(?P<body>[\u4e00-\u9fff、（）]{{2,60}}?)(?P<form>令|公告|通告|决定){_OPEN}?(?P<year>{_YEAR}年)?"
    rf"第(?P<serial>[\d〇零一二三四五六七八九十百]{{1,6}})号{_CLOSE}?"
)
_PLAIN = re.compile(  # 云政办发2019年12号, 云政办发2019-12号: without brackets
    rf"(?P<word>[\u4e00-\u9fff]{{2,10}}?)(?P<year>{_YEAR})(?:年(?P<ordinal>第?)|[-—－])(?P<serial>\d{{1,4}})号"
)
_LETTERS = re.compile(r"[发函办字规通文复批纪议任法建令电]$")  # with which the letters of a body (机关代字) mostly end
_AS_ANNOUNCED = re.compile(  # 2019年第12号公告, 某局2019年第12号公告
    rf"(?P<body>[\u4e00-\u9fff]{{2,40}}?)??{_OPEN}?(?P<year>{_YEAR})年第?(?P<serial>\d{{1,5}})号{_CLOSE}?(?P<form>公告|通告|令)"
)
_LOOKALIKE_YEAR = re.compile(r"(?<![A-Za-z])[12lI][\d〇○ＯOoQlI]{3}(?=年|[〕\]］】）)﹞〗])")
_LOOKALIKE_SERIAL = re.compile(r"(?<=[〕\]］】）)﹞〗年第])[\dＯOolI]{1,5}(?=号)")
_LOOKALIKES = str.maketrans("〇○ＯOoQlI", "00000011")
_ZEROS = str.maketrans("○ＯOo零", "〇〇〇〇〇")
_ORDER_HEAD = re.compile(r"[\u4e00-\u9fff、（）]{2,60}(?:令|公告|通告)")
_ORDER_TAIL = re.compile(rf"{_OPEN}?(?:{_YEAR}年)?第[\d〇零一二三四五六七八九十百]{{1,6}}号{_CLOSE}?")
_WRITTEN_YEAR = r"[一二][〇○零ＯOo一二三四五六七八九\d]{3}"
_ODD_BRACKETS = re.compile(  # {2019}, 〈2019〉, [二〇一九]
    rf"[{{｛〈<﹙]({_YEAR})年?[}}｝〉>﹚]|{_OPEN}({_WRITTEN_YEAR})年?{_CLOSE}"
)
_ONE_BRACKET = re.compile(  # 云政办发〔2019 12号, 云政办发2019〕12号
    rf"(?<=[\u4e00-\u9fff]){_OPEN}\s*(?P<one>{_YEAR})(?P<gap>\s+)(?=第?\s*\d{{1,5}}\s*号)"
    rf"|(?<=[\u4e00-\u9fff])\s*(?P<two>{_YEAR})\s*{_CLOSE}(?=\s*第?\s*\d{{1,5}}\s*号)"
)
_OLD = re.compile(r"[\u4e00-\u9fff]{1,10}字第[\d〇零一二三四五六七八九十百]{1,6}号")  # 云民字第12号, without a year
_WRITTEN_OUT = re.compile(rf"(?P<word>[\u4e00-\u9fff]{{2,10}}?)(?P<year>{_WRITTEN_YEAR})年第?(?P<serial>[{NUMERAL}]{{1,5}})号")
_WITHOUT_HAO = re.compile(rf"[\u4e00-\u9fff]{{2,12}}{_OPEN}{_YEAR}{_CLOSE}第?\d{{1,4}}")
_BLANK = re.compile(
    rf"(?P<word>[\u4e00-\u9fff]{{1,12}}){_OPEN}(?:{_YEAR}|[xX×＿_\d]{{0,4}})年?{_CLOSE}第?[_＿xX×*＊○]*号|[\u4e00-\u9fff]{{2,12}}{_OPEN}{_CLOSE}\d*号"
)
_WORDS = re.compile(r"根据|按照|依据|关于|印发|通知|收悉|《|》|，|。")


def _bare(line: str) -> str:
    whole = _ONE_BRACKET.sub(lambda found: f"〔{found['one'] or found['two']}〕{found['gap'] or ''}", line.split("签发人")[0])
    bare = re.sub(r"\s+", "", whole).translate(_FULL_WIDTH)
    bare = _ODD_BRACKETS.sub(lambda found: f"〔{found[1] or _figures(found[2])}〕", bare)
    for pattern in (_LOOKALIKE_YEAR, _LOOKALIKE_SERIAL):  # 〔2O19〕l2号: what machines read and people type for figures
        bare = pattern.sub(lambda found: found[0].translate(_LOOKALIKES), bare)
    return bare


def _figures(year: str) -> str:
    """A year in figures, however it was written."""
    return str(to_int(year.translate(_ZEROS)))


def read_number(line: str) -> str:
    """The number that a line consists of, written one way; "" where the line is something else.

    >>> read_number("国办发 [2020] 4 9 号")
    '国办发〔2020〕49号'
    """
    bare = _bare(line)
    bare = bare.removesuffix("文") if bare.endswith("号文") else bare
    bare += "号" if _WITHOUT_HAO.fullmatch(bare) else ""
    if len(bare) > 80 or _WORDS.search(bare):
        return ""
    if found := _NUMBER.fullmatch(bare):
        return f"{found['word'] or ''}〔{found['year']}〕{found['mid']}{_between(found)}{found['serial']}号"
    if found := _ORDER.fullmatch(bare):
        return f"{found['body']}{found['form']}{found['year'] or ''}第{found['serial']}号"
    if found := _AS_ANNOUNCED.fullmatch(bare):
        return bare.strip("〔〕[]［］【】（）()﹝﹞〖〗")
    if _OLD.fullmatch(bare):
        return bare
    if (found := _WRITTEN_OUT.fullmatch(bare)) and _LETTERS.search(found["word"]):
        return f"{found['word']}〔{_figures(found['year'])}〕{to_int(found['serial'])}号"
    if (found := _PLAIN.fullmatch(bare)) and (
        _LETTERS.search(found["word"]) or not (found["ordinal"] or is_organ(found["word"]))
    ):
        return f"{found['word']}〔{found['year']}〕{found['serial']}号"
    return ""


def _between(found: re.Match[str]) -> str:
    """The 第 of the old form 〔1996〕武司字第82号, which belongs to it; the standard form has none."""
    return "第" if found["mid"].endswith("字") else ""


def is_blank_number(line: str) -> bool:
    """Whether a line is a number not yet given out (某发〔2020〕  号), the mark of a draft."""
    return bool(_BLANK.fullmatch(_bare(line)))


def is_order_head(line: str) -> bool:
    """Whether a line is the head of an order (令) or announcement (公告), whose number stands on the next line."""
    return bool(_ORDER_HEAD.fullmatch(_bare(line))) and not _WORDS.search(line)


def is_order_tail(line: str) -> bool:
    """Whether a line is 第707号 or 2021年第5号 alone."""
    return bool(_ORDER_TAIL.fullmatch(_bare(line)))


def lone_number(line: str) -> str:
    """第12号 or 2019年第3号 alone, as printed; "" for other lines."""
    return re.sub(r"[（(()）〔〕]", "", _bare(line)) if is_order_tail(line) else ""


def order_number(head: str, tail: str) -> str:
    """The number of an order from its two lines, as one cites it: without 中华人民共和国 before the State Council."""
    return f"{_bare(head).removeprefix('中华人民共和国')}{re.sub(r'[（()）〔〕]', '', _bare(tail))}"


def word_of(number: str) -> str:
    """机关代字: the letters of a number before its year."""
    return number.split("〔")[0]


@cache
def _issuers() -> tuple[dict[str, str], dict[str, str]]:
    """Letters -> issuer where they belong to one body: whole ones, and beginnings (晋发改…)."""
    whole, beginnings = {}, {}
    with (ANNOTATED / "doc_number_prefixes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if re.search(r"[（(等/、]|部门$", row["issuer"]):
                continue
            for letters in row["prefix"].split("/"):
                if letters.endswith("…"):
                    beginnings[letters.rstrip("…")] = row["issuer"]
                elif len(letters) > 1:
                    whole[letters] = row["issuer"]
    return whole, beginnings


def issuer_of(number: str) -> str:
    """The body whose letters a number bears; "" where they are unknown or belong to several."""
    word = word_of(number)
    whole, beginnings = _issuers()
    return whole.get(word) or next((body for start, body in beginnings.items() if word.startswith(start)), "")
