"""Invented documents for the ledger's tests: screenings as the rooms before would make them, written by us."""

from __future__ import annotations

import hashlib

from pipeline.document import (
    Authority,
    Citation,
    Clause,
    Disposition,
    Document,
    Finding,
    Level,
    Measure,
    Metadata,
    Proposal,
    Screening,
    Span,
    Suggestion,
    Verdict,
)
from pipeline.ledger import Entry, ScanFacts, Unit

NOTICE = "国办发〔2020〕49号"
UNIT = Unit(
    name="云河市住房和城乡建设局",
    aliases=("云河市住建局", "市住建局"),
    subordinates=("云河市房产交易中心",),
    on_behalf=("云河市人民政府", "中共云河市委"),
    predecessors=("云河市建设委员会",),
    prefixes=("云住建",),
)
FACTS = ScanFacts(found=63, screened=52, duplicates=6, problems=5, flagged=12, as_of="2021-01-25", version="a1b2c3d4e5f60718")


def citation(
    title: str, level: Level, *, number: str | None = None, articles=(), in_force: bool | None = True, status=""
) -> Citation:
    authority = Authority(id=title, title=title, level=level, number=number or "")
    return Citation(
        title=title,
        number=number,
        articles=list(articles),
        level=level,
        qualified=level.qualified,
        start=0,
        end=len(title),
        authority=authority,
        in_force=in_force,
        status=status,
    )


PURCHASE_LAW = citation("中华人民共和国政府采购法", Level.LAW, articles=["第七十七条"], status="现行有效")
OLD_RULE = citation(
    "云河市建筑市场信用管理办法", Level.LOCAL_RULE, number="云河市人民政府令第31号", articles=["第九条"], in_force=None
)
DEAD_LAW = citation(
    "中华人民共和国合同法",
    Level.LAW,
    articles=["第一百零七条"],
    in_force=False,
    status="2021-01-01废止，由《中华人民共和国民法典》替代",
)


def document(
    title: str,
    paragraphs: list[str],
    *,
    flagged_lines: dict[int, tuple[str, str, Verdict, Disposition, tuple[Citation, ...], str]],
    number: str = "",
    issuers: tuple[str, ...] = ("云河市住房和城乡建设局",),
    date: str = "",
    suggestion: Disposition = Disposition.PERSON,
    reasons: tuple[str, ...] = (),
    format: str = "pdf",
    words: tuple[str, ...] = ("失信", "信用", "名单"),
    draft: bool = False,
    score: float = 0.93,
) -> Screening:
    """A screening of ``paragraphs``; ``flagged_lines`` maps a paragraph to (function, measure, verdict, disposition, basis, reason)."""
    text = "\n".join(paragraphs)
    half = len(text) // 2
    clauses, findings, at = [], [], 0
    for index, paragraph in enumerate(paragraphs):
        start, end = at, at + len(paragraph)
        at = end + 1
        flagged = flagged_lines.get(index)
        evidence = tuple(
            Span(start + found, start + found + len(word)) for word in words if flagged and (found := paragraph.find(word)) >= 0
        )
        measures = (Measure(flagged[1], paragraph[-12:], end - 12, end),) if flagged and flagged[1] else ()
        clauses.append(
            Clause(
                label=paragraph.partition("　")[0] if "　" in paragraph else "",
                text=paragraph,
                start=start,
                end=end,
                page=1 if start < half else 2,
                functions={flagged[0]: 0.9} if flagged else {},
                evidence=tuple(sorted(evidence)),
                measures=measures,
            )
        )
        if flagged:
            function, measure, verdict, disposition, basis, reason = flagged
            findings.append(
                Finding(
                    clause=index,
                    function=function,
                    measure=measure,
                    verdict=verdict,
                    disposition=disposition,
                    rule=f"{NOTICE}（九）：惩戒须有直接引用的依据（已按摘录核对）",
                    reason=f"{clauses[-1].label}“{paragraph[:20]}”：{reason}。",
                    basis=basis,
                    basis_from="本条" if basis else "无",
                    proposals=(
                        (Proposal("中华人民共和国建筑法", "第七十六条", Level.LAW, "同一领域", 0.7),)
                        if verdict is Verdict.FAILS
                        else ()
                    ),
                )
            )
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    pages = (Span(0, half), Span(half, len(text))) if format == "pdf" else (Span(0, len(text)),)
    return Screening(
        document=Document(path=f"{title}.{format}", format=format, sha256=sha256, text=text, pages=pages),
        metadata=Metadata(title=title, number=number, issuers=list(issuers), date=date, draft=draft),
        clauses=tuple(clauses),
        citations=(),
        functions={function: 0.9 for function, *_ in flagged_lines.values()},
        score=score,
        flagged=True,
        findings=tuple(findings),
        suggestion=Suggestion(suggestion, list(reasons)),
    )


