"""What the letters are filled from (素材): ledger, journal, unit.toml and calendar; and the phrases that they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from pipeline.document import Disposition, Verdict
from pipeline.ledger.carrying_out import UNDECIDED, read_date
from pipeline.ledger.detail import DetailLine
from pipeline.ledger.letters.blanks import blank, or_blank, plain
from pipeline.ledger.letters.letter import Table
from pipeline.ledger.row import LedgerRow
from pipeline.ledger.timetable import Timetable
from pipeline.ledger.unit import Scope, Unit

RETAIN, REVISE, LEGISLATE, REPEAL = (
    str(d) for d in (Disposition.RETAIN, Disposition.REVISE, Disposition.LEGISLATE, Disposition.REPEAL)
)
_PROPOSED = "可核对能否作为依据"


@dataclass(frozen=True, slots=True)
class Facts:
    """``rows`` are the unit's own rows of the ledger (不列入 left out); ``counts`` the files found, screened and so on, by
    name; ``sum`` the printed sum of the sealed ledger, empty where it is not sealed; ``reports`` the days on which the items
    of the calendar were handed in."""

    rows: tuple[LedgerRow, ...]
    unit: Unit | None
    timetable: Timetable
    today: date
    counts: dict[str, int] = field(default_factory=dict)
    sum: str = ""
    reports: dict[str, date] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return or_blank(self.unit.name if self.unit else "", "发文机关", "×××")

    @property
    def number(self) -> str:
        """The number's letters where unit.toml has them; year and serial are given when it is signed."""
        letters = plain(self.unit.prefixes[0]) if self.unit and self.unit.prefixes else "×××"
        return blank("发文字号", f"{letters}〔××××〕×号")

    @property
    def to(self) -> str:
        return or_blank(self.timetable.to, "主送机关", "×××")

    @property
    def ground(self) -> str:
        """The half-sentence that names the notice."""
        notice = f"《{inner(self.timetable.notice)}》" if self.timetable.notice else blank("通知名称", "《×××通知》")
        return f"根据{notice}（{or_blank(self.timetable.number, '通知文号', '×××')}）要求"

    @property
    def contact(self) -> str:
        """附注: whom to ask."""
        unit = self.unit
        name, phone = or_blank(unit.contact if unit else "", "联系人"), or_blank(unit.phone if unit else "", "联系电话")
        return f"联系人：{name}，联系电话：{phone}"

    def decided(self, *decisions: str) -> list[LedgerRow]:
        return [row for row in self.rows if row.decision in decisions]

    @property
    def tally(self) -> str:
        """The sum by decision, which closes."""
        counts = {name: len(self.decided(name)) for name in (RETAIN, REVISE, LEGISLATE, REPEAL)}
        waiting = len(self.rows) - sum(counts.values())
        said = [f"{name}{count}件" for name, count in counts.items()] + ([f"{UNDECIDED}{waiting}件"] if waiting else [])
        return f"共{len(self.rows)}件，其中" + "、".join(said)


def date_blank() -> str:
    """成文日期: the day on which it is signed."""
    return blank("成文日期", "××××年×月×日")


def inner(title: str) -> str:
    """A title as it stands inside 《》."""
    return plain(title).replace("《", "〈").replace("》", "〉")


def named(row: LedgerRow) -> str:
    """《title》（number）; a document without number has none printed, or none was recognised."""
    return f"《{inner(row.title)}》" + (f"（{plain(row.number)}）" if row.number else "")


def short(row: LedgerRow) -> str:
    """A document in the name of a blank: its number, else the beginning of its title."""
    return plain(row.number) or f"《{inner(row.title)[:18]}》"


def lead(row: LedgerRow) -> str:
    """The first issuer (牵头机关), through whose channel a document goes; empty where none is known."""
    return plain(row.issuers).partition("、")[0].strip()


def body_behind(row: LedgerRow) -> str:
    """The Party committee or government in whose name a document was issued, its office left out."""
    return re.sub(r"(?<=[府委会])办公[室厅]$", "", lead(row))


def grouped(rows: Iterable[LedgerRow], of: Callable[[LedgerRow], str]) -> Iterator[tuple[str, list[LedgerRow]]]:
    """Rows by a name, in the order of the ledger."""
    groups: dict[str, list[LedgerRow]] = {}
    for row in rows:
        groups.setdefault(of(row), []).append(row)
    yield from groups.items()


def on_behalf(row: LedgerRow) -> bool:
    """Whether the document was issued in the name of Party committee or government (以党委、政府名义印发)."""
    return row.scope is Scope.ON_BEHALF or row.in_name_of == "是"


def clause_of(line: DetailLine) -> str:
    """The clause as the ledger prints it: 第八条（第1页）."""
    return plain(line.content.partition("\n")[0])


def words_of(line: DetailLine) -> str:
    """The quotation without its marks; the whole cell where a person wrote it otherwise."""
    _, _, quoted = plain(line.content).partition("\n")
    text = (quoted or plain(line.content)).strip()
    return text[1:-1] if text.startswith("“") and text.endswith("”") else text


def problem_of(line: DetailLine) -> str:
    """The reason of a line without what the machine offers to check."""
    said = [part for part in plain(line.reason).split("\n") if part and not part.startswith(_PROPOSED)]
    return "\n".join(said)


def faulty(row: LedgerRow) -> list[DetailLine]:
    """The measures of a document that are not found to conform."""
    return [line for line in row.details if line.verdict != Verdict.CONFORMS]


def to_be_done(row: LedgerRow) -> str:
    """Who is responsible."""
    return or_blank(row.drafter, f"责任单位（{short(row)}）", "×××")


def due(row: LedgerRow) -> str:
    """The deadline as a person wrote it; a bare date in the words of a document."""
    day = read_date(row.deadline)
    bare = bool(day) and re.fullmatch(r"[\d\s年月日.\-/]+", row.deadline) is not None
    return in_words(day) if day and bare else or_blank(row.deadline, f"完成时限（{short(row)}）", "×××")


def in_words(day: date) -> str:
    """2021年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def list_of(rows: Iterable[LedgerRow]) -> Table:
    """A plain list of documents."""
    lines = tuple((str(n), inner(r.title), plain(r.number), plain(r.date), to_be_done(r)) for n, r in enumerate(rows, 1))
    return Table(("序号", "文件名称", "发文字号", "成文日期", "责任单位"), lines, (1, 6, 3.4, 2.2, 3))
