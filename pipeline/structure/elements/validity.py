"""How long a document stays in force by its own words (有效期)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.structure.chinese_numerals import to_int
from pipeline.structure.elements.dates import add_years, find_dates

# Only the text's own validity counts, not that of a licence: it speaks of 本办法, or goes on from 自……起施行.
_OWN = r"(?:本[\u4e00-\u9fff]{1,8}|此[文件通知]{1,2}|自[^。；\n]{2,25}?起(?:施行|实施|执行|生效|试行))[^。；\n]{0,60}?(?:有效期限?|试行期限?|执行期限?|实施期限?)"
_UNTIL = re.compile(rf"{_OWN}[为是]?(?:自[^。；\n]{{4,30}})?[至到](?P<day>[^。；\n]{{6,16}})")
_YEARS = re.compile(rf"{_OWN}[为是]?\s*(?P<years>[一二三四五六七八九十两\d]{{1,3}})\s*年")
_FROM = re.compile(r"自\s*(?P<day>\d{4}\s*年[^。；\n]{3,10}?日)\s*起(?:正式)?(?:施行|实施|执行|生效|试行)")
_TERM = re.compile("有效期|试行期|执行期|实施期")
#: What a replaced document says of itself: （本文件已被《…》替代，自2022年9月1日起停止执行）.
_REPLACED = re.compile(
    r"本(?:文件|办法|规定|通知|细则|意见|方案|制度)?[^。；\n]{0,4}(?:已|业已)[^。；\n]{0,80}(?:替代|取代|废止|失效)[^。；\n]{0,10}自\s*(?P<day>\d{4}\s*年[^。；\n]{3,10}?日)\s*起(?:停止|不再|废止|失效)"
)
_UNTIL_ONLY = re.compile(r"有效期(?:限)?[至到]\s*(?P<day>\d{4}\s*年[^。；\n]{3,10}?日)\s*[。）)]?\s*$", re.MULTILINE)


def expiry(text: str, issued: str) -> str:
    """The last day in force, as ISO; empty where the text sets none.

    A term of years runs from the day of entry into force that the same text names, else from ``issued`` (its date).
    """
    if (replaced := _REPLACED.search(text)) and (days := find_dates(replaced["day"])):
        return (date.fromisoformat(days[-1]) - timedelta(days=1)).isoformat()
    if not _TERM.search(text):
        return ""
    for pattern in (_UNTIL, _UNTIL_ONLY):
        for found in pattern.finditer(text):
            if days := find_dates(found["day"]):
                return days[-1]
    years = _YEARS.search(text)
    if not years:
        return ""
    begins = [found for found in _FROM.finditer(text) if abs(found.start() - years.start()) < 400]
    start = next((day for found in begins for day in find_dates(found["day"])), "") or issued
    count = to_int(years["years"])
    if not start or not 0 < count < 100:
        return ""
    return (date.fromisoformat(add_years(start, count)) - timedelta(days=1)).isoformat()
