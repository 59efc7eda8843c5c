"""Import the fact tables (依据库) into ``data/annotated``: ``python -m pipeline.extract.authorities.registry_import SOURCE TARGET``.

Each table is checked (columns, uniqueness, dates, levels, a source for each row). What is corrected or dropped is
listed with its reason in ``registry_notes.csv``; nothing is changed in silence.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.document import Level

Row = dict[str, str]
Notes = list[Row]

COLUMNS = {
    "authorities.csv": [
        "title", "short_titles", "level", "issuing_body", "region", "number", "adopted", "effective",
        "latest_version", "status", "repealed_on", "superseded_by", "sources", "verified", "n_sources", "last_article",
    ],
    "authority_versions.csv": ["canonical_title", "level", "version_date", "effective", "status_in_source", "source"],
    "article_moves.csv": [
        "title_without_PRC", "level", "old_version", "old_article", "new_version", "new_article",
        "bigram_jaccard", "kind",
    ],
    "central_policies.csv": [
        "title", "number", "issuer", "date", "level", "status", "carried_title", "verified", "source",
    ],
    "doc_number_prefixes.csv": ["prefix", "issuer", "level", "verified"],
    "credit_provisions.csv": [
        "title", "level", "region", "version_date", "article", "functions_by_keyword", "terms",
    ],
    "measures.csv": ["measure", "by_whom", "trigger_phrases", "note", "verified"],
}  # fmt: skip

#: Levels of the sources that the product does not tell apart, and why each goes where it goes.
LEVEL_NAMES = {
    "宪法": (Level.LAW, "宪法按法律计"),
    "经济特区法规": (Level.LOCAL_REGULATION, "经济特区法规按地方性法规计"),
    "自治条例": (Level.LOCAL_REGULATION, "自治条例按地方性法规计"),
    "监察法规": (Level.ADMINISTRATIVE_REGULATION, "监察法规与行政法规同列，按行政法规计"),
    "草案/未见公布": (Level.OTHER, "未见公布，不作依据"),
}
STATUSES = {"有效": "有效", "已废止": "废止", "废止": "废止", "失效": "失效", "尚未施行": "尚未施行", "待核": "待核"}
POLICY_STATUSES = {"规划期满": "失效", "已被替代": "废止"}
#: Short titles that an everyday word or another law also bears: resolving by them would guess.
AMBIGUOUS_SHORT_TITLES = frozenset({"称著作权法", "反法", "安法", "企业法", "专卖法", "大气法", "妇女法"})
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
#: Ways of citing a public web extract that mean nothing to a reader.
OPAQUE_SOURCE = re.compile(r"find_string(?: ids?)? [\d, ]*\d|(?:number as cited in )?corpus(?:[: ][\w.,]+)?")


class ImportRefused(Exception):
    """The source tables do not have the agreed shape."""


def read_table(path: Path) -> list[Row]:
    """Rows of one source table. Raises ImportRefused when a column is missing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS[path.name] if name not in (reader.fieldnames or [])]
        if missing:
            raise ImportRefused(f"{path.name} 缺少列：{'、'.join(missing)}")
        return [{name: (row[name] or "").strip() for name in COLUMNS[path.name]} for row in reader]


def note(notes: Notes, table: str, entry: str, what: str, why: str) -> None:
    notes.append({"table": table, "entry": entry, "what": what, "why": why})


def clean_source(value: str) -> str:
    """A source as a reader can understand it."""
    value = OPAQUE_SOURCE.sub("公开文件摘录", value)
    return re.sub(r"公开文件摘录(?:[;,] ?公开文件摘录)+", "公开文件摘录", value)


def clean_level(row: Row, table: str, notes: Notes) -> bool:
    """Map the level to one of ours; False where there is no such level."""
    if row["level"] in LEVEL_NAMES:
        level, why = LEVEL_NAMES[row["level"]]
        note(notes, table, row["title"], f"效力级别 {row['level']} -> {level.value}", why)
        row["level"] = level.value
    if row["level"] == "党内法规":
        central = row.get("issuing_body", "").startswith("中共中央") or row["title"].startswith("中国共产党")
        level = Level.CENTRAL_POLICY if central else Level.OTHER
        note(notes, table, row["title"], f"效力级别 党内法规 -> {level.value}", "党中央制定的党内法规按党中央文件计")
        row["level"] = level.value
    return row["level"] in {level.value for level in Level}


