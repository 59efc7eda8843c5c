"""Mail (EML, MSG) and web archives (MHT): subject and body as a text, attachments as members of a container.

A message without attachments is itself a document; one with attachments is a container whose first member is its body.
"""

from __future__ import annotations

import binascii
import email
import email.policy
import io
import mimetypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from html import escape

import olefile

from pipeline.ingest.containers.member import Member, checked, decoded_name, opener
from pipeline.ingest.inline_pictures import read_with_pictures, with_inline
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader
from pipeline.ingest.txt import decode
from pipeline.ingest.web.html import html_reading

_MAX_PARTS = 2_000
_CHINESE, _SENTENCE = re.compile(r"[\u4e00-\u9fff]"), 5  # fewer Chinese characters say nothing
_RAW_NAME = re.compile(r"""name\s*=\s*["']?([^"';\r\n]+)""", re.I)
_ODD_NAME = re.compile(r"[\x00-\x1f/\\:*?\"<>|]+")


_NO_PROSE = ("text/css", "text/javascript", "text/calendar")
_UUENCODED = re.compile(r"^begin [0-7]{3,4} (?P<name>[^\r\n]+)\r?\n(?P<lines>(?:[ -`]{2,62}\r?\n)+)`?[ ]?\r?\n?end\b", re.M)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a message carries; ``read`` gives its bytes."""

    name: str
    size: int
    read: Callable[[], bytes]


@dataclass(slots=True)
class Letter:
    """A message: headers as shown, the body as plain text or else as HTML, the pictures that the HTML shows by their
    addresses, and what is attached."""

    subject: str = ""
    sender: str = ""
    date: str = ""
    plain: str = ""
    html: str = ""
    shown: dict[str, bytes] = field(default_factory=dict)
    attachments: list[Attachment] = field(default_factory=list)


@reader("eml", "msg", "mht")
def read_mail(data: bytes) -> Reading:
    """Subject, sender and date as paragraphs, then the body; a note names the attachments, which are files of their own."""
    letter = parse_letter(data)
    saved_page = letter.sender.lower().lstrip('<"').startswith(("saved by", "由 microsoft", "由microsoft"))
    lines = [] if saved_page else [Line(f"{name}：{text}") for name, text in _heads(letter)]
    shown = read_with_pictures(letter.html, html_reading) if letter.html else Reading([])
    body = [*shown.lines, *(Line(text, kind="line") for text in _unsaid(letter, shown.lines))]
    if not (body or letter.subject or shown.pictures):
        raise Unreadable("无文字")
    names = "、".join(attachment.name for attachment in letter.attachments)
    for picture in shown.pictures:
        picture.after = picture.after or (lines[-1] if lines else None)
    notes = [f"邮件附件另行列出：{names}"] if names else []
    return Reading(lines + body, notes=notes, pictures=shown.pictures, parts=shown.parts)


def _unsaid(letter: Letter, shown: list[Line]) -> list[str]:
    """The lines of the plain body that the HTML body does not say; all where there is none."""
    lines = letter.plain.replace("\r\n", "\n").split("\n")
    if not shown:
        return lines
    said = "".join("".join(line.text.split()) for line in shown)
    return [line for line in lines if len(_CHINESE.findall(line)) >= _SENTENCE and "".join(line.split()) not in said]


def _heads(letter: Letter) -> list[tuple[str, str]]:
    heads = [("主题", letter.subject), ("发件人", letter.sender), ("日期", letter.date)]
    return [(name, text) for name, text in heads if text]


def parse_letter(data: bytes) -> Letter:
    """The message in these bytes, of either format. Raises Unreadable."""
    return _parse_msg(data) if data.startswith(b"\xd0\xcf\x11\xe0") else _parse_eml(data)


# EML and MHT


def _parse_eml(data: bytes) -> Letter:
    message = email.message_from_bytes(data, policy=email.policy.default)
    letter = Letter(_head(message, "Subject"), _head(message, "From"), _head(message, "Date"))
    for count, part in enumerate(_leaves(message)):
        if count >= _MAX_PARTS:
            raise Unreadable("超出限制", "邮件的部分过多")
        _add_part(letter, part)
    letter.html = with_inline(letter.html, letter.shown)
    return letter


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold content; a forwarded message is one part, as its reader sees it. Iterative, for hostile nests."""
    stack = [message]
    while stack:
        part = stack.pop()
        inner = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inner, list):
            stack.extend(each for each in reversed(inner) if isinstance(each, Message))
        else:
            yield part


