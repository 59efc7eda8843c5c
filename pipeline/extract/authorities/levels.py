"""Rank of a text that the registry does not know (效力级别), by issuer, number, kind of text and region.

The registry comes first; a level judged here is marked 规则 with a confidence, so that a person looks at the weak ones.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.document import Level
from pipeline.shipped import ANNOTATED

TABLES = Path(__file__).with_name("tables")
PRC = "中华人民共和国"
#: Words that end like a place and are none, at either end of what looks like one: 城市市容, 自然保护区.
NO_PLACE_START = ("城市", "都市", "国家", "全国", "关于", "最高", "市场", "农村", "中央", "地区", "国有", "民族区")
NO_PLACE_END = (
    "城市", "都市", "超市", "夜市", "门市", "上市", "股市", "社区", "园区", "学区", "校区", "库区", "矿区", "景区", "灾区",
    "牧区", "林区", "辖区", "小区", "郡县", "保税区", "开发区", "保护区", "名胜区", "示范区", "功能区", "试验区", "先行区",
    "军区", "特区", "旅游区", "度假区", "农区", "山区", "地区", "住宅区", "居住区", "城区", "专区", "防治区", "市区",
)  # fmt: skip
PLACE = re.compile(r"[\u4e00-\u9fff]{1,9}?(?:特别行政区|自治区|自治州|自治县|省|市|州|盟|县|区|旗|镇|乡)")
#: A congress or its standing committee, as printed before a decision: 某市第九届人民代表大会常务委员会第七次会议.
CONGRESS = re.compile(
    r"^(?P<place>(?!第|全国|中华)[\u4e00-\u9fff]{1,12}?)?(?:第[一二三四五六七八九十]+届)?(?:全国)?(?:人民代表大会|人大)(?:常务委员会|常委会)?(?!制度)"
)
#: The place of whoever writes: 市政府, 省发展改革委, 关于规范本市…的意见.
OWN_PLACE = re.compile(
    r"^(?:我|本|全)?(?!市场|区域|省级|市级|县级|市政公)(?:省|市|区|县|州)"
    r"(?:委|政府|人民政府|人大|[\u4e00-\u9fff]{1,10}(?:局|委|办公室|厅|委员会)(?![\u4e00-\u9fff]*(?:办法|条例|规定)$))|[本我全](?:省|市|区|县|州)"
)
KIND = re.compile(r"(?:（[^（）]{1,20}）)+$")


class Judgement(NamedTuple):
    """A level with how sure the rule is (0..1)."""

    level: Level
    confidence: float


def read(name: str, folder: Path = TABLES) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def issuer_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    grouped: dict[str, list[str]] = {}
    for row in read("issuers.csv"):
        grouped.setdefault(row["class"], []).append(row["pattern"])
    return tuple((name, re.compile("(?:" + "|".join(patterns) + ")")) for name, patterns in grouped.items())


@cache
def region_pattern() -> re.Pattern[str]:
    names = "|".join(row["name"] for row in read("regions.csv"))
    return re.compile(f"(?:中国（)?(?:{names})")


@cache
def region_letters() -> frozenset[str]:
    return frozenset(row["short"] for row in read("regions.csv") if row["short"])


@cache
def prefixes() -> dict[str, Level]:
    return {row["prefix"]: Level(row["level"]) for row in read("doc_number_prefixes.csv", ANNOTATED)}


def places_of(name: str) -> list[str]:
    """The places that a title or organ's name begins with, largest first (某某市, 某某县)."""
    found: list[str] = []
    while place := PLACE.match(name):
        text = place.group()
        if text.startswith(NO_PLACE_START) or text.endswith(NO_PLACE_END) or len(text) < 3:
            break
        found.append(text)
        name = name[place.end() :]
    return found


def is_local(name: str) -> bool:
    """Whether a title or organ's name begins with a place."""
    if name.startswith((PRC, "国务院")):
        return False
    return bool(region_pattern().match(name) or places_of(name))


def is_county(name: str) -> bool:
    """Whether the smallest place is below the district-level city: nobody makes rules there (立法法第九十三条)."""
    places = places_of(name)
    return bool(places) and places[-1].endswith(("县", "区", "旗", "镇", "乡")) and not places[-1].endswith("自治区")


def issuer_class(name: str) -> str:
    """中央, 人大, 司法, 部门, 地方 or "" by the organ's name at the head of ``name``."""
    if OWN_PLACE.search(name):
        return "地方"
    congress = CONGRESS.search(name)
    if congress:
        return "地方" if congress["place"] else "人大"
    if is_local(name):
        return "地方"
    for kind, pattern in issuer_patterns():
        if pattern.match(name):
            return kind
    return ""


def level_of_order(number: str) -> Judgement | None:
    """The level that an order (令) or announcement (公告) gives its text."""
    if "令" in number:
        organ = number[: number.index("令")]
        if "主席" in organ or "委员长" in organ:
            return Judgement(Level.LAW, 0.95)
        if re.search(r"^(?:中华人民共和国)?国务院", organ):
            return Judgement(Level.ADMINISTRATIVE_REGULATION, 0.95)
        if "政府" in organ or is_local(organ):
            return Judgement(Level.LOCAL_RULE, 0.95)
        return Judgement(Level.MINISTRY_RULE, 0.85 if organ else 0.6)
    if re.search(r"公告|通告", number):
        if re.search(r"人民代表大会|人大", number):
            return Judgement(Level.LOCAL_REGULATION, 0.9)
        organ = issuer_class(number)
        if organ in ("地方", "部门"):
            return Judgement(Level.LOCAL_NORMATIVE if organ == "地方" else Level.MINISTRY_NORMATIVE, 0.75)
    return None


