"""Whether an authority was in force on a date (时效), said in Chinese with its successor."""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache
from typing import NamedTuple

from pipeline.document import Authority
from pipeline.extract.authorities.registry import title_key
from pipeline.shipped import ANNOTATED
from pipeline.structure.chinese_numerals import to_int


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
def versions() -> dict[str, tuple[str, ...]]:
    """Dates of the known versions of each title, oldest first."""
    by_title: dict[str, set[str]] = {}
    with (ANNOTATED / "authority_versions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_title.setdefault(title_key(row["canonical_title"]), set()).add(row["version_date"])
    return {key: tuple(sorted(dates)) for key, dates in by_title.items()}


def first_adopted(authority: Authority) -> str:
    known = versions().get(title_key(authority.title), ())
    dates = [day for day in (authority.adopted, *known) if len(day) == 10]
    return min(dates, default="")


def has_earlier_version(authority: Authority, on: str) -> bool:
    """Whether a version older than the newest was there on ``on``: the registry's effective date is the newest's."""
    days = {*versions().get(title_key(authority.title), ()), authority.adopted, authority.latest_version} - {""}
    newest = max(days, default="")
    return any(day <= on and day != newest for day in days)


def standing(authority: Authority, on: str) -> Standing:
    """Whether ``authority`` was in force on the day ``on`` (ISO)."""
    successor = f"，由《{authority.superseded_by}》替代" if authority.superseded_by else ""
    if authority.repealed_on:
        if authority.repealed_on <= on:
            return Standing(False, f"已于{authority.repealed_on}废止{successor}")
        return Standing(True, f"当日有效，后于{authority.repealed_on}废止{successor}")
    if authority.status in ("废止", "失效"):
        word = authority.status
        if not authority.superseded_by:
            # The sources mark so the older text of an act that was only amended: neither date nor successor bears it out.
            return Standing(None, f"来源记为已{word}，但未见{word}日期和替代文件，时效待核")
        return Standing(False, f"已{word}{successor}（{word}日期待核）")
    adopted = first_adopted(authority)
    if authority.effective > on and not has_earlier_version(authority, on):
        return Standing(False, f"尚未施行，自{authority.effective}起施行")
    if adopted and adopted > on:
        return Standing(False, f"当日尚未公布（{adopted}通过或公布）")
    if authority.status == "尚未施行":
        return Standing(False, "尚未施行")
    if authority.status == "待核":
        return Standing(None, "时效待核")
    return Standing(True, "现行有效")


def amended_since(authority: Authority, day: str, on: str) -> str:
    """The latest amendment after the document's date and not after ``on``; empty where there is none."""
    known = set(versions().get(title_key(authority.title), ())) | {authority.latest_version}
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
