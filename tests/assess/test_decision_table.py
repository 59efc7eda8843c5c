"""Every row of the decision table decides as DOMAIN.md section 3 says, in table form."""

import pytest

from pipeline.assess.basis import Reach
from pipeline.assess.carriage import Carriage, Support, carriage
from pipeline.assess.outcomes import Setting, judge
from pipeline.assess.places import Place
from pipeline.assess.rules import GROUPS, MARKS, decision_table, say, stage_of, table
from pipeline.assess.subjects import Subject
from pipeline.document import Citation, Clause, Disposition, Level, Role, Verdict
from pipeline.extract import find_citations

LEVELS = {
    "法律行政法规": Level.LAW,
    "党中央国务院政策": Level.CENTRAL_POLICY,
    "地方性法规": Level.LOCAL_REGULATION,
    "部门规章": Level.MINISTRY_RULE,
    "地方政府规章": Level.LOCAL_RULE,
    "规范性文件": Level.LOCAL_NORMATIVE,
}
# stage -> what follows from each column, in the order of GROUPS (保 retain, 修 revise, 废 repeal)
EXPECTED = {
    "记录归集": "保保保修废废废",
    "认定": "保保保修修修修",
    "共享": "保保保修修修修",
    "公开": "保保保修废废废",
    "名单领域": "保保保废废废废",
    "名单标准全国": "保保修保修修修",
    "名单标准地方": "修修保废废废废",
    "惩戒": "保保保修修修修",
    "清单外惩戒": "保保保修废废废",
}
WORDS = {"保": Disposition.RETAIN, "修": Disposition.REVISE, "废": Disposition.REPEAL}


def cited(group: str, *, articles=("第九条",), **more) -> Citation:
    level = LEVELS[group]
    facts = {"role": Role.MEASURE_BASIS, "in_force": True, "status": "现行有效", **more}
    return Citation("某某管理文本", None, list(articles), level, level.qualified, 0, 5, **facts)


@pytest.fixture(autouse=True)
def carried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table alone is tested here: every basis that names an article carries (see test_carriage for whether it does)."""

    def answer(citation: Citation, subject: Subject, on: str, place: Place, about: str) -> Carriage:
        if citation.articles or citation.level is Level.CENTRAL_POLICY:
            return Carriage(Support.MATCHES, "依据相符")
        return carriage(citation, subject, on, place, about)

    monkeypatch.setattr("pipeline.assess.outcomes.carriage", answer)


def outcome(stage: str, citations: list[Citation]):
    clause = Clause("第五条", "对有关单位采取相应措施。", 0, 12)
    reach = Reach([clause], citations, Place())
    return judge(Subject(0, clause, stage[:2], stage), Setting("某办法", "地方", Place(), reach))


@pytest.mark.parametrize("stage", EXPECTED)
@pytest.mark.parametrize("group", GROUPS)
def test_each_cell_decides_as_the_table_says(stage, group):
    found = outcome(stage, [] if group == "无依据" else [cited(group)])
    expected = WORDS[EXPECTED[stage][GROUPS.index(group)]]
    assert found.disposition is expected
    assert (found.verdict is Verdict.FAILS) == (expected is not Disposition.RETAIN)


@pytest.mark.parametrize("stage", EXPECTED)
def test_failing_items_are_stopped_until_they_conform(stage):
    assert say("stop") in outcome(stage, []).body


def test_table_shows_its_article_and_how_far_it_was_checked():
    for rule in decision_table().values():
        assert "国办发〔2020〕49号" in rule.text and any(mark in rule.text for mark in MARKS.values())


def test_law_cited_without_article_asks_for_the_article():
    (law,) = find_citations("依照《中华人民共和国政府采购法》的规定")
    found = outcome("惩戒", [law])
    assert found.disposition is Disposition.PERSON and "补充条款" in found.body
    assert found.verdict is Verdict.PERSON


def test_central_policy_needs_no_article():
    assert outcome("惩戒", [cited("党中央国务院政策", articles=())]).disposition is Disposition.RETAIN


def test_repealed_basis_is_revised_and_mentioned_law_is_no_basis():
    assert outcome("惩戒", [cited("法律行政法规", in_force=False, status="已废止")]).disposition is Disposition.REVISE
    mentioned = outcome("惩戒", [cited("法律行政法规", role=Role.MENTION)])
    assert (mentioned.verdict, mentioned.disposition) == (Verdict.PERSON, Disposition.REVISE)


def test_a_basis_that_the_document_repeals_is_no_basis():
    assert outcome("惩戒", [cited("法律行政法规", role=Role.REPEALED)]).basis_from == "无"


@pytest.mark.parametrize("stage", EXPECTED)
def test_basis_at_the_head_only_asks_for_a_quoted_one(stage):
    clause = Clause("第五条", "对有关单位采取相应措施。", 20, 32)
    group = "地方性法规" if stage == "名单标准地方" else "法律行政法规"  # the row that the table retains
    reach = Reach([clause], [cited(group, role=Role.MAKING_BASIS)], Place())
    found = judge(Subject(0, clause, "惩戒", stage), Setting("某办法", "地方", Place(), reach))
    assert (found.verdict, found.disposition, found.basis_from) == (Verdict.PERSON, Disposition.PERSON, "文首")


def test_basis_elsewhere_in_the_chapter_counts():
    first = Clause("第四条", "依照前述规定。", 0, 7, path=("第二章 惩戒",))
    second = Clause("第五条", "对有关单位采取相应措施。", 8, 20, path=("第二章 惩戒",))
    reach = Reach([first, second], [cited("法律行政法规")], Place())
    found = judge(Subject(1, second, "惩戒", "惩戒"), Setting("某办法", "地方", Place(), reach))
    assert (found.disposition, found.basis_from) == (Disposition.RETAIN, "本章")


@pytest.mark.parametrize(
    ("function", "text", "issuer", "stage"),
    [
        ("认定", "建立欠薪企业黑名单制度。", "地方", "名单领域"),
        ("认定", "拖欠货款超过半年的，列入黑名单。", "地方", "名单标准地方"),
        ("认定", "拖欠货款超过半年的，列入黑名单。", "全国", "名单标准全国"),
        ("认定", "经法院判决确认后认定为失信行为。", "地方", "认定"),
        ("记录", "记入信用档案。", "地方", "记录归集"),
        ("归集", "按月归集。", "地方", "记录归集"),
        ("共享", "推送有关部门。", "地方", "共享"),
        ("公开", "向社会公布。", "地方", "公开"),
        ("惩戒", "取消评优资格。", "地方", "惩戒"),
        ("修复", "可以申请修复。", "地方", "修复"),
    ],
)
def test_function_and_words_lead_to_the_stage(function, text, issuer, stage):
    assert stage_of(function, text, issuer) == stage


def test_every_table_has_a_source_for_every_row():
    for name in ("decision_table.csv", "stages.csv", "levels.csv", "cautions.csv", "limits.csv", "sectors.csv", "places.csv"):
        assert all(row["source"] for row in table(name)), name
