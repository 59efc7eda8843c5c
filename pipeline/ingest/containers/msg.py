"""Outlook's mail (MSG, [MS-OXMSG]): properties are streams named by tag and type, attachments are storages."""

from __future__ import annotations

import io

import olefile

from pipeline.ingest.containers.embedded import ole_files
from pipeline.ingest.containers.letter import UNNAMED, Letter, attachment, clean_name, text_of_rtf
from pipeline.ingest.containers.member import Member
from pipeline.ingest.inline_pictures import with_inline
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.txt import decode

_SUBJECT, _SENDER, _BODY, _HTML, _RTF = "0037", "0C1A", "1000", "1013", "1009"
_LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _DATA, _ADDRESS = "3707", "3704", "3001", "3701", "3712"
_MESSAGE = "__properties_version1.0"  # what the storage of a message holds, and that of another object does not


def parse_msg(data: bytes) -> Letter:
    """The message in an MSG. Raises Unreadable."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return _letter(ole, "")
    except (OSError, IndexError, KeyError, ValueError, TypeError) as error:
        raise Unreadable("文件损坏", "邮件打不开") from error


def _letter(ole: olefile.OleFileIO, folder: str) -> Letter:
    letter = Letter(_text(ole, folder, _SUBJECT), _text(ole, folder, _SENDER), plain=_text(ole, folder, _BODY))
    raw = _stream(ole, f"{folder}__substg1.0_{_HTML}0102")
    letter.html = decode(raw) if raw else _text(ole, folder, _HTML)
    packed = _stream(ole, f"{folder}__substg1.0_{_RTF}0102")
    if packed and not (letter.plain.strip() or letter.html.strip()):
        letter.plain = text_of_rtf(packed)
    depth = folder.count("/")
    prefix = f"{folder}__attach_version1.0_"
    names = {entry[depth] for entry in ole.listdir(storages=True) if "/".join(entry).startswith(prefix)}
    for name in sorted(names):
        _add_attachment(letter, ole, f"{folder}{name}/")
    letter.html = with_inline(letter.html, letter.shown)
    return letter


def _add_attachment(letter: Letter, ole: olefile.OleFileIO, folder: str) -> None:
    name = next((text for tag in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME) if (text := _text(ole, folder, tag))), UNNAMED)
    inside, address = f"{folder}__substg1.0_{_DATA}000D", f"cid:{_text(ole, folder, _ADDRESS)}"
    if ole.exists(f"{inside}/{_MESSAGE}"):
        letter.attachments.extend(_forwarded(_letter(ole, f"{inside}/"), name))
    elif ole.exists(inside):
        letter.attachments.extend(ole_files(ole, inside.split("/"), clean_name(name) or UNNAMED))
    elif len(address) > len("cid:") and address in letter.html:
        letter.shown[address] = _stream(ole, f"{folder}__substg1.0_{_DATA}0102")
    else:
        letter.attachments.append(attachment(name, _stream(ole, f"{folder}__substg1.0_{_DATA}0102")))


def _forwarded(inner: Letter, name: str) -> list[Member]:
    """A message that is attached: its body, and behind it what it carries itself."""
    body = inner.html or inner.plain
    text = "\n".join(filter(None, [inner.subject, body]))
    return [attachment(f"{name}{'.html' if inner.html else '.txt'}", text.encode()), *inner.attachments]


def _text(ole: olefile.OleFileIO, folder: str, tag: str) -> str:
    wide = _stream(ole, f"{folder}__substg1.0_{tag}001F")
    if wide:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    narrow = _stream(ole, f"{folder}__substg1.0_{tag}001E")
    return decode(narrow.rstrip(b"\0")) if narrow else ""


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    return ole.openstream(name).read() if ole.exists(name) else b""
