"""Rank of a text that the registry does not know (效力级别): by its number, or by the body that its title or its sentence names.

A title alone proves nothing. What neither number nor a named body with that power proves is 层级不明, never qualified.
A level judged here is marked 规则; a local regulation that the registry does not hold may not even exist, and is never more
than a thing to check.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import NamedTuple

from pipeline.document import Level
from pipeline.extract.authorities import bodies
from pipeline.extract.authorities.bodies import Body, body_of
from pipeline.extract.authorities.divisions import COUNTY, PREFECTURE, PROVINCE, UNKNOWN, may_legislate
from pipeline.shipped import ANNOTATED

PRC = "中华人民共和国"
DRAFT = re.compile(
    r"(?:草案(?:修改稿|建议(?:修改)?稿|(?:[一二三]次)?审议稿|修订稿|表决稿)?|征求意见稿|送审稿|讨论稿|代拟稿|草稿|建议稿|修订稿)[）)]?(?:[（(].{0,12}[）)])?$|^(?:草案|征求意见稿)"
)
EDITION = re.compile(r"(?:[（(][^（()）]{1,20}[）)])+$")
#: The letters of provinces and of the larger cities in document numbers (发文机关代字).
PROVINCE_LETTERS = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新港澳兵")
CITY_LETTERS = frozenset("穗深甬杭榕厦济汉锡蓉筑昆沈连哈郑昌肥邕")
#: What the letters of a local organ hold beside its place.
LOCAL_LETTERS = re.compile(
    r"政|府|委(?!员)|党|办|发改|财|人社|教|市监|食药|环|建|交|水|农|林|卫|民|司|审|应急|安监|城管|文|旅|粮|医保|税|商|工信|经信|科|公|自然资|国土|规|信用|金|统|退役|民政|残联|妇联|团|工会|纪"
)


class Judgement(NamedTuple):
    """A level, how sure the rule is (0..1), and, where the level is not known, what a person should know (in Chinese)."""

    level: Level
    confidence: float
    why: str = ""


NOT_NAMED = Judgement(Level.UNKNOWN, 0.9, "登记表查无此文件，书名未写制定机关")
NUMBER_UNKNOWN = Judgement(Level.UNKNOWN, 0.8, "登记表查无此文件，文号的机关代字不识")


@cache
def prefixes() -> dict[str, Level]:
    """Letters of document numbers -> level."""
    with (ANNOTATED / "doc_number_prefixes.csv").open(encoding="utf-8", newline="") as file:
        return {row["prefix"]: Level(row["level"]) for row in csv.DictReader(file)}


def judge_level(title: str, number: str | None, issuer: str, on: str = "") -> Judgement:
    """The level of a text that the registry does not know, by rules in the order in which they bind.

    ``issuer`` is the organ printed before the marks, empty where none is; ``on`` the day (ISO, today where empty) on which
    the citing document was made: a city's congress may legislate only since the law says so.
    """
    title = title.strip("“”\"' ")
    if DRAFT.search(title):
        return Judgement(Level.OTHER, 0.9, "书名注明是草案、征求意见稿，尚不是依据")
    bare = EDITION.sub("", title)
    if re.search(r"(?:请示|的汇报|的报告|来函)$", bare):
        return Judgement(Level.OTHER, 0.85)
    if re.match(rf"(?:{PRC})?国民经济和社会发展第", bare):
        return Judgement(Level.OTHER, 0.8)  # a plan that the National People's Congress approves; no law
    by_title, by_issuer = body_of(bare), body_of(issuer)
    body = by_title if by_title.kind else by_issuer
    numbered = level_of_number(number, body) if number else None
    if numbered and not (body.kind == bodies.NATIONAL and numbered.level is not Level.LAW):
        return numbered
    if body.kind == bodies.LOCAL:
        return _of_local(bare, body, on)
    if body.kind == bodies.CENTRE:
        return _of_centre(bare, bool(by_title.kind))
    if body.kind == bodies.MINISTRY:
        return _of_ministry(bare, bare if by_title.kind else issuer)
    fixed = {
        bodies.NATIONAL: Judgement(Level.LAW, 0.95),
        bodies.PARTY_ORGAN: Judgement(Level.OTHER, 0.85),
        bodies.UNIT: Judgement(Level.INTERNAL, 0.8, "企业、学校、协会、村居等单位自定，没有立法权"),
    }
    if body.kind in fixed:
        return fixed[body.kind]
    if body.kind == bodies.COURT:
        judicial = re.search(r"(?:解释|规定|规则|批复|决定)[^的]{0,4}$", bare) and "最高" in (bare + issuer)[:12]
        return Judgement(Level.JUDICIAL_INTERPRETATION if judicial else Level.OTHER, 0.8)
    return NUMBER_UNKNOWN if number else NOT_NAMED


def level_of_number(number: str, body: Body) -> Judgement | None:
    """The level that a document number gives its text; None where its letters tell nothing."""
    if "令" in number or re.search(r"公告|通告", number):
        return _of_order(number)
    if re.match(r"[A-Z]", number):
        return Judgement(Level.OTHER, 0.9)
    letters = re.match(r"[\u4e00-\u9fff]+", number)
    if not letters or not re.search(r"[〔\d]", number):
        return None
    run = letters.group()
    for size in range(len(run), 0, -1):
        known = prefixes().get(run[:size])
        if known and (size > 1 or len(run) <= 2):
            return Judgement(known, 0.9)
    if re.match(r"国(?:发|办|函|令)|中(?:发|办|委)(?!.*[省市县])|厅字", run):
        return Judgement(Level.CENTRAL_POLICY, 0.9)
    if run.startswith(("法释", "高检发释")):
        return Judgement(Level.JUDICIAL_INTERPRETATION, 0.95)
    if run[0] == "国":  # 国市监, 国卫, 国税发: organs of the State
        return Judgement(Level.MINISTRY_NORMATIVE, 0.85)
    if run[0] == "中":
        return Judgement(Level.OTHER, 0.7)
    if run[0] in PROVINCE_LETTERS | CITY_LETTERS or body.kind == bodies.LOCAL or LOCAL_LETTERS.search(run[1:3]):
        return Judgement(Level.LOCAL_NORMATIVE, 0.85 if body.kind == bodies.LOCAL or run[0] in PROVINCE_LETTERS else 0.7)
    if re.search(r"[省市县区州镇乡]", run):
        return Judgement(Level.LOCAL_NORMATIVE, 0.8)
    return None


def _of_order(number: str) -> Judgement | None:
    """The level that an order (令) or announcement (公告) gives its text."""
    order = "令" in number
    organ = re.split(r"令|公告|通告", number, maxsplit=1)[0].removeprefix(PRC)
    organ = re.sub(r"\d{4}年第?\d+号$", "", organ)
    body = body_of(organ)
    if order and re.search(r"主席|委员长", organ):
        return Judgement(Level.LAW, 0.95)
    if re.fullmatch(r"国务院(?:、中央军(?:事委员会|委))?", organ):
        return Judgement(Level.ADMINISTRATIVE_REGULATION if order else Level.CENTRAL_POLICY, 0.95)
    if not order and re.search(r"人民代表大会|人大", organ):
        return Judgement(
            Level.LOCAL_REGULATION if may_legislate(list(body.places)) is not False else Level.LOCAL_NORMATIVE, 0.9
        )
    if body.kind == bodies.LOCAL or re.search(r"政府$|^.{1,2}(?:政|府)$", organ) or organ[:1] in PROVINCE_LETTERS:
        return Judgement(Level.LOCAL_RULE if order else Level.LOCAL_NORMATIVE, 0.9)
    if body.kind in (bodies.MINISTRY, bodies.CENTRE) or re.search(r"(?:部|委|委员会|局|署|行|会)$", organ):
        return Judgement(Level.MINISTRY_RULE if order else Level.MINISTRY_NORMATIVE, 0.9)
    return None if organ else Judgement(Level.UNKNOWN, 0.8, "登记表查无此文件，令的前面未写发布机关") if order else None


def _of_local(title: str, body: Body, on: str) -> Judgement:
    """The level of a text whose title or issuer names a place: a regulation only where its congress may make one."""
    last = body.places[-1] if body.places else None
    may = may_legislate(list(body.places), on) if last else (None if body.own in ("省", "市", "州", "自治区") else False)
    regulation = Judgement(Level.LOCAL_REGULATION, 0.85 if may else 0.5)
    if body.congress or re.search(r"条例$|关于(?:修改|废止).{0,60}条例.{0,20}的?决定$", title):
        if may is False:
            return Judgement(Level.LOCAL_NORMATIVE, 0.9, "县、乡和尚无立法权的市不能制定地方性法规")
        return regulation
    carries_out = re.search(
        r"(?:实施|执行|贯彻)[〈《<＜]?(?P<act>.*?法)[〉》>＞]?(?:的?若干)?(?:的?办法|的?规定|细则)$|[〈《<＜].*法[〉》>＞]实施办法$",
        title,
    )
    if carries_out and may is not False and (not last or last.rank in (PROVINCE, PREFECTURE, UNKNOWN)):
        return Judgement(Level.LOCAL_REGULATION, 0.7 if may else 0.5)
    if last and last.name.endswith("浦东新区") and re.search(r"规定$", title):
        return regulation
    if re.match(r".{2,6}经济特区", title) and re.search(r"(?:条例|规定)$", title):
        return regulation  # 立法法第八十四条：经济特区法规
    if re.search(r"[省市区县州盟旗][^的]{2,16}(?:局|厅|委员会|办公室)(?!管理|工作)[^的]{2,40}(?:办法|规定|规则)", title):
        return Judgement(Level.LOCAL_NORMATIVE, 0.7)  # an organ of a local government makes no rules
    ranked = last is None or last.rank in (PROVINCE, PREFECTURE, UNKNOWN)
    ruled = re.search(r"(?:办法|规定|规则)$", title) and not re.search(r"暂行|试行|关于|工作|实施办法|实施细则", title)
    if ranked and ruled and not (last and last.rank == COUNTY):
        return Judgement(Level.LOCAL_RULE, 0.5)
    return Judgement(Level.LOCAL_NORMATIVE, 0.7)


def _of_centre(title: str, named_in_title: bool) -> Judgement:
    """A text of the Party Centre or the State Council: a regulation where its kind is 条例, else a policy document.

    An organ outside the marks (国务院《物业管理条例》) makes 条例, 办法 and 规定 administrative regulations.
    """
    if re.search(r"条例$|实施细则$|关于(?:修改|废止).*决定$", title):
        return Judgement(Level.ADMINISTRATIVE_REGULATION, 0.85)
    if not named_in_title and re.search(r"(?:办法|规定)$", title) and not title.startswith("关于"):
        return Judgement(Level.ADMINISTRATIVE_REGULATION, 0.7)
    return Judgement(Level.CENTRAL_POLICY, 0.9)


def _of_ministry(title: str, organ: str) -> Judgement:
    """A ministry's rule by its kind; organs of the State Council that only coordinate or advise make none (立法法第九十一条)."""
    makes_rules = not re.search(
        r"小组|机制|指挥部|安委|食安|会议|研究|办公室|法制办|扶贫办|港澳办|侨办|安全生产委员会|食品安全委员会", organ[:24]
    )
    ruled = re.search(r"(?:办法|规定|规则|细则)$|关于(?:修改|废止)", title) and "通知" not in title[-2:]
    return Judgement(Level.MINISTRY_RULE if ruled and makes_rules else Level.MINISTRY_NORMATIVE, 0.7)
