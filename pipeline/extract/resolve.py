"""What each mention stands for: registry entry, level, short names, repeats, role, standing in time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.document import Authority, Citation, Level
from pipeline.extract.authorities.in_force import judge
from pipeline.extract.authorities.levels import judge_level
from pipeline.extract.authorities.registry import EDITION, Registry, load_registry, number_key, title_key
from pipeline.extract.find import find_mentions, find_vague_spans
from pipeline.extract.flat import Flat, flatten
from pipeline.extract.later_mentions import anaphors, short_uses
from pipeline.extract.mention import Mention
from pipeline.extract.roles import role_of

#: Titles that are only the kind of a text: they name nothing unless defined before (《条例》, 《办法》).
GENERIC = re.compile(
    r"(?:实施|指导|若干|总体|管理|暂行|工作|行动|规划)?(?:条例|办法|规定|意见|通知|方案|规划|细则|决定|决议|纲要|计划|目录|清单|标准|指南|规则|准则|章程|解释|批复|制度|规范|措施|法|请示|汇报|建议|公约|协定|宪章|(?:合作)?备忘录)"
)
ISSUER_BEFORE = re.compile(
    r"(?P<issuer>(?:[\u4e00-\u9fff]{2,20}(?:[、\s和与]|联合)){0,6}?[\u4e00-\u9fff]{2,24}?)(?:等[\u4e00-\u9fff\d]{0,4}(?:部门|单位|部委)?)?"
    r"(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?)?(?:联合)?(?:关于)?(?:印发|发布|公布|颁布|制定|出台|下发|批准|批复|批转|转发|印发实施)?(?:的|了)?\s?$"
)
#: A session of a congress before its decision (某市第九届人民代表大会常务委员会第七次会议《关于修改…的决定》).
SESSION = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{0,12}?(?:第?[一二三四五六七八九十]{1,4}届)?(?:全国)?(?:人民代表大会|人大)(?:常务委员会|常委会)?)"
    r"(?:第[一二三四五六七八九十]+次会议)?(?:通过|批准|修订|修正|关于)?的?$"
)
CARRIED = re.compile(
    r"(?:印发|转发|批转|发布|公布|下发|实施|颁布)(?:实施)?\s?(?P<open>[《〈<＜﹤]+)(?P<title>[^《》〈〉<>＜＞]{2,90})[》〉>＞﹥]+"
)
CARRIED_PLAIN = re.compile(r"关于(?:印发|转发|批转|发布|公布)(?P<title>[^《》〈〉<>]{4,80}?)的通知$")
#: 经国务院同意(印发)的: says who agreed, not who made.
APPROVED = re.compile(r"(?:国务院|党中央|中央)(?:领导(?:同志)?)?(?:已|审议)?(?:同意|批准|核准)[^，；。]{0,12}$")
#: How far back, in characters, 该办法 may point.
ANAPHOR_REACH = 300
#: How many mentions back a bare 《条例》 or 该办法 is looked for.
LOOK_BACK = 50


@dataclass(slots=True)
class Named:
    """What a mention stands for: its title as printed at first, its authority, its identity for repeats, where it ends and
    the articles that it names."""

    mention: Mention
    authority: Authority | None
    key: str
    last: int
    articles: list[str]


def issuer_before(text: str, start: int) -> str:
    """The organ printed before the marks (国务院办公厅《关于…》); empty where none is."""
    before = text[max(0, start - 60) : start]
    stop = max(before.rfind(mark) for mark in "。；，！？：\t“”《》（）()")
    if APPROVED.search(before[stop + 1 :]):
        return ""  # a ministry's text that the State Council agreed to is not the State Council's
    run = re.sub(
        r"^(?:.*?(?:根据|按照|依据|依照|遵照|参照|贯彻落实|落实|贯彻|执行|实施|转发|废止|同意))?(?:了|[和与及、])?",
        "",
        before[stop + 1 :],
    )
    run = re.sub(r"(?:于|在)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?", "", run).lstrip("原")
    session = SESSION.search(run)
    if session:
        return session["issuer"]
    found = ISSUER_BEFORE.fullmatch(run)
    return found["issuer"] if found else ""


def carried_title(title: str) -> str:
    """The title that a carrier carries: 关于印发〈某办法〉的通知 -> 某办法."""
    found = CARRIED.search(title) or CARRIED_PLAIN.search(title)
    return found["title"].strip() if found else ""


def lookup(mention: Mention, registry: Registry, issuer: str) -> Authority | None:
    """The registry's entry for a mention, by title (with the outside issuer), by number, by the title carried."""
    if mention.title:
        known = registry.by_title(mention.title, issuer)
        if known is not None:
            return known
    if mention.number and not mention.title:
        return registry.by_number(mention.number)
    if mention.number:
        known = registry.by_number(mention.number)
        if known is not None and titles_agree(known.title, mention.title):
            return known
    return None


