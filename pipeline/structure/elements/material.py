"""What a document is (材料类别): a policy document, or one of the kinds that the notice does not ask for (DOMAIN: scope).

``materials.csv`` holds the marks of each kind. A document is told to be something else only where its marks are strong and it has
none of a policy document's own (number, addressees, 文种 in the title, articles that bind); in doubt it is a policy document,
since a missed one costs most.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from itertools import islice
from pathlib import Path

from pipeline.document import Metadata

POLICY, ACTS = "规范性文件和政策文件", "法律法规规章"
#: The kinds of material that the notice asks for.
IN_SCOPE = (POLICY, ACTS)
_ENOUGH = 3
_READ = 6_000  # characters from the head; marks of a kind stand early and often
_MOST_HITS = 2  # of one mark
_KINDS = re.compile(
    r"(?:办法|规定|细则|规则|通知|意见|方案|通告|决定|命令|批复|纪要|制度|条例|章程|公约|规程|标准|措施|要点|计划|规划|清单|目录|指引|守则|准则|函|请示|报告|须知)(?:（[^（）]{1,12}）)?$"
)
_LEGISLATORS = re.compile("人民代表大会|最高人民")
_LEGISLATED = re.compile(r"最高人民(?:法院|检察院).*(?:规定|解释|批复|决定)$")
#: A report that gives a policy document's whole text (新华社电…全文如下) is that document.
_CARRIES = re.compile(r"印发了?《[^》]{4,60}》[^。]{0,60}。?[^。]{0,40}(?:全文|主要内容|通知)如下|全文如下")
_BINDS = re.compile(r"第[一二三四五六七八九十]+条\s*[\u4e00-\u9fff]|本(?:办法|规定|细则|通知|方案|制度|意见|公约)")


@cache
def _marks() -> tuple[tuple[str, str, re.Pattern[str], int], ...]:
    with Path(__file__).with_name("materials.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["material"], row["where"], re.compile(row["pattern"]), int(row["weight"])) for row in csv.DictReader(file)
        )


def material_of(text: str, metadata: Metadata) -> str:
    """One of the twelve kinds of material (DESIGN section 2)."""
    title = _title(text, metadata)
    if _LEGISLATED.search(title) or (
        metadata.kind in ("法", "条例", "决定", "解释") and any(_LEGISLATORS.search(issuer) for issuer in metadata.issuers)
    ):
        return ACTS
    if _CARRIES.search(text[:_READ]):
        return POLICY
    scores: dict[str, int] = defaultdict(int)
    for material, where, pattern, weight in _marks():
        if where == "title":
            scores[material] += weight * bool(pattern.search(title))
        else:
            scores[material] += weight * sum(1 for _ in islice(pattern.finditer(text, 0, _READ), _MOST_HITS))
    best = max(scores, key=lambda material: scores[material], default="")
    return best if scores[best] >= _ENOUGH + 2 * policy_marks(text, metadata) else POLICY


def policy_marks(text: str, metadata: Metadata) -> int:
    """How many marks of a policy document a document bears: number, addressees, 文种 in the title, articles that bind."""
    return sum(
        (
            bool(metadata.number),
            bool(metadata.addressees),
            bool(_KINDS.search(_title(text, metadata))),
            len(_BINDS.findall(text[:_READ])) >= 2,
        )
    )


def _title(text: str, metadata: Metadata) -> str:
    return metadata.title or text.strip().partition("\n")[0][:60]
