"""Whether an authority was in force on a date (时效), said in Chinese with its successor."""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache
from typing import NamedTuple

from pipeline.document import Authority
from pipeline.extract.authorities.registry import load_registry, title_key
from pipeline.shipped import ANNOTATED
from pipeline.structure.chinese_numerals import to_int

#: The day up to which the sources of the registry speak: what they call ended had ended by then.
KNOWN_UNTIL = "2026-06-26"
_ENDED = frozenset({"废止", "失效"})
_DAY = 10  # characters of a whole ISO date
_LONGEST_WAIT = 2  # years between adoption and effect; a later day is a revision's


class Standing(NamedTuple):
    """In force or not (None: unknown), and the same in Chinese."""

    in_force: bool | None
    status: str


@cache
def moves() -> dict[str, list[dict[str, str]]]:
    """Article moves between versions, by title key (machine-made by overlap of text)."""
    by_title: dict[str, list[dict[str, str]]] = {}
    with (ANNOTATED / "article_moves.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_title.setdefault(title_key(row["title_without_PRC"]), []).append(row)
    return by_title


@cache
def versions() -> dict[str, dict[str, str]]:
    """The known versions of each title: date of adoption or publication -> effective date, empty where not known."""
    by_title: dict[str, dict[str, str]] = {}
    with (ANNOTATED / "authority_versions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_title.setdefault(title_key(row["canonical_title"]), {})[row["version_date"]] = row["effective"]
    return by_title


def first_adopted(authority: Authority) -> str:
    """The earliest day on which the text is known to have been adopted; a bare year or month as it stands."""
    known = versions().get(title_key(authority.title), {})
    return min(filter(None, (authority.adopted, *known)), default="")


def first_effective(authority: Authority) -> str:
    """The day on which the text first took effect; empty where only a later revision's day is known."""
    known = versions().get(title_key(authority.title), {})
    earliest = min((day for day in (authority.effective, *known.values()) if len(day) == _DAY), default="")
    adopted = first_adopted(authority)
    if earliest and adopted and int(earliest[:4]) - int(adopted[:4]) > _LONGEST_WAIT:
        return ""
    return earliest


def ends_on(authority: Authority) -> tuple[str, str]:
    """The day from which the text is not in force and how that day is known; both empty where it is not."""
    if authority.repealed_on:
        return authority.repealed_on, ""
    if authority.status in _ENDED and authority.superseded_by:
        successor = load_registry().by_title(authority.superseded_by)
        day = first_effective(successor) if successor else ""
        return day, "按替代文件的施行日期推定" if day else ""
    return "", ""


def standing(authority: Authority, on: str) -> Standing:
    """Whether ``authority`` was in force on the day ``on`` (ISO). What the dates do not prove is unknown, not in force."""
    return _not_begun(authority, on) or _ended(authority, on) or _since(authority, on)


def _not_begun(authority: Authority, on: str) -> Standing | None:
    """The standing before the text took effect; None from then on."""
    adopted, start = first_adopted(authority), first_effective(authority)
    if adopted and on[: len(adopted)] < adopted:
        return Standing(False, f"当日尚未公布（{adopted}通过或公布）")
    if start:
        return Standing(False, f"当日尚未施行，自{start}起施行") if on < start else None
    if adopted and on[: len(adopted)] == adopted:
        return Standing(None, "当年通过或公布，施行日期不详，时效待核")
    if len(adopted) == _DAY and on < f"{int(adopted[:4]) + 1}{adopted[4:]}":
        return Standing(None, f"{adopted}通过或公布，施行日期不详，时效待核")
    if not adopted and authority.effective and on < authority.effective:
        return Standing(None, f"现行版本自{authority.effective}起施行，此前时效待核")
    return None


def _ended(authority: Authority, on: str) -> Standing | None:
    """The standing of a text that has ended; None where nothing says that it has."""
    successor = f"，由《{authority.superseded_by}》替代" if authority.superseded_by else ""
    end, how = ends_on(authority)
    if end:
        known = f"（{how}）" if how else ""
        if end <= on:
            return Standing(False, f"已于{end}废止{successor}{known}")
        return Standing(True, f"当日有效，后于{end}废止{successor}{known}")
    if authority.status not in _ENDED:
        return None
    word = authority.status
    if not authority.superseded_by:
        # The sources mark so the older text of an act that was only amended: neither date nor successor bears it out.
        return Standing(None, f"来源记为已{word}，但未见{word}日期和替代文件，时效待核")
    if on < KNOWN_UNTIL:
        return Standing(None, f"后已{word}{successor}，{word}日期不详，当日时效待核")
    return Standing(False, f"已{word}{successor}（{word}日期待核）")


def _since(authority: Authority, on: str) -> Standing:
    """The standing of a text that has begun and is not known to have ended."""
    if authority.status == "尚未施行" and not first_effective(authority):
        return Standing(False, "尚未施行")
    if authority.status == "待核":
        return Standing(None, "时效待核")
    if not first_adopted(authority) and not authority.effective and on < KNOWN_UNTIL:
        return Standing(None, "通过和施行日期不详，当日时效待核")
    return Standing(True, "现行有效")


def amended_since(authority: Authority, day: str, on: str) -> str:
    """The latest amendment after the document's date and not after ``on``; empty where there is none."""
    known = {*versions().get(title_key(authority.title), {}), authority.latest_version}
    return max((version for version in known if day < version <= on), default="")


def article_number(article: str) -> int:
    found = re.match(r"第([〇零一二三四五六七八九十百千\d]+)条", article)
    return to_int(found.group(1)) if found else 0


def moved_articles(authority: Authority, articles: list[str], day: str, on: str) -> str:
    """Where the cited articles went in amendments after ``day`` up to ``on``; empty where nothing is known."""
    said = []
    for row in moves().get(title_key(authority.title), ()):
        if row["old_article"] == row["new_article"] or not day < row["new_version"] <= on:
            continue
        number = article_number(row["old_article"])
        if number and any(article_number(article) == number and "之" not in article for article in articles):
            now = f"为{row['new_article']}" if row["new_article"] else "没有对应条文"
            said.append(f"{row['old_article']}在{row['new_version']}修改后{now}")
    return "；".join(said)


def judge(authority: Authority, articles: list[str], *, document_date: str = "", as_of: str = "") -> Standing:
    """The standing at ``as_of`` (today where empty), with what a person should check.

    ``in_force`` is at ``as_of``; the status adds the standing on the document's own date where it differs, an amendment
    since then, an article beyond the last one, and where a cited article moved (machine-made: for reference).
    """
    on = as_of or date.today().isoformat()
    now = standing(authority, on)
    said = [now.status]
    if document_date and document_date < on:
        then = standing(authority, document_date)
        if then.in_force != now.in_force and then.in_force is not None:
            said.append(f"成文时（{document_date}）{'有效' if then.in_force else then.status}")
        amended = amended_since(authority, document_date, on)
        if amended and now.in_force is not False:
            said.append(f"成文后已于{amended}修改")
            moved = moved_articles(authority, articles, document_date, on)
            if moved:
                said.append(f"条号变动（供参考）：{moved}")
    if authority.last_article:
        beyond = [article for article in articles if article_number(article) > authority.last_article]
        if beyond:
            said.append(f"{'、'.join(beyond)}超出该文件最后一条（第{authority.last_article}条），请核对条号")
    return Standing(now.in_force, "；".join(said))
