"""Titles that stand without marks (依照道路交通安全法第九十条): those of the registry, and others told by the article after them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.authorities.registry import Registry
from pipeline.extract.flat import Flat
from pipeline.extract.mention import Covered, Mention, read_tail

#: After these a name that ends in 法 is another word: 公司法人, 刑法律师, 合同法律关系.
NOT_AFTER = frozenset("人律规院官定制治庭学门警纪务系医典商委")
#: What may stand before a bare title; anything else means that the title is the tail of a longer one.
BEFORE_BARE = re.compile(
    r"(?:^|[，。；：、（()）“”‘’《》\s\"…—？！:;,]|根据|依照|依据|按照|遵照|参照|违反|触犯|适用|符合|执行|落实|贯彻|实施|遵守|遵循|学习|宣传|违背|[和与及或按照据由对以在是为有于即到经除如将把依向从属就][^\u4e00-\u9fff]?"
    r"|其中|现行|修订后的|修改后的|新的|新|原|旧|国务院|国家|我国|我国的|以及|或者|不属于|属于|因|的)$"
)
OWN = re.compile(r"(?:本|该|此|其|这部?|上述|前述|各|有关|相关|其他|同|两|地方性|我省|我市|本省|本市|他)$")
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


def find_bare(flat: Flat, registry: Registry, taken: list[Mention]) -> Iterator[Mention]:
    """Titles of the registry that stand without marks (依照道路交通安全法第九十条), longest first."""
    covered = Covered(taken)
    text = flat.text
    for last, size in registry.bare_titles.iter_long(text):
        start, end = last - size + 1, last + 1
        another_word = text[end : end + 1] in NOT_AFTER and not text.startswith("规定", end)
        if another_word or covered.holds(start, end):
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
            or re.search(
                r"本|该|其|上述|前款|前条|前项|所列|所引|有关|相关|国家|^法律|自治条例|单行条例|同|此|这|之|应当|不得|依法|可以",
                name,
            )
            or name.startswith(("和", "与", "及", "的"))
        ):
            continue
        mention = Mention("bare", start, found.end(), flat.text[start : found.end()], start, found.end())
        read_tail(flat, mention)
        if mention.articles:
            yield mention