def titles_agree(known: str, printed: str) -> bool:
    """Whether one title holds the other: a number is trusted only where the title does not gainsay it."""
    first, second = title_key(known), title_key(printed)
    return first in second or second in first


class Resolver:
    """Resolves the mentions of one text in order; remembers short names as they are defined."""

    def __init__(self, flat: Flat, registry: Registry, as_of: str, date: str):
        self.flat = flat
        self.registry = registry
        self.as_of = as_of
        self.date = date
        self.short_names: dict[str, Named] = {}
        self.seen: dict[str, Named] = {}
        self.order: list[Named] = []

    def resolve(self, mention: Mention) -> Citation | None:
        """The citation that a mention is; None where it names nothing."""
        if mention.kind == "anaphor":
            return self.anaphor(mention)
        key = title_key(mention.title)
        defined = self.short_names.get(key) if mention.title else None
        generic = GENERIC.fullmatch(mention.title.strip()) is not None if mention.title else False
        if defined is not None and mention.title != defined.mention.title:
            return self.later(mention, defined)
        if generic and not mention.number:
            return self.generic(mention)
        return self.named(mention)

    def named(self, mention: Mention) -> Citation:
        issuer = issuer_before(self.flat.text, mention.start) if mention.kind == "marked" else ""
        authority = lookup(mention, self.registry, issuer)
        key = authority.id if authority else title_key(mention.title) or number_key(mention.number or "")
        named = Named(mention, authority, key, mention.end, mention.articles)
        repeat = key in self.seen and not self._another_of_a_pair(key, mention)
        if not repeat:
            self.seen[key] = named
        self.order.append(named)
        for short in mention.defines:
            self.short_names[title_key(short)] = named
        title = mention.title
        if repeat and not title:
            title = self.seen[key].mention.title
        citation = self.citation(mention, title, authority, issuer)
        short_name = mention.defines[0] if mention.defines else None
        return replace(citation, short_name=short_name, repeat=repeat)

    def _another_of_a_pair(self, key: str, mention: Mention) -> bool:
        """Whether two documents published as one (目录和清单, one number) are named one after the other: each is its own."""
        first = self.seen[key].mention.title
        if not mention.title or not first or titles_agree(first, mention.title):
            return False
        kinds = {EDITION.sub("", title_key(title))[-2:] for title in (first, mention.title)}
        return len(kinds) == 2 and EDITION.search(title_key(mention.title)) is not None

    def later(self, mention: Mention, target: Named, confidence: float = 0.0) -> Citation:
        """A later use of a short name or a word that points back."""
        full = target.mention
        printed = self.flat.text[mention.title_start : mention.title_end]
        short = f"《{printed}》" if mention.kind == "marked" else printed
        issuer = issuer_before(self.flat.text, full.start)
        whole = replace_number(mention, full)
        citation = self.citation(whole, full.title, target.authority, issuer)
        if confidence:
            citation = replace(citation, confidence=confidence)
        self.order.append(Named(full, target.authority, target.key, mention.end, mention.articles))
        return replace(citation, short_name=short, repeat=True)

    def generic(self, mention: Mention) -> Citation | None:
        """《条例》 that nothing defines: the nearest text of that kind before it, else only where articles are cited."""
        for named in reversed(self.order[-LOOK_BACK:]):
            if named.mention.title.endswith(mention.title):
                return self.later(mention, named, confidence=0.6)
        if not mention.articles:
            return None
        citation = self.citation(mention, mention.title, None, "")
        return replace(citation, short_name=f"《{mention.title}》", confidence=0.3)

    def anaphor(self, mention: Mention) -> Citation | None:
        """What 该办法, 同法, 上述规定 point to: the nearest text of that kind within reach, marked as unsure."""
        kind = mention.title
        for named in reversed(self.order[-LOOK_BACK:]):
            if mention.start - named.last > ANAPHOR_REACH:
                return None
            if kind in ("文件", "规定", "") or named.mention.title.endswith((kind, kind + "典")):
                if kind in ("规定", "") and not mention.articles:  # what was laid down there, not the whole act
                    mention = replace(mention, articles=list(named.articles))
                return self.later(mention, named, confidence=0.5 if kind else 0.3)
        return None

    def citation(self, mention: Mention, title: str, authority: Authority | None, issuer: str) -> Citation:
        flat = self.flat
        level, confidence, judged_by, status = self.level(mention, title, authority, issuer)
        in_force = None
        if authority is not None:
            in_force, status = judge(authority, mention.articles, document_date=self.date, as_of=self.as_of)
        return Citation(
            title=title,
            number=mention.number,
            articles=list(mention.articles),
            level=level,
            qualified=level.qualified,
            start=flat.start(mention.start),
            end=flat.end(mention.end),
            role=role_of(flat.text, mention.start, mention.end, title, bool(mention.articles)),
            authority=authority,
            in_force=in_force,
            status=status,
            judged_by=judged_by,
            confidence=confidence,
            carried=carried_title(title),
        )

    def level(self, mention: Mention, title: str, authority: Authority | None, issuer: str) -> tuple[Level, float, str, str]:
        if authority is not None:
            return authority.level, 0.99, "依据库", ""
        level, confidence, why = judge_level(title, mention.number, issuer, self.date)
        near = self.registry.nearest(title) if level is Level.UNKNOWN else []
        if near:
            why += f"；登记表中书名相近的有{'、'.join(f'《{each}》' for each in near)}"
        return level, confidence, "规则", why


