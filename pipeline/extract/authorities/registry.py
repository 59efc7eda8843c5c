"""The registry of authorities (依据库): what is known of a law, regulation or policy document by title or number.

The shipped tables are in ``data/annotated``; a user adds rows in a CSV of his own (``load_registry(extra=path)``), with
the same columns or their Chinese names. Rows are read once; an ``Authority`` is made when first asked for.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

import ahocorasick

from pipeline.document import Authority, Level
from pipeline.errors import Refusal
from pipeline.shipped import ANNOTATED

Row = dict[str, str]

#: Chinese headers that a user's own CSV may bear.
CHINESE_HEADERS = {
    "名称": "title", "标题": "title", "文件名称": "title", "简称": "short_titles", "文号": "number", "发文字号": "number",
    "效力级别": "level", "级别": "level", "发布机关": "issuing_body", "制定机关": "issuing_body", "发文机关": "issuing_body",
    "地区": "region", "区域": "region", "通过日期": "adopted", "发布日期": "adopted", "成文日期": "adopted",
    "施行日期": "effective", "生效日期": "effective", "最新版本": "latest_version", "修订日期": "latest_version",
    "状态": "status", "时效性": "status", "废止日期": "repealed_on", "失效日期": "repealed_on",
    "替代文件": "superseded_by", "最后条号": "last_article", "条数": "last_article", "来源": "sources",
}  # fmt: skip
STATUSES = frozenset({"有效", "废止", "失效", "尚未施行", "待核"})
STATUS_NAMES = {
    "现行有效": "有效",
    "已废止": "废止",
    "已失效": "失效",
    "未施行": "尚未施行",
    "": "待核",
    "已修改": "有效",
}
DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?)?年?")
NOT_IN_KEY = re.compile(r"[\s《》〈〉<>＜＞﹤﹥“”\"'‘’·—－\-–~～、，,]+")
BRACKETS = str.maketrans("()[]【】〔〕﹝﹞［］０１２３４５６７８９", "（）（）（）（）（）（）0123456789")
EDITION = re.compile(r"（(?:试行|暂行|(?:19|20)\d\d年?(?:修[订正改]本?|版|本)?|修[订正]本?)）$")
PRC = "中华人民共和国"
#: Words that a title begins with and a clerk leaves out.
LEADING_VERB = re.compile(r"^(?:保障|国务院关于|全国人民代表大会常务委员会关于)(?=.{6,})")


class RegistryError(Refusal, ValueError):
    """A user's table can't be read as a registry; the message, in Chinese, names the line."""


def title_key(title: str) -> str:
    """What two prints of the same title have in common: no marks, quotes, spaces, no 中华人民共和国 at the head."""
    key = NOT_IN_KEY.sub("", title).translate(BRACKETS).removeprefix(PRC)
    if "人大" in key:
        key = key.replace("人大常委会", "人民代表大会常务委员会").replace("全国人大关于", "全国人民代表大会关于")
    return key


def number_key(number: str) -> str:
    """What two prints of the same document number have in common."""
    key = re.sub(r"[\s第]", "", number.translate(BRACKETS)).removeprefix(PRC)
    key = re.sub(r"(?<=[（\u4e00-\u9fff])2[O\d]{3}(?=[）年])", lambda year: year.group().replace("O", "0"), key)
    return re.sub(r"(?<=[发函规字办电])(\d{4})年(?=\d+号)", r"（\1）", key)  # 国办发2020年49号


class Registry:
    """Authorities by title, short title and number. ``rows`` come in the order of trust: a later row wins."""

    def __init__(self, rows: Iterable[Row]):
        self._by_title: dict[str, Row] = {}
        self._by_short: dict[str, Row] = {}
        self._by_number: dict[str, Row] = {}
        self._made: dict[int, Authority] = {}
        for row in rows:
            self._add(row)

    def _add(self, row: Row) -> None:
        key = title_key(row["title"])
        self._by_title[key] = row
        if row.get("carried_title"):
            self._by_title.setdefault(title_key(row["carried_title"]), row)
        bare = EDITION.sub("", key)
        if bare != key:
            self._by_short.setdefault(bare, row)
        if LEADING_VERB.match(key) and row["level"] in ("法律", "行政法规"):
            self._by_short.setdefault(LEADING_VERB.sub("", key), row)  # 农民工工资支付条例
        for short in (row.get("short_titles") or "").replace("；", ";").split(";"):
            if short and title_key(short) != key:
                self._by_short.setdefault(title_key(short), row)
        if row.get("number"):
            self._by_number.setdefault(number_key(row["number"]), row)

    def __len__(self) -> int:
        return len(self._by_title)

    def __iter__(self) -> Iterator[Authority]:
        return (self._authority(row) for row in self._by_title.values())

    def by_title(self, title: str, issuer: str = "") -> Authority | None:
        """The authority of this title; ``issuer`` is one printed outside the marks (国务院办公厅《关于…》)."""
        key = title_key(title)
        row = self._by_title.get(key)
        if row is None and issuer:
            row = self._by_title.get(title_key(issuer) + key)
        if row is None:
            row = self._by_short.get(key)
        if row is None:
            bare = EDITION.sub("", key)
            row = (self._by_title.get(bare) or self._by_short.get(bare)) if bare != key else None
        return self._authority(row) if row else None

    def nearest(self, title: str, most: int = 3) -> list[str]:
        """Registered titles that hold ``title`` whole (文明行为促进条例 -> 北京市文明行为促进条例), the shortest first."""
        key = EDITION.sub("", title_key(title))
        if len(key) < 5:
            return []
        holding = [row["title"] for known, row in self._by_title.items() if key in known and known != key]
        return sorted(holding, key=lambda known: (not known.endswith(key), len(known)))[:most]

    def by_number(self, number: str) -> Authority | None:
        """The authority that bears this document number (文号)."""
        row = self._by_number.get(number_key(number))
        return self._authority(row) if row else None

    def _authority(self, row: Row) -> Authority:
        made = self._made.get(id(row))
        if made is None:
            made = self._made[id(row)] = make_authority(row)
        return made

    @cached_property
    def bare_titles(self) -> ahocorasick.Automaton:
        """Automaton over the titles that can stand in running text without marks; its values are their lengths."""
        automaton = ahocorasick.Automaton()
        for title in self._bare_titles():
            automaton.add_word(title, len(title))
        automaton.make_automaton()
        return automaton

    def _bare_titles(self) -> Iterator[str]:
        for rows in (self._by_title, self._by_short):
            for key, row in rows.items():
                if len(key) < 3 and key not in ("宪法", "刑法"):
                    continue
                if re.search(r"(?:法|法典|条例|[^其一]规定|办法|细则|规则|解释|决定|意见|方案)$", key):
                    yield key
                    if row["title"].startswith(PRC):
                        yield PRC + key


def make_authority(row: Row) -> Authority:
    article = row.get("last_article") or "0"
    return Authority(
        id=row["title"] or row.get("number", ""),
        title=row["title"],
        level=Level(row["level"]),
        number=row.get("number") or "",
        issuer=row.get("issuing_body") or "",
        region=row.get("region") or "",
        adopted=row.get("adopted") or "",
        effective=row.get("effective") or "",
        latest_version=row.get("latest_version") or "",
        status=row.get("status") or "待核",
        repealed_on=row.get("repealed_on") or "",
        superseded_by=row.get("superseded_by") or "",
        last_article=int(article) if article.isdecimal() else 0,
        source=row.get("sources") or "",
    )


def read_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def shipped_rows() -> Iterator[Row]:
    """Policies first, so that the larger table, which knows more of a text, wins where both have it.

    ``authorities_added.csv`` holds what the imported table lacks or has wrong: a cell with a value takes the imported one's
    place, each row with its source.
    """
    for row in read_rows(ANNOTATED / "central_policies.csv"):
        yield {
            **row,
            "issuing_body": row["issuer"],
            "adopted": row["date"],
            "effective": row["effective"] or (row["date"] if len(row["date"]) == 10 else ""),
            "sources": row["source"],
        }
    added = {row["title"]: row for row in read_rows(ANNOTATED / "authorities_added.csv")}
    for row in read_rows(ANNOTATED / "authorities.csv"):
        yield row | {name: value for name, value in added.pop(row["title"], {}).items() if value}
    yield from added.values()


def iso_date(value: str, where: str) -> str:
    """A date as a user may write it, in ISO form; raises RegistryError naming ``where``."""
    if not value.strip():
        return ""
    found = DATE.fullmatch(value.strip())
    if not found:
        raise RegistryError(f"{where}：日期“{value}”不识，请写成 2021-01-01")
    parts = [part for part in found.groups() if part]
    if not all(1 <= int(part) <= limit for part, limit in zip(parts[1:], (12, 31), strict=False)):
        raise RegistryError(f"{where}：日期“{value}”不识，请写成 2021-01-01")
    return "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])


def user_row(raw: Row, path: Path, line: int) -> Row:
    """One row of a user's table, checked; raises RegistryError naming the line."""
    where = f"{path.name} 第{line}行"
    row = {name: (value or "").strip() for name, value in raw.items() if name}
    if not row.get("title"):
        raise RegistryError(f"{where}：没有名称")
    row["title"] = row["title"].strip("《》")
    if row.get("level") not in {level.value for level in Level}:
        known = "、".join(level.value for level in Level)
        raise RegistryError(f"{where}：效力级别“{row.get('level', '')}”不识，可用：{known}")
    status = row.get("status", "")
    row["status"] = STATUS_NAMES.get(status, status)
    if row["status"] not in STATUSES:
        raise RegistryError(f"{where}：状态“{status}”不识，可用：{'、'.join(sorted(STATUSES))}")
    for name in ("adopted", "effective", "latest_version", "repealed_on"):
        row[name] = iso_date(row.get(name, ""), where)
    if row["repealed_on"] and row["effective"] and row["repealed_on"] < row["effective"]:
        raise RegistryError(f"{where}：废止日期 {row['repealed_on']} 早于施行日期 {row['effective']}")
    if row.get("last_article") and not row["last_article"].isdecimal():
        raise RegistryError(f"{where}：最后条号“{row['last_article']}”不是数字")
    row["sources"] = row.get("sources") or f"用户依据表 {path.name}"
    row["short_titles"] = row.get("short_titles", "").replace("；", ";").replace("、", ";")
    row["superseded_by"] = row.get("superseded_by", "").strip("《》")
    return row


