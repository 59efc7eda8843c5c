"""Document numbers (发文字号): 国办发〔2020〕49号, 公安部令第123号, 公告2021年第5号, 〔1996〕武司字第82号, GB 50180."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extract.authorities.bodies import CENTRE, MINISTRY, NATIONAL, body_of

OPEN, CLOSE = r"[〔\[（(【﹝［〖]", r"[〕\]）)】﹞］〗]"
YEAR = r"(?:[1１][9９]|[2２][0０OoＯ])\s?[\dOoＯlI]\s?[\dOoＯlI]|[一二]\s?[九〇○零]\s?[〇○零一二三四五六七八九]\s?[〇○零一二三四五六七八九]"
COUNT = r"[\d０-９][\d０-９\s]{0,6}"
CHINESE_COUNT = r"[〇零一二三四五六七八九十百]{1,6}"
#: The year in brackets and what follows up to 号: the part of a number that can't be mistaken.
CORE = re.compile(
    rf"{OPEN}\s?(?P<year>{YEAR})\s?{CLOSE}\s?(?P<middle>[\u4e00-\u9fff]{{0,6}}?)\s?第?\s?(?P<count>{COUNT}|{CHINESE_COUNT})\s?号"
)
#: Orders and announcements: 国务院令第591号, 公安部令第123号, 公告2021年第5号.
ORDER = re.compile(
    rf"(?P<kind>令|公告|通告)\s?(?:[（(〔\[]?\s?(?:{YEAR})\s?年?\s?[)）〕\]]?)?\s?第?\s?(?:{COUNT}|{CHINESE_COUNT})\s?号"
)
#: A year without brackets after letters that can be nothing else (国办发2020年49号, 云政办发2019年12号).
LOOSE = re.compile(
    r"(?P<letters>(?:国发|国办发|国函|国办函|国办发明电|中发|中办发|厅字|[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新穗深甬杭]"
    r"[\u4e00-\u9fff]{0,6}?(?:发|规|函|字|办|令)|发改[\u4e00-\u9fff]{0,4}))\s?(?P<year>(?:19|20|2O)[\dO]{2})\s?年\s?第?\s?(?P<count>\d{1,5})\s?号"
)
#: What bears a number and is no document: contracts, projects, licences, cases, invoices.
NO_DOCUMENT = re.compile(
    r"(?:合同|项目|采购|招标|投标|标段|工程|许可证?|执照|证书|资格证|不动产权?证?|备案|立案|案件|案|订单|发票|票据|登记|报告|检测|样品|批次|产品|标书|协议|中标通知书|批准书|决定书|许可决定)(?:编号|证号|号码|号|文号|序号)(?:为|是|：|:)?\s?$"
)
#: Technical standards: GB 50180, GB/T 9704—2012, DB31/T 1234-2020.
STANDARD = re.compile(r"(?<![A-Za-z])[A-Z]{2,5}\d{0,2}(?:\s?/\s?[A-Z]{1,2})?\s?\d{2,6}(?:\.\d+)?(?:\s?[-—－–]\s?\d{2,4})?")
#: An order or announcement whose number stands before its kind: 市政府2019年第12号令.
REVERSED = re.compile(rf"(?:{YEAR})\s?年\s?第?\s?{COUNT}\s?号\s?(?:令|公告|通告)")
#: Court case numbers: （2019）京01民初123号; the letters of procedure tell them from document numbers.
CASE_MIDDLE = re.compile(r"[民刑行执知破赔商海][\u4e00-\u9fff]{0,3}[初终再申监他异恢保抗提]|(?:[民刑行经执]|初|终)字$|^.?执.?$")
#: Letters of an organ just before the bracket; Latin letters and a few digits occur (财税, 沪府规, 国办发明电).
LETTERS = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?: [\u4e00-\u9fff]){1,5}\s?$|[\u4e00-\u9fffA-Za-z·、]{1,24}\s?$")
#: Words that lead to a number and never belong to its letters.
STRONG_LEAD = re.compile(
    r".*(?:根据|按照|依据|依照|遵照|参照|落实|贯彻|执行|转发|印发|废止|下发|详见|对照|结合|文号|编号|关于|文件|通知|前述|上述|[、：:]"
    r"|(?:人民政府|委员会|办公厅|办公室)(?=.{2})|(?:[本我你贵该](?:省|市|县|区|局|厅|委|办|部|院|校|司|镇|乡|会)|[省市县区州][厅局])(?=.{2}))",
    re.DOTALL,
)
#: Words of one character that lead to a number in running text, where two letters or more remain.
WEAK_LEAD = re.compile(r".*[按据以和与及或由即为是在原的了见](?=.{2})", re.DOTALL)
#: Marks after which the letters fill the whole stretch up to the bracket.
BOUND = ("（", "(", "〔", "，", "；", "[", "【")
#: As STRONG_LEAD, but a list of organs that issue jointly stays whole (财政部、税务总局公告).
ORDER_LEAD = re.compile(
    r".*(?:根据|按照|依据|依照|遵照|参照|落实|贯彻|执行|转发|印发|废止|详见|对照|关于|(?<![部委局署会行院])[、\s])", re.DOTALL
)
ORGAN = re.compile(
    r"(?:中华人民共和国)?(?:第?[一-十]{1,3}届)?[\u4e00-\u9fff]{0,14}(?:部|委|委员会|局|署|院|会|行|政府|主席|办公厅|办公室|厅|管理总局)\s?(?:联合)?$"
)


class Number(NamedTuple):
    """A document number in the text: what was printed, normalised, and where (flat offsets)."""

    text: str
    start: int
    end: int


def normalise(printed: str) -> str:
    """Spaces out, the year's brackets as 〔〕."""
    compact = re.sub(r"\s", "", printed)
    return re.sub(
        rf"{OPEN}((?:[1１][9９]|[2２][0０OoＯ])[\dOoＯlI]{{2}}|[一二〇○零九]{{1}}[〇○零一二三四五六七八九]{{3}}){CLOSE}",
        r"〔\1〕",
        compact,
    )


