"""The head of an official document (版头 and the lines under it, by GB/T 9704-2012): which line is which element."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.structure.elements.dates import DATE
from pipeline.structure.elements.document_numbers import (
    is_blank_number,
    is_order_head,
    is_order_tail,
    lone_number,
    order_number,
    read_number,
)
from pipeline.structure.elements.fields import field_of
from pipeline.structure.elements.organs import is_organ
from pipeline.structure.elements.titles import close_up, ends_as_title, join_title
from pipeline.structure.markers import read_marker

HEAD_LINES = 60
_MOST_BODIES = 20
_LONGEST_TITLE_LINE = 90
_LONGEST_TITLE = 200
_CLASSIFIED = re.compile(
    r"^[【\[［]?(?:密级[：:]|[№\dNo.]*)?[\s　]*(绝密|机密|秘密)[\s　]*[】\]］]?(?:[★☆*＊·][\s　]*[^，。]{0,10})?(?:特急|加急|平急|急件)?$"
)
_DRAFT_MARK = re.compile(r"^[（(【]?(?:.{0,6}(?:征求意见稿|送审稿|代拟稿|讨论稿|审议稿|修改稿)|草\s?案|初\s?稿)[）)】]?$")
_MINOR = re.compile(
    r"^(?:附[\s　]*件[\s　]*[\d一二三四五六七八九十]*[：:]?|特急|加急|特提|平急|紧急|急件|\d{6}|№.*|签发人.*|[（(]?第\s?[\d一二三四五六七八九十]+\s?[期次][)）]?|份\s?号.*|[（(](?:此件|本文有).*[）)]|—{2,}"
    r"|首页|文档[：:].*|.*\.(?:docx?|wps|pdf|md)|字号[：:].*|【?字体.*|.*(?:返回|打印|关闭|收藏|分享)(?:本页|窗口)?】?"
    r"|[（(]?(?:新华社|本报|人民日报|人民网|央视网)\S{0,12}(?:电|讯|报道)?[）)]?|\[[^\]]*\]\(.*\)|https?://\S+|您?当前(?:的)?位置.*|.*[>＞].*[>＞].*)$"
)
_PREFACE = re.compile(r"^(?:[-=_~*]{2,}|政策全文|正文|全文|基本信息)$")
_RED = re.compile(r"^(.{2,60}?)[\s　]*(?:文[\s　]*件|[（(](?:通知|函|批复|通告|公告|意见|报告)[)）])$")
_NOTE = re.compile(
    r"^[（(]?[\s　]*+(?:根据|自)?[\s　]*+\d{4}[\s　]*年[\s　]*\d{1,2}[\s　]*月[^，。]{0,400}(?:通过|公布|发布|批准|修订|修正|施行|实施|印发|颁布|令|根据|决定》)"
)
_BRACKETED_DATE = re.compile(r"^[（(【][^（(]{0,40}?[)）】]$")
_OPENING = re.compile(
    r"^(?:根据|为了|为进一步|为(?:贯彻|落实|规范|加强|推进|深入|切实|做好|保障|全面|更好)|按照|依据|经(?:.{0,20})(?:同意|批准|研究)|现将|现就|现公布|你[省市县区局委厅院单]|近年来|近期|近日|《[^》]+》(?:已经|已于|收悉))"
)
_NOT_BODIES = re.compile(
    r"现将|按照|根据|如下|下列|以下|规定的|通知|意见是|决定[：:]|附件|联系人|电话|邮箱|备注|日期|时间|地点|主持人|出席|列席|记录|问$|答$|第.{1,4}条|[。；！？]"
)


@dataclass(slots=True)
class Head:
    """The elements found in the first lines; ``body`` is the number of lines that the head takes up.

    ``red`` are the bodies of the red header (发文机关标志); ``notes`` the lines under the title of a law that say when it was
    passed; ``below`` the date in brackets under a title. ``above`` is the title that a web page prints over its own lines
    (source, date): after them the head of the text begins ``fresh``.
    """

    title: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    fresh: bool = False
    number: str = ""
    red: list[str] = field(default_factory=list)
    addressees: str = ""
    notes: list[str] = field(default_factory=list)
    below: str = ""
    classification: str = ""
    draft: bool = False
    order: bool = False
    body: int = 0


def read_head(lines: list[str]) -> Head:
    """Walk the first lines until the text proper begins."""
    head = Head()
    index = 0
    while index < min(len(lines), HEAD_LINES):
        line = close_up(lines[index])
        following = close_up(lines[index + 1]) if index + 1 < len(lines) else ""
        if is_order_head(line) and is_order_tail(following) and not head.number:
            head.number, head.order = order_number(line, following), True
            head.red.append(re.sub(r"[令告]$|公告$|通告$", "", re.sub(r"\s", "", line)))
            index += 2
        elif not (head.number or head.title) and (number := lone_number(line)):
            head.number = number
            index += 1
        elif _is_minor(head, line) or _is_element(head, lines, index):
            index += 1
        elif taken := _addressees(head, lines, index):
            index += taken
            head.body = index
            break
        elif _is_body(head, line):
            break
        else:
            _add_title(head, line)
            index += 1
        head.body = index
    if not ends_as_title("".join(head.title)) and ends_as_title("".join(head.above)):
        head.title = head.above
    if not head.title and not head.number and not head.red and not head.notes:
        head.body = 0
    return head


def _is_minor(head: Head, line: str) -> bool:
    """Lines that are no part of the document's words, or that mark it: copies, urgency, secrecy, a site's navigation."""
    if found := _CLASSIFIED.match(line):
        head.classification = head.classification or found[1]
        return True
    if _DRAFT_MARK.match(line):
        head.draft = True
        if head.title and "（" not in line and "(" not in line:
            return True
        if head.title:
            head.title.append(line)
        return True
    if field_of(line) is not None or _PREFACE.match(line):
        head.fresh = bool(head.title or head.above)
        return True
    return not line or bool(_MINOR.match(line))


def _is_element(head: Head, lines: list[str], index: int) -> bool:
    """A number, a red header, a note under the title: noted in the head."""
    line = close_up(lines[index])
    if is_blank_number(line) and not read_number(line):
        head.draft = True
        return True
    if number := read_number(line):
        head.number = head.number or number
        return True
    red = _RED.match(line)
    if red and not head.title and not re.search(r"关于|《", line):
        head.red.extend(_bodies(red[1]))
        return True
    if not head.title and _heads_a_number(lines, index):
        head.red.extend(_bodies(line))
        return True
    if line == "文件" and head.red:
        return True
    if head.title and len(line) < 500 and _NOTE.match(line) and not line.endswith(("。", "：")):
        head.notes.append(line)
        return True
    if head.title and _BRACKETED_DATE.match(line) and DATE.search(line):
        head.below = line
        return True
    return False


def _heads_a_number(lines: list[str], index: int) -> bool:
    """Whether the lines from here name bodies and lead to 文件 or a number: a red header, perhaps a joint one."""
    for line in lines[index : index + _MOST_BODIES]:
        shown = close_up(line)
        if not _bodies(shown):
            return line is not lines[index] and (shown == "文件" or bool(read_number(shown) or _RED.match(shown)))
    return False


def _bodies(line: str) -> list[str]:
    """The bodies that a line consists of; [] where any word of it is something else."""
    names = [name for name in re.split(r"[、\s　]+", line) if name]
    if all(is_organ(name) for name in names):
        return names
    whole = re.sub(r"\s", "", line)
    return [whole] if is_organ(whole) else []


def _addressees(head: Head, lines: list[str], index: int) -> int:
    """Of how many lines from here the 主送机关 consist, which are noted; 0 where they are something else.

    A list of bodies that ends in a colon, right after title or number; a wrapped line of it ends in a comma or 、.
    """
    if not (head.title or head.number) or read_marker(lines[index]):
        return 0
    joined = ""
    for count, line in enumerate(lines[index : index + 6], 1):
        joined += line.strip()
        if _NOT_BODIES.search(joined) or len(joined) > 400:
            return 0
        if joined.endswith(("：", ":")):
            head.addressees = joined[:-1].strip()
            return count
        if not re.search(r"[，、,]$|^[各市县区省有].{25,}$", line.strip()):
            return 0
    return 0


def _is_body(head: Head, line: str) -> bool:
    """Whether the text proper begins here."""
    if read_marker(line) or _OPENING.match(line) or line.endswith(("。", "；", "！", "？", "：", ":")) or "\t" in line:
        return True
    if len(line) > _LONGEST_TITLE_LINE or ("。" in line and not line.endswith("》")):
        return True
    if head.fresh:
        return len(line) > 40 and not ends_as_title(line)
    if len("".join(head.title)) + len(line) > _LONGEST_TITLE and not _is_repeat(head, line):
        return True
    return bool(head.title) and ends_as_title("".join(head.title)) and not _continues(head, line)


def _is_repeat(head: Head, line: str) -> bool:
    """Whether a line prints the title again, wholly or with the issuer before it (page heading of a web print-out)."""
    before, again = _letters("".join(head.title)), _letters(line)
    return len(again) > 4 and (again in before or before in again)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _continues(head: Head, line: str) -> bool:
    """Whether a title that could end here goes on: 条例 with 实施细则, 的通知, （试行）, or the title over again."""
    if _is_repeat(head, line):
        return True
    if re.match(r"^(?:[（(][^（()）]{2,20}[)）]$|的|实施(?:细则|办法|条例))", line):
        return True
    return (
        len(line) <= 40 and ends_as_title(line) and not is_organ(line) and "关于" in "".join(head.title) and "关于" not in line
    )


def _add_title(head: Head, line: str) -> None:
    if head.fresh:
        head.above, head.title, head.fresh = head.title or head.above, [], False
    if head.title and _is_repeat(head, line):
        before = join_title(head.title)
        if len(_letters(line)) < len(_letters(before)) and ends_as_title(before):
            return
        head.title = [line]
        return
    head.title.append(line)
