"""The elements of an official document (公文要素, GB/T 9704-2012) from its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Document, Metadata
from pipeline.structure.chinese_numerals import to_int
from pipeline.structure.dates import DATE, add_years, find_dates
from pipeline.structure.head import BLANK_NUMBER, DRAFT, KINDS, Head, normal_number, read_head
from pipeline.structure.lines import Line, split_lines
from pipeline.structure.organs import is_organ

_TITLE_ISSUER = re.compile(
    r"^(?P<organs>[^关于《》，。]{2,60}?)\s*(?=关于|印发|转发|批转|对|令|公告|办公厅关于|等\S{1,3}(?:部门|单位|委局)关于)"
)
_JOINT = re.compile(r"等[一二三四五六七八九十\d]*(?:个)?(?:部门|单位|部委|机关|厅局|委局)$")
_ADOPTED = re.compile(r"([\u4e00-\u9fff]{2,20}?)第[一二三四五六七八九十]+届(人民代表大会)(常务委员会)?")
_ORDERED = re.compile(r"([\u4e00-\u9fff、]{2,30}?令)\s*(?:\d{4}年)?\s*第\s*([\d〇零一二三四五六七八九十百]+)\s*号")
_PRINTED = re.compile(r"^(?P<organ>.{0,40}?)[\s　]*(?P<date>\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*印(?:发|制)?$")
_UNTIL = re.compile(r"有效期(?:限)?(?:至|到|自.{4,15}至)\s*(.{6,16})")
_YEARS = re.compile(r"有效期(?:限)?为?\s*([一二三四五六七八九十两\d]{1,3})\s*年")
_FROM = re.compile(r"自(.{6,16}?)(?:日)?起(?:施行|实施|执行|生效)")
_FROM_ISSUE = re.compile(r"自(?:发布|印发|公布|下发|发文)之日起")
_CARRIED = re.compile(r"(?:印发|转发|批转|发布|公布|下发)\s*(?:.{0,40}?)?(?:《(?P<marked>.+)》|〈(?P<inner>.+)〉)")
_CARRIED_BARE = re.compile(r"(?:印发|转发|批转)(?P<bare>[^《》]{4,80}?)的(?:通知|决定|函)$")
_CARRIED_IN_TEXT = re.compile(
    r"(?:将|印发)?《(?P<title>[^》]{4,90})》.{0,60}?(?:印发给你们|予以印发|转发给你们|印发如下|现印发|印发你们)"
)
_SIGN_LINES = 14


def parse_metadata(document: Document) -> Metadata:
    """Every element that the text shows; empty where it shows none."""
    return read_elements(document, split_lines(document.text))[0]


def read_elements(document: Document, text_lines: Sequence[Line]) -> tuple[Metadata, int]:
    """The elements of a document, and how many of its first lines are its head (版头, title, addressees)."""
    lines = [line.text for line in text_lines]
    head = read_head(lines)
    signature, signed = _signature(lines, head.body)
    note = " ".join(head.notes)
    printed_by, printed = _printed(lines)
    title = _title(head)
    title_issuers = _issuers_of_title(title)
    issuers = _issuers(title_issuers, signature, head, note)
    carried = _carried(title, lines[head.body : head.body + 6])
    if not title and carried:
        title = _carrier_title(issuers, carried)
    if _signed_by_another(title, title_issuers, signature):
        signed = ""
    metadata = Metadata(
        title=title,
        number=head.number or _number_of_note(note),
        issuers=issuers,
        date=_date(note, signed, printed),
        addressees=head.addressees,
        classification=head.classification,
        printed=printed,
        printed_by=printed_by,
        kind=_kind(carried or title),
        carried_title=carried,
        expires=_expires(document.text, signed),
        draft=head.draft or bool(DRAFT.search(title)) or any(DRAFT.search(line) for line in lines[:3]) or _blank(lines),
    )
    return metadata, head.body


def _blank(lines: list[str]) -> bool:
    return any(BLANK_NUMBER.match(line) and not re.search(r"\d\s*号$", line) for line in lines[:8])


def _title(head: Head) -> str:
    """The title's lines joined; a space stays only between two issuers (中共中央 国务院关于…)."""
    title = "".join(
        ("" if not before or not _needs_space(before, line) else " ") + line
        for before, line in zip(["", *head.title], head.title, strict=False)
    )
    title = re.sub(r"[ 　]+(?=关于|的?通知$|印发|转发)", "", title)
    return re.sub(r"[ 　]+", " ", title).strip()


def _needs_space(before: str, line: str) -> bool:
    return is_organ(before) and is_organ(line)


def _issuers_of_title(title: str) -> list[str]:
    found = _TITLE_ISSUER.match(title)
    if not found:
        return []
    organs = [organ for organ in re.split(r"[、\s　]+", found["organs"]) if organ]
    if _JOINT.search(found["organs"]):
        return []  # "…等七部门": the signatures name them all
    return organs if organs and all(is_organ(organ) for organ in organs) else []


