"""What in a text looks like a citation (依据): titles in marks, bare titles, numbers alone; with what hangs on each.

All positions here are those of the flat text (line breaks out); ``resolve.py`` says what each mention stands for.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline.extract.articles import read_articles
from pipeline.extract.flat import Flat
from pipeline.extract.marks import Marked, marked_titles
from pipeline.extract.numbers import CORE, ORDER, STANDARD, Number, numbers_in
from pipeline.extract.registry import Registry

KINDS = Path(__file__).with_name("kinds.csv")
PAREN = re.compile(r"\s?[（(](?P<inner>(?:[^（）()《》]|《[^《》]{1,40}》|[（(][^（）()]{0,30}[）)]){0,150})[）)]")
SHORT = re.compile(
    r"(?:(?:以下|下文|下同|以下均)?(?:统一)?(?:并称|合称|统称|简称)|(?:以下|下)称)\s?(?:为|：|:)?\s?[“”\"‘'「]?"
    r"(?P<short>《[^《》]{1,40}》|[\u4e00-\u9fffA-Za-z0-9·]{1,24})[”“\"’'」]?"
)
SHORT_ASIDE = re.compile(r"[，,]?\s?(?:(?:以下|下文)(?:统一)?(?:并称|合称|统称|简称|称)|下称)")
#: A number at the head of a line is the document's own unless words before or after it rely on it.
LEADS_TO_NUMBER = re.compile(r"(?:根据|按照|依据|依照|遵照|参照|落实|贯彻|执行|按|[和与及、])\s?$")
FOLLOWS_NUMBER = re.compile(r"\s?(?:文|《|规定)")
AFTER_NUMBER = re.compile(r"(?:文件?)?")
#: An unmarked carrier (关于印发《某办法》的通知（某发〔2019〕3号）): its number is the only one there is.
CARRIER_HEAD = re.compile(r"关于(?:印发|转发|批转|发布|公布|下发)(?:实施)?\s?$")
CARRIER_TAIL = re.compile(r"的(?:通知|意见|决定|批复|函|复函)(?=\s?[（(])")
EDITION_PAREN = re.compile(r"试行|暂行|修[订正改]|版|草案|征求意见稿|19\d\d|20\d\d|节选|摘要|废止|失效|\d+月")
#: 公报 as a periodical: the gazette of a government or a congress.
GAZETTE = re.compile(r"(?:国务院|政府|委员会|法院|检察院|人大|国家)公报$")
TRAILING_PARENS = re.compile(r"(?:\s?[（(][^（）()]{1,30}[）)])+$")
#: A number printed before its title (国发〔2016〕33号《关于…》), with the words of publication between.
BEFORE_TITLE = re.compile(r"(?:号[)）]?\s?(?:文件?)?\s?(?:公布|发布|印发|颁布)?(?:的)?\s?)$")
HISTORY_AFTER = re.compile(r"\s?(?:文件)?(?:公布|发布|颁布|修订|修正|修改|废止)(?!的)")
#: After these a name that ends in 法 is another word: 公司法人, 刑法律师, 合同法律关系.
NOT_AFTER = frozenset("人律规院官定制治庭学门警纪务系医典商委")
#: What may stand before a bare title; anything else means that the title is the tail of a longer one.
BEFORE_BARE = re.compile(
    r"(?:^|[，。；：、（()）“”‘’《》\s\"…—？！:;,]|根据|依照|依据|按照|遵照|参照|违反|触犯|适用|符合|执行|落实|贯彻|实施|遵守|遵循|学习|宣传|违背|[和与及或按照据由对以在是为有于即到经除如将把依向从属就][^\u4e00-\u9fff]?"
    r"|其中|现行|修订后的|修改后的|新的|新|原|旧|国务院|国家|我国|我国的|以及|或者|不属于|属于|因|的)$"
)
OWN = re.compile(r"(?:本|该|此|其|这部?|上述|前述|各|有关|相关|其他|同|两|地方性|我省|我市|本省|本市|他)$")
UNMARKED_TITLE = re.compile(
    r"(?P<title>(?:[\u4e00-\u9fff]{2,14}(?:[、\s][\u4e00-\u9fff]{2,14}){0,3})?关于[^《》。；，！？“”\t（）()]{2,90}(?:意见|通知|决定|批复|办法|规定|方案|函|复函|公告|通告|请示|报告|解释|规划|计划|纲要|细则))$"
)
VERB_BEFORE_TITLE = re.compile(
    r".*(?:根据|按照|依据|依照|遵照|参照|贯彻落实|落实|贯彻|执行|按|转发|废止|以及|印发的?|你[局部委院厅省市办们会]|[。；：:，])"
)
UNREGISTERED = re.compile(
    r"(?:法|条例|规定|办法|细则|规则|解释|决定)(?:[（(](?:试行|暂行)[)）])?(?=\s?第\s?[一二三四五六七八九十百零〇\d]+\s?条)"
)
NAME_START = re.compile(
    r".*(?:根据|依照|依据|按照|遵照|参照|违反|触犯|适用|符合|执行|落实|贯彻|遵守|所述|[，。；：、（()）“”‘’《》\s\"]|以及|或者|不按|由|对|在|是|除|将|以|按|有)"
)
#: 宪法和法律 as a set phrase names no text.
CONSTITUTION_AND_LAW = re.compile(r"[和、]?(?:法律|法规|党章|基本法律)")
NOT_A_NAME = re.compile(
    r"(?:方|执|司|立|违|普|用|做|看|说|依|守|合|非|枉|犯|书|语|疗|算|宪)法$|^.{0,3}(?:法|条例|规定|办法|细则|规则|解释|决定)$"
)
VAGUE = re.compile(
    r"(?:根据|依据|依照|按照|遵照|参照|违反|执行|符合)(?:国家|省|市|县|本市|本省|我市|我省|现行|党中央、国务院|上级|中央)?(?:和[省市县]|及[省市县])?的?"
    r"(?:有关|相关|其他有关|其他|现行)(?:的)?(?:法律|法规|规章|规定|政策|文件|行政法规|制度|要求|精神|决策部署|、|和|及|以及|与|等|的)+"
    r"|(?:根据|依据|依照|按照|遵照|参照|违反)(?:国家|省|市|上级|中央|法律|法规|法律法规|法律、法规|法律、行政法规|国家和[省市])(?:的)?(?:有关|相关)?(?:规定|法律法规|法律、法规|政策|文件精神|要求)"
)


@dataclass(slots=True)
class Mention:
    """One mention: ``start:end`` all that is cited, ``title_start:title_end`` the title inside its marks.

    ``kind`` is marked (in 《》), bare (a title without marks), number (a number alone) or incoming (来文).
    ``defines`` are the short names given to it, as printed without quotation marks.
    """

    kind: str
    start: int
    end: int
    title: str = ""
    title_start: int = 0
    title_end: int = 0
    number: str | None = None
    articles: list[str] = field(default_factory=list)
    defines: list[str] = field(default_factory=list)


@cache
def legal_ending() -> re.Pattern[str]:
    """The ends of titles of legal texts and official documents, from ``kinds.csv``."""
    with KINDS.open(encoding="utf-8", newline="") as file:
        suffixes = sorted((row["suffix"] for row in csv.DictReader(file)), key=len, reverse=True)
    return re.compile("(?:" + "|".join(suffixes) + ")$")


def is_legal(title: str, has_number: bool) -> bool:
    """Whether a title in marks is that of a legal text or official document, not a form, a licence or a newspaper."""
    bare = TRAILING_PARENS.sub("", title.strip()).rstrip("“”\"'》〉> ")
    if GAZETTE.search(bare):
        return False
    return bool(legal_ending().search(bare)) or has_number


def read_paren(mention: Mention, inner: str) -> bool:
    """Take number and short name out of a parenthesis after a title; whether it held either."""
    number = next(numbers_in(inner, enclosed=True), None)
    if number is None and (standard := STANDARD.search(inner)):
        number = Number(standard.group(), *standard.span())
    if number is not None and mention.number is None:
        mention.number = number.text
    shorts = [found["short"] for found in SHORT.finditer(inner)]
    mention.defines.extend(shorts)
    return number is not None or bool(shorts)


def read_tail(flat: Flat, mention: Mention) -> None:
    """Take what hangs on a title: parentheses, 以下简称, articles; moves the mention's end."""
    position = mention.end
    carried = CARRIER_TAIL.match(flat.text, position)
    if carried and CARRIER_HEAD.search(flat.text[max(0, mention.start - 12) : mention.start]):
        position = carried.end()
    for _ in range(4):
        paren = PAREN.match(flat.text, position)
        if not paren:
            break
        if read_paren(mention, paren["inner"]):
            mention.end = paren.end()
        elif not EDITION_PAREN.search(paren["inner"]) and len(paren["inner"]) > 12:
            break
        position = paren.end()
    aside = SHORT_ASIDE.match(flat.text, position)
    if aside and (short := SHORT.search(flat.text, aside.start(), aside.end() + 45)):
        mention.defines.append(short["short"])
        mention.end = position = short.end()
    mention.articles, position = read_articles(flat, position)
    if mention.articles:
        mention.end = position


