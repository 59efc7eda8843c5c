"""Bodies (制定机关): of what class the one is that a title or an organ's name begins with, and what it may make.

``tables/bodies.csv`` holds them in the order in which they are asked; places come from `divisions`. A body is named, or the
text does not say who made it: 条例 by itself may be the State Council's, any city's or a company's.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.extract.authorities.divisions import Place, places_of

TABLE = Path(__file__).with_name("tables") / "bodies.csv"
NATIONAL, CENTRE, PARTY_ORGAN, COURT, MINISTRY, LOCAL, UNIT, UNNAMED = (
    "全国人大", "党中央国务院", "党中央部门", "司法", "部门", "地方", "单位", "",
)  # fmt: skip
#: Kinds of unit that a rule is about, not made by: 上市公司, 民办学校, 商业银行.
_ABOUT_UNITS = re.compile(
    r"^(?:关于|城市|农村|全国|中央|国有|集体|民营|外资|外商投资|上市|非上市|证券|保险|期货|信托|基金|基金管理|融资担保|小额贷款|商业|村镇|政策性|"
    r"互联网|网络|高等|中等|初等|中小|中外合作办学|中外合作|民办|公办|公立|职业|普通|特殊教育|义务教育|营利性|非营利性|行业|社会|"
    r"医疗|综合|专科|社区卫生|律师|会计师|资产评估|农民专业|供销|慈善|学前|企业|事业单位|境外|境内|大型|中型|小型|房地产|建筑|物业服务|"
    r"出租汽车|旅游|拍卖|典当|乡镇|街道|居民|城乡|学校|公司|大学|医院|幼儿园|中学|小学|协会|学会|商会)*"
    r"(?:有限责任公司|股份有限公司|有限公司|公司|集团|大学|学院|学校|中学|小学|幼儿园|医院|协会|学会|商会|研究院|研究所|俱乐部|合作社|事务所|基金会|出版社|社区|村)"
)
_ASSOCIATION = re.compile("协会|商会|学会|基金会|联合会")
_CONGRESS = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,4}届)?(?:人民代表大会|人大)(?:常务委员会|常委会)?(?!代表|制度|议案|机关)"
)
#: The place of whoever writes: 市政府, 省发展改革委, 本市.
_OWN = re.compile(
    r"^(?:中共)?(?:我|本|全|原)?(?P<rank>省|自治区|市|区|县|州|镇|乡)(?!场|级|域|容|政公|民|长|值|区(?:划|域)|划|间|外|内部|村)"
    r"(?=委|政府|人民政府|人大|纪委|直|级|信用|[\u4e00-\u9fff]{1,12}?(?:局|委|办公室|厅|委员会|办|中心|大队|支队|会议纪要)|的|[\u4e00-\u9fff]{0,6}$)|^[本我全](?P<own>省|市|区|县|州)"
)


class Body(NamedTuple):
    """``kind`` is one of the classes above; ``places`` those that the name begins with (of a local body); ``congress``
    whether it is a people's congress or its standing committee; ``own`` the rank of an unnamed place (本市: 市)."""

    kind: str
    places: tuple[Place, ...] = ()
    congress: bool = False
    own: str = ""


@cache
def _table() -> tuple[tuple[str, re.Pattern[str]], ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple((row["class"], re.compile(row["pattern"])) for row in csv.DictReader(file))


def body_of(name: str) -> Body:
    """The body that ``name`` begins with; ``kind`` is empty where it begins with none."""
    name = name.removeprefix("中共") if not name.startswith("中共中央") else name
    name = name.removeprefix("中华人民共和国")
    places = tuple(places_of(name))
    if places:
        rest = name[sum(len(place.name) for place in places) :] if name.startswith(places[0].name) else name
        if _is_unit(name) and not (
            _ABOUT_UNITS.match(rest) and not _ASSOCIATION.search(rest)
        ):  # 云州市第一中学, not 云州市学校安全条例
            return Body(UNIT, places)
        return Body(LOCAL, places, bool(_CONGRESS.search(rest)))
    own = _OWN.match(name)
    if own:
        return Body(LOCAL, congress=bool(_CONGRESS.search(name)), own=own["rank"] or own["own"])
    for kind, pattern in _table():
        if pattern.match(name) and (kind != UNIT or _is_unit(name)):
            return Body(kind)
    if _CONGRESS.match(name):
        return Body(NATIONAL)
    return Body(UNNAMED)


@cache
def _units() -> tuple[re.Pattern[str], ...]:
    return tuple(pattern for kind, pattern in _table() if kind == UNIT)


def _is_unit(name: str) -> bool:
    """Whether a certain company, school, association or village made it; not a rule about such units in general."""
    named, bare = _units()
    if bare.match(name):
        return True
    head = re.split(r"关于|[《〈]", name, maxsplit=1)[0]
    found = named.match(head)
    return bool(found) and not _ABOUT_UNITS.match(head) and len(found.group()) > 2  # type: ignore[union-attr]
