"""Letters that carry the decisions out: 方案, 废止公告, 清理建议, 对照表 (长发改信用发〔2021〕17号, 三（二） and （三）)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ledger.letters.blanks import blank
from pipeline.ledger.letters.facts import (
    LEGISLATE,
    REPEAL,
    REVISE,
    Facts,
    body_behind,
    clause_of,
    date_blank,
    due,
    faulty,
    grouped,
    lead,
    list_of,
    named,
    on_behalf,
    problem_of,
    short,
    to_be_done,
    words_of,
)
from pipeline.ledger.letters.letter import Annex, Form, Letter, Table, Text
from pipeline.ledger.row import LedgerRow

#: Steps of a revision （国办发〔2018〕37号：征求意见、合法性审核、集体审议、公开发布）, and of giving a measure its basis by local regulation.
_STEPS = {
    REVISE: ("起草修订稿", "征求意见", "合法性审核", "集体审议", "重新印发公布"),
    LEGISLATE: ("提出立法建议", "列入立法计划", "起草送审", "审议通过", "公布施行"),
}


def plan(facts: Facts) -> Letter:
    """The improvement plan (规范完善方案): each measure that stays though it does not conform, with step, who and when."""
    rows = facts.decided(REVISE, LEGISLATE)
    measures = sum(len(faulty(row)) for row in rows)
    waiting = sum(not row.decision for row in facts.rows)
    kinds = "、".join(f"拟{name}{len(facts.decided(name))}件" for name in (REVISE, LEGISLATE))
    if rows:
        body = [
            Text(
                f"{facts.ground}，我单位对台账中不符合《指导意见》要求但仍需保留的措施逐条研究，制定了规范完善方案，"
                f"涉及文件{len(rows)}件（{kinds}）、措施{measures}项。现予报送。"
            ),
            Text("上述措施在符合要求之前停止执行。"),
        ]
    elif waiting:
        body = [Text(f"{facts.ground}，我单位正在对台账中的措施逐条研究。")]
    else:
        body = [Text(f"{facts.ground}，经对照台账逐项核对，我单位没有不符合《指导意见》要求但仍需保留的措施，特此说明。")]
    if waiting:
        body.append(Text(f"台账中另有{waiting}件尚未确定处置意见，{blank('确定后补入方案')}。"))
    annexes = (Annex("失信约束措施规范完善方案", (_measures(rows),)), Annex("规范完善工作时间表", _timetables(rows)))
    return Letter(
        file="规范完善方案",
        form=Form.LETTER,
        issuer=facts.issuer,
        number=facts.number,
        title=f"{facts.issuer}关于报送失信约束措施规范完善方案的函",
        addressee=facts.to,
        body=(*body, Text("特此函达。")),
        date=date_blank(),
        annexes=annexes if rows else (),
        note=facts.contact,
    )


def _measures(rows: list[LedgerRow]) -> Table:
    lines: list[tuple[str, ...]] = []
    for row in rows:
        steps = f"{row.decision}：" + "，".join(_STEPS[row.decision])
        said = [(f"{clause_of(line)}\n{words_of(line)}", problem_of(line)) for line in faulty(row)]
        unknown = blank(f"须规范的条款和措施（{short(row)}）", "×××")
        for content, problem in said or [(unknown, blank(f"存在问题（{short(row)}）", "×××"))]:
            lines.append((str(len(lines) + 1), named(row), content, problem, steps, to_be_done(row), due(row)))
    head = ("序号", "文件", "条款和措施", "存在问题", "规范措施和步骤", "责任单位", "完成时限")
    return Table(head, tuple(lines), (1, 3, 5, 4.6, 2.6, 2, 2))


def _timetables(rows: list[LedgerRow]) -> tuple[Table, ...]:
    """One table a disposition: its steps with their dates; the last is the row's deadline."""
    tables = []
    for decision, steps in _STEPS.items():
        lines = tuple(
            (
                named(row),
                *(blank(f"{step}时间（{short(row)}）", "×月×日") for step in steps[:-1]),
                due(row),
                to_be_done(row),
            )
            for row in rows
            if row.decision == decision
        )
        if lines:
            tables.append(Table((f"文件（{decision}）", *steps, "责任单位"), lines, (5, *[2] * len(steps), 2.4)))
    return tuple(tables)


