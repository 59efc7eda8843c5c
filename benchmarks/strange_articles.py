"""How often an article that has nothing to do with a clause is said to carry it: `python -m benchmarks.strange_articles`.

Every article of ``provisions_checked.csv`` in force, but for those of local acts and acts of credit, is cited twice: for a measure of its
own category against those of another field, drawn by a fixed seed; and, where it bars from a licence or a trade, for a ban from
procurement in its own field. Both are for a person, whatever the category says.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator

from pipeline.assess.places import place_of
from pipeline.document import Verdict
from pipeline.screening import screen
from pipeline.shipped import ANNOTATED

_AS_OF = "2026-11-01"
_STRANGERS = {
    "餐饮企业": "餐饮",
    "旅行社": "旅游",
    "物业服务企业": "物业",
    "施工单位": "建筑",
    "网吧": "文化",
    "养老机构": "养老",
    "网约车公司": "网约车",
    "中小学教师": "学校",
    "医疗机构": "医疗",
}
_MEASURES = {
    "限制市场或行业准入": "三年内不得申请许可或者从业",
    "限制任职": "一年内不得担任法定代表人",
    "限制出境": "阻止其出境",
    "限制升学复学": "一年内不得报考",
    "限制申请财政性资金项目": "一年内不得申请财政资金项目",
    "限制参加评先评优": "取消评优资格",
    "限制享受优惠政策和便利措施": "停止享受优惠政策",
    "纳入重点监管范围": "列为重点监管对象",
    "纳入严重失信主体名单": "列入严重失信主体名单",
    "共享公示失信信息": "将失信信息向社会公示",
}
_FUNCTIONS = {
    "认定": "列入失信企业名单",
    "记录": "记入信用档案",
    "归集": "归集至信用信息平台",
    "共享": "通报有关部门",
    "公开": "向社会公布",
}
_ANYBODY = ("单位", "企业", "当事人", "个人", "经营者", "申请人", "主体")
_PROCUREMENT = ("投标", "采购", "承接", "工程", "招标")


def articles() -> Iterator[dict[str, str]]:
    with (ANNOTATED / "provisions_checked.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            in_force = row["article"].startswith("第") and row["functions"] and not row["version_end"]
            if in_force and not place_of(row["title"]).province and "信用" not in row["title"]:
                yield row


def carried(field: str, clause: str) -> bool:
    """Whether any finding of a short document on a field, with this clause, conforms."""
    text = (
        f"云州市{field}管理办法\n云城管〔2026〕9号\n第一条 为加强管理，制定本办法。\n第二条 {clause}\n"
        "第三条 列入前书面告知，听取陈述申辩，可以提出异议，期满移出。\n云州市人民政府\n2026年8月1日\n"
    )
    return any(finding.verdict is Verdict.CONFORMS for finding in screen(text, as_of=_AS_OF).findings)


def measure_of(row: dict[str, str]) -> str:
    """A measure of a category or function that an article is known to set; empty for one without any."""
    named = [_MEASURES[name] for name in row["measures"].split(";") if name in _MEASURES]
    if named and "惩戒" in row["functions"]:
        return named[0]
    return next((_FUNCTIONS[name] for name in row["functions"].split(";") if name in _FUNCTIONS), "")


def of_another_field() -> tuple[int, int]:
    draw, said, asked = random.Random(1), 0, 0
    for row in articles():
        about = row["title"] + row["gist"] + row["subjects"]
        who, field = draw.choice([each for each in _STRANGERS.items() if each[0] not in about and each[1] not in about])
        if not (measure := measure_of(row)) or not row["subjects"] or any(word in row["subjects"] for word in _ANYBODY):
            continue
        asked += 1
        said += carried(field, f"{who}有弄虚作假行为的，依照《{row['title']}》{row['article']}，{measure}。")
    return said, asked


def from_another_thing() -> tuple[int, int]:
    said = asked = 0
    for row in articles():
        bars = "限制市场或行业准入" in row["measures"] and "惩戒" in row["functions"]
        if not bars or any(word in row["gist"] for word in _PROCUREMENT):
            continue
        who = row["subjects"].split(";")[0] or "企业"
        asked += 1
        said += carried("", f"{who}弄虚作假的，依照《{row['title']}》{row['article']}，禁止其参加政府采购活动。")
    return said, asked


def main() -> None:
    for name, (said, asked) in (("别的领域的条文", of_another_field()), ("限制另一件事的条文", from_another_thing())):
        print(f"{name}\t判为“符合”的 {said}/{asked}")


if __name__ == "__main__":
    main()