def level_of_number(number: str, local: bool) -> Judgement | None:
    """The level that a document number gives its text; None where its letters are unknown."""
    ordered = level_of_order(number)
    if ordered:
        return ordered
    if re.match(r"[A-Z]", number):
        return Judgement(Level.OTHER, 0.9)
    letters = re.match(r"[\u4e00-\u9fff]+", number)
    if not letters or "〔" not in number:
        return None
    for size in range(len(letters.group()), 0, -1):
        known = prefixes().get(letters.group()[:size])
        if known and (size > 1 or len(letters.group()) <= 2):
            return Judgement(known, 0.9)
    if re.match(r"国(?:发|办|函|令)", number) or re.match(r"中(?:发|办|委)|厅字", number):
        return Judgement(Level.CENTRAL_POLICY, 0.9)
    if number.startswith(("法释", "高检发释")):
        return Judgement(Level.JUDICIAL_INTERPRETATION, 0.95)
    if local or number[0] in region_letters() or re.match(r".{1,3}(?:政|府|委办|党)", number):
        return Judgement(Level.LOCAL_NORMATIVE, 0.85)
    return Judgement(Level.MINISTRY_NORMATIVE, 0.6)


def level_of_local(title: str) -> Judgement:
    """The level of a text whose title or issuer names a place."""
    if re.search(r"人民代表大会|人大常委会", title) or re.search(r"条例$", title):
        return Judgement(Level.LOCAL_REGULATION, 0.9)
    if re.search(r"(?:实施|执行|贯彻)[〈《<＜].*[〉》>＞](?:的?若干)?(?:的?办法|的?规定|细则)$", title):
        return Judgement(Level.LOCAL_REGULATION, 0.8)
    if is_county(title):
        return Judgement(Level.LOCAL_NORMATIVE, 0.8)
    if re.search(r"(?:办法|规定|规则)$", title) and not re.search(r"暂行|试行|关于|工作|实施办法", title):
        return Judgement(Level.LOCAL_RULE, 0.5)
    return Judgement(Level.LOCAL_NORMATIVE, 0.7)


def level_of_kind(title: str, national: bool) -> Judgement:
    """The level by the kind of text alone, for a title that names neither place nor issuer."""
    if re.search(r"纲要$", title) and not re.search(r"国民经济和社会发展", title):
        return Judgement(Level.CENTRAL_POLICY, 0.5)  # 知识产权强国建设纲要 and the like come from the Centre
    if re.search(r"规划|纲要|计划$|标准$|规范$|公约$|协定$|协议$|章程$|议定书$|税则$", title[-8:]):
        return Judgement(Level.OTHER, 0.6)
    if re.search(r"(?<!办)法$|法典$|宪法|修正案$", title) and len(title) > 1:
        return Judgement(Level.LAW, 0.9 if national else 0.75)
    if re.search(r"法.{0,4}实施条例$|条例$|条令$", title):
        return Judgement(Level.ADMINISTRATIVE_REGULATION, 0.8 if national else 0.65)
    if re.search(r"细则$|办法$|规定$|规则$", title):
        return Judgement(Level.MINISTRY_RULE, 0.6)
    return Judgement(Level.OTHER, 0.4)


def judge_level(title: str, number: str | None, issuer: str) -> Judgement:
    """The level of a text that the registry does not know, by rules in the order in which they bind.

    ``issuer`` is the organ printed before the marks, empty where none is.
    """
    bare = KIND.sub("", title.strip("“”\"' "))
    if re.search(r"(?:请示|的汇报|的报告|来函)$", bare):
        return Judgement(Level.OTHER, 0.85)
    if "国际" in bare or "国际" in issuer:
        return Judgement(Level.OTHER, 0.6)
    by_title = issuer_class(bare)
    by_issuer = issuer_class(issuer) if issuer else ""
    kind = by_title or by_issuer
    numbered = level_of_number(number, kind == "地方") if number else None
    if by_issuer == "中央" and not numbered and not re.search(r"条例$", bare):
        kind = "中央"
    if numbered and not (kind == "人大" and numbered.level is Level.MINISTRY_NORMATIVE):
        return numbered
    if kind == "人大":
        return Judgement(Level.LAW, 0.95)
    if kind == "中央":
        return level_of_central(bare, bool(by_title))
    if kind == "司法":
        judicial = re.search(r"(?:解释|规定|规则|批复|决定)[^的]{0,4}$", bare)
        return Judgement(Level.JUDICIAL_INTERPRETATION if judicial else Level.OTHER, 0.8)
    if kind == "地方":
        congress = CONGRESS.search(issuer)
        return Judgement(Level.LOCAL_REGULATION, 0.9) if congress else level_of_local(bare)
    if kind == "部门":
        ruled = re.search(r"(?:办法|规定|规则|细则)$|关于(?:修改|废止)", bare) and "通知" not in bare[-2:]
        return Judgement(Level.MINISTRY_RULE if ruled else Level.MINISTRY_NORMATIVE, 0.7)
    return level_of_kind(bare, bare.startswith(PRC))


def level_of_central(title: str, named_in_title: bool) -> Judgement:
    """A text of the Party Centre or the State Council: a regulation where its kind is 条例, else a policy document.

    An organ outside the marks (国务院《物业管理条例》) makes 条例, 办法 and 规定 administrative regulations.
    """
    if re.search(r"条例$|实施细则$|关于(?:修改|废止).*决定$", title):
        return Judgement(Level.ADMINISTRATIVE_REGULATION, 0.85)
    if not named_in_title and re.search(r"(?:办法|规定)$", title) and not title.startswith("关于"):
        return Judgement(Level.ADMINISTRATIVE_REGULATION, 0.7)
    return Judgement(Level.CENTRAL_POLICY, 0.9)
