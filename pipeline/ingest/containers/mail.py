"""Mail (EML, MSG, winmail.dat) and web archives (MHT): subject and body as a text, attachments as members of a container.

A message without attachments is itself a document; one with attachments is a container whose first member is its body.
"""

from __future__ import annotations

import binascii
import email
import email.policy
import mimetypes
import re
from collections.abc import Iterator
from email.message import Message
from html import escape

from pipeline.ingest.beside import list_beside
from pipeline.ingest.containers import tnef
from pipeline.ingest.containers.letter import Letter, attachment, clean_name, unsaid
from pipeline.ingest.containers.member import Member, decoded_name, opener, told_beside
from pipeline.ingest.containers.msg import parse_msg
from pipeline.ingest.inline_pictures import read_with_pictures, with_inline
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader
from pipeline.ingest.sniff import sniff
from pipeline.ingest.txt import decode
from pipeline.ingest.web.html import html_reading

_MAX_PARTS = 2_000
_RAW_NAME = re.compile(r"""name\s*=\s*["']?([^"';\r\n]+)""", re.I)
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_ASIDE = "邮件头和部分之外的文字"
_RTF = ("text/rtf", "application/rtf")
_NO_PROSE = ("text/css", "text/javascript", "text/calendar")
_UUENCODED = re.compile(r"^begin [0-7]{3,4} (?P<name>[^\r\n]+)\r?\n(?P<lines>(?:[ -`]{2,62}\r?\n)+)`?[ ]?\r?\n?end\b", re.M)


@reader("eml", "msg", "mht", "tnef")
def read_mail(data: bytes) -> Reading:
    """Subject, sender and date as paragraphs, then the body; a note names the attachments, which are files of their own."""
    letter = parse_letter(data)
    saved_page = letter.sender.lower().lstrip('<"').startswith(("saved by", "由 microsoft", "由microsoft"))
    lines = [] if saved_page else [Line(f"{name}：{text}") for name, text in letter.heads]
    shown = read_with_pictures(letter.html, html_reading) if letter.html else Reading([])
    body = [*shown.lines, *(Line(text, kind="line") for text in unsaid(letter.plain, shown.lines))]
    if not (body or letter.subject or shown.pictures):
        raise Unreadable("无文字")
    names = "、".join(attachment.name for attachment in letter.attachments)
    for picture in shown.pictures:
        picture.after = picture.after or (lines[-1] if lines else None)
    notes = [f"邮件附件另行列出：{names}"] if names else []
    reading = Reading(lines + body, notes=notes, pictures=shown.pictures, parts=shown.parts)
    list_beside(reading, _ASIDE, letter.aside)
    return reading


def parse_letter(data: bytes) -> Letter:
    """The message in these bytes, of any of the formats. Raises Unreadable."""
    if data.startswith(tnef.MAGIC):
        return tnef.parse_tnef(data)
    return parse_msg(data) if data.startswith(b"\xd0\xcf\x11\xe0") else _parse_eml(data)


# EML and MHT


def _parse_eml(data: bytes) -> Letter:
    message = email.message_from_bytes(data, policy=email.policy.default)
    letter = Letter(_head(message, "Subject"), _head(message, "From"), _head(message, "Date"))
    letter.aside += [_head(message, name) for name in ("Keywords", "Comments")]
    for count, part in enumerate(_parts(message)):
        if count >= _MAX_PARTS:
            raise Unreadable("超出限制", "邮件的部分过多")
        around = [_rescued(text) for text in (part.preamble, part.epilogue) if text]
        letter.aside += [*around, _head(part, "Content-Description")]
        if not _inside(part):
            _add_part(letter, part)
    for address, data in letter.shown.items():
        if address.startswith("cid:") and address not in letter.html:  # a picture that the body shows nowhere
            letter.attachments.append(_picture(data))
    letter.html = with_inline(letter.html, letter.shown)
    return letter


def _parts(message: Message) -> Iterator[Message]:
    """All parts in order; a forwarded message is one part, as its reader sees it. Iterative, for hostile nests."""
    stack = [message]
    while stack:
        part = stack.pop()
        yield part
        stack.extend(reversed(_inside(part)))


