"""The few types that pass between rooms.

Plain data, no behaviour beyond a derived property: a room receives these, and hands these on. Offsets are
character positions in ``Document.text`` (half-open, ``text[start:end]``); pages count from 1; dates are ISO strings
(``"2021-01-19"``), empty where the document does not state them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.errors import Refusal
from pipeline.terms import QUALIFIED_LEVELS as QUALIFIED_LEVELS
from pipeline.terms import Disposition as Disposition
from pipeline.terms import Function as Function
from pipeline.terms import Level as Level
from pipeline.terms import PartKind as PartKind
from pipeline.terms import PartOutcome as PartOutcome
from pipeline.terms import Role as Role
from pipeline.terms import Verdict as Verdict


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file and what became of it; ``place`` and ``detail`` are in Chinese, for the person who looks it up."""

    kind: PartKind
    place: str
    outcome: PartOutcome
    detail: str = ""


class Span(NamedTuple):
    """A half-open range of characters, ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text that a person would call a document, however it was stored.

    ``path`` is as found below the archive, with ``!`` between a container and its member (``a.zip!b/c.doc``);
    ``pages`` are ranges that cover ``text`` without gaps, at least one; ``notes`` are remarks in Chinese on how it was
    read (a page that went through OCR); ``facts`` what the file says of itself beside its text, each 名称：值 (标题：……), as a web page
    does; ``parts`` say of each picture, object, comment and hidden text what became of it.
    """

    path: str
    format: str
    sha256: str
    text: str
    pages: tuple[Span, ...]
    notes: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    def page_of(self, offset: int) -> int:
        """The page (from 1) that holds the character at ``offset``."""
        return max(1, bisect_right(self.pages, offset, key=lambda span: span.start))


class UnreadableFile(Refusal):
    """A file that gave no text: which one, why, and what a person can do about it (all in Chinese).

    ``kind`` is the problem's class, one of the labels in ``pipeline/ingest/problems.csv``.
    """

    def __init__(self, path: str, reason: str, remedy: str = "", kind: str = "无法读取"):
        super().__init__(path, reason, remedy, kind)
        self.path = str(path)
        self.reason = reason
        self.remedy = remedy
        self.kind = kind

    def __str__(self) -> str:
        return f"{self.path}：{self.reason}" + (f"（{self.remedy}）" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The elements of an official document (GB/T 9704-2012) that the ledger needs; empty where not found.

    ``issuers`` in the order printed; ``addressees`` as printed, without the closing colon; ``printed`` the 印发日期;
    ``expires`` the stated end of validity (有效期至); ``kind`` the 文种 (通知, 办法, 批复 ...); ``carried_title`` the title of
    the document that a 印发/转发 notice carries; ``draft`` whether it bears a draft mark (征求意见稿 ...);
    ``material`` what it is (材料类别), one of twelve; ``repeals`` whether it only repeals other documents (废止文件).
    """

    title: str = ""
    number: str = ""
    issuers: list[str] = field(default_factory=list)
    date: str = ""
    addressees: str = ""
    classification: str = ""
    printed: str = ""
    printed_by: str = ""
    kind: str = ""
    carried_title: str = ""
    expires: str = ""
    draft: bool = False
    material: str = ""
    repeals: bool = False


@dataclass(frozen=True, slots=True)
class Authority:
    """One entry of the registry of authorities (依据库); ``id`` is its title, or its number where it has no title.

    Dates are ISO or empty; ``status`` is 有效, 废止, 失效, 尚未施行 or 待核; ``last_article`` is 0 where unknown;
    ``source`` says where the entry comes from.
    """

    id: str
    title: str
    level: Level
    number: str = ""
    issuer: str = ""
    region: str = ""
    adopted: str = ""
    effective: str = ""
    latest_version: str = ""
    status: str = "待核"
    repealed_on: str = ""
    superseded_by: str = ""
    last_article: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of a legal basis (依据).

    ``title`` is without the outer 《》, ``number`` as printed with brackets normalised to 〔〕, ``articles`` as cited with
    ranges expanded where both ends are printed; ``number`` and ``short_name`` are None where not printed. ``level`` is
    the registry's where it knows the text, else judged by rule (``judged_by`` says which, ``confidence`` how sure).
    ``in_force`` is on the document's date (or ``as_of``), None where unknown; ``status`` says it in Chinese, with the
    successor. ``repeat`` marks a later mention. ``vague`` marks a basis that names nothing (根据有关法律法规).
    ``carried`` is the title that a 《关于印发〈…〉的通知》 carries.
    """

    title: str
    number: str | None
    articles: list[str]
    level: Level
    qualified: bool
    start: int
    end: int
    role: Role = Role.MENTION
    short_name: str | None = None
    authority: Authority | None = None
    in_force: bool | None = None
    status: str = ""
    judged_by: str = "规则"
    confidence: float = 0.5
    repeat: bool = False
    vague: bool = False
    carried: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A punishment measure (惩戒措施) found in a clause, by category of the national basic list."""

    category: str
    text: str
    start: int
    end: int
    subjects: list[str] = field(default_factory=list)
    duration: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """条款: the smallest numbered unit, with its heading path and offsets in the document.

    ``label`` is as a person would cite it (第三条第二款, 二、（一）, 表1第3行); ``path`` the headings above it, outermost
    first; ``part`` is 正文, 所印发文件 or 附件N. ``functions`` maps the Chinese label of each function present to its
    probability; ``evidence`` are the words that made the flag, as ranges of the document's text.
    """

    label: str
    text: str
    start: int
    end: int
    page: int = 1
    path: tuple[str, ...] = ()
    part: str = "正文"
    functions: dict[str, float] = field(default_factory=dict)
    evidence: tuple[Span, ...] = ()
    citations: tuple[Citation, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An article that might serve as a basis, for a person to check."""

    title: str
    article: str
    level: Level
    why: str
    score: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The judgement (判断) on one function or measure of one clause, with the rule of 国办发〔2020〕49号 that it follows.

    ``clause`` is an index into ``Screening.clauses``; ``measure`` the category, empty where the finding is about a
    function; ``basis`` the citations relied on, and ``basis_from`` where they stand: 本条, 本章, 文首 or 无;
    本文件 where the document is itself a law, regulation or central policy.
    """

    clause: int
    function: str
    measure: str
    verdict: Verdict
    disposition: Disposition
    rule: str
    reason: str
    basis: tuple[Citation, ...] = ()
    basis_from: str = "无"
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The suggested disposition of a document, with reasons in the order in which they weighed."""

    disposition: Disposition
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Screening:
    """All that the product has to say of one document; ``mentioned``: measures in what is no policy document (非政策文件中提到)."""

    document: Document
    metadata: Metadata
    clauses: tuple[Clause, ...]
    citations: tuple[Citation, ...]
    functions: dict[str, float]
    score: float
    flagged: bool
    mentioned: bool = False
    findings: tuple[Finding, ...] = ()
    suggestion: Suggestion | None = None
