"""Places (行政区划): which a name begins with, and since when each may make local regulations.

``tables/divisions.csv`` lists every province, prefecture and county that the national code (GB/T 2260) has known since
1980, with the day from which its congress may legislate: provinces since 1979, the larger cities since 1986, all cities with
districts since the 立法法 of 2015-03-15, autonomous areas since the 民族区域自治法 of 1984. A name is found in the table, never by how
it ends: 广州, 杭州 and 江门 end like something else. A name that looks like a place and is not in the table (a town, a former
or an invented place) is a place whose power is not known.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("tables") / "divisions.csv"
PROVINCE, PREFECTURE, COUNTY, TOWN, UNKNOWN = "省", "地", "县", "乡", "不明"
_GENERAL = ("省", "自治区", "市", "自治州", "地区", "盟", "自治县", "自治旗", "特别行政区", "林区")
_PROVINCE_SHORT = re.compile(r"(?:省|市|维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区)$")
#: Areas with a power of their own: by authorisation of the National People's Congress, or by law (立法法第八十四条).
_SPECIAL = {
    "深圳经济特区": ("广东省", "1992-07-01"),
    "珠海经济特区": ("广东省", "1996-03-17"),
    "汕头经济特区": ("广东省", "1996-03-17"),
    "厦门经济特区": ("福建省", "1994-03-22"),
    "海南经济特区": ("海南省", "1988-04-13"),
    "海南自由贸易港": ("海南省", "2021-06-10"),
    "上海市浦东新区": ("上海市", "2021-06-10"),
    "浦东新区": ("上海市", "2021-06-10"),
}
_LARGER_CITIES_SINCE = "1986-12-02"
_PEOPLES = re.compile(
    r"(?:朝鲜族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|白族|傣族|景颇族|傈僳族|哈尼族|壮族|回族|蒙古族|蒙古|哈萨克|柯尔克孜)+自治州$"
)
#: What looks like a place at the head of a title and is none: 城市市容, 农贸市场, 自然保护区, 社区矫正.
_LOOKS_LIKE = re.compile(
    r"(?!城市|都市|国家|全国|关于|最高|市场|农村|中央|地区|国有|民族|企业|行政|中小|大型|专业|公共|社会|经济|历史|旅游|农业|风景|自然|住宅|学校|医疗)"
    r"[\u4e00-\u9fff]{1,3}?(?:(?<!城|都|超|夜|门|上|股|集|房|楼|车|菜|黑|贸|本|全|各|省)市(?!场|容|政|民|值|级|长|区)|(?<![郡州市本各全我])县(?!级|域|乡)"
    r"|(?<![社园学校库矿景灾牧林辖小军特游农山地宅住城专治市护税发胜范能验行假新技本各全我市湾大])区(?!域|间|划|块|位)"
    r"|(?<!城|市|村)镇(?!村|域|级|居)|(?<!城|家|下|侨|水|故|老|山|回|异)乡(?!村|镇|土|愁|情|风)|街道)"
)


class Place(NamedTuple):
    """A place that a name begins with: its ``name`` as printed, ``rank`` (省, 地, 县, 乡, 不明), ``province`` in full (empty
    where unknown) and ``legislates_since`` (ISO; empty where it makes no local regulations, or none that is known)."""

    name: str
    rank: str
    province: str = ""
    legislates_since: str = ""

    @property
    def autonomous(self) -> bool:
        return self.name.endswith(("自治州", "自治县", "自治旗", "自治区"))


@cache
def _known() -> dict[str, Place]:
    """Places by each name that a title may print; where two ranks share a name (巢湖市), the one with the power."""
    found: dict[str, Place] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = Place(row["name"], row["rank"], row["province"], row["legislates_since"])
            names = [place.name]
            if place.rank == PROVINCE:
                names.append(_PROVINCE_SHORT.sub("", place.name))
            if place.name.endswith("自治州"):
                names.append(_PEOPLES.sub("", place.name) + "州")
            if place.rank == PREFECTURE and place.legislates_since == _LARGER_CITIES_SINCE and place.name != "吉林市":
                names.append(place.name.removesuffix("市"))
            for name in names:
                if len(name) > 1 and (name not in found or not found[name].legislates_since):
                    found[name] = place
    for name, (province, since) in _SPECIAL.items():
        found[name] = Place(name, PREFECTURE, province, since)
    return found


@cache
def _longest() -> int:
    return max(map(len, _known()))


def place_at(name: str) -> tuple[Place, int] | None:
    """The place that ``name`` begins with and how many characters it takes up; None where it begins with none."""
    for length in range(min(_longest(), len(name)), 1, -1):
        known = _known().get(name[:length])
        if known is None or (not name[:length].endswith(_GENERAL) and not _short_name_fits(name, length)):
            continue
        return known, length
    looks = _LOOKS_LIKE.match(name)
    if looks:
        printed = looks.group()
        rank = UNKNOWN if printed.endswith("市") else TOWN if printed.endswith(("镇", "乡", "街道")) else COUNTY
        return Place(printed, rank), looks.end()
    return None


def _short_name_fits(name: str, length: int) -> bool:
    """Whether a name without its general part (广东, 浦东新区) stands for the place, and not for a part of another word."""
    return name[:length].endswith(("县", "区", "旗", "镇", "港")) or not name[length:].startswith(("话", "菜", "人", "籍"))


def places_of(name: str) -> list[Place]:
    """The places that a title or an organ's name begins with, largest first (某省某市某县)."""
    found: list[Place] = []
    while at := place_at(name):
        place, length = at
        if found and place.rank == UNKNOWN and found[-1].rank in (PREFECTURE, COUNTY):
            break
        found.append(place)
        name = name[length:]
    return found


def may_legislate(places: list[Place], on: str = "") -> bool | None:
    """Whether the last of ``places`` may make local regulations on a day (ISO; today where empty); None where not known."""
    if not places:
        return None
    last = places[-1]
    if last.rank == UNKNOWN:
        return None
    return bool(last.legislates_since) and (not on or last.legislates_since <= on)


def provinces() -> list[str]:
    """The provinces, autonomous regions and municipalities that make local regulations, as the table orders them."""
    return [
        place.name
        for name, place in _known().items()
        if place.rank == PROVINCE and name == place.name and place.legislates_since
    ]
