"""The check of a draft (起草自查): each measure without a qualified basis, as text, as a dict, or as comments in a DOCX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as DocxDocument
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from pipeline.document import Clause, Finding, Proposal, Screening, Verdict

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
AUTHOR, INITIALS = "失信约束筛查", "查"
SPACE = re.compile(r"\s+")
#: Numbering that a reader adds to a paragraph and Word keeps outside its text.
LEADING_NUMBER = re.compile(r"^(?:第[〇零一二三四五六七八九十百千\d]+[条章节款]|[（(]?[一二三四五六七八九十\d]+[）)、.．])")
#: So many characters of a clause are enough to find its paragraph.
KEY_LENGTH = 24


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One finding with all that a person needs to see it in place: ``page`` from 1, ``quote`` the clause's text."""

    label: str
    page: int
    quote: str
    function: str
    measure: str
    reason: str
    rule: str
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The check of one draft: ``failed`` without a qualified basis, ``doubtful`` for a person to look at."""

    path: str
    title: str
    failed: tuple[CheckItem, ...]
    doubtful: tuple[CheckItem, ...]

    @property
    def passed(self) -> bool:
        """Whether every measure is known to rest on a qualified basis: what is only not disproved does not pass."""
        return not self.failed and not self.doubtful


def _item(finding: Finding, clause: Clause) -> CheckItem:
    return CheckItem(
        label=clause.label or "正文",
        page=clause.page,
        quote=clause.text.strip(),
        function=finding.function,
        measure=finding.measure,
        reason=finding.reason,
        rule=finding.rule,
        proposals=finding.proposals,
    )


def check(screening: Screening) -> CheckReport:
    """What a drafter must mend: an unflagged document passes."""

    def items(verdict: Verdict) -> tuple[CheckItem, ...]:
        wanted = (finding for finding in screening.findings if finding.verdict is verdict)
        return tuple(_item(finding, screening.clauses[finding.clause]) for finding in wanted)

    return CheckReport(
        path=screening.document.path,
        title=screening.metadata.title,
        failed=items(Verdict.FAILS),
        doubtful=items(Verdict.PERSON),
    )


def _proposal_lines(item: CheckItem) -> Iterator[str]:
    for number, proposal in enumerate(item.proposals, start=1):
        named = f"《{proposal.title}》{proposal.article}（{proposal.level}）"
        yield f"可核对的依据{number}：{named}——{proposal.why}；{proposal.source}"


def _item_lines(number: int, item: CheckItem) -> Iterator[str]:
    kind = f"{item.function}·{item.measure}" if item.measure else item.function
    yield f"{number}. {item.label}（第{item.page}页，{kind}）"
    yield f"   原文：{SPACE.sub('', item.quote)[:120]}"
    yield f"   理由：{item.reason}"
    yield f"   规则：{item.rule}"
    for line in _proposal_lines(item):
        yield f"   {line}"


def render_text(report: CheckReport) -> str:
    """The report for a person, in Chinese."""
    lines = [f"自查：{report.title or report.path or '未命名文件'}"]
    if report.passed:
        lines.append("没有发现缺少符合要求依据的措施。")
    elif not report.failed:
        lines.append(f"不能确认：{len(report.doubtful)}项措施的依据须由人工核对后才能下结论。")
    else:
        lines.append(f"缺少符合要求依据的措施{len(report.failed)}项，发文前须补充依据或删除：")
        for number, item in enumerate(report.failed, start=1):
            lines.extend(_item_lines(number, item))
    if report.doubtful:
        lines.append(f"须人工核对{len(report.doubtful)}项：")
        for number, item in enumerate(report.doubtful, start=1):
            lines.extend(_item_lines(number, item))
    return "\n".join(lines) + "\n"


def render_dict(report: CheckReport) -> dict[str, object]:
    """The report for a machine: plain lists, dicts, strings and numbers."""

    def plain(item: CheckItem) -> dict[str, object]:
        proposals = [
            {
                "title": proposal.title,
                "article": proposal.article,
                "level": proposal.level.value,
                "why": proposal.why,
                "score": proposal.score,
                "source": proposal.source,
            }
            for proposal in item.proposals
        ]
        return {
            "clause": item.label,
            "page": item.page,
            "quote": item.quote,
            "function": item.function,
            "measure": item.measure,
            "reason": item.reason,
            "rule": item.rule,
            "proposals": proposals,
        }

    return {
        "path": report.path,
        "title": report.title,
        "passed": report.passed,
        "failed": [plain(item) for item in report.failed],
        "doubtful": [plain(item) for item in report.doubtful],
    }


def _paragraphs(document: DocxDocument) -> list[Paragraph]:
    """Every paragraph of the body, those in tables too, once each."""
    return [Paragraph(element, document._body) for element in document.element.body.iter(f"{{{W}}}p")]


def _key(text: str) -> str:
    return SPACE.sub("", text)


def _find_paragraph(keys: list[str], item: CheckItem, after: int) -> int | None:
    """The index of the paragraph that holds the clause's words; one not before ``after`` is preferred.

    A clause may be one paragraph, part of one, or several: its first line without numbering decides, then the words
    quoted in the reason.
    """
    first = next((line for line in item.quote.split("\n") if line.strip()), "")
    bare = _key(first.replace("\t", ""))
    quoted = re.search("“(.+?)”：", item.reason)
    wanted = [bare[:KEY_LENGTH], LEADING_NUMBER.sub("", bare)[:KEY_LENGTH]]
    if quoted:
        wanted.insert(0, _key(quoted.group(1)))
    cells = [_key(cell) for cell in first.split("\t") if len(_key(cell)) >= 4]
    for want in [*wanted, *sorted(cells, key=len, reverse=True)]:
        if len(want) < 4:
            continue
        places = [index for index, key in enumerate(keys) if want in key]
        if places:
            return next((index for index in places if index >= after), places[0])
    return None


def _runs(paragraph: Paragraph) -> list[Run]:
    """Runs of a paragraph that bear text, those inside links and tracked insertions too; an empty one gets a run."""
    runs = [Run(element, paragraph) for element in paragraph._p.iter(f"{{{W}}}r") if element.getparent() is paragraph._p]
    return [run for run in runs if run.text] or runs or [paragraph.add_run("")]


def _comment_text(item: CheckItem, *, placed: bool) -> str:
    where = "" if placed else f"【未能定位到原段落，见第{item.page}页{item.label}】"
    return "\n".join([f"{where}{item.reason}", item.rule, *_proposal_lines(item)])


def comment_docx(source: str | Path | bytes, report: CheckReport, target: str | Path) -> int:
    """Write to ``target`` a copy of the DOCX ``source`` with a comment at each finding; the number of comments.

    A finding whose paragraph can't be found is put on the first paragraph that bears text, and says so. The source is
    not changed. Raises ``docx.opc.exceptions.PackageNotFoundError`` or ``ValueError`` where ``source`` is no DOCX.
    """
    if not isinstance(source, bytes) and Path(source).resolve() == Path(target).resolve():
        raise ValueError("批注须写入副本，不能覆盖原文件")
    document = docx.Document(BytesIO(source) if isinstance(source, bytes) else str(source))
    paragraphs = _paragraphs(document)
    if not paragraphs:
        paragraphs = [document.add_paragraph()]
    keys = [_key("".join(node.text or "" for node in p._p.iter(f"{{{W}}}t"))) for p in paragraphs]
    title = next((index for index, key in enumerate(keys) if key), 0)
    after = 0
    items = [*report.failed, *report.doubtful]
    for item in items:
        index = _find_paragraph(keys, item, after)
        after = index if index is not None else after
        paragraph = paragraphs[index if index is not None else title]
        document.add_comment(
            _runs(paragraph), text=_comment_text(item, placed=index is not None), author=AUTHOR, initials=INITIALS
        )
    document.save(str(target))
    return len(items)
