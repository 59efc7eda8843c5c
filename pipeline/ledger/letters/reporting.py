"""Letters to the commission that gathers the ledgers: 报送函, 联系人表, 季报, 总结 (长发改信用发〔2021〕17号, 三 and 四)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ledger.carrying_out import DONE, LATE, NOT_BEGUN, NOTHING_TO_DO, UNDECIDED, UNDER_WAY, state_of, states
from pipeline.ledger.letters.blanks import blank, or_blank, plain
from pipeline.ledger.letters.facts import LEGISLATE, REPEAL, REVISE, Facts, date_blank, due, in_words, inner, named, to_be_done
from pipeline.ledger.letters.letter import Annex, Block, Form, Letter, Table, Text
from pipeline.ledger.row import LedgerRow
from pipeline.ledger.timetable import next_item, standings

_LEDGER = "信用相关制度文件清理规范台账"


def covering_letter(facts: Facts) -> Letter:
    """The letter that the ledger is reported with (报送函); of an empty one where the unit has no such document."""
    if facts.rows:
        found = [
            Text(
                f"{facts.ground}，我单位对本单位及所属机构、事业单位、行业组织，以及代拟代印的涉及失信行为认定、记录、归集、"
                f"共享、公开、惩戒和信用修复等措施的规定、制度、文件进行了排查，形成《{_LEDGER}》，现予报送。"
            ),
            *_counted(facts),
            Text(f"列入台账的文件{facts.tally}。不符合《指导意见》要求的措施，在符合要求之前停止执行。"),
        ]
    else:
        found = [
            Text(
                f"{facts.ground}，我单位对本单位及所属机构、事业单位、行业组织，以及代拟代印的文件进行了排查，"
                "没有出台过失信约束文件。现将经主要负责人签字盖章的台账空表予以报送。"
            ),
            *_counted(facts),
        ]
    if facts.sum:
        found.append(Text(f"台账电子版与纸质版一致，校验值为{facts.sum}。"))
    return Letter(
        file="报送函",
        form=Form.LETTER,
        issuer=facts.issuer,
        number=facts.number,
        title=f"{facts.issuer}关于报送{_LEDGER}的函",
        addressee=facts.to,
        body=(*found, Text("特此函达。")),
        date=date_blank(),
        listed=(_LEDGER,),
        note=facts.contact,
    )


def _counted(facts: Facts) -> list[Text]:
    """The sum of the files looked through; nothing where there was no scan."""
    counts = facts.counts
    if not counts:
        return []
    how = blank("说明逐个查看的结果")  # whether they were looked at is not known here
    problems = f"，未能读取{counts['problems']}个（{how}）" if counts["problems"] else ""
    return [
        Text(f"本次共排查文件{counts['found']}个，其中筛查{counts['screened']}个，内容重复{counts['duplicates']}个{problems}。")
    ]


def contact_form(facts: Facts) -> Letter:
    """附件1 of the notice: who is to be asked. One line; the unit adds others."""
    unit = facts.unit
    row = (
        facts.issuer,
        or_blank(unit.contact if unit else "", "联系人姓名", "×××"),
        blank("科室及职务", "×××"),
        or_blank(unit.phone if unit else "", "办公电话", "×××"),
        blank("手机", "×××"),
        blank("邮箱", "×××"),
    )
    table = Table(("单位", "姓名", "科室及职务", "办公电话", "手机", "邮箱"), (row,), (3.2, 2, 2.6, 2.6, 2.6, 3))
    annex = Annex("清理规范工作联系人反馈表", (table,))
    return Letter("联系人表", Form.FORM, facts.issuer, "", "", "", (), "", annexes=(annex,))


def progress_report(facts: Facts) -> Letter:
    """The report of June or September (工作报告): what is done, under way, late, not begun; the sums close."""
    item = next_item(standings(facts.timetable, facts.reports, facts.today), "季报")
    which = f"（{item.item.name}）" if item else ""
    body: list[Block] = [
        Text(f"{facts.ground}，现将我单位失信约束措施清理规范工作推进情况报告如下。"),
        Text("一、总体进展", 1),
        Text(f"我单位列入台账的文件{facts.tally}。"),
        Text(f"截至{in_words(facts.today)}，{_states(facts)}。"),
        *_section("二、已完成的事项", facts, (DONE,), "截至目前没有已完成的修订、立法或废止事项。"),
        *_section("三、正在推进和尚未完成的事项", facts, (UNDER_WAY, LATE, NOT_BEGUN), "没有尚未完成的事项。"),
        Text("四、存在的问题和下一步安排", 1),
        Text(blank("存在的问题和下一步安排")),
    ]
    return _report(facts, f"季报{which}", "推进情况的报告", body)


def final_report(facts: Facts) -> Letter:
    """The final report (总结报告): each row of the ledger with what came of it; what is not finished is said to be so."""
    done = states(facts.rows, facts.today)
    left = done[UNDER_WAY] + done[LATE] + done[NOT_BEGUN] + done[UNDECIDED]
    verdict = "全部事项已经完成" if not left else f"尚有{left}件没有完成"
    body: list[Block] = [
        Text(f"{facts.ground}，我单位对照台账逐项开展清理规范工作，现将有关情况报告如下。"),
        Text("一、工作开展情况", 1),
        *_counted(facts),
        Text(blank("组织领导、宣传解读和自查自纠情况")),
        Text("二、清理规范结果", 1),
        Text(f"列入台账的文件{facts.tally}。截至{in_words(facts.today)}，{_states(facts)}，{verdict}。"),
    ]
    for decision, heading in ((REVISE, "修订"), (LEGISLATE, "立法"), (REPEAL, "废止")):
        rows = [row for row in facts.decided(decision) if state_of(row, facts.today) == DONE]
        if rows:
            body.append(Text(f"已完成{heading}{len(rows)}件：" + "；".join(_outcome(row) for row in rows) + "。"))
    body += _section("三、未完成的事项及原因", facts, (UNDER_WAY, LATE, NOT_BEGUN, UNDECIDED), "没有未完成的事项。", why=True)
    body += [Text("四、下一步工作", 1), Text(blank("下一步工作"))]
    return _report(facts, "总结报告", "的总结报告", body)


def _report(facts: Facts, file: str, kind: str, body: Sequence[Block]) -> Letter:
    return Letter(
        file=file,
        form=Form.REPORT,
        issuer=facts.issuer,
        number=facts.number,
        title=f"{facts.issuer}关于失信约束措施清理规范工作{kind}",
        addressee=facts.to,
        body=tuple(body),
        date=date_blank(),
        annexes=(_table_of_progress(facts),) if facts.rows else (),
        note=facts.contact,
    )


def _states(facts: Facts) -> str:
    counts = states(facts.rows, facts.today)
    shown = [f"{name}{number}件" for name, number in counts.items() if number or name in (NOTHING_TO_DO, DONE)]
    return "、".join(shown).replace(f"{NOTHING_TO_DO}", "保留而无须处理的", 1)


def _section(heading: str, facts: Facts, wanted: Sequence[str], none: str, *, why: bool = False) -> list[Block]:
    """One heading and the rows in these states, each a numbered line."""
    rows = [row for row in facts.rows if state_of(row, facts.today) in wanted]
    lines: list[Block] = [Text(heading, 1)]
    if not rows:
        return [*lines, Text(none)]
    for number, row in enumerate(rows, 1):
        said = f"{number}.{_outcome(row)}"
        if state_of(row, facts.today) != DONE:
            said += f"，责任单位{to_be_done(row)}，完成时限{due(row)}"
            said += f"，{state_of(row, facts.today)}" if state_of(row, facts.today) == LATE else ""
            said += f"，原因：{blank(f'未完成原因（{named(row)}）', '×××')}" if why else ""
        lines.append(Text(f"{said}。"))
    return lines


def _outcome(row: LedgerRow) -> str:
    said = plain(row.progress).strip().rstrip("。")
    return f"{named(row)}，{row.decision or '处置意见待定'}" + (f"，{said}" if said else "")


def _table_of_progress(facts: Facts) -> Annex:
    rows = tuple(
        (
            str(number),
            inner(row.title) + (f"\n{plain(row.number)}" if row.number else ""),
            row.decision or UNDECIDED,
            to_be_done(row),
            due(row) if row.decision in (REVISE, LEGISLATE, REPEAL) else "—",
            state_of(row, facts.today),
            plain(row.progress),
        )
        for number, row in enumerate(facts.rows, 1)
    )
    head = ("序号", "文件名称和文号", "处置意见", "责任单位", "完成时限", "办理情况", "完成情况")
    return Annex("失信约束文件清理规范进展表", (Table(head, rows, (1.1, 5.4, 1.7, 2.6, 2.3, 1.7, 3.4)),))