def number_before(flat: Flat, mention: Mention, floor: int) -> None:
    """Take a number printed just before the title."""
    window = flat.text[max(floor, mention.start - 60) : mention.start]
    link = BEFORE_TITLE.search(window)
    if not link or mention.number:
        return
    base = mention.start - len(window)
    numbers = [number for number in numbers_in(window) if number.end >= link.start() + 1]
    if numbers:
        mention.number = numbers[-1].text
        mention.start = base + numbers[-1].start


def find_marked(flat: Flat) -> Iterator[Mention]:
    """Titles in marks, with number, short names and articles; all of them, legal or not."""
    floor = 0
    for mark in marked_titles(flat.text):
        if mark.start < floor:  # the short name inside the parenthesis of the title before
            continue
        mention = mention_of_mark(flat, mark, floor)
        yield mention
        floor = mention.end


def mention_of_mark(flat: Flat, mark: Marked, floor: int) -> Mention:
    title = flat.text[mark.title_start : mark.title_end].strip()
    mention = Mention("marked", mark.start, mark.end, title, mark.title_start, mark.title_end)
    read_tail(flat, mention)
    number_before(flat, mention, floor)
    return mention


class Covered:
    """Ranges already taken by mentions, asked in rising order."""

    def __init__(self, mentions: list[Mention]):
        self.ranges = sorted((mention.start, mention.end) for mention in mentions)
        self.index = 0

    def holds(self, start: int, end: int) -> bool:
        """Whether ``start:end`` touches a range. Calls must come in rising order of ``start``."""
        while self.index < len(self.ranges) and self.ranges[self.index][1] <= start:
            self.index += 1
        return self.index < len(self.ranges) and self.ranges[self.index][0] < end