def _issuers(of_title: list[str], signature: list[str], head: Head, note: str) -> list[str]:
    """By the title, else the note under a law's title, the signatures, the red header, the number."""
    if of_title and not (len(signature) > len(of_title) and signature[0] in of_title):
        return of_title
    return (
        _issuers_of_note(note) or signature or [line for line in head.red if is_organ(line)] or _issuer_of_number(head)
    )


def _issuers_of_note(note: str) -> list[str]:
    if ordered := _ORDERED.search(note):
        body = ordered[1].removesuffix("令").removeprefix("中华人民共和国")
        return [body] if body and not body.endswith("主席") else ["全国人民代表大会常务委员会"]
    if adopted := _ADOPTED.search(note):
        body = re.sub(r"^.*[日\s]", "", adopted[1])
        return [(body or "全国") + adopted[2] + (adopted[3] or "")]
    return []


def _issuer_of_number(head: Head) -> list[str]:
    organ = {
        "国发": "国务院",
        "国函": "国务院",
        "国办发": "国务院办公厅",
        "国办函": "国务院办公厅",
        "中办发": "中共中央办公厅",
    }
    return [organ[head.number_word]] if head.number_word in organ else []


def _number_of_note(note: str) -> str:
    ordered = _ORDERED.search(note)
    return normal_number(f"{ordered[1]}第{ordered[2]}号") if ordered else ""


def _signature(lines: list[str], body: int) -> tuple[list[str], str]:
    """The bodies that sign and the date under them: the first such block after the text has begun."""
    for index in range(body, len(lines)):
        line = lines[index]
        if len(line) <= 40 and (found := DATE.search(line)) and _is_date_line(line, found):
            organs: list[str] = []
            before = line[: found.start()].strip()
            if is_organ(before):
                organs.append(before)
            for above in reversed(lines[max(body, index - _SIGN_LINES) : index]):
                names = [name for name in re.split(r"[\s　]+", above) if name]
                if not names or not all(is_organ(name) for name in names):
                    break
                organs[:0] = names
            if organs or len(lines) - index <= 4 or body >= index - 1:
                return organs, (find_dates(line) or [""])[0]
    return [], ""


def _is_date_line(line: str, found: re.Match[str]) -> bool:
    before, after = line[: found.start()].strip(), line[found.end() :].strip()
    return not after and (not before or is_organ(before))


def _signed_by_another(title: str, of_title: list[str], signature: list[str]) -> bool:
    """A 转发/批转 notice without a signature of its own: the block found is that of the document it carries."""
    return bool(of_title and signature and not set(of_title) & set(signature) and re.search(r"转发|批转", title))


def _date(note: str, signed: str, printed: str) -> str:
    """成文日期: the signature's; for a law the latest adoption, order or revision in its note; else the print date."""
    if signed and not note:
        return signed
    clauses = re.split(r"(?<=[过布准正订])|[\n；]|(?<=施行)", note)
    adopted = [day for clause in clauses if "施行" not in clause for day in find_dates(clause)]
    return max(adopted, default="") or signed or printed


def _printed(lines: list[str]) -> tuple[str, str]:
    """印发机关 and 印发日期, from the last lines of a document or of the notice that carries another."""
    for index, line in enumerate(lines):
        found = _PRINTED.match(line) if len(line) < 60 else None
        if found:
            above = lines[index - 1] if index else ""
            organ = found["organ"].strip() or (above if is_organ(above) else "")
            return organ, (find_dates(found["date"]) or [""])[0]
    return "", ""


def _expires(text: str, signed: str) -> str:
    tail = text[-1500:] + " " + text[:3000]
    for found in _UNTIL.finditer(tail):
        if days := find_dates(found[1]):
            return days[0]
    years = _YEARS.search(tail)
    if not years:
        return ""
    start = next((days[0] for found in _FROM.finditer(tail) if (days := find_dates(found[1] + "日"))), "")
    start = start or (signed if _FROM_ISSUE.search(tail) else "")
    return add_years(start, to_int(years[1])) if start and 0 < to_int(years[1]) < 100 else ""


def _kind(title: str) -> str:
    bare = re.sub(r"[（(〔][^（()）]*[）)〕]$|[》〉]$", "", title)
    return max((kind for kind in KINDS if bare.endswith(kind)), key=len, default="")


def _carried(title: str, opening: list[str]) -> str:
    """The title of the document that a notice carries, from its own title, else from its opening sentence."""
    if found := _CARRIED.search(title):
        return found["marked"] or found["inner"] or ""
    if found := _CARRIED_BARE.search(title):
        return found["bare"].removeprefix("关于")
    found = _CARRIED_IN_TEXT.search("".join(opening)) if not title or title.endswith("通知") else None
    return found["title"] if found else ""


def _carrier_title(issuers: list[str], carried: str) -> str:
    """The title of a notice whose text lacks it (a web print-out), as such notices are titled."""
    office = issuers[0] if len(issuers) == 1 and issuers[0].endswith(("人民政府", "办公厅", "办公室", "国务院")) else ""
    return f"{office}关于印发《{carried}》的通知"