def _add_part(letter: Letter, part: Message) -> None:
    kind, name = part.get_content_type(), _file_name(part)
    if kind == "message/rfc822":
        inner = part.get_payload()
        data = inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], Message) else b""
        letter.attachments.append(_attachment(name or "转发的邮件.eml", data))
    elif part.get_content_disposition() == "attachment" or (name and not _is_shown(part)):
        letter.attachments.append(_attachment(name or "附件", _payload(part)))
    elif part.get_content_maintype() == "image":
        addresses = [f"cid:{part.get('Content-ID', '').strip(' <>')}", str(part.get("Content-Location", "")).strip()]
        letter.shown.update({address: _payload(part) for address in addresses if len(address) > len("cid:")})
    elif kind == "text/html":
        letter.html += _text(part)
    elif kind.startswith("text/") and kind not in _NO_PROSE:
        packed, plain = _unpacked(_text(part))
        letter.plain += plain
        letter.attachments += packed
    elif kind == "text/calendar" or (part.get_content_maintype() != "text" and not part.get("Content-Location")):
        letter.attachments.append(_attachment(f"附件{mimetypes.guess_extension(kind) or ''}", _payload(part)))


def _unpacked(text: str) -> tuple[list[Attachment], str]:
    """The files that old programs write into a body (uuencode), and the body without them; broken ones stay in it."""
    found: list[Attachment] = []

    def take(match: re.Match[str]) -> str:
        try:
            data = b"".join(binascii.a2b_uu(line) for line in match["lines"].splitlines())
        except binascii.Error:
            return match[0]
        found.append(_attachment(match["name"].strip(), data))
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


def clean_name(name: str) -> str:
    """A file name without the characters that no system allows."""
    return _ODD_NAME.sub("_", name).strip(" .")


def _attachment(name: str, data: bytes) -> Attachment:
    return Attachment(name, len(data), lambda: data)


# MSG ([MS-OXMSG]): properties are streams named by tag and type

_SUBJECT, _SENDER, _BODY, _HTML = "0037", "0C1A", "1000", "1013"
_LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _DATA = "3707", "3704", "3001", "3701"


def _parse_msg(data: bytes) -> Letter:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return _msg_letter(ole, "")
    except (OSError, IndexError, KeyError, ValueError, TypeError) as error:
        raise Unreadable("文件损坏", "邮件打不开") from error


def _msg_letter(ole: olefile.OleFileIO, folder: str) -> Letter:
    letter = Letter(_msg_text(ole, folder, _SUBJECT), _msg_text(ole, folder, _SENDER), plain=_msg_text(ole, folder, _BODY))
    if not letter.plain:
        raw = _msg_stream(ole, f"{folder}__substg1.0_{_HTML}0102")
        letter.html = decode(raw) if raw else _msg_text(ole, folder, _HTML)
    depth = folder.count("/")
    prefix = f"{folder}__attach_version1.0_"
    names = {entry[depth] for entry in ole.listdir(storages=True) if "/".join(entry).startswith(prefix)}
    for name in sorted(names):
        letter.attachments.append(_msg_attachment(ole, f"{folder}{name}/"))
    return letter


def _msg_attachment(ole: olefile.OleFileIO, folder: str) -> Attachment:
    name = next((text for tag in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME) if (text := _msg_text(ole, folder, tag))), "附件")
    embedded = f"{folder}__substg1.0_{_DATA}000D"
    if ole.exists(embedded):
        inner = _msg_letter(ole, f"{embedded}/")
        text = "\n".join(filter(None, [inner.subject, inner.plain or inner.html]))
        ending = ".html" if inner.html and not inner.plain else ".txt"
        return _attachment(clean_name(name) + ending, text.encode())
    return _attachment(clean_name(name), _msg_stream(ole, f"{folder}__substg1.0_{_DATA}0102"))


def _msg_text(ole: olefile.OleFileIO, folder: str, tag: str) -> str:
    wide = _msg_stream(ole, f"{folder}__substg1.0_{tag}001F")
    if wide:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    narrow = _msg_stream(ole, f"{folder}__substg1.0_{tag}001E")
    return decode(narrow.rstrip(b"\0")) if narrow else ""


def _msg_stream(ole: olefile.OleFileIO, name: str) -> bytes:
    return ole.openstream(name).read() if ole.exists(name) else b""


# A message with attachments as a container


@opener("eml", "msg", "mht")
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
    files = [checked(each.name or "附件", each.size, each.size, each.read) for each in letter.attachments]
    return ([body] if body else []) + files


def _body_member(letter: Letter) -> Member | None:
    heads = [f"{name}：{text}" for name, text in _heads(letter)]
    if not letter.html.strip():
        name, data = "正文.txt", "\n".join([*heads, letter.plain]).encode()
    else:
        unsaid = _unsaid(letter, html_reading(letter.html).lines) if letter.plain else []
        above, below = ("".join(f"<p>{escape(text)}</p>" for text in texts) for texts in (heads, unsaid))
        name, data = "正文.html", f'<html><meta charset="utf-8"><body>{above}</body></html>{letter.html}{below}'.encode()
    return Member(name, len(data), lambda: data) if data else None
