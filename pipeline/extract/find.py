"""What in a text looks like a citation (依据): titles in marks, bare titles, numbers alone; with what hangs on each.

All positions here are those of the flat text (line breaks out); ``resolve.py`` says what each mention stands for.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.extract.authorities.registry import Registry
from pipeline.extract.find_bare import find_bare, find_unregistered
from pipeline.extract.flat import Flat
from pipeline.extract.mention import Covered, Mention, number_before, read_tail
from pipeline.extract.printed_numbers import CORE, LOOSE, ORDER, REVERSED, numbers_in
from pipeline.extract.title_marks import Marked, marked_titles

KINDS = Path(__file__).with_name("tables") / "kinds.csv"
#: A number at the head of a line is the document's own unless words before or after it rely on it.
LEADS_TO_NUMBER = re.compile(r"(?:根据|按照|依据|依照|遵照|参照|落实|贯彻|执行|按|[和与及、])\s?$")
FOLLOWS_NUMBER = re.compile(r"\s?(?:文|《|规定|要求|明确|部署|精神|确定|所附)")
AFTER_NUMBER = re.compile(r"(?:文件?)?")
#: 公报 as a periodical: the gazette of a government or a congress.
GAZETTE = re.compile(r"(?:国务院|政府|委员会|法院|检察院|人大|国家)公报$")
TRAILING_PARENS = re.compile(r"(?:\s?[（(][^（）()]{1,30}[）)])+$")
HISTORY_AFTER = re.compile(r"\s?(?:文件)?(?:公布|发布|颁布|修订|修正|修改|废止)(?!的)")
UNMARKED_TITLE = re.compile(
    r"(?P<title>(?:[\u4e00-\u9fff]{2,14}(?:[、\s][\u4e00-\u9fff]{2,14}){0,3})?关于[^《》。；，！？“”\t（）()]{2,90}(?:意见|通知|决定|批复|办法|规定|方案|函|复函|公告|通告|请示|报告|解释|规划|计划|纲要|细则))$"
)
VERB_BEFORE_TITLE = re.compile(
    r".*(?:根据|按照|依据|依照|遵照|参照|贯彻落实|落实|贯彻|执行|按|转发|废止|以及|印发的?|你[局部委院厅省市办们会]|[。；：:，])"
)
VAGUE = re.compile(
    r"(?:根据|依据|依照|按照|遵照|参照|违反|执行|符合)(?:国家|省|市|县|本市|本省|我市|我省|现行|党中央、国务院|上级|中央)?(?:和[省市县]|及[省市县])?的?"
    r"(?:有关|相关|其他有关|其他|现行)(?:的)?(?:法律|法规|规章|规定|政策|文件|行政法规|制度|要求|精神|决策部署|、|和|及|以及|与|等|的)+"
    r"|(?:根据|依据|依照|按照|遵照|参照|违反)(?:国家|省|市|上级|中央|法律|法规|法律法规|法律、法规|法律、行政法规|国家和[省市])(?:的)?(?:有关|相关)?(?:规定|法律法规|法律、法规|政策|文件精神|要求)"
)


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
            head = before[: opened.start()].rstrip('"”')
            titled = title_before(head)
            if titled:
                start = number.start - len(before) + len(head) - len(titled)
                closed = number.start - len(before) + opened.start()  # after a closing quotation mark
                mention = Mention("incoming", start, closed, titled, start, start + len(titled))
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
    stop = max(before.rfind(mark) for mark in '。；，：:！？\t“”"《》（）()')
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
    return any(pattern.search(text) is not None for pattern in (CORE, ORDER, LOOSE, REVERSED))


def find_vague_spans(text: str) -> Iterator[tuple[int, int]]:
    """Bases that name nothing (根据有关法律法规): ranges of ``text``."""
    for found in VAGUE.finditer(text):
        yield found.start(), found.end()