def _inside(part: Message) -> list[Message]:
    """The parts of a part; none of one that holds content."""
    inner = part.get_payload() if part.get_content_maintype() == "multipart" else None
    return [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []


def _add_part(letter: Letter, part: Message) -> None:
    kind, name = part.get_content_type(), _file_name(part)
    if kind in _TNEF or name.lower() == "winmail.dat":
        _add_packed(letter, name, _payload(part))
    elif kind == "message/rfc822":
        inner = part.get_payload()
        data = inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], Message) else b""
        letter.attachments.append(attachment(name or "转发的邮件.eml", data))
    elif part.get_content_disposition() == "attachment" or (name and not _is_shown(part)):
        letter.attachments.append(attachment(name or "附件", _payload(part)))
    elif part.get_content_maintype() == "image":
        addresses = [f"cid:{part.get('Content-ID', '').strip(' <>')}", str(part.get("Content-Location", "")).strip()]
        addresses = [address for address in addresses if len(address) > len("cid:")]
        letter.shown.update(dict.fromkeys(addresses, _payload(part)))
        letter.attachments += [] if addresses else [_picture(_payload(part))]
    elif kind in _RTF:
        letter.attachments.append(attachment("正文.rtf", _payload(part)))
    elif kind == "text/html":
        letter.html += _text(part)
    elif kind.startswith("text/") and kind not in _NO_PROSE:
        packed, plain = _unpacked(_text(part))
        letter.plain += plain
        letter.attachments += packed
    elif kind == "text/calendar" or (part.get_content_maintype() != "text" and not part.get("Content-Location")):
        letter.attachments.append(attachment(f"附件{mimetypes.guess_extension(kind) or ''}", _payload(part)))


def _add_packed(letter: Letter, name: str, data: bytes) -> None:
    """What Outlook packed into one file: its attachments are the letter's, and so is what its body alone says."""
    try:
        inner = tnef.parse_tnef(data)
    except Unreadable:
        inner = Letter(attachments=[attachment(name or "winmail.dat", data)])
    said = [Line(text) for text in (letter.plain, letter.html) if text]
    letter.plain = "\n".join([letter.plain, *unsaid(inner.plain, said)])
    letter.html = letter.html or inner.html
    letter.attachments += inner.attachments


def _picture(data: bytes) -> Member:
    return attachment(f"图片.{sniff(data)}", data)


def _unpacked(text: str) -> tuple[list[Member], str]:
    """The files that old programs write into a body (uuencode), and the body without them; broken ones stay in it."""
    found: list[Member] = []

    def take(match: re.Match[str]) -> str:
        try:
            data = b"".join(binascii.a2b_uu(line) for line in match["lines"].splitlines())
        except binascii.Error:
            return match[0]
        found.append(attachment(match["name"].strip(), data))
        return ""

    return found, _UUENCODED.sub(take, text)


def _is_shown(part: Message) -> bool:
    """Whether a part with a name is a picture or style sheet of the HTML body and no attachment."""
    return bool(part.get("Content-ID") or part.get("Content-Location")) and part.get_content_maintype() in ("image", "text")


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: Message) -> str:
    data = _payload(part)
    charset = (part.get_content_charset() or "").lower()
    try:
        return data.decode("gb18030" if charset in ("gb2312", "gbk") else charset)
    except (LookupError, UnicodeDecodeError):
        return decode(data) if data else ""


def _head(message: Message, name: str) -> str:
    """A header decoded; Chinese programs also write raw GBK bytes there, which the parser would throw away."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    if _has_raw(raw):
        return " ".join(_rescued(raw).split())
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, LookupError):  # email's parsers raise these on odd headers
        return ""


def _rescued(text: str) -> str:
    return decoded_name(text.encode("utf-8", "surrogateescape"))


def _has_raw(text: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in text)


def _file_name(part: Message) -> str:
    raw = " ".join(str(value) for key, value in part.raw_items() if key.lower().startswith("content-"))
    if _has_raw(raw) and (found := _RAW_NAME.search(_rescued(raw))):
        return clean_name(found[1])
    try:
        return clean_name(part.get_filename() or "")
    except (ValueError, IndexError, AttributeError, LookupError):
        return "附件"


# A message with attachments as a container


@opener("eml", "msg", "mht", "tnef")
def open_mail(data: bytes) -> list[Member] | None:
    """The body and the attachments of a message; None where there are none."""
    try:
        letter = parse_letter(data)
    except Unreadable:
        raise
    except Exception as error:  # email's parser raises many kinds on hostile messages
        raise Unreadable("文件损坏", "邮件打不开") from error
    if not letter.attachments:
        return None
    body = _body_member(letter)
    return ([body] if body else []) + letter.attachments + told_beside(f"{_ASIDE}.txt", letter.aside)


def _body_member(letter: Letter) -> Member | None:
    heads = [f"{name}：{text}" for name, text in letter.heads]
    if not letter.html.strip():
        name, data = "正文.txt", "\n".join([*heads, letter.plain]).encode()
    else:
        rest = unsaid(letter.plain, html_reading(letter.html).lines) if letter.plain else []
        above, below = ("".join(f"<p>{escape(text)}</p>" for text in texts) for texts in (heads, rest))
        name, data = "正文.html", f'<html><meta charset="utf-8"><body>{above}</body></html>{letter.html}{below}'.encode()
    return Member(name, len(data), lambda: data) if data else None