_FAILS, _OK, _PERSON = Verdict.FAILS, Verdict.CONFORMS, Verdict.PERSON
_NO_BASIS = "本条、本章和文首都没有引用依据。符合要求前停止执行"


def entries() -> list[Entry]:
    """Twelve flagged documents: every suggestion, every scope, long and short, one with hostile content."""
    purchase = document(
        "云河市住房和城乡建设局关于印发《云河市建筑市场主体信用管理办法》的通知",
        [
            "各县区住建局，各建筑施工、监理企业：",
            "第一条　为规范建筑市场秩序，推进诚信建设，制定本办法。",
            "第八条　有转包、违法分包或者拖欠农民工工资情形，经查证属实的，认定为失信行为，由项目所在地住建部门在五个工作日内记入企业信用档案。",
            "第九条　列入失信名单的施工企业，一至三年内禁止参加政府投资工程的投标活动。",
            "第十条　失信名单在局门户网站公开，公开期限为两年，包括企业名称、法定代表人姓名和失信事由。如有异议，联系人：张小明，电话：0399-5551234，邮箱：zhang.xm@example.cn。",
            "第十一条　企业纠正失信行为满六个月的，可以向原认定部门申请信用修复，经审查同意后移出名单。",
        ],
        flagged_lines={
            2: (
                "认定",
                "",
                _FAILS,
                Disposition.REVISE,
                (OLD_RULE,),
                "依据只有《云河市建筑市场信用管理办法》，属地方政府规章，级别不够。符合要求前停止执行",
            ),
            3: (
                "惩戒",
                "限制市场或行业准入",
                _OK,
                Disposition.RETAIN,
                (PURCHASE_LAW,),
                "依据为《中华人民共和国政府采购法》第七十七条，法律，见本条",
            ),
            4: ("公开", "共享公示失信信息", _FAILS, Disposition.REPEAL, (), _NO_BASIS),
            5: ("修复", "", _OK, Disposition.RETAIN, (), "允许信用修复，不需另有依据"),
        },
        number="云住建发〔2018〕27号",
        date="2018-06-04",
        suggestion=Disposition.REVISE,
        reasons=("4项中有2项须修改、删除或补充依据，可以逐项处理，其余内容不受影响",),
    )
    joint = document(
        "关于对物业服务领域失信主体实施联合惩戒的通知",
        [
            "三、（一）　对一年内被投诉三次以上的物业服务企业，列入物业服务失信名单，取消其参加评先评优的资格，并通报其开户银行。",
            "三、（二）　对拒不缴纳物业费的业主，由物业服务企业在小区公示栏公布其姓名、房号和欠费数额，并报市公共信用信息平台归集。",
        ],
        flagged_lines={
            0: ("惩戒", "限制参加评先评优", _FAILS, Disposition.REPEAL, (), _NO_BASIS),
            1: (
                "公开",
                "",
                _FAILS,
                Disposition.REPEAL,
                (DEAD_LAW,),
                "所引《中华人民共和国合同法》第一百零七条不能作为依据：2021-01-01废止；请改引《中华人民共和国民法典》的相应条款",
            ),
        },
        number="云住建发〔2019〕102号",
        issuers=("云河市住房和城乡建设局", "云河市发展和改革委员会", "国家税务总局云河市税务局"),
        date="2019-11-20",
        suggestion=Disposition.REPEAL,
        reasons=("2项措施均无符合要求的依据，而文件主要就是规定这些措施；若确需继续执行，选‘立法’",),
        format="docx",
    )
    government = document(
        "云河市人民政府办公室关于加强住房公积金失信行为管理的实施意见",
        ["第五条　骗提骗贷住房公积金的，记入个人信用记录，五年内不得申请住房公积金贷款。"],
        flagged_lines={
            0: (
                "记录",
                "",
                _PERSON,
                Disposition.PERSON,
                (),
                "所引规定由部门印发、经国务院同意，是否视为党中央国务院政策，由人工判断",
            )
        },
        number="云政办发〔2017〕55号",
        issuers=("云河市人民政府办公室",),
        date="2017-09-12",
        suggestion=Disposition.PERSON,
        reasons=("1项须由人工核对后才能下结论",),
    )
    superior = document(
        "北岭省住房和城乡建设厅关于开展房屋中介失信专项整治的通知",
        ["二、　各地要建立房屋中介失信名单，定期向社会公布。"],
        flagged_lines={0: ("公开", "", _FAILS, Disposition.REPEAL, (), _NO_BASIS)},
        number="北建房〔2016〕8号",
        issuers=("北岭省住房和城乡建设厅",),
        date="2016-03-01",
        suggestion=Disposition.REPEAL,
        reasons=("1项措施均无符合要求的依据，而文件主要就是规定这些措施；若确需继续执行，选‘立法’",),
    )
    subordinate = document(
        "云河市房产交易中心经纪机构诚信承诺制度",
        ["第二条　违反承诺的经纪机构，暂停网签资格三个月，并记入诚信档案，失信情况在大厅公布。"],
        flagged_lines={0: ("记录", "限制市场或行业准入", _FAILS, Disposition.REPEAL, (), _NO_BASIS)},
        issuers=("云河市房产交易中心",),
        suggestion=Disposition.REPEAL,
        reasons=("1项措施均无符合要求的依据，而文件主要就是规定这些措施；若确需继续执行，选‘立法’",),
        format="docx",
        draft=True,
    )
    hostile = document(
        '=HYPERLINK("http://example.cn","点这里")',
        ["@cmd　+86 列入失信名单的，按=SUM(A1:A9)处理\x00，<script>alert(1)</script>。"],
        flagged_lines={0: ("惩戒", "=1+1", _FAILS, Disposition.REPEAL, (), "＝本条没有依据")},
        number="-1+1",
        issuers=("＠外部命令",),
        date="+2019",
        suggestion=Disposition.REPEAL,
        reasons=("＋没有依据",),
        format="txt",
    )
    table = document(
        "建筑施工企业不良行为记分标准",
        [
            "表1第"
            + str(row)
            + "行　未按规定办理施工许可的企业\t扣"
            + str(row)
            + "分\t列入失信名单，"
            + "暂停承揽新的工程项目，" * (3 + 4 * row)
            for row in range(1, 5)
        ],
        flagged_lines=dict.fromkeys(
            range(4), ("惩戒", "限制市场或行业准入", _FAILS, Disposition.REPEAL, (OLD_RULE, PURCHASE_LAW, DEAD_LAW), _NO_BASIS)
        ),
        issuers=(),
        suggestion=Disposition.REPEAL,
        reasons=("4项措施均无符合要求的依据，而文件主要就是规定这些措施；若确需继续执行，选‘立法’",),
    )
    simple = [
        document(
            f"云河市住房和城乡建设局关于{matter}的通知",
            [f"第三条　{matter}中有弄虚作假等失信行为的，{consequence}。", "第四条　本通知自印发之日起施行。"],
            flagged_lines={0: ("惩戒", category, verdict, disposition, basis, why)},
            number=f"云住建发〔{year}〕{serial}号",
            date=f"{year}-05-1{serial % 10}",
            suggestion=disposition,
            reasons=(f"1项：{why}",),
        )
        for matter, consequence, category, verdict, disposition, basis, why, year, serial in [
            (
                "规范保障性住房申请",
                "记入失信名单，五年内不得再次申请",
                "限制享受优惠政策和便利措施",
                _FAILS,
                Disposition.REVISE,
                (OLD_RULE,),
                "级别不够",
                2015,
                12,
            ),
            (
                "加强工程质量检测管理",
                "取消检测资格",
                "限制市场或行业准入",
                _OK,
                Disposition.RETAIN,
                (PURCHASE_LAW,),
                "有依据",
                2016,
                33,
            ),
            (
                "做好施工安全生产标准化考评",
                "不予评为优良，并公开曝光",
                "限制参加评先评优",
                _FAILS,
                Disposition.REPEAL,
                (),
                "没有依据",
                2017,
                8,
            ),
            (
                "开展二手房交易资金监管",
                "推送至市信用平台归集",
                "",
                _PERSON,
                Disposition.PERSON,
                (DEAD_LAW,),
                "由人工判断",
                2020,
                41,
            ),
            (
                "整治房地产广告",
                "实行联合惩戒，限制其法定代表人任职",
                "限制任职",
                _FAILS,
                Disposition.REPEAL,
                (),
                "没有依据",
                2014,
                2,
            ),
        ]
    ]
    first = Entry(purchase, ["2018/发文/云住建发27号.pdf", "备份/旧硬盘.zip!2018/27号（终稿）.doc", "备份/27号复印.pdf"])
    return [
        first,
        *(Entry(one, [one.document.path]) for one in (joint, government, superior, subordinate, hostile, table, *simple)),
    ]


NO_TROUBLE = [("2013/扫描件.pdf", "无文字", "第1页没有文字层", "文件中没有可读的文字；如为图片或图纸，请人工查看")]
