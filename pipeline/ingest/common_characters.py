"""The characters of which official documents are full: what tells text from noise, and one encoding from another."""

from __future__ import annotations

# About a third of the running text, simplified and (for Big5) traditional.
COMMON = frozenset(
    "的一是不了在有人中大上国和为以时要发会出行作对能部方法于等第条规定应当管理工关生产企业市县省区政府通知实施办公"
    "國為時發會對於條規應當產業縣區實辦"
)
#: The five hundred most frequent of our own annotated clauses: more than half of any page, be it a list of names or of jobs.
USUAL = COMMON | frozenset(
    "的不信一人用业年行在以三公当应十分定单报日理由内为上机名会管有工记部位查期出入后门可经证得请个保员并法作者对二处务其次五发评时自标实和收资失市主同中级月家方告提合申录本构息企政办复之于事生到等核款户两"
    "下关通成数金建了要取动案费前开每交检补过学重场明全示监改据情认按台所书各统结项供县度制责设局将假停起计社被四省系地百格列平价限照回登服区安罚受规水议商民产投件造组再六未诚予退与是审体点修目意品现元承大"
    "送知任销电加条接表新面站营来子给清我小量违布决网立说虚村存签准除物进考他向采第口况或已车院验约农执号满权共医税间依委正原天代还档专老消写扣长止里万药文备质房果贴外程及骗账能校整参司把施无集七先完运心至"
    "放使更购库额字调缴超没批解因少料八协道住国测问具助科诉撤算乡付效续教招看册织确从票联高打严支换注险就份负许师展职种千拒领推转货包好护见财手令欠低移载源纳九周类客头称传府路选良须督求贷律食季租排牌式利去"
    "材形张如化履担半伪力反置属编银性抽红总该试预留答填相基多养环导底诺积比技活汇研线享别卡恢即达异乙林何询持逾防育警指话归售暂优减钱挂论店连样黑判身你赔且范境托病装班们奖卖码最节健借印隐厅率守维误易影镇训"
)
PUNCTUATION = frozenset("，。、；：（）《》〔〕“”")
_EITHER = COMMON | PUNCTUATION


def likeness(text: str) -> float:
    """The share of common characters and Chinese punctuation; about 0.4 in official documents, 0 in noise."""
    return sum(map(_EITHER.__contains__, text)) / max(len(text), 1)