def check_dates(row: Row, columns: Iterable[str], table: str, notes: Notes) -> None:
    """Blank what is no date; a bare year or month stays as it is (ISO prefix)."""
    for column in columns:
        value = row[column]
        if value and not DATE.fullmatch(value):
            found = DATE.match(value)
            row[column] = found.group() if found else ""
            note(notes, table, row["title"], f"{column} {value} -> {row[column]}", "只保留日期")


def check_order(row: Row, notes: Notes) -> None:
    """Dates of one authority must run adopted <= effective <= repealed."""
    table = "authorities.csv"
    if row["repealed_on"] and row["effective"] and row["repealed_on"] < row["effective"]:
        note(
            notes, table, row["title"], f"删去废止日期 {row['repealed_on']}",
            f"早于现行版本施行日期 {row['effective']}，应为旧版本的废止日期",
        )  # fmt: skip
        row["repealed_on"] = row["superseded_by"] = ""
        row["status"] = "有效"
    if row["adopted"] and row["effective"] and row["effective"] < row["adopted"][: len(row["effective"])]:
        note(notes, table, row["title"], f"删去施行日期 {row['effective']}", f"早于通过日期 {row['adopted']}")
        row["effective"] = ""
    if row["repealed_on"] and row["status"] == "有效":
        note(notes, table, row["title"], "状态 有效 -> 废止", f"另有废止日期 {row['repealed_on']}")
        row["status"] = "废止"


def clean_short_titles(row: Row, notes: Notes) -> None:
    kept = []
    for short in filter(None, row["short_titles"].split(";")):
        if short in AMBIGUOUS_SHORT_TITLES:
            note(notes, "authorities.csv", row["title"], f"删去简称 {short}", "有歧义或并非简称")
        else:
            kept.append(short)
    row["short_titles"] = ";".join(kept)


def import_authorities(rows: list[Row], notes: Notes) -> list[Row]:
    table, kept, seen = "authorities.csv", [], set()
    for row in rows:
        if not row["title"] or (row["title"], row["region"]) in seen:
            note(notes, table, row["title"], "删去本行", "没有名称" if not row["title"] else "名称重复")
            continue
        if not row["sources"]:
            note(notes, table, row["title"], "删去本行", "没有来源")
            continue
        if not clean_level(row, table, notes):
            note(notes, table, row["title"], "删去本行", f"效力级别不识：{row['level']}")
            continue
        seen.add((row["title"], row["region"]))
        row["status"] = STATUSES.get(row["status"], "待核")
        check_dates(row, ("adopted", "effective", "latest_version", "repealed_on"), table, notes)
        check_order(row, notes)
        clean_short_titles(row, notes)
        row["sources"] = clean_source(row["sources"])
        kept.append(row)
    return kept


def import_versions(rows: list[Row], notes: Notes) -> list[Row]:
    kept, seen = [], set()
    for row in rows:
        key = (row["canonical_title"], row["version_date"])
        if not DATE.fullmatch(row["version_date"]) or key in seen or not row["source"]:
            note(notes, "authority_versions.csv", "｜".join(key), "删去本行", "版本日期缺失、重复或没有来源")
            continue
        seen.add(key)
        kept.append(row)
    return kept


def import_policies(rows: list[Row], notes: Notes) -> list[Row]:
    table, kept, seen = "central_policies.csv", [], set()
    for row in rows:
        if row["title"].endswith("》") and row["carried_title"] and row["title"].endswith(f"《{row['carried_title']}》"):
            note(notes, table, row["title"], f"名称改为 {row['carried_title']}", "原名称是发布机关加所发布文件")
            row["title"], row["carried_title"] = row["carried_title"], ""
        if row["number"] and not re.search(r"\d+号$", row["number"]):
            note(notes, table, row["title"], f"删去文号 {row['number']}", "文号不全")
            row["number"] = ""
        if row["title"] in seen or not row["source"] or not clean_level(row, table, notes):
            note(notes, table, row["title"], "删去本行", "名称重复、没有来源或效力级别不识")
            continue
        seen.add(row["title"])
        starts = re.search(r"(\d{4}-\d\d-\d\d)施行", row["status"])
        ends = re.search(r"已废止（(\d{4}-\d\d-\d\d)）", row["status"])
        row["effective"] = starts.group(1) if starts else ""
        row["repealed_on"] = ends.group(1) if ends else ""
        plain = re.sub(r"（.*", "", row["status"])
        row["status"] = POLICY_STATUSES.get(plain) or STATUSES.get(plain, "待核")
        check_dates(row, ("date",), table, notes)
        row["source"] = clean_source(row["source"])
        kept.append(row)
    return kept


