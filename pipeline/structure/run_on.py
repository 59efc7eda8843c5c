"""Texts without line breaks (整篇无分段): where an office system's export has run title, number, addressees and items together.

Only places are given at which a line would have begun; the text and its offsets stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.structure.chinese_numerals import NUMERAL, to_int

_SHORTEST = 40  # characters; a line below that is a line
_WHOLE = 0.8  # of a text: so much in one line shows that it has lost its breaks
_HEAD = 240
_SHORTEST_NAME = 3  # 国务院
_N = rf"[{NUMERAL}]{{1,4}}"
_KINDS = "通知|公告|通告|决定|意见|函|复函|批复|通报|报告|请示|方案|办法|细则|规定|规则|制度|计划|要点|纪要|条例|命令|规划|措施|预案|章程|指引|标准|清单|目录|总结"
_LETTERS = r"(?:(?!的|通知|工作|关于|号)[\u4e00-\u9fff])"
_NUMBER = (
    rf"{_LETTERS}{{2,10}}?[〔\[（(【［]\s*(?:19|20)[\dOo]{{2}}\s*年?[〕\])）】］]\s*第?\s*\d{{1,4}}\s*号"
    rf"|{_LETTERS}{{1,8}}[发函办字规](?:19|20)\d{{2}}年第?\d{{1,4}}号"
    rf"|{_LETTERS}{{2,6}}(?:19|20)\d{{2}}年\d{{1,4}}号(?=\s*[\u4e00-\u9fff]{{2,30}}关于)"
)
_OPENS = (
    r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|[（(](?:19|20)\d{2}年|目\s*录|为(?!的|期|主|准)|现(?!行|场|有|代|状)|根据|按照|依据|依照|经(?!费|济|营|办)|近[日期年]|你[局厅委办院县市区省部]|第一[章条]|一、|（一）|《|收悉|日前|"
    r"各(?=[^。；]{0,70}[：:])|市直(?=[^。；]{0,70}[：:])|县直(?=[^。；]{0,70}[：:])|[\u4e00-\u9fff]{2,14}(?:局|委|厅|办|府|处|部|院|位|司|会|中心|公司|学校)(?:、|，|：|:)"
)
_TITLE = re.compile(
    rf"(?P<title>(?:(?!\s{{2}})[^。；：:！？\n]){{4,110}}?(?:{_KINDS})(?:[（(](?:试行|暂行|草案|征求意见稿|修订|[\d年修订版]+)[)）])?)(?!的|》|〉)(?=\s*(?:{_NUMBER}|{_OPENS})|\s*$)"
)
_PLAIN_TITLE = re.compile(  # where nothing shows that the text begins: up to the first 的通知 and the like
    r"[^。；：:！？，\n]{4,90}?的(?:通知|意见|决定|函|批复|复函|通报|公告|通告|报告|请示|命令|决议)(?![的》〉，。、；：要精中和及])"
)
_NUMBER_HERE = re.compile(rf"\s*(?:[（(]\s*(?:{_NUMBER})\s*[)）]|{_NUMBER})")
_HEADER = re.compile(rf"(?P<red>[\u4e00-\u9fff、\s]{{4,40}}?文\s*件)?\s*(?P<number>{_NUMBER})")
_ADDRESSEES = re.compile(r"\s*(?P<bodies>(?!(?:为|现|根据|按照|经|一、|第))[^。；：:]{2,400}[：:])")
_NOT_ADDRESSEES = re.compile(r"如下|现将|通知|根据|为了|为进一步|以下")
_DATE = re.compile(
    r"(?:(?:19|20)\d{2}|[二〇○零一九八七六五四三]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日|(?<!\d)(?:19|20)\d{2}[-./．]\d{1,2}[-./．]\d{1,2}(?!\d)"
)
_SIGNER = re.compile(
    r"(?:(?<=[。；！）)])|(?<=\s))\s*(?P<bodies>[\u4e00-\u9fff、\s]{3,200}?(?:局|委员会|委|厅|办公室|办公厅|政府|部|院|署|中心|公司|协会|学校|小组|会))\s*(?:[（(]盖?章[)）])?\s*$"
)
_AFTER_DATE = re.compile(r"\s*(?=[\u4e00-\u9fff（(《“])(?![前后起止至以内的，、。])")
_ANNEX = re.compile(r"(?<=[。；：:）)\s])(?=附\s*件\s*+[\d一二三四五]*+\s*[：:.、])")
_ITEMS = (
    ("章", re.compile(rf"第({_N})章(?=\s*[\u4e00-\u9fff])")),
    ("条", re.compile(rf"第({_N})条(?![款项第、，。；：)）》”规之的所至和及与或])")),
    ("一、", re.compile(rf"(?<![第{NUMERAL}、])({_N})、(?=\s*[\u4e00-\u9fff“《（])")),
    ("（一）", re.compile(rf"[（(]({_N})[)）](?![项款、，和至或])")),
    ("1.", re.compile(r"(?<![\d.．〔第])(\d{1,2})[.．、](?=\s*[\u4e00-\u9fff“《])")),
)
_NEAR = 40  # characters in which an annex's label stands before its title
_ANNEX_BEFORE = re.compile(r"附\s*件\s*+\d*+\s*[：:.、]\s*$")
_OPENS_TEXT = re.compile(r"(?:[（(]\S{2,6}[)）])?\s*(?:第一[章条]|一、|为|总则)")
_NOTE = re.compile(r"[（(]\S{2,6}[)）]")
_ENDED = tuple("。；：！？”）)》;:!?")


def run_on(text: str, start: int, end: int) -> bool:
    """Whether the line ``text[start:end]`` is a whole text that has lost its line breaks."""
    return end - start >= max(_SHORTEST, _WHOLE * len(text)) and "\t" not in text[start:end]


def beginnings(text: str) -> list[int]:
    """The places in a run-on text at which a line begins, in order, 0 not among them."""
    head = _head(text)
    body = head[-1] if head else 0
    found = {*head, *_signed(text, body), *(match.end() for match in _ANNEX.finditer(text, body)), *_items(text, body)}
    found.update(_carried(text, body))
    return sorted(place for place in found if 0 < place < len(text))


def _head(text: str) -> list[int]:
    """The ends of red header, number, title and addressees, as far as they are there."""
    places: list[int] = []
    at = 0
    if found := _HEADER.match(text):
        places += [place for place in (found.start("number"), found.end()) if place]
        at = found.end()
    title = _TITLE.match(text, at, at + _HEAD) or _PLAIN_TITLE.match(text, at, at + _HEAD)
    if title is None and not at:
        return []
    if title is not None:
        at = title.end()
        places.append(at)
    if number := _NUMBER_HERE.match(text, at):
        at = number.end()
        places.append(at)
    addressees = _ADDRESSEES.match(text, at)
    if addressees and not _NOT_ADDRESSEES.search(addressees["bodies"]):
        places.append(addressees.end())
    return places


def _signed(text: str, body: int) -> Iterator[int]:
    """Before a signature, after its body, and after its date."""
    issuer = re.split(r"关于|印发|转发", text[:60])[0]
    for date in _DATE.finditer(text, body):
        before = text[max(body, date.start() - 240) : date.start()]
        named = before.rstrip().endswith(issuer) and len(issuer) >= _SHORTEST_NAME
        signer = _SIGNER.search(before)
        if not named and not signer:
            continue
        if named:
            yield date.start() - len(before) + before.rindex(issuer)
        elif signer:
            yield from _bodies(signer["bodies"], date.start() - len(before) + signer.start("bodies"))
        yield date.start()
        if after := _AFTER_DATE.match(text, date.end()):
            yield after.end()


def _bodies(names: str, start: int) -> Iterator[int]:
    """Where each of several bodies begins that sign together: the later ones begin with the place of the first (云州市)."""
    yield start
    place = names[:3]
    yield from (start + again.start() for again in re.finditer(re.escape(place), names) if again.start())


def _carried(text: str, body: int) -> Iterator[int]:
    """Round the title of the document that the first one carries, where it stands again over its text."""
    found = re.search(r"[《〈]([^》〉]{4,60})[》〉]", text[:_HEAD]) or re.search(r"印发([^《》]{4,60})的通知", text[:_HEAD])
    if found is None:
        return
    for again in re.compile(re.escape(found[1])).finditer(text, body):
        after = again.end()
        if _ANNEX_BEFORE.search(text, max(body, again.start() - _NEAR), again.start()):
            yield after
        if _OPENS_TEXT.match(text, after):
            yield again.start()
            yield note.end() if (note := _NOTE.match(text, after)) else after


def _items(text: str, body: int) -> Iterator[int]:
    """Before each number that goes on in its count, or begins one where a sentence or a title has ended."""
    met = sorted((found.start(), kind, to_int(found[1])) for kind, pattern in _ITEMS for found in pattern.finditer(text, body))
    counts = dict.fromkeys((kind for kind, _ in _ITEMS), 0)
    ranks = {kind: rank for rank, (kind, _) in enumerate(_ITEMS)}
    for start, kind, ordinal in met:
        ended = start == body or text[start - 1].isspace() or text.endswith(_ENDED, 0, start)
        begins = ordinal == 1 and (ended or kind in ("章", "条"))
        goes_on = ordinal == counts[kind] + 1 and ordinal > 1 and (ended or kind in ("章", "条", "一、"))
        if not (begins or goes_on):
            continue
        counts[kind] = ordinal
        for lower in counts:
            if ranks[lower] > ranks[kind] and kind != "章":
                counts[lower] = 0
        yield start
