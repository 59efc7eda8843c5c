"""The format of a file, told from its content and never from its name's ending."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import BinaryIO

import olefile

from pipeline.ingest.common_characters import likeness

_MAGIC: list[tuple[bytes, str]] = [
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
    (b"GIF8", "gif"),
    (b"Founder CEB", "ceb"),
    (b"CAJ", "caj"),
    (b"HN\0\0", "caj"),
    (b"HN\xc8\0", "caj"),
    (b"KDH", "caj"),
    (b"\x78\x9f\x3e\x22", "tnef"),
]
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MEMBERS = [
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("OFD.xml", "ofd"),
    ("FixedDocSeq", "xps"),
    ("Documents/", "xps"),
]
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
# Streams that only one program writes, the most telling first.
_OLE_STREAMS = [
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
    ("EncryptedPackage", "encrypted"),
]
_MAIL_HEADER = re.compile(rb"^(?:Received|From|To|Date|Subject|Return-Path|Message-ID|MIME-Version|X-[\w-]+):", re.I | re.M)
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|meta|table|div|p)\b", re.I)
_WORD_XML = re.compile(
    rb"<\?mso-application|schemas\.microsoft\.com/office/word/2003|schemas\.microsoft\.com/office/2006/xmlPackage"
)
_READER_PAGE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*Title:[^\n]*\s+URL Source:[^\n]*\s")
_MARKDOWN_LINK = re.compile(rb"\]\((?:https?:/)?/[^)\s]*")
_LINKED_PAGE = 8  # links in the beginning of a text: a page that a program wrote down as Markdown
_CHINESE = 0.1
_CONTROLS = bytes([*range(9), *range(14, 32)])

_HEAD = 65536


def sniff(data: bytes) -> str:
    """The format's name, or "unknown". Text of any encoding is "txt"; an encrypted Office file is "encrypted"."""
    return _sniff(io.BytesIO(data))


def sniff_file(path: Path) -> str:
    """The same for a file on disk, of which no more than its beginning and its directory is read."""
    with path.open("rb") as stream:
        return _sniff(stream)


def _sniff(stream: BinaryIO) -> str:
    head = stream.read(_HEAD)
    if head.startswith(_ZIP):
        return _sniff_zip(stream, head)
    if head.startswith(_OLE):
        return _sniff_ole(stream)
    for magic, format_ in _MAGIC:
        if head.startswith(magic) and not (format_ == "bmp" and head[6:10] != bytes(4)):
            return format_
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[257:262] == b"ustar":
        return "tar"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _sniff_text(head[:4096])


def _sniff_zip(stream: BinaryIO, head: bytes) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return _ODF.get(archive.read("mimetype").strip(), "zip")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return _sniff_broken_zip(head)
    if "[Content_Types].xml" in names or "OFD.xml" in names:
        for prefix, format_ in _ZIP_MEMBERS:
            if any(name.startswith(prefix) for name in names):
                return format_
    return "zip"


def _sniff_broken_zip(head: bytes) -> str:
    """What a truncated ZIP was meant to be: its members' names stand before their data."""
    for prefix, format_ in _ZIP_MEMBERS:
        if prefix.encode() in head:
            return format_
    return "zip"


def _sniff_ole(stream: BinaryIO) -> str:
    try:
        with olefile.OleFileIO(stream) as ole:
            for name, format_ in _OLE_STREAMS:
                if ole.exists(name):
                    return format_
    except Exception:  # olefile raises many kinds on damaged files; the reader will say what is wrong
        return "doc"
    return "unknown"


def _sniff_text(head: bytes) -> str:
    if _READER_PAGE.match(head) or len(_MARKDOWN_LINK.findall(head)) >= _LINKED_PAGE:
        return "markdown"
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return "html" if _HTML.search(head.replace(b"\0", b"")) else "txt"
    if head.count(b"\0") > len(head) // 50:
        # UTF-16 without a mark: nearly every odd or even byte of Latin text is zero.
        odd, even = head[1::2].count(b"\0"), head[::2].count(b"\0")
        return "txt" if max(odd, even) > 4 * min(odd, even) + 1 or _is_utf16(head) or _is_chinese(head) else "unknown"
    headers = len(_MAIL_HEADER.findall(head))
    if headers >= 3 and _MAIL_HEADER.match(head.lstrip()):
        return "mht" if b"multipart/related" in head.lower() and b"<html" in head.lower() + b"<html" else "eml"
    if _WORD_XML.search(head):
        return "wordxml"
    if _HTML.search(head) and b"<" in head.lstrip()[:200]:
        return "html"
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return "txt" if head and (controls <= len(head) // 100 or _is_utf16(head) or _is_chinese(head)) else "unknown"


def _is_utf16(head: bytes) -> bool:
    """Whether this is Chinese text in UTF-16 without a mark, in which no byte need be zero."""
    whole = head[: len(head) // 2 * 2]
    return max(likeness(whole.decode(encoding, "replace")) for encoding in ("utf-16-le", "utf-16-be")) > _CHINESE


def _is_chinese(head: bytes) -> bool:
    """Whether this is Chinese text among control characters, as copied from a program's window or a damaged disk."""
    bare = head.translate(None, _CONTROLS)
    return 2 * len(bare) > len(head) and any(
        likeness(bare.decode(encoding, "replace")) > _CHINESE for encoding in ("utf-8", "gb18030")
    )