def import_prefixes(rows: list[Row], notes: Notes) -> list[Row]:
    """One prefix a row; alternatives are split, descriptive rows (令第N号) are left to the level rules."""
    table, kept, seen = "doc_number_prefixes.csv", [], set()
    for row in rows:
        if "第N号" in row["prefix"] or "〔年〕" in row["prefix"]:
            note(notes, table, row["prefix"], "不入表", "不是发文代字，由级别规则判断")
            continue
        level = row["level"] if row["level"] in {level.value for level in Level} else ""
        if not level:
            level = Level.LOCAL_NORMATIVE.value if "党委" in row["level"] else Level.OTHER.value
            note(notes, table, row["prefix"], f"效力级别 {row['level']} -> {level}", "不属合格依据的其他文件")
        for prefix in row["prefix"].rstrip("…等").split("/"):
            if prefix in seen:
                note(notes, table, prefix, "删去本行", "代字重复")
                continue
            seen.add(prefix)
            kept.append({**row, "prefix": prefix, "level": level})
    return kept


def import_unique(table: str, key: tuple[str, ...]) -> Callable[[list[Row], Notes], list[Row]]:
    """An importer that only asks that the key is present and unique."""

    def run(rows: list[Row], notes: Notes) -> list[Row]:
        kept, seen = [], set()
        for row in rows:
            value = tuple(row[name] for name in key)
            if value in seen or not value[0]:
                note(notes, table, "｜".join(value), "删去本行", "主要列为空或整行重复")
                continue
            seen.add(value)
            kept.append(row)
        return kept

    return run


IMPORTERS: dict[str, Callable[[list[Row], Notes], list[Row]]] = {
    "authorities.csv": import_authorities,
    "authority_versions.csv": import_versions,
    "central_policies.csv": import_policies,
    "doc_number_prefixes.csv": import_prefixes,
    "article_moves.csv": import_unique(
        "article_moves.csv", ("title_without_PRC", "old_version", "old_article", "new_version", "new_article")
    ),
    "credit_provisions.csv": import_unique("credit_provisions.csv", ("title", "version_date", "article")),
    "measures.csv": import_unique("measures.csv", ("measure",)),
}


def write_table(path: Path, rows: list[Row], columns: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def run_import(source: Path, target: Path) -> Notes:
    """Check and copy all tables; returns the notes that were also written to ``registry_notes.csv``."""
    notes: Notes = []
    target.mkdir(parents=True, exist_ok=True)
    for name, importer in IMPORTERS.items():
        rows = importer(read_table(source / name), notes)
        extra = ["effective", "repealed_on"] if name == "central_policies.csv" else []
        write_table(target / name, rows, COLUMNS[name] + extra)
    write_table(target / "registry_notes.csv", notes, ["table", "entry", "what", "why"])
    return notes


def main() -> int:
    if len(sys.argv) != 3:
        print("用法：python -m pipeline.extract.authorities.registry_import 来源文件夹 目标文件夹", file=sys.stderr)
        return 2
    try:
        notes = run_import(Path(sys.argv[1]), Path(sys.argv[2]))
    except (ImportRefused, OSError) as error:
        print(f"导入未进行：{error}", file=sys.stderr)
        return 2
    for entry in notes:
        print(f"{entry['table']}：{entry['entry']}：{entry['what']}（{entry['why']}）")
    print(f"共 {len(notes)} 处更正或删去，详见 registry_notes.csv")
    return 0


if __name__ == "__main__":
    sys.exit(main())