def user_rows(path: Path) -> Iterator[Row]:
    """Rows of a user's own table (UTF-8 or GB18030 CSV). Raises RegistryError, in Chinese, naming the line."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RegistryError(f"依据表 {path.name} 打不开：{error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    reader = csv.DictReader(text.splitlines())
    names = [(name or "").strip() for name in reader.fieldnames or []]
    reader.fieldnames = [CHINESE_HEADERS.get(name, name) for name in names]
    for needed, chinese in (("title", "名称"), ("level", "效力级别")):
        if needed not in reader.fieldnames:
            raise RegistryError(f"{path.name} 第1行：缺少“{chinese}”列")
    seen: dict[str, int] = {}
    for raw in reader:
        row = user_row(raw, path, reader.line_num)
        key = title_key(row["title"])
        if key in seen:
            raise RegistryError(f"{path.name} 第{reader.line_num}行：与第{seen[key]}行名称重复")
        seen[key] = reader.line_num
        yield row


@lru_cache(maxsize=4)
def _load(extra: Path | None, modified: int) -> Registry:
    rows = list(shipped_rows())
    if extra is not None:
        rows.extend(user_rows(extra))
    return Registry(rows)


def load_registry(extra: str | Path | None = None) -> Registry:
    """The shipped registry, with the rows of a user's CSV added (they win over shipped rows of the same title).

    Raises RegistryError, in Chinese and naming the line, where the user's table is wrong. Cached for the process.
    """
    if extra is None:
        return _load(None, 0)
    path = Path(extra).resolve()
    return _load(path, path.stat().st_mtime_ns if path.exists() else 0)