def in_history(flat: Flat, start: int, end: int) -> bool:
    """Whether a number belongs to the note of a text's own making (…令第662号公布 …修订) or stands alone on its line."""
    if HISTORY_AFTER.match(flat.text, end):
        return True
    return flat.at_line_start(end) and any(flat.at_line_start(place) for place in range(start, end))


def find_numbered(flat: Flat, taken: list[Mention]) -> Iterator[Mention]:
    """Numbers without marks: with the unmarked title before them (关于…的请示（…）), else alone."""
    covered = Covered(taken)
    for number in numbers_in(flat.text):
        if covered.holds(number.start, number.end) or in_history(flat, number.start, number.end):
            continue
        before = flat.text[max(0, number.start - 140) : number.start]
        opened = re.search(r"\s?[（(]\s?$", before)
        if opened:
            titled = title_before(before[: opened.start()])
            if titled:
                start = number.start - len(before) + opened.start() - len(titled)
                mention = Mention("incoming", start, start + len(titled), titled, start, start + len(titled))
                read_tail(flat, mention)
                if mention.number and not (flat.at_line_start(start) and flat.at_line_start(mention.end)):
                    yield mention
                    continue
        if flat.at_line_start(number.start) and not (
            LEADS_TO_NUMBER.search(before) or FOLLOWS_NUMBER.match(flat.text, number.end)
        ):
            continue
        stop = after_number(flat.text, number.end)
        mention = Mention("number", number.start, stop, "", number.start, number.start, number.text)
        read_tail(flat, mention)
        if mention.end == stop:
            mention.end = number.end
        yield mention


def after_number(text: str, position: int) -> int:
    """The place after 文件 in 国办发〔2020〕49号文件."""
    found = AFTER_NUMBER.match(text, position)
    return found.end() if found else position