def letters_start(text: str, core: int, floor: int, enclosed: bool) -> int:
    """Where the organ's letters before the bracketed year begin; ``core`` where there are none.

    In a parenthesis or after a comma the letters fill the stretch; in running text they follow a word that leads to them.
    """
    window = text[max(floor, core - 25) : core]
    found = LETTERS.search(window)
    if not found:
        return core
    run = found.group()
    start = core - len(run)
    lead = STRONG_LEAD.match(run)
    if lead:
        return start + lead.end()
    if (enclosed and start == floor) or window[: found.start()].endswith(BOUND):
        return start + (1 if run[0] in "原见按照依据经由凭" else 0)
    weak = WEAK_LEAD.match(run)
    return start + (weak.end() if weak else 0)


def organ_start(text: str, kind: int, floor: int) -> int:
    """Where the name of the organ before 令 or 公告 begins; ``kind`` where there is none."""
    window = text[max(floor, kind - 30) : kind]
    run = re.search(r"[\u4e00-\u9fff、\s]*$", window)
    if not run or not run.group():
        return kind
    name = run.group()
    led = ORDER_LEAD.match(name)
    name = name[led.end() :] if led else name
    for start in range(len(name)):  # a known body is taken whole: 人力资源和社会保障部 holds a 和
        organs = re.split(r"[、\s]", name[start:])
        if all(_is_known(organ) and ORGAN.fullmatch(organ) for organ in organs):
            return kind - len(name) + start
    lettered = re.search(r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新](?:政|府)$", name)
    if lettered:
        return kind - 2
    lead = ORDER_LEAD.match(name) or WEAK_LEAD.match(name)
    name = name[lead.end() if lead else 0 :].lstrip("、 ").removeprefix("原")
    return kind - len(name) if ORGAN.search(name) or not name else kind


def _is_known(organ: str) -> bool:
    body = body_of(organ)
    return body.kind in (NATIONAL, CENTRE, MINISTRY) or bool(body.places)


def numbers_in(text: str, *, enclosed: bool = False) -> Iterator[Number]:
    """Document numbers in ``text``, in order; court cases left out. ``enclosed``: ``text`` is all of a parenthesis."""
    floor = 0
    found = []
    for core in CORE.finditer(text):
        if not CASE_MIDDLE.search(core["middle"]):
            found.append((core.start(), core.end(), True))
    found.extend((order.start(), order.end(), False) for order in ORDER.finditer(text))
    found.extend((order.start(), order.end(), False) for order in REVERSED.finditer(text))
    loose = {match.end("letters"): match for match in LOOSE.finditer(text)}
    found.extend((at, match.end(), True) for at, match in loose.items())
    for at, stop, bracketed in sorted(found):
        if at < floor:
            continue
        begin = letters_start(text, at, floor, enclosed) if bracketed else organ_start(text, at, floor)
        if NO_DOCUMENT.search(text[max(0, begin - 12) : begin]) or NO_DOCUMENT.search(text[max(0, at - 24) : at]):
            continue
        if bracketed and begin == at and not re.match(r"[\u4e00-\u9fff]", text[at + 6 : at + 7]):
            continue
        floor = stop
        yield Number(normalise(text[begin:stop]), begin, stop)
