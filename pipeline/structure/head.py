"""The head of an official document (版头 and the lines under it), by GB/T 9704-2012: which line is which element."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.structure.dates import DATE

HEAD_LINES = 40
KINDS = [
    "决议",
    "决定",
    "命令",
    "令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "复函",
    "函",
    "纪要",
    "办法",
    "细则",
    "方案",
    "规定",
    "条例",
    "规划",
    "纲要",
    "计划",
    "要点",
    "答复",
    "规则",
    "措施",
    "标准",
    "目录",
    "清单",
    "指引",
    "指南",
    "章程",
    "准则",
    "规范",
    "制度",
    "预案",
    "守则",
    "公约",
    "法",
    "解释",
    "说明",
    "承诺书",
    "倡议书",
    "合同",
    "须知",
    "通则",
    "总结",
    "讲话",
]
_KIND_END = re.compile(rf"(?:{'|'.join(sorted(KINDS, key=len, reverse=True))})(?:[（(〔][^（()）]*[）)〕])?$")
NUMBER = re.compile(
    r"(?P<word>[\u4e00-\u9fffA-Za-z（）()]{0,20}?)\s*[〔\[［【（(﹝]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]］】）)﹞]\s*"
    r"(?P<mid>[\u4e00-\u9fff]{0,6}?)第?\s*(?P<serial>\d{1,5})\s*号"
)
ORDER = re.compile(
    r"(?P<body>[\u4e00-\u9fff、]{2,40}?)(?P<order>令|公告|通告)\s*[（(〔]?\s*(?P<year>\d{4}年)?\s*第\s*(?P<serial>[\d〇零一二三四五六七八九十百]{1,6})\s*号"
)
BLANK_NUMBER = re.compile(
    r"^[\u4e00-\u9fff]{2,12}[〔\[［（(]\s*(?:(?:19|20)\d{2})?\s*[〕\]］）)]\s*第?\s*[_＿Xx×]*\s*号$"
)
CLASSIFICATION = re.compile(r"(?:^|[\s\d：:])(绝密|机密|秘密)(?:\s|[★☆*·.]|$)")
DRAFT = re.compile(r"征求意见稿|送审稿|代拟稿|讨论稿|草案|审议稿|修订稿（征求")
_NEWS = re.compile(
    r"^[（(]?(?:新华社|本报|人民日报|来源|发布(?:日期|机构|时间)|索引号|信息来源|字号|浏览次数|当前位置|首页)|^【?相关附件"
)
_MARKDOWN = re.compile(r"^(?:#+\s+|[*>\s-]*\*\*|[-*]\s+)|\*\*")
_RED = re.compile(r"^.{2,40}文件$|^.{2,30}(?:公报|简报)$|^.*办公(?:厅|室|会议)?(?:会议)?纪要$")
_MINOR = re.compile(
    r"^(?:特急|加急|特提|平急|紧急|急件|\d{6}|签发人.*|份号.*|密级.*|[（(]此件.*[）)]|目录|目 录|文档.*|基本信息)$"
)
_NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十百零〇\d]+[编章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、])"
)
NOTE_DATE = re.compile(r"^[（(]?\s*(?:根据|自)?\s*\d{4}\s*年\s*\d{1,2}\s*月")
_GREETING = re.compile(
    r"(?:如下|下列|以下|通知|意见|决定|方案|措施|附件|联系人|电话|邮箱|备注|日期|时间|地点|单位|主持人|出席|列席|记录)$"
)


@dataclass(slots=True)
class Head:
    """The elements found; ``body`` is the index of the first line of the text proper."""

    title: list[str] = field(default_factory=list)
    number: str = ""
    number_word: str = ""
    red: list[str] = field(default_factory=list)
    addressees: str = ""
    notes: list[str] = field(default_factory=list)
    classification: str = ""
    draft: bool = False
    body: int = 0


def read_head(lines: list[str]) -> Head:
    """Walk the first lines until the text proper begins."""
    head = Head()
    for index, raw in enumerate(lines[:HEAD_LINES]):
        line = _MARKDOWN.sub("", raw).strip()
        head.body = index
        if _takes(head, line):
            continue
        if _is_body(line, head):
            break
        if not head.title or not _is_complete(head.title) or _continues_title(head, line):
            if line not in head.title:
                head.title.append(line)
        else:
            break
    return head


def _takes(head: Head, line: str) -> bool:
    """Whether a line is an element other than the title, which is then noted."""
    if not line or _NEWS.match(line) or _MINOR.match(line):
        _mark_secret(head, line)
        return True
    if _mark_secret(head, line):
        return True
    if _is_number_line(line, head):
        return True
    if line.endswith("文件") and _RED.match(line) and not head.title:
        head.red.append(line.removesuffix("文件").strip())
        return True
    if head.title and (NOTE_DATE.match(line) or _is_bracketed_date(line)) and len(line) < 160:
        head.notes.append(line)
        return True
    return _is_addressees(head, line)


def _mark_secret(head: Head, line: str) -> bool:
    found = CLASSIFICATION.search(line) if len(line) <= 30 else None
    if found and not head.classification:
        head.classification = found[1]
    return found is not None


def _is_number_line(line: str, head: Head) -> bool:
    if head.number:
        return bool(NUMBER.fullmatch(line))
    if BLANK_NUMBER.match(line) and not NUMBER.fullmatch(line):
        head.draft = True
        return True
    for pattern in (NUMBER, ORDER):
        found = pattern.fullmatch(line.split("签发人")[0].strip())
        if found:
            head.number = normal_number(found[0])
            head.number_word = found.groupdict().get("word") or found.groupdict().get("body") or ""
            return True
    return False


def normal_number(text: str) -> str:
    """A document number without white space, its brackets as 〔〕."""
    bare = re.sub(r"\s+", "", text)
    return re.sub(r"[\[［【（(﹝]((?:19|20)\d{2})[\]］】）)﹞]", r"〔\1〕", bare)


def _is_bracketed_date(line: str) -> bool:
    return line[:1] in "（(" and bool(DATE.search(line))


def _is_addressees(head: Head, line: str) -> bool:
    """A line of bodies that ends in a colon, before any sentence, after a title or number."""
    if not line.endswith(("：", ":")) or "。" in line or head.addressees or not (head.title or head.number):
        return False
    named = line[:-1].strip()
    if _NUMBERED.match(named) or _GREETING.search(named) or re.search(r"现将|按照|根据|如下|规定的", named):
        return False
    head.addressees = named
    return True


def _is_body(line: str, head: Head) -> bool:
    """Whether the text proper begins here."""
    if _NUMBERED.match(line) or head.addressees:
        return True
    if line.endswith(("。", "；", "！")):
        return True
    return len(line) > 45 and ("，" in line or "：" in line) and not _KIND_END.search(line)


def _is_complete(title: list[str]) -> bool:
    """Whether the title so far ends as a title ends, with its 文种."""
    return ends_as_title("".join(title))


def _continues_title(head: Head, line: str) -> bool:
    """“…条例” may go on as “…条例实施办法” on the next line, "的通知" may stand alone."""
    return (
        bool(re.match(r"^(?:的?(?:通知|决定|意见|批复|函|公告|通告|报告)|实施(?:细则|办法|条例))", line))
        and len(line) < 30
    )


def ends_as_title(text: str) -> bool:
    """Whether a line ends as titles do, with its 文种."""
    return bool(_KIND_END.search(re.sub(r"[\s　]", "", text))) and text.count("《") == text.count("》")