def title_before(before: str) -> str:
    """The unmarked title at the end of ``before`` (关于…的请示), without the verb that leads to it."""
    stop = max(before.rfind(mark) for mark in "。；，：:！？\t“”《》（）()")
    run = before[stop + 1 :]
    lead = VERB_BEFORE_TITLE.match(run[: run.find("关于")] if "关于" in run else run)
    run = run[lead.end() :] if lead else run
    found = UNMARKED_TITLE.search(run)
    return found["title"].strip() if found else ""


def find_incoming(flat: Flat, taken: list[Mention]) -> Iterator[Mention]:
    """Incoming documents without marks or number: 你局关于…的请示收悉."""
    covered = Covered(taken)
    for found in re.finditer(r"收悉", flat.text):
        before = flat.text[max(0, found.start() - 140) : found.start()]
        stop = max(before.rfind(mark) for mark in "。；！？\t“”《》")
        run = before[stop + 1 :].removesuffix("均").removesuffix("已")
        titled = re.search(r"关于.{2,100}(?:请示|报告|来函|的函)$", run)
        if titled:
            start = found.start() - len(before) + stop + 1 + titled.start()
            if not covered.holds(start, start + len(titled.group())):
                end = start + len(titled.group())
                yield Mention("incoming", start, end, titled.group(), start, end)


def find_bare(flat: Flat, registry: Registry, taken: list[Mention]) -> Iterator[Mention]:
    """Titles of the registry that stand without marks (依照道路交通安全法第九十条), longest first."""
    covered = Covered(taken)
    text = flat.text
    for last, size in registry.bare_titles.iter_long(text):
        start, end = last - size + 1, last + 1
        if text[end : end + 1] in NOT_AFTER or covered.holds(start, end):
            continue
        mention = Mention("bare", start, end, text[start:end], start, end)
        before = text[max(0, start - 8) : start]
        if OWN.search(before) or (flat.at_line_start(start) and flat.at_line_start(end)):
            continue
        read_tail(flat, mention)
        if mention.title == "宪法" and not mention.articles and CONSTITUTION_AND_LAW.match(text, end):
            continue
        if not BEFORE_BARE.search(before) and not (mention.articles and mention.title.endswith(("法", "法典"))):
            continue
        yield mention


def find_unregistered(flat: Flat, taken: list[Mention]) -> Iterator[Mention]:
    """Unmarked titles that the registry lacks, told by the article after them (违反某市某某管理办法第九条)."""
    covered = Covered(taken)
    for found in UNREGISTERED.finditer(flat.text):
        before = flat.text[max(0, found.start() - 40) : found.start()]
        lead = NAME_START.match(before)
        name = before[lead.end() if lead else 0 :]
        start = found.start() - len(name)
        if not lead or not re.fullmatch(r"[\u4e00-\u9fff]{2,30}", name) or covered.holds(start, found.end()):
            continue
        if (
            NOT_A_NAME.search(flat.text[start : found.end()])
            or re.search(r"本|该|其|上述|前款|有关|相关|国家|^法律|自治条例|单行条例|同|此|这|之|应当|不得|依法|可以", name)
            or name.startswith(("和", "与", "及", "的"))
        ):
            continue
        mention = Mention("bare", start, found.end(), flat.text[start : found.end()], start, found.end())
        read_tail(flat, mention)
        if mention.articles:
            yield mention


def find_mentions(flat: Flat, registry: Registry) -> list[Mention]:
    """All mentions in order of place. Titles that are no legal texts are dropped here."""
    marked = list(find_marked(flat))
    numbered = list(find_numbered(flat, marked)) if has_numbers(flat.text) else []
    taken = marked + numbered
    taken += find_incoming(flat, taken)
    taken += find_bare(flat, registry, taken)
    taken += find_unregistered(flat, taken)
    kept = [mention for mention in taken if mention.kind != "marked" or is_legal(mention.title, mention.number is not None)]
    return sorted(kept, key=lambda mention: mention.start)


def has_numbers(text: str) -> bool:
    return CORE.search(text) is not None or ORDER.search(text) is not None


def find_vague_spans(text: str) -> Iterator[tuple[int, int]]:
    """Bases that name nothing (根据有关法律法规): ranges of ``text``."""
    for found in VAGUE.finditer(text):
        yield found.start(), found.end()
