"""Sentences that are measures by our scale however general they are (确定句式): 建立维保单位黑名单制度, 对失信主体实施联合惩戒.

The writers of the annotations judged such sentences differently; the scale does not (DOMAIN, section 1: an authority does it to a
class of subjects). Wishes (完善守信激励和失信惩戒机制) match none of the patterns, and a sentence that limits, reports, defines or
only names a title is passed over.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("tables") / "certain.csv"
CHANCE = 0.9
_SENTENCE = re.compile(r"[^。；\n]+")
_TITLE = re.compile(r"《[^》]{0,80}》")
_NOT_SET = re.compile(
    r"不得(?:将|以(?!任何)|因|擅自|随意)|不纳入|不作为|不再|未(?:对|将|被)|是指|所称|已(?:对|将)|废止|失效|据(?:报道|介绍)|记者|法院(?:对|将|认为)|曾|"
    r"不宜|不同意|不赞成|没有[^。；]{0,12}(?:依据|权限|权力)|尚无|研究(?:建立|探索)|红名单|号码|电话|IP|域名|网址|邮箱|骚扰"
)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Function, sentence, and the words of a sentence that passes over it; conditions that shut out (未被列入失信名单) have words of
    their own for that."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["function"], re.compile(row["pattern"]), re.compile(row["unless"]) if row["unless"] else _NOT_SET)
            for row in csv.DictReader(file)
        )


def certain_functions(masked: str) -> set[str]:
    """The functions that a clause (decoys blanked) sets for certain."""
    found: set[str] = set()
    for sentence in _SENTENCE.findall(_TITLE.sub("", masked)):
        found |= {
            function for function, pattern, unless in _patterns() if pattern.search(sentence) and not unless.search(sentence)
        }
    return found