def repeals(facts: Facts) -> Iterator[Letter]:
    """The announcements of repeal (废止公告), one a channel of issue: the lead issuer of the documents announces it.

    Of documents issued in the name of committee or government it is a draft for them (代拟稿).
    """
    for issuer, rows in grouped(facts.decided(REPEAL), lead):
        drafted = all(on_behalf(row) for row in rows)
        own = bool(facts.unit and issuer == facts.unit.name)
        who = issuer or blank("原发文机关", "×××")
        items = [Text(f"{number}.{named(row)}" + ("；" if number < len(rows) else "。")) for number, row in enumerate(rows, 1)]
        yield Letter(
            file=f"废止公告-{issuer or '原发文机关不明'}" + ("（代拟稿）" if drafted else ""),
            form=Form.DOCUMENT,
            issuer=who,
            number=facts.number if own else blank("发文字号", "×××〔××××〕×号"),
            title=f"{who}关于废止失信约束文件的公告",
            addressee="",
            body=(
                Text(
                    f"为落实《国务院办公厅关于进一步完善失信约束制度构建诚信建设长效机制的指导意见》（国办发〔2020〕49号）要求，"
                    f"经{blank('审议形式（如局长办公会议）')}审议，决定废止下列文件，自{blank('废止日期', '××××年×月×日')}起停止执行："
                ),
                *items,
                Text(f"上述文件原以{blank('原发文渠道（如政府网站、公报、文件）')}印发，本公告以同一渠道发布。"),
                Text("特此公告。"),
            ),
            date=date_blank(),
        )


def proposals(facts: Facts) -> Iterator[Letter]:
    """The proposals to Party committee or government (清理建议), one a body in whose name documents were issued."""
    rows = [row for row in facts.rows if on_behalf(row) and row.decision]
    for issuer, group in grouped(rows, body_behind):
        who = issuer or blank("以其名义印发的党委、政府", "×××")
        items = []
        for number, row in enumerate(group, 1):
            problems = "；".join(dict.fromkeys(f"{clause_of(line)}{line.verdict}" for line in faulty(row)))
            said = f"（{problems}）" if problems else ""
            items.append(Text(f"{number}.{named(row)}，建议{row.decision}{said}。"))
        yield Letter(
            file=f"清理建议-{issuer or '机关不明'}",
            form=Form.REPORT,
            issuer=facts.issuer,
            number=facts.number,
            title=f"{facts.issuer}关于清理以{who}名义印发的失信约束文件的请示",
            addressee=who,
            body=(
                Text(
                    f"{facts.ground}，由部门起草、以党委或政府名义印发的文件，需由部门提出清理建议并牵头负责清理到位。"
                    f"经梳理，我单位起草、以{who}名义印发的失信约束文件共{len(group)}件，提出清理建议如下："
                ),
                *items,
                Text("不符合要求的措施，建议在符合要求之前停止执行。文件清单和理由附后。"),
                Text("以上建议妥否，请批示。"),
            ),
            date=date_blank(),
            annexes=(Annex("建议清理的文件清单", (list_of(group),)), Annex("清理理由", (_grounds(group),))),
            note=facts.contact,
        )


def _grounds(rows: list[LedgerRow]) -> Table:
    lines = tuple(
        (named(row), f"{clause_of(line)}\n{words_of(line)}", problem_of(line), row.decision)
        for row in rows
        for line in faulty(row)
    )
    return Table(("文件", "条款和措施", "理由", "建议"), lines, (3.4, 6, 6, 1.6))


def comparison(facts: Facts) -> Letter:
    """The comparison table of revised clauses (现行/拟修订), one a document. The wording to come is a person's."""
    annexes = []
    for row in facts.decided(REVISE):
        lines = tuple(
            (
                clause_of(line),
                words_of(line),
                blank(f"{clause_of(line).partition('（')[0]}拟修订条文（{short(row)}）", "［修订后的条文；删除的写“删除”］"),
                problem_of(line),
            )
            for line in faulty(row)
        )
        table = Table(("条款", "现行条文", "拟修订条文", "修订理由"), lines, (2, 5.4, 5.4, 4.2))
        annexes.append(Annex(f"{named(row)}修订条款对照表", (table,)))
    if not annexes:
        annexes.append(Annex("修订条款对照表", (Text("台账中没有处置意见为“修订”的文件。"),)))
    return Letter("修订条款对照表", Form.FORM, facts.issuer, "", "", "", (), "", annexes=tuple(annexes))
