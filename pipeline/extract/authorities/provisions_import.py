"""What each article provides (条文规定的事项), read by machine from the texts of acts: which functions and measures it speaks of.

``python -m pipeline.extract.authorities.provisions_import FOLDER TARGET`` walks a folder of acts as Markdown (one file a
version, ``名称(YYYY-MM-DD).md``, articles as 第N条 at the head of a line) and writes two tables: ``article_provisions.csv``, a row
an article that sets a function or a measure by its words, and ``acts_read.csv``, a row a version read, with its last article and,
for each function, the numbers of the articles that come near it (公布 without a word of what kind of conduct). An article of an act read
that is in neither speaks of something else. Facts only: no sentence of a text is kept.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.extract.measures import find_measures
from pipeline.structure.chinese_numerals import to_int

WORDS = Path(__file__).parents[1] / "tables" / "provision_words.csv"
FUNCTIONS = ("认定", "记录", "归集", "共享", "公开", "惩戒", "修复")
PROVISIONS = ["title", "version_date", "article", "functions", "measures", "subjects", "source"]
ACTS = ["title", "version_date", "last_article", *FUNCTIONS, "source"]
NAME = re.compile(r"(?P<title>.+?)[(（](?P<day>\d{4}-\d\d-\d\d)[)）]$")
ARTICLE = re.compile(r"^\s*(?:\*\*)?第([〇零一二三四五六七八九十百千]+)条(之[一二三四五六七八九十]+)?", re.MULTILINE)
#: A word under which the weaker phrases of measures count as well: an act's article needs no other.
CONTEXT = "失信"
#: Categories whose phrases are everyday words in acts, with the function that must be spoken of as well.
_NEEDS = {
    "纳入严重失信主体名单": "认定",
    "共享公示失信信息": "公开",
    "推送政府部门自主参考": "共享",
    "推送市场主体自主参考": "共享",
}


@cache
def function_words(strength: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Functions with the words by which an article sets them (``确``) or comes near them (``涉``)."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["function"], re.compile(row["pattern"])) for row in csv.DictReader(file) if row["strength"] == strength
        )


def articles(text: str) -> Iterator[tuple[str, int, str]]:
    """(第N条, N, its text) of each article of an act."""
    marks = list(ARTICLE.finditer(text))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        end = following.start() if following else len(text)
        yield f"第{mark[1]}条{mark[2] or ''}", to_int(mark[1]), text[mark.end() : end]


def spoken_of(text: str, strength: str) -> list[str]:
    """The functions whose words stand in a sentence of ``text``."""
    sentences = re.split(r"[。；\n]", text)
    return [name for name, pattern in function_words(strength) if any(map(pattern.search, sentences))]


def provides(text: str) -> tuple[list[str], list[str], list[str]]:
    """Functions, categories of measures and subjects that an article's text sets. Lists, publicity and pushing count as
    measures only where the words of their function say what kind of conduct they are about."""
    functions = spoken_of(text, "确")
    measures = [
        measure for measure in find_measures(text, context=CONTEXT) if _NEEDS.get(measure.category, "") in ("", *functions)
    ]
    categories = list(dict.fromkeys(measure.category for measure in measures))
    subjects = list(dict.fromkeys(subject for measure in measures for subject in measure.subjects))
    return functions, categories, subjects


def read_acts(folder: Path, source: str) -> tuple[list[list[str]], list[list[str]]]:
    """Rows of both tables from every act below ``folder``, in order of title and version."""
    found, read = [], []
    for path in sorted(folder.rglob("*.md")):
        named = NAME.match(path.stem)
        if not named:
            continue
        title, day = named["title"], named["day"]
        last = 0
        near: dict[str, list[int]] = {name: [] for name in FUNCTIONS}
        for label, number, text in articles(
            path.read_text(encoding="utf-8", errors="replace").partition("<!-- INFO END -->")[2]
        ):
            last = max(last, number)
            for name in spoken_of(text, "涉"):
                near[name].append(number)
            functions, categories, subjects = provides(text)
            if functions or categories:
                found.append([title, day, label, ";".join(functions), ";".join(categories), ";".join(subjects), source])
        if last:
            read.append([title, day, str(last), *(" ".join(map(str, dict.fromkeys(near[name]))) for name in FUNCTIONS), source])
    return found, read


def main() -> int:
    if len(sys.argv) != 4:
        print(
            "用法：python -m pipeline.extract.authorities.provisions_import 法规文本文件夹 目标文件夹 来源名称", file=sys.stderr
        )
        return 2
    found, read = read_acts(Path(sys.argv[1]), sys.argv[3])
    for name, columns, rows in (("article_provisions.csv", PROVISIONS, found), ("acts_read.csv", ACTS, read)):
        with (Path(sys.argv[2]) / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([columns, *rows])
    print(f"读入 {len(read)} 个版本，{len(found)} 条涉及失信约束环节或措施")
    return 0


if __name__ == "__main__":
    sys.exit(main())