def replace_number(mention: Mention, full: Mention) -> Mention:
    """A later mention with the number of the first where it prints none of its own."""
    return Mention(
        mention.kind, mention.start, mention.end, full.title, mention.title_start, mention.title_end,
        mention.number or full.number, mention.articles,
    )  # fmt: skip


def merge_in_sentence(citations: list[Citation], text: str) -> list[Citation]:
    """First mentions only; articles that the same sentence cites again are added to the first mention."""
    kept: list[Citation] = []
    by_key: dict[str, int] = {}
    for citation in citations:
        key = citation.authority.id if citation.authority else title_key(citation.title) or (citation.number or "")
        if not citation.repeat or key not in by_key:
            if not citation.repeat:
                by_key[key] = len(kept)
                kept.append(citation)
            continue
        first = kept[by_key[key]]
        new = [article for article in citation.articles if article not in first.articles]
        if new and not re.search(r"[。；！？]", text[first.end : citation.start]):
            kept[by_key[key]] = replace(first, articles=[*first.articles, *new])
    return kept


def find_citations(
    text: str,
    *,
    repeats: bool = False,
    as_of: str | None = None,
    date: str | None = None,
    registry: Registry | None = None,
) -> list[Citation]:
    """Every citation of a legal basis in ``text``, in order of place.

    ``repeats`` adds later mentions (``repeat=True``); ``as_of`` is the day for ``in_force`` (ISO, default today) and
    ``date`` the document's own date (ISO); ``registry`` comes from ``load_registry`` (default: the shipped one).

    >>> [(c.title, c.articles) for c in find_citations("依照《中华人民共和国行政处罚法》第三十条的规定")]
    [('中华人民共和国行政处罚法', ['第三十条'])]
    """
    registry = registry or load_registry()
    flat = flatten(text)
    mentions = find_mentions(flat, registry)
    resolver = Resolver(flat, registry, as_of or "", date or "")
    mentions += short_uses(flat, mentions)
    if repeats:
        mentions += anaphors(flat, mentions)
    mentions.sort(key=lambda mention: mention.start)
    citations = [citation for mention in mentions if (citation := resolver.resolve(mention))]
    return citations if repeats else merge_in_sentence(citations, text)


def find_vague(text: str) -> list[Citation]:
    """Bases that name nothing (根据有关法律法规), as citations with ``vague=True`` and an empty title."""
    flat = flatten(text)
    return [
        Citation(
            title="", number=None, articles=[], level=Level.OTHER, qualified=False,
            start=flat.start(start), end=flat.end(end),
            role=role_of(flat.text, start, end, "", False), status="依据笼统，未指明文件", vague=True,
        )
        for start, end in find_vague_spans(flat.text)
    ]  # fmt: skip
